#include <fmt/format.h>

#include "atz/app/check.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr int kMaxFolderDepth = 32;  // a loop of symbolic links ends here

bool is_yaml(const std::string& name) {
  const std::string extension = path::extension(name);
  return extension == "yaml" || extension == "yml";
}

bool belongs_to_atz(const std::string& name) {
  return name == "atz.yaml" || name == "atz.d" || name.starts_with('.');
}

void walk(const Files& files, const std::string& folder, int depth, std::vector<FoundFile>& found) {
  if (depth > kMaxFolderDepth) return;
  const auto names = files.list(folder);
  if (!names) return;
  for (const auto& name : *names) {
    if (belongs_to_atz(name)) continue;
    const std::string full = path::join(folder, name);
    const FileInfo info = files.info(full);
    if (info.kind == FileInfo::Kind::directory) {
      walk(files, full, depth + 1, found);
    } else if (info.kind == FileInfo::Kind::regular && is_yaml(name)) {
      const auto text = files.read(full, casefile::kMaxFileBytes);
      if (text && casefile::sniff(*text) == casefile::FileKind::case_file) found.push_back({full, false});
    }
  }
}

}  // namespace

Result<std::vector<FoundFile>> find_case_files(const Files& files, const std::vector<std::string>& paths) {
  std::vector<FoundFile> found;
  for (const auto& path : paths) {
    switch (files.info(path).kind) {
      case FileInfo::Kind::missing:
        return fail(Failure::usage, fmt::format("{}: there is no such file or folder", printable(path)));
      case FileInfo::Kind::directory:
        walk(files, path, 0, found);
        break;
      default:
        found.push_back({path, true});
    }
  }
  return found;
}

}  // namespace atz::app
