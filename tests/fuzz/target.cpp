#include "target.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace atz::fuzz {

std::vector<Target> targets() {
  return {check_target(), config_target(),        reply_target(), notification_target(),
          http_target(),  payer_request_target(), import_target()};
}

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

std::pair<std::string_view, std::string_view> split_head(std::string_view input) {
  const auto end = input.find('\n');
  if (end == std::string_view::npos) return {input, {}};
  return {input.substr(0, end), input.substr(end + 1)};
}

std::string source_file(const std::string& path) {
  std::ifstream in(ATZ_SOURCE_DIR "/" + path, std::ios::binary);
  require(in.good(), "a file of the source is there");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<Seed> source_files(const std::string& folder, std::string_view extension) {
  std::vector<Seed> seeds;
  const std::filesystem::path root(ATZ_SOURCE_DIR);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != extension) continue;
    const auto path = std::filesystem::relative(entry.path(), root).string();
    seeds.push_back({entry.path().filename().string(), source_file(path)});
  }
  std::sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) { return a.name < b.name; });
  return seeds;
}

}  // namespace atz::fuzz
