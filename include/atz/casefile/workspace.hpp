// What case files share: atz.yaml (provider, settings, rule levels, profile) and the data files in atz.d/.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/file.hpp"
#include "atz/base/result.hpp"
#include "atz/casefile/document.hpp"
#include "atz/diag/finding.hpp"
#include "atz/model/home.hpp"
#include "atz/model/profile.hpp"
#include "atz/model/settings.hpp"
#include "atz/model/tables.hpp"

namespace atz::casefile {

struct RuleLevel {  // `rules:` in atz.yaml; warnings only
  std::string rule;
  enum class Level { off, error } level = Level::off;
  std::string reason;
  diag::Span span;
};

struct Workspace {
  std::string config_path;  // of atz.yaml; empty when there is none
  diag::Sources sources;    // [0] is atz.yaml, then the files of atz.d
  model::Provider provider;
  model::Settings settings;
  model::Tables tables;  // built-in data with the overrides of atz.d applied
  std::vector<RuleLevel> rules;
  std::string profile;            // empty: the default
  std::vector<Problem> problems;  // spans index into `sources`
};

// Finds and reads each atz.yaml once. Safe for several threads.
class WorkspaceCache {
 public:
  // `config` names an atz.yaml to use instead of searching upwards; empty: search.
  explicit WorkspaceCache(const Files& files, std::string config = {});
  ~WorkspaceCache();
  std::shared_ptr<const Workspace> for_directory(const std::string& directory);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The data that ships inside the program. Throws std::logic_error when it is broken, which a test excludes.
const model::Tables& builtin_tables();
// A built-in file's text by name ("rates.yaml"), templates included; nullopt when there is none.
std::optional<std::string_view> builtin_data(std::string_view name);
// The data files, which atz.d may override.
std::vector<std::string_view> builtin_data_names();

// Profiles from profiles.yaml in the configuration folder; the built-in "sandbox" is always there.
// Failure::usage with file:line:column for anything wrong in the file.
Result<std::map<std::string, model::PayerProfile>> load_profiles(const Files& files, const std::string& path);

}  // namespace atz::casefile
