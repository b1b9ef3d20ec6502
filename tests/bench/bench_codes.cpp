// What an imported table of the official size costs: `atz check` of one file with and without it, and `atz codes find`
// by code, by words and with typing errors, each as a ratio to the same program without a table. The runs take turns,
// so that both sides meet the same machine. The order file is generated: 96,200 made-up rows.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const char* const kWords[] = {"disorder",     "disease",  "chronic",     "acute",    "unspecified", "specified",
                              "initial",      "sequela",  "encounter",   "fracture", "displaced",   "left",
                              "right",        "shaft",    "femur",       "radius",   "injury",      "nerve",
                              "intellectual", "moderate", "poisoning",   "adverse",  "effect",      "malignant",
                              "neoplasm",     "diabetes", "retinopathy", "macular",  "epilepsy",    "intractable",
                              "status",       "autistic", "congenital",  "anomaly",  "newborn",     "infection"};

// 26 letters, 100 categories each, 37 codes below each.
void write_order_file(const fs::path& path) {
  std::ofstream file(path, std::ios::binary);
  std::uint32_t state = 1;
  const auto words = [&] {
    std::string text;
    for (int i = 0; i < 9; ++i) {
      state = state * 1664525U + 1013904223U;
      text += (i == 0 ? "" : " ") + std::string(kWords[(state >> 16U) % std::size(kWords)]);
    }
    return text;
  };
  int number = 0;
  const auto add = [&](const std::string& code, int codable) {
    const std::string text = words();
    file << fmt::format("{:05} {:<7} {} {:<60} {}\n", ++number, code, codable, text.substr(0, 60), text);
  };
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    for (int i = 0; i < 100; ++i) {
      const std::string category = fmt::format("{}{:02}", letter, i);
      add(category, 0);
      for (int j = 0; j < 36; ++j) add(fmt::format("{}{:02}", category, j), 1);
    }
  }
}

// Milliseconds of CPU, user and system.
double cpu(const std::vector<std::string>& words, const std::string& state) {
  const pid_t pid = fork();
  if (pid == 0) {
    setenv("ATZ_STATE_DIR", state.c_str(), 1);
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, 1);
    dup2(nothing, 2);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(pid, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
    fmt::print(stderr, "a measured program failed: {}\n", fmt::join(words, " "));
    std::exit(1);
  }
  const auto milliseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void compare(const std::string& what, const std::vector<std::string>& words, const std::string& with,
             const std::string& without, int times) {
  std::vector<double> a, b;
  for (int i = 0; i < times; ++i) {
    a.push_back(cpu(words, with));
    b.push_back(cpu(words, without));
  }
  fmt::print("{:<28} {:7.2f} ms CPU with the table, {:7.2f} without: {:5.2f}x, {:+6.2f} ms\n", what, median(a),
             median(b), median(a) / median(b), median(a) - median(b));
}

}  // namespace

int main() {
  std::string name = (fs::temp_directory_path() / "atz-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  const fs::path work = name;
  setenv("ATZ_CONFIG_DIR", (work / "config").c_str(), 1);
  fs::current_path(work);
  const std::string with = work / "with", without = work / "without";
  write_order_file("icd10cm_order_2027.txt");
  const double import = cpu({ATZ_BINARY, "codes", "import", "icd10cm_order_2027.txt"}, with);
  fmt::print("import of 96,200 rows        {:7.1f} ms CPU, table of {} bytes\n", import,
             fs::file_size(work / "with/codes/diagnoses.index"));
  const std::string home = std::string(ATZ_SOURCE_DIR) + "/examples/maple-street.yaml";
  compare("check of one file", {ATZ_BINARY, "check", "--as-of", "2026-12-07", home}, with, without, 51);
  compare("find by code", {ATZ_BINARY, "codes", "find", "F84"}, with, without, 21);
  compare("find by words", {ATZ_BINARY, "codes", "find", "moderate", "intellectual"}, with, without, 21);
  compare("find with typing errors", {ATZ_BINARY, "codes", "find", "autstic", "intelectual"}, with, without, 21);
  compare("find nothing, suggest", {ATZ_BINARY, "codes", "find", "zzyzx"}, with, without, 11);
  fs::current_path("/");
  fs::remove_all(work);
  return 0;
}
