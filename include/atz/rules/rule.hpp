// A rule is one constant: what must hold, why, where it comes from, examples, and the check.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atz/attach/attach.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/diag/finding.hpp"
#include "atz/model/home.hpp"
#include "atz/model/settings.hpp"
#include "atz/model/tables.hpp"
#include "atz/model/week.hpp"

namespace atz::rules {

class Context;

struct Rule {
  std::string_view id;    // "HS001"; never reused
  std::string_view slug;  // "not-too-early"
  diag::Severity severity;
  std::string_view title;   // what must hold, one sentence
  std::string_view why;     // one paragraph for people
  std::string_view source;  // "MaineCare page, Prior Authorizations"; "modelled" where we decided
  std::string_view passes;  // a snippet or a sentence
  std::string_view fails;
  void (*check)(Context&) = nullptr;  // null: acts elsewhere, see `acts_in`
  std::string_view acts_in =
      "check";  // "check", or the command where an informational rule shows ("submit", "status" ...)
};

// Every rule, by ID.
std::span<const Rule* const> catalogue();
const Rule* find(std::string_view id_or_slug);  // any case

struct Input {
  const casefile::CaseFile& file;
  model::Date as_of;  // the submission date S
  bool live = false;  // GN018, ID007
  // One per document of the home and its members in the order of `document_order`; empty = attachments are not looked
  // at.
  std::span<const attach::Inspection> attachments;
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

// All findings of one file, sorted, with rule levels and ignores applied. Pure: same input, same findings.
std::vector<diag::Finding> check(const Input& input, const Options& options);

// The week of a home (combined or joined individual patterns); nullopt when there is no pattern to compute.
std::optional<model::Week> week_of(const model::Home& home, const model::Settings& settings);

}  // namespace atz::rules
