// Which files `atz check` looks at: named ones, those below folders, and those that patterns match.
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <set>

#include "atz/app/check.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr int kMaxFolderDepth = 32;
constexpr std::string_view kAnyDepth = "**";

bool is_yaml(const std::string& name) {
  const std::string extension = path::extension(name);
  return extension == "yaml" || extension == "yml";
}

bool belongs_to_atz(const std::string& name) {
  return name == "atz.yaml" || name == "atz.d" || name.starts_with('.');
}

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

// "homes/a.yaml" for "./homes" and "a.yaml": services that read our output compare names with those of a repository.
std::string below(const std::string& folder, const std::string& name) {
  std::string full = folder == "." ? name : path::join(folder, name);
  while (full.starts_with("./")) full.erase(0, 2);
  return full;
}

class Finder {
 public:
  explicit Finder(const Files& files) : files_(files) {}

  Result<void> add(const std::string& typed) {
    const FileInfo info = files_.info(typed);
    if (info.kind == FileInfo::Kind::missing && has_wildcard(typed)) return add_pattern(typed);
    if (info.kind == FileInfo::Kind::missing) {
      return fail(Failure::usage, fmt::format("{}: there is no such file or folder", printable(typed)));
    }
    if (info.kind != FileInfo::Kind::directory) {
      add_file(typed, true);
      return {};
    }
    const std::size_t before = matches_;
    const std::size_t troubles = found_.size();
    walk(typed, 0);
    if (matches_ == before && found_.size() == troubles) nothing_there(typed, "in this folder");
    return {};
  }

  std::vector<FoundFile> take() && {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
    return std::move(found_);
  }

 private:
  void add_file(const std::string& path, bool named) {
    ++matches_;
    if (seen_.insert(files_.absolute(path)).second) found_.push_back({path, named, {}});
  }

  void nothing_there(const std::string& path, std::string_view where) {
    found_.push_back({path, true, fmt::format("no case file is {}", where)});
  }

  void walk(const std::string& folder, int depth) {
    if (depth > kMaxFolderDepth) return;
    const auto names = files_.list(folder);
    if (!names) {
      found_.push_back({folder, true, names.error().message});
      return;
    }
    for (const auto& name : *names) {
      if (belongs_to_atz(name)) continue;
      const std::string full = below(folder, name);
      const FileInfo info = files_.info(full);
      if (info.kind == FileInfo::Kind::directory) {
        // Links to folders may lead in circles; whoever means one names it.
        if (!info.is_symlink) walk(full, depth + 1);
      } else if (is_yaml(name)) {
        add_if_case_file(full, info);
      }
    }
  }

  // What can't be opened may be a case file, so it is not passed over.
  void add_if_case_file(const std::string& path, const FileInfo& info) {
    const bool dangling = info.kind == FileInfo::Kind::missing && info.is_symlink;
    if ((info.kind != FileInfo::Kind::regular && !dangling) || info.size > casefile::kMaxFileBytes) return;
    const auto text = files_.read(path, casefile::kMaxFileBytes);
    if (!text || casefile::sniff(*text) == casefile::FileKind::case_file) add_file(path, false);
  }

  // The shell does this where it is not kept from it by quotes.
  Result<void> add_pattern(const std::string& typed) {
    std::vector<std::string> parts = split(typed, '/');
    const bool absolute = parts.front().empty();
    parts.erase(std::remove(parts.begin(), parts.end(), ""), parts.end());
    any_match_ = false;
    const std::size_t before = matches_;
    expand(absolute ? "/" : ".", parts, 0, 0);
    if (!any_match_) {
      return fail(Failure::usage, fmt::format("{}: no file or folder has such a name", printable(typed)));
    }
    if (matches_ == before) nothing_there(typed, "among the files of such names");
    return {};
  }

  void expand(const std::string& folder, const std::vector<std::string>& parts, std::size_t at, int depth) {
    if (depth > kMaxFolderDepth) return;
    const std::string& part = parts[at];
    const bool last = at + 1 == parts.size();
    if (part == kAnyDepth) {
      if (last) {
        any_match_ = true;
        walk(folder, depth);
        return;
      }
      expand(folder, parts, at + 1, depth);
    } else if (!has_wildcard(part)) {
      arrive(below(folder, part), parts, at, depth);
      return;
    }
    const auto names = files_.list(folder);
    if (!names) return;
    for (const auto& name : *names) {
      if (belongs_to_atz(name)) continue;
      const std::string full = below(folder, name);
      if (part == kAnyDepth) {
        const FileInfo info = files_.info(full);
        if (info.kind == FileInfo::Kind::directory && !info.is_symlink) expand(full, parts, at, depth + 1);
      } else if (fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) == 0) {
        arrive(full, parts, at, depth);
      }
    }
  }

  // `path` is what the parts up to `at` match.
  void arrive(const std::string& path, const std::vector<std::string>& parts, std::size_t at, int depth) {
    const FileInfo info = files_.info(path);
    if (at + 1 < parts.size()) {
      if (info.kind == FileInfo::Kind::directory) expand(path, parts, at + 1, depth + 1);
      return;
    }
    if (info.kind == FileInfo::Kind::missing && !info.is_symlink) return;
    any_match_ = true;
    if (info.kind == FileInfo::Kind::directory) {
      walk(path, depth);
    } else {
      add_if_case_file(path, info);
    }
  }

  const Files& files_;
  std::vector<FoundFile> found_;
  std::set<std::string> seen_;
  std::size_t matches_ = 0;  // case files met, those met twice included
  bool any_match_ = false;   // of the pattern that is being expanded
};

}  // namespace

Result<std::vector<FoundFile>> find_case_files(const Files& files, const std::vector<std::string>& paths) {
  Finder finder(files);
  for (const auto& path : paths) {
    if (auto added = finder.add(path); !added) return tl::make_unexpected(added.error());
  }
  return std::move(finder).take();
}

}  // namespace atz::app
