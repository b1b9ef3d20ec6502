// The example home, edited: each test breaks one thing and looks at what is said about it.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/file.hpp"
#include "atz/rules/rule.hpp"

namespace atz::rules::testing {

// examples/maple-street.yaml.
const std::string& maple_street();
// Any file of the folder examples.
std::string example(const std::string& name);

// Replaces the first `from` after the first `after`; fails the test when there is none.
std::string edit(std::string text, std::string_view from, std::string_view to, std::string_view after = {});
// Replaces every `from`.
std::string edit_all(std::string text, std::string_view from, std::string_view to);
// Everything from `from` up to, not including, the next `until` goes.
std::string cut(std::string text, std::string_view from, std::string_view until);
// Adds text at the end.
std::string add(std::string text, std::string_view more);

struct Run {
  std::string as_of = "2026-12-07";
  bool live = false;
  bool strict = false;
  bool notes = true;
  std::string config = {};  // of an atz.yaml beside the file
  std::vector<attach::Inspection> attachments = {};
  std::optional<OfficialDiagnoses> diagnoses = {};
  std::vector<model::KnownCase> known = {};
};

struct Result {
  std::string text;
  std::vector<diag::Finding> findings;

  // The first of that rule; fails the test when there is none.
  [[nodiscard]] const diag::Finding& of(std::string_view rule) const;
  [[nodiscard]] std::size_t count(std::string_view rule) const;
  // The source line that a finding points at.
  [[nodiscard]] std::string line(const diag::Finding& finding) const;
  // "HS001 HS007", sorted, each once; without the warning that the example has on purpose.
  [[nodiscard]] std::string rules() const;
};
Result run(const std::string& text, const Run& options = {});

// A rule, an edit of the example, what must be said and where.
struct Row {
  const char* rule;
  std::string text;
  const char* at;         // part of the line that the first finding points at
  const char* also = "";  // other rules that speak, too: "SP011"
  Run options = {};
};
void check_rows(const std::vector<Row>& rows);
// None of them gives any finding of that rule.
struct Pass {
  const char* rule;
  std::string text;
  Run options = {};
};
void check_passes(const std::vector<Pass>& rows);

}  // namespace atz::rules::testing
