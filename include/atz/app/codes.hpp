// `atz codes`: finding procedures and diagnoses, taking in the official yearly tables, and asking them during a check.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/codes/index.hpp"
#include "atz/codes/table.hpp"
#include "atz/model/home.hpp"
#include "atz/rules/rule.hpp"

namespace atz::app {

// The imported tables that count for a workspace: those in atz.d beside atz.yaml, else those in the state folder.
// Safe for several threads.
class CodeTables {
 public:
  // Failure::usage for a damaged table in atz.d, Failure::state for one in the state folder.
  static Result<std::shared_ptr<CodeTables>> open(const Services& services, const casefile::Workspace& workspace);

  [[nodiscard]] const codes::Index* table(codes::Kind kind) const;  // nullptr when none was imported
  // What the diagnosis table says about the codes of a home; nullopt without a table.
  Result<std::optional<rules::OfficialDiagnoses>> facts(const model::Home& home);

 private:
  Result<rules::DiagnosisFact> fact(const std::string& code);

  std::optional<codes::Index> diagnoses_, procedures_;
  std::mutex mutex_;
  std::map<std::string, rules::DiagnosisFact, std::less<>> known_;  // asked before; homes share most codes
};

struct CodeHit {
  enum class Kind { diagnosis, procedure, modifier } kind = Kind::diagnosis;
  std::string code;
  std::vector<std::string> modifiers;
  std::string text, unit, program;
  bool header = false;
  std::vector<std::string> below;  // the first codes that can be used instead of a heading
  std::size_t below_count = 0;     // of all of them
  std::string ends;                // last day of use as YYYY-MM-DD; empty: none is known
  enum class Source { own, built_in, imported } source = Source::built_in;
  std::string table;  // "ICD-10-CM 2027" when imported
};

struct FindCodesSettings {
  std::string text;
  std::optional<codes::Kind> kind;
  std::size_t limit = 20;  // at least 1
};

struct FoundCodes {
  std::vector<CodeHit> hits;             // best first
  std::size_t total = 0;                 // of all that fit
  bool near = false;                     // nothing fits exactly; the hits have typing errors
  std::vector<std::string> suggestions;  // what to type instead, when nothing was found
  std::vector<std::string> imported;     // "ICD-10-CM 2027": tables that were searched beside our own
  bool problems = false;                 // atz.yaml or a file of atz.d could not be read whole
};
Result<FoundCodes> find_codes(const Services& services, const FindCodesSettings& settings);

struct ImportCodesSettings {
  std::string file;
  std::optional<int> year;
  bool shared = false;   // into atz.d
  bool partial = false;  // even when it looks cut
};

struct ImportedCodes {
  codes::Edition edition;
  std::string path;                       // of the table
  std::optional<codes::Edition> earlier;  // what was there before
  std::optional<codes::Changes> changes;  // against it
  std::string replaced_damaged;           // why the earlier one could not be compared
};
// The table is replaced whole, or nothing changes.
Result<ImportedCodes> import_codes(const Services& services, const ImportCodesSettings& settings);

// Where an imported table lies.
std::string code_table_path(const std::string& folder, codes::Kind kind);
std::string private_code_folder(const Services& services);
std::string shared_code_folder(const casefile::Workspace& workspace);  // empty without atz.yaml

}  // namespace atz::app
