// A rule is one constant: what must hold, why, where it comes from, examples, and the check.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atz/attach/attach.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/diag/finding.hpp"
#include "atz/model/home.hpp"
#include "atz/model/known_case.hpp"
#include "atz/model/settings.hpp"
#include "atz/model/tables.hpp"
#include "atz/model/week.hpp"

namespace atz::rules {

class Context;

// What an example is laid over: examples that a test runs, each complete and right on its day. `yaml` of an example
// holds the keys that differ; a key without a value goes away; of lists of members the entries with the same label, and
// a member of whom only the label is given goes away.
enum class Base {
  none,         // the text is a sentence, for what a file alone does not show
  file,         // the text is a whole file
  first,        // a home's first authorization, sent on 2026-12-07
  extension,    // the same home, extended for a change of need, sent on 2027-01-11
  add_on,       // a Medical Add-On for one of its members, sent on 2027-01-11
  termination,  // another agency ends a service, sent on 2026-12-01
};

struct Example {
  std::string_view text;
  Base base = Base::none;
  std::string_view as_of = {};                                 // YYYY-MM-DD; empty: the day of the base
  std::string_view config = {};                                // an atz.yaml beside the file
  constexpr Example(const char* sentence) : text(sentence) {}  // NOLINT(google-explicit-constructor)
  constexpr Example(const char* yaml, Base over, std::string_view sent_on = {}, std::string_view settings = {})
      : text(yaml), base(over), as_of(sent_on), config(settings) {}
};

struct Rule {
  std::string_view id;    // "HS001"; never reused
  std::string_view slug;  // "not-too-early"
  diag::Severity severity;
  std::string_view title;   // what must hold, one sentence
  std::string_view why;     // one paragraph for people
  std::string_view source;  // "MaineCare page, Prior Authorizations"; "modelled" where we decided
  Example passes;
  Example fails;
  void (*check)(Context&) = nullptr;  // null: acts elsewhere, see `acts_in`
  std::string_view acts_in =
      "check";                    // "check", the command where an informational rule shows ("submit", "status" ...)
  std::string_view setting = {};  // the key below `settings` of atz.yaml that it reads: "review-lead-days"
};

// Every rule, by ID.
std::span<const Rule* const> catalogue();
const Rule* find(std::string_view id_or_slug);  // any case

// What an imported diagnosis table says about one code.
struct DiagnosisFact {
  bool known = false;
  bool header = false;             // a heading, not codable by itself
  std::vector<std::string> below;  // the first codes that can be used: below it, or, when it is unknown, beside it
  std::size_t below_count = 0;     // of all of them
};
struct OfficialDiagnoses {
  int year = 0;          // ICD-10-CM of that year, which holds from October of the year before
  bool partial = false;  // only some of its codes
  std::map<std::string, DiagnosisFact, std::less<>> facts;  // every code of the case file, with its dot
};

struct Input {
  const casefile::CaseFile& file;
  model::Date as_of;  // the submission date S
  bool live = false;  // GN018, ID007
  // One per document of the home and its members in the order of `document_order`; empty = attachments are not looked
  // at.
  std::span<const attach::Inspection> attachments;
  const OfficialDiagnoses* diagnoses = nullptr;  // when a table was imported
  std::span<const model::KnownCase> known = {};  // cases named in the file that the ledger knows (plan, submit)
};

// The documents in the order in which attachments are given: the home's, then each member's.
struct DocumentRef {
  const model::Document* document;
  const model::Member* member;
};
std::vector<DocumentRef> document_order(const model::Home& home);
// The path of a document on disk.
std::string document_path(const casefile::CaseFile& file, const model::Document& document);

struct Options {
  bool strict = false;  // warnings become errors
  bool notes = true;    // keep severity info
};

// AT011: whether a file name or title gives away personal data of a member; such a name is not repeated in outputs.
bool names_a_person(const model::Home& home, std::string_view name);

// All findings of one file, sorted, with rule levels and ignores applied. Pure: same input, same findings.
std::vector<diag::Finding> check(const Input& input, const Options& options);

// Days on which an authorization may be extended whose last covered day is `end`; both inclusive. EX003 to EX005.
model::DateSpan extension_days(const model::Settings& settings, model::Date end);

// The week of a home (combined or joined individual patterns); nullopt when there is no pattern to compute.
std::optional<model::Week> week_of(const model::Home& home, const model::Settings& settings);

}  // namespace atz::rules
