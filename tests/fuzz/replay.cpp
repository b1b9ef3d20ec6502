// Runs every target over its seeds, its committed corpus and everything that was ever found, without a fuzzer: what was
// repaired stays repaired, whichever compiler builds it.
// usage: fuzz_replay                         everything; one line per target
//        fuzz_replay TARGET FILE...          only these files
//        fuzz_replay --write-seeds FOLDER    a folder of seeds for each target
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>

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

}  // namespace

int main(int count, char** arguments) {
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
