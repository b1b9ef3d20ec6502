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
#include "atz/model/known_case.hpp"
#include "atz/model/profile.hpp"

namespace atz::app {

struct CheckSettings {
  std::optional<std::string> profile;  // --profile
  std::optional<std::string> as_of;    // --as-of
  bool strict = false;
  bool notes = true;  // keep findings of severity info
  // What the ledger knows of the cases that a file names; empty: nobody looks (check reads files only).
  std::function<Result<std::vector<model::KnownCase>>(const model::Home&)> known_cases = {};
};

// One file, read and checked.
struct CheckedFile {
  casefile::CaseFile file;
  std::vector<attach::Inspection> attachments;  // rules::document_order
  std::vector<diag::Finding> findings;
  model::Date today{};
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] diag::FileReport report() const;  // keeps the texts that findings point into
  // Whether the span lies in atz.yaml or atz.d, which other files have as well.
  [[nodiscard]] bool is_shared(const diag::Span& span) const;
};

// Checks files one at a time; remembers workspaces and profiles between them. Safe for several threads.
struct FoundFile;

class Checker {
 public:
  Checker(const Services& services, CheckSettings settings);
  // Failure::usage when the file can't be read, and for profile and --as-of; Failure::state for a damaged code table.
  Result<CheckedFile> check(const std::string& path);
  Result<CheckedFile> check_text(const std::string& name, std::string text);
  // The same for files that were found: what can't be opened or is no case file is a finding. An atz.yaml, and what
  // lies in atz.d, is checked as configuration.
  Result<CheckedFile> check_found(const FoundFile& found);

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

// Files named, files found below folders, and files that patterns match. In folders, *.yaml and *.yml are looked at;
// hidden entries, atz.yaml, atz.d and what is no case file are passed over.
struct FoundFile {
  std::string path;
  bool named = false;   // typed by the user: anything wrong with it is reported
  std::string trouble;  // not empty: why there is nothing to read, which is reported
};
// By path, each file once however many names lead to it. A pattern (*, ?, [...] in a name, ** for folders of any depth)
// is expanded when no file has it as its name. Failure::usage for what is not there, and for a pattern without a match.
Result<std::vector<FoundFile>> find_case_files(const Files& files, const std::vector<std::string>& paths);

// Checks all of them with `jobs` threads and hands the reports over in the order of `files`, as soon as they are ready.
// What is wrong in a shared atz.yaml is in the first report only. Returns the number of files checked. Stops at the
// first Failure (of a profile or a date) and returns it.
Result<std::size_t> check_files(const Services& services, const CheckSettings& settings,
                                const std::vector<FoundFile>& files, unsigned jobs,
                                const std::function<void(diag::FileReport)>& sink);

}  // namespace atz::app
