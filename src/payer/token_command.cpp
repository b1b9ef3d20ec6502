#include "payer/token_command.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>
#include <optional>
#include <thread>

#include "atz/base/text.hpp"
#include "payer/oauth.hpp"
#include "payer/scratch.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): no header of the C++ library has it

namespace atz::payer {

namespace {

using std::chrono::milliseconds;
using Time = std::chrono::steady_clock::time_point;

constexpr std::size_t kMostBytes = 65'536;
constexpr milliseconds kLook{100};    // how often Ctrl-C and the time are looked at
constexpr milliseconds kGrace{2000};  // between asking it to end and ending it

class End {  // of a pipe
 public:
  explicit End(int number) : number_(number) {}
  End(const End&) = delete;
  End& operator=(const End&) = delete;
  ~End() { close(); }
  [[nodiscard]] int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// What the child is to be like: our ignored signals are not for it, and neither are our files.
class Preparation {
 public:
  explicit Preparation(int output) {
    if (::posix_spawn_file_actions_init(&actions_) != 0 || ::posix_spawnattr_init(&attributes_) != 0)
      throw std::bad_alloc();
    sigset_t ignored;
    sigset_t none;
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    sigaddset(&ignored, SIGXFSZ);
    sigemptyset(&none);
    if (::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0) != 0 ||
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO) != 0 ||
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1) != 0 ||
        ::posix_spawnattr_setsigdefault(&attributes_, &ignored) != 0 ||
        ::posix_spawnattr_setsigmask(&attributes_, &none) != 0 ||
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) != 0)
      throw std::bad_alloc();
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;
  ~Preparation() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  int spawn(pid_t& child, const std::vector<std::string>& command) {
    std::vector<char*> words;
    words.reserve(command.size() + 1);
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    return ::posix_spawnp(&child, words.front(), &actions_, &attributes_, words.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// Where somebody else has waited for our children (SIGCHLD ignored): nothing is known of the end, so it was no good
// one.
constexpr int kNobodyKnows = 0xff << 8;

// The child's end as waitpid tells it, or nullopt when the time has come first.
std::optional<int> wait_until(pid_t child, Time end) {
  for (;;) {
    int status = 0;
    const pid_t got = ::waitpid(child, &status, WNOHANG);
    if (got == child) return status;
    if (got < 0 && errno != EINTR) return kNobodyKnows;
    if (std::chrono::steady_clock::now() >= end) return std::nullopt;
    std::this_thread::sleep_for(std::min(kLook / 10, milliseconds(10)));
  }
}

void put_an_end_to(pid_t child) {
  ::kill(child, SIGTERM);
  if (wait_until(child, std::chrono::steady_clock::now() + kGrace)) return;
  ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
}

enum class Reading { done, late, cancelled, too_much };

Reading read_all(int from, Scratch& into, Time end, const std::function<bool()>& cancelled) {
  into.text.reserve(kMostBytes);
  std::array<char, 4096> chunk{};
  for (;;) {
    if (cancelled && cancelled()) return Reading::cancelled;
    if (std::chrono::steady_clock::now() >= end) return Reading::late;
    pollfd waiting{from, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(kLook.count())) <= 0) continue;
    const ssize_t got = ::read(from, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (into.text.size() + static_cast<std::size_t>(got) > kMostBytes) return Reading::too_much;
    into.text.append(chunk.data(), static_cast<std::size_t>(got));
  }
  ::explicit_bzero(chunk.data(), chunk.size());
  return Reading::done;
}

}  // namespace

Result<seal::Secret> run_token_command(const std::vector<std::string>& command, milliseconds timeout,
                                       const std::function<bool()>& cancelled) {
  const std::string program = printable(command.front());
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(Failure::io, "The token command cannot be started: no pipe.");
  const End output(ends[0]);
  End input(ends[1]);
  pid_t child = -1;
  if (const int error = Preparation(input.get()).spawn(child, command); error != 0) {
    return fail(Failure::usage,
                fmt::format("The token command {} cannot be started: {}.", program, std::strerror(error)),
                "Check auth.token_command in the profile: a list of the program and its arguments; no shell reads it.");
  }
  input.close();
  const Time end = std::chrono::steady_clock::now() + timeout;
  Scratch text;
  const Reading reading = read_all(output.get(), text, end, cancelled);
  const auto status = reading == Reading::done ? wait_until(child, end) : std::nullopt;
  if (!status) put_an_end_to(child);
  if (reading == Reading::cancelled)
    return fail(Failure::interrupted, "Interrupted while the token command was at work.");
  if (reading == Reading::too_much) {
    return fail(Failure::sign_in, fmt::format("The token command {} printed more than a token.", program),
                "It has to print the token and nothing else on standard output.");
  }
  if (!status) {
    return fail(Failure::temporary,
                fmt::format("The token command {} was not done within {} s and was ended.", program,
                            std::chrono::ceil<std::chrono::seconds>(timeout).count()),
                "Run it by hand to see what it waits for; it gets no standard input.");
  }
  if (WIFSIGNALED(*status)) {
    return fail(Failure::sign_in,
                fmt::format("The token command {} was ended by signal {}.", program, WTERMSIG(*status)),
                "Run it by hand to see why.");
  }
  if (const int code = WEXITSTATUS(*status); code != 0) {
    return fail(Failure::sign_in, fmt::format("The token command {} ended with exit code {}.", program, code),
                "What it said is above; run it by hand to see more.");
  }
  const std::string_view token = trim(text.text);
  if (token.empty()) {
    return fail(Failure::sign_in, fmt::format("The token command {} printed nothing.", program),
                "It has to print the token on standard output.");
  }
  if (!is_header_safe(token)) {
    return fail(Failure::sign_in, fmt::format("What the token command {} printed is no token.", program),
                "It has to print the token and nothing else on standard output.");
  }
  return seal::Secret(token);
}

}  // namespace atz::payer
