// Runs every target over its seeds, its committed corpus and everything that was ever found, without a fuzzer: what was
// repaired stays repaired, whichever compiler builds it.
// usage: fuzz_replay                         everything; one line per target
//        fuzz_replay TARGET [FILE...]        only this target, only these files
//        fuzz_replay --random N SEED [TARGET]  N inputs changed at random, the same ones for the same SEED; a failing
//                                            one is left in the working directory as fuzz-failing-TARGET
//        fuzz_replay --write-seeds FOLDER    a folder of seeds for each target
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "mutate.hpp"
#include "target.hpp"

namespace {

using atz::fuzz::Seed;
using atz::fuzz::Target;
namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<Seed> files_in(const std::string& folder, const Target& target) {
  std::vector<Seed> files;
  const fs::path path = fs::path(ATZ_SOURCE_DIR "/tests/fuzz") / folder / target.name;
  if (!fs::is_directory(path)) return files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back({entry.path().string(), bytes_of(entry.path())});
  }
  return files;
}

void run_all(const Target& target, const std::vector<Seed>& inputs) {
  for (const auto& input : inputs) {
    try {
      target.run(input.bytes);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s: %s\n", input.name.c_str(), error.what());
      throw;
    }
  }
}

int run_files(const Target& target, int count, char** names) {
  std::vector<Seed> inputs;
  for (int i = 0; i < count; ++i) inputs.push_back({names[i], bytes_of(names[i])});
  run_all(target, inputs);
  return 0;
}

void write_seeds(const Target& target, const fs::path& root) {
  const fs::path folder = root / target.name;
  fs::create_directories(folder);
  for (const auto& seed : target.seeds()) {
    std::ofstream out(folder / ("seed-" + seed.name), std::ios::binary);
    out << seed.bytes;
  }
}

void replay(const Target& target) {
  const auto seeds = target.seeds();
  const auto corpus = files_in("corpus", target);
  const auto findings = files_in("findings", target);
  for (const auto* inputs : {&seeds, &corpus, &findings}) run_all(target, *inputs);
  std::printf("fuzz.replay %.*s: %zu seeds, %zu of the corpus, %zu former findings, 0 failures\n",
              static_cast<int>(target.name.size()), target.name.data(), seeds.size(), corpus.size(), findings.size());
  std::fflush(stdout);
}

// What is being run, for the handler of fatal signals.
std::string running;
std::string failing_name;

void leave_input(int signal) {
  const int fd = ::open(failing_name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd >= 0) {
    (void)!::write(fd, running.data(), running.size());
    ::close(fd);
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

// A few bytes changed, put in or taken out.
std::string change_bytes(std::string text, std::size_t most, std::minstd_rand& dice) {
  const auto below = [&](std::size_t count) { return dice() % std::max<std::size_t>(count, 1); };
  for (std::size_t times = below(4) + 1; times > 0; --times) {
    const std::size_t at = below(text.size() + 1);
    const char byte = below(3) == 0 ? static_cast<char>(below(256)) : "0123456789:-/,.{}[]\"' \tAZaz"[below(28)];
    switch (below(4)) {
      case 0:
        if (at < text.size()) text[at] = byte;
        break;
      case 1:
        text.insert(at, 1, byte);
        break;
      case 2:
        text.erase(at, below(8));
        break;
      default: {
        const std::size_t from = below(text.size() + 1);
        text.insert(at, text.substr(from, below(16)));
      }
    }
  }
  return text.substr(0, most);
}

// Without a fuzzer's sense for what is new, but with any compiler and in seconds.
void run_random(const Target& target, std::size_t count, unsigned seed) {
  constexpr std::size_t kLongest = 200'000;
  std::minstd_rand dice(seed);
  auto pool = target.seeds();
  for (const auto* folder : {"corpus", "findings"}) {
    for (auto& input : files_in(folder, target)) pool.push_back(std::move(input));
  }
  failing_name = "fuzz-failing-" + std::string(target.name);
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}) ::signal(signal, leave_input);
  const auto bytes = [&](std::string text, std::size_t most) { return change_bytes(std::move(text), most, dice); };
  for (std::size_t i = 0; i < count; ++i) {
    running = pool[dice() % pool.size()].bytes;
    for (std::size_t times = dice() % 4 + 1; times > 0; --times) {
      auto next = atz::fuzz::mutate(target.grammar, running, kLongest, static_cast<unsigned>(dice()), bytes);
      running = next ? std::move(*next) : bytes(running, kLongest);
    }
    target.run(running);
  }
  std::printf("fuzz.random %.*s: %zu inputs, 0 failures\n", static_cast<int>(target.name.size()), target.name.data(),
              count);
  std::fflush(stdout);
}

int run_random(int count, char** arguments) {
  for (const auto& target : atz::fuzz::targets()) {
    if (count == 3 && target.name != arguments[2]) continue;
    run_random(target, std::strtoul(arguments[0], nullptr, 10),
               static_cast<unsigned>(std::strtoul(arguments[1], nullptr, 10)));
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count >= 4 && std::strcmp(arguments[1], "--random") == 0) return run_random(count - 2, arguments + 2);
  const bool seeds = count == 3 && std::strcmp(arguments[1], "--write-seeds") == 0;
  for (const auto& target : atz::fuzz::targets()) {
    if (seeds) {
      write_seeds(target, arguments[2]);
    } else if (count == 1 || (count == 2 && target.name == arguments[1])) {
      replay(target);
    } else if (target.name == arguments[1]) {
      return run_files(target, count - 2, arguments + 2);
    }
  }
  return 0;
}
