// `atz check`: case files to findings. Touches no network and writes nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/codes.hpp"
#include "atz/app/services.hpp"
#include "atz/attach/attach.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/diag/finding.hpp"
#include "atz/diag/render.hpp"
#include "atz/model/profile.hpp"

namespace atz::app {

struct CheckSettings {
  std::optional<std::string> profile;  // --profile
  std::optional<std::string> as_of;    // --as-of
  bool strict = false;
  bool notes = true;  // keep findings of severity info
};

// One file, read and checked.
struct CheckedFile {
  casefile::CaseFile file;
  std::vector<attach::Inspection> attachments;  // rules::document_order
  std::vector<diag::Finding> findings;
  model::Date today{};
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] diag::FileReport report() const;  // keeps the texts that findings point into
};

// Checks files one at a time; remembers workspaces and profiles between them. Safe for several threads.
class Checker {
 public:
  Checker(const Services& services, CheckSettings settings);
  // Failure::usage when the file can't be read, and for profile and --as-of; Failure::state for a damaged code table.
  Result<CheckedFile> check(const std::string& path);
  Result<CheckedFile> check_text(const std::string& name, std::string text);

 private:
  struct Day {
    model::PayerProfile profile;
    model::Date today{};
  };
  Result<CheckedFile> finish(casefile::CaseFile file);
  Result<Day> day_for(const casefile::Workspace& workspace);
  Result<std::shared_ptr<CodeTables>> tables_for(const casefile::Workspace& workspace);

  const Services& services_;
  CheckSettings settings_;
  casefile::WorkspaceCache workspaces_;
  std::mutex mutex_;
  std::map<std::string, Day> days_;                            // by the profile's name in atz.yaml
  std::map<std::string, std::shared_ptr<CodeTables>> tables_;  // by the path of atz.yaml
};

// Files named and files found below folders (*.yaml, *.yml; hidden entries, atz.yaml, atz.d and what is no case file
// are passed over).
struct FoundFile {
  std::string path;
  bool named = false;  // typed by the user: anything wrong with it is reported
};
Result<std::vector<FoundFile>> find_case_files(const Files& files, const std::vector<std::string>& paths);

// Checks all of them with `jobs` threads and hands the reports over in the order of `files`, as soon as they are ready.
// Returns the number of files checked. Stops at the first Failure of a named file and returns it.
Result<std::size_t> check_files(const Services& services, const CheckSettings& settings,
                                const std::vector<FoundFile>& files, unsigned jobs,
                                const std::function<void(diag::FileReport)>& sink);

}  // namespace atz::app
