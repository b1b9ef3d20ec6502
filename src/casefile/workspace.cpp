#include "atz/casefile/workspace.hpp"

#include <mutex>
#include <utility>

#include "casefile/config.hpp"

namespace atz::casefile {
namespace {

constexpr const char* kConfigName = "atz.yaml";

// As it looks from the working directory, when it lies below that.
std::string shown_path(const Files& files, const std::string& absolute) {
  const std::string here = files.absolute(".");
  const std::string prefix = here == "/" ? here : here + "/";
  return absolute.compare(0, prefix.size(), prefix) == 0 ? absolute.substr(prefix.size()) : absolute;
}

Workspace without_config() {
  Workspace workspace;
  workspace.tables = builtin_tables();
  return workspace;
}

}  // namespace

struct WorkspaceCache::State {
  const Files& files;
  std::string config;
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const Workspace>> by_directory;  // absolute
  std::shared_ptr<const Workspace> named;                                // of `config`
  std::shared_ptr<const Workspace> none;

  State(const Files& used, std::string name) : files(used), config(std::move(name)) {}

  std::shared_ptr<const Workspace> find(const std::string& directory) {
    if (const auto known = by_directory.find(directory); known != by_directory.end()) return known->second;
    std::shared_ptr<const Workspace> found;
    const std::string path = path::join(directory, kConfigName);
    const std::string above = path::parent(directory);
    if (files.info(path).kind == FileInfo::Kind::regular) {
      found = std::make_shared<const Workspace>(load_workspace(files, path, shown_path(files, path)));
    } else if (above != directory) {
      found = find(above);
    } else {
      if (!none) none = std::make_shared<const Workspace>(without_config());
      found = none;
    }
    by_directory.emplace(directory, found);
    return found;
  }
};

WorkspaceCache::WorkspaceCache(const Files& files, std::string config)
    : state_(std::make_unique<State>(files, std::move(config))) {}

WorkspaceCache::~WorkspaceCache() = default;

std::shared_ptr<const Workspace> WorkspaceCache::for_directory(const std::string& directory) {
  const std::lock_guard lock(state_->mutex);
  if (state_->config.empty()) return state_->find(state_->files.absolute(directory));
  if (!state_->named) {
    state_->named = std::make_shared<const Workspace>(load_workspace(state_->files, state_->config, state_->config));
  }
  return state_->named;
}

}  // namespace atz::casefile
