#include "program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace atz::test {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Between fork and exec only what may be called there.
[[noreturn]] void become(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::vector<std::string> settings;
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  std::vector<char*> pointers;
  for (auto& setting : settings) pointers.push_back(setting.data());
  pointers.push_back(nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  execvpe(arguments[0], arguments.data(), pointers.data());
  _exit(127);
}

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    read = ends[0];
    write = ends[1];
  }
};

Outcome run_words(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment,
                  const std::string& folder, const std::string& input) {
  Pipe in, out, err;
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    dup2(in.read, 0);
    dup2(out.write, 1);
    dup2(err.write, 2);
    if (chdir(folder.c_str()) != 0) _exit(126);
    become(words, environment);
  }
  close(in.read);
  close(out.write);
  close(err.write);
  // It may end before it has read everything: that is for the test to judge, and not the end of the test.
  if (!input.empty()) REQUIRE((write(in.write, input.data(), input.size()) >= 0 || errno == EPIPE));
  close(in.write);
  Outcome outcome;
  pollfd ends[2] = {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}};
  int open = 2;
  while (open > 0) {
    poll(ends, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      char buffer[65536];
      const auto got = read(ends[i].fd, buffer, sizeof buffer);
      if (got > 0) {
        (i == 0 ? outcome.out : outcome.err).append(buffer, static_cast<std::size_t>(got));
      } else {
        close(ends[i].fd);
        ends[i].fd = -1;
        --open;
      }
    }
  }
  int status = 0;
  waitpid(pid, &status, 0);
  outcome.code = exit_code(status);
  return outcome;
}

}  // namespace

Background::Background(Background&& other) noexcept
    : pid_(other.pid_), out_(other.out_), seen_(std::move(other.seen_)) {
  other.pid_ = -1;
  other.out_ = -1;
}

Background::~Background() {
  if (out_ >= 0) close(out_);
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::string Background::read_until(const std::string& text) {
  while (seen_.find(text) == std::string::npos) {
    char buffer[4096];
    const auto got = read(out_, buffer, sizeof buffer);
    if (got <= 0) FAIL("the program ended before it printed: ", text, "; it printed: ", seen_);
    seen_.append(buffer, static_cast<std::size_t>(got));
  }
  return seen_;
}

void Background::kill(int signal) const {
  ::kill(pid_, signal);
}

int Background::wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_code(status);
}

Program::Program() {
  std::signal(SIGPIPE, SIG_IGN);  // a program that does not read its input
  std::string name = (fs::temp_directory_path() / "atz-test-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  folder_ = name;
  for (const char* kept : {"PATH", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(kept)) environment_[kept] = value;
  }
  environment_["HOME"] = folder_;
  environment_["ATZ_STATE_DIR"] = folder_ + "/state";
  environment_["ATZ_CONFIG_DIR"] = folder_ + "/config";
  environment_["TZ"] = "Asia/Tokyo";  // nothing may depend on it
}

Program::~Program() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Outcome Program::run(const std::vector<std::string>& arguments, const std::string& input) const {
  std::vector<std::string> words{ATZ_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run_words(words, environment_, folder_, input);
}

Outcome Program::run_other(const std::vector<std::string>& words) const {
  return run_words(words, environment_, folder_, {});
}

Background Program::start(const std::vector<std::string>& arguments) const {
  Pipe out;
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    dup2(out.write, 1);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 0);
    dup2(nothing, 2);
    if (chdir(folder_.c_str()) != 0) _exit(126);
    std::vector<std::string> words{ATZ_BINARY};
    words.insert(words.end(), arguments.begin(), arguments.end());
    become(words, environment_);
  }
  close(out.write);
  return {pid, out.read};
}

std::string Program::path(const std::string& name) const {
  return folder_ + "/" + name;
}

void Program::write(const std::string& name, const std::string& text) const {
  fs::create_directories(fs::path(path(name)).parent_path());
  std::ofstream file(path(name), std::ios::binary);
  file << text;
  REQUIRE(file.good());
}

std::string Program::read(const std::string& name) const {
  return slurp(path(name));
}

std::string Program::home(const std::vector<std::pair<std::string, std::string>>& edits) const {
  std::string text = example_home();
  for (const auto& [from, to] : edits) text = replaced(text, from, to);
  write("home.yaml", text);
  return path("home.yaml");
}

void Program::add_profile(const std::string& printed,
                          const std::vector<std::pair<std::string, std::string>>& edits) const {
  std::string text = printed;
  for (const auto& [from, to] : edits) text = replaced(text, from, to);
  write("config/profiles.yaml", text);
}

std::string read_source(const std::string& path) {
  return slurp(fs::path(ATZ_SOURCE_DIR) / path);
}

std::string example_home() {
  return read_source("examples/maple-street.yaml");
}

int line_of(const std::string& text, const std::string& part) {
  const auto at = text.find(part);
  REQUIRE_MESSAGE(at != std::string::npos, part);
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
  return text;
}

}  // namespace atz::test
