#include "base/path.hpp"

#include <vector>

#include "atz/base/file.hpp"
#include "atz/base/text.hpp"

namespace atz {
namespace {

std::string_view without_trailing_slashes(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path;
}

}  // namespace

std::string normal_path(std::string_view working_directory, std::string_view path) {
  std::vector<std::string> kept;
  for (const std::string& part : split(path::join(working_directory, path), '/')) {
    if (part == "..") {
      if (!kept.empty()) {
        kept.pop_back();
      }
    } else if (!part.empty() && part != ".") {
      kept.push_back(part);
    }
  }
  return "/" + join(kept, "/");
}

namespace path {

std::string join(std::string_view directory, std::string_view name) {
  if (directory.empty() || name.starts_with('/')) {
    return std::string(name);
  }
  std::string joined(directory);
  if (!directory.ends_with('/')) {
    joined += '/';
  }
  return joined += name;
}

std::string parent(std::string_view path) {
  path = without_trailing_slashes(path);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return slash == 0 ? "/" : std::string(without_trailing_slashes(path.substr(0, slash)));
}

std::string name(std::string_view path) {
  path = without_trailing_slashes(path);
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string extension(std::string_view path) {
  const std::string last = name(path);
  const std::size_t dot = last.rfind('.');
  // A leading dot hides a file, it does not start an extension.
  return dot == std::string::npos || dot == 0 ? "" : to_lower(std::string_view(last).substr(dot + 1));
}

}  // namespace path
}  // namespace atz
