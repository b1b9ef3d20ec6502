// `atz check` against bare yaml-cpp event parsing of the same files: CPU time as a ratio, peak memory, and what a
// second job brings. Every figure comes from child processes of this one run, so that both sides meet the same machine.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// Takes events and does nothing with them.
class Ignore final : public YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

int parse_all(const fs::path& folder) {
  Ignore ignore;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    YAML::Parser parser(file);
    while (parser.HandleNextDocument(ignore)) {
    }
  }
  return 0;
}

struct Cost {
  double wall = 0;    // seconds
  double cpu = 0;     // seconds, user and system
  long peak_kib = 0;  // resident memory
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Runs `words` (or this program's own parser when empty) in a child.
Cost measure(const std::vector<std::string>& words, const fs::path& folder) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = fork();
  if (pid == 0) {
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, 1);
    dup2(nothing, 2);
    if (words.empty()) {
      // Exec, so that loading the library counts as it does for a cold process.
      const std::string self = fs::read_symlink("/proc/self/exe").string();
      execl(self.c_str(), self.c_str(), "--parse", folder.c_str(), nullptr);
      _exit(127);
    }
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(pid, &status, 0, &usage);
  const auto end = std::chrono::steady_clock::now();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fmt::print(stderr, "a measured program failed\n");
    std::exit(1);
  }
  return {std::chrono::duration<double>(end - begin).count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
          usage.ru_maxrss};
}

// The median by CPU time of `times` runs.
Cost median(int times, const std::vector<std::string>& words, const fs::path& folder) {
  std::vector<Cost> costs;
  for (int i = 0; i < times; ++i) costs.push_back(measure(words, folder));
  std::sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.cpu < b.cpu; });
  return costs[costs.size() / 2];
}

void make_homes(const fs::path& folder, int count) {
  std::ifstream file(fs::path(ATZ_SOURCE_DIR) / "examples" / "maple-street.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  fs::create_directories(folder);
  for (int i = 0; i < count; ++i) {
    std::string home = text.str();
    const auto at = home.find("id: maple-street");
    home.replace(at, 16, fmt::format("id: home-{}", i));
    std::ofstream(folder / fmt::format("home-{}.yaml", i)) << home;
  }
}

void compare(const fs::path& work, int count, int times) {
  const fs::path folder = work / fmt::format("homes-{}", count);
  make_homes(folder, count);
  const auto atz = [&](const char* jobs) {
    return std::vector<std::string>{ATZ_BINARY,   "check",  "--quiet", "--as-of",
                                    "2026-12-07", "--jobs", jobs,      folder.string()};
  };
  const Cost bare = median(times, {}, folder);
  const Cost one = median(times, atz("1"), folder);
  const Cost two = median(times, atz("2"), folder);
  fmt::print(
      "{:>5} homes  bare parse {:8.1f} ms CPU {:6.1f} MiB | check --jobs 1 {:8.1f} ms CPU = {:4.2f}x, {:6.1f} MiB | "
      "--jobs 2 wall speed-up {:4.2f}, {:6.1f} MiB\n",
      count, bare.cpu * 1e3, static_cast<double>(bare.peak_kib) / 1024, one.cpu * 1e3, one.cpu / bare.cpu,
      static_cast<double>(one.peak_kib) / 1024, one.wall / two.wall, static_cast<double>(two.peak_kib) / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--parse") return parse_all(argv[2]);
  std::string name = (fs::temp_directory_path() / "atz-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  setenv("ATZ_STATE_DIR", (name + "/state").c_str(), 1);
  setenv("ATZ_CONFIG_DIR", (name + "/config").c_str(), 1);
  compare(name, 1, 15);
  compare(name, 2000, 3);
  fs::remove_all(name);
  return 0;
}
