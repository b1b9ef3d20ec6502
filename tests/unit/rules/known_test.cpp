// What the ledger knows of a case, against what the file says about it.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

using model::CaseStatus;
using model::KnownCase;

KnownCase known(const char* label, const char* case_id, std::int64_t quarters) {
  KnownCase one;
  one.label = label;
  one.case_id = case_id;
  one.owner_home = "maple-street";
  one.owner = label;
  one.location = "2000000002001";
  one.status = CaseStatus::approved;
  one.days = model::DateSpan{model::make_date(2026, 2, 1), model::make_date(2027, 1, 31)};
  one.hours = model::Hours{quarters};
  return one;
}

std::vector<KnownCase> all() {
  return {known("A", "900000201", 271), known("B", "900000202", 343), known("C", "900000203", 386)};
}

Result extension(const std::vector<KnownCase>& cases, std::string text = example("maple-street-extension.yaml")) {
  Run options;
  options.as_of = "2027-01-11";
  options.known = cases;
  return run(text, options);
}

Result add_on(const KnownCase& one, std::string text = example("maple-street-add-on.yaml")) {
  Run options;
  options.as_of = "2027-01-11";
  options.known = {one};
  return run(text, options);
}

TEST_CASE("what agrees with the ledger gives no finding, and what it does not know gives none either") {
  CHECK(extension(all()).rules() == "");
  CHECK(extension({}).rules() == "");
  CHECK(extension({known("A", "900000999", 4)}).rules() == "");
}

TEST_CASE("EX010: a case of another person, another home or another location") {
  auto cases = all();
  cases[0].same_person = false;
  cases[0].owner = "B";
  auto result = extension(cases);
  CHECK(result.rules() == "EX010");
  CHECK(result.line(result.of("EX010")).find("case: 900000201") != std::string::npos);
  CHECK(result.of("EX010").found.find("member B") != std::string::npos);

  cases = all();
  cases[1].owner_home = "oak-street";
  CHECK(extension(cases).rules() == "EX010");

  cases = all();
  for (auto& one : cases) one.location = "2000000002002";
  result = extension(cases);
  CHECK(result.rules() == "EX010");
  CHECK(result.line(result.of("EX010")).find("location:") != std::string::npos);
  for (auto& one : cases) one.location = "";  // not known
  CHECK(extension(cases).rules() == "");
}

TEST_CASE("EX017: only what was approved can be extended") {
  for (const auto status :
       {CaseStatus::denied, CaseStatus::voided, CaseStatus::in_review, CaseStatus::info_requested}) {
    auto cases = all();
    cases[2].status = status;
    const auto result = extension(cases);
    CAPTURE(std::string(model::to_string(status)));
    CHECK(result.rules() == "EX017");
    CHECK(result.line(result.of("EX017")).find("case: 900000203") != std::string::npos);
  }
  auto cases = all();
  cases[2].status = CaseStatus::partially_approved;
  CHECK(extension(cases).rules() == "");
}

TEST_CASE("EX018: the current end is the last day that was approved, to the day") {
  for (const unsigned day : {30U, 31U}) {
    auto cases = all();
    cases[0].days->last = model::make_date(2027, 1, day);
    CHECK(extension(cases).count("EX018") == (day == 31U ? 0 : 1));
  }
}

TEST_CASE("EX015: a change has other hours than the approved ones, to continue has the same") {
  auto cases = all();
  cases[0].hours = model::Hours{266};  // 66.50, as asked
  CHECK(extension(cases).rules() == "EX015");
  cases[0].hours = model::Hours{265};
  CHECK(extension(cases).rules() == "");
}

TEST_CASE("MA012: an add-on lies within the approved days of its case, to the day") {
  auto one = known("C", "900000203", 382);
  one.days = model::DateSpan{model::make_date(2027, 2, 1), model::make_date(2028, 1, 31)};
  CHECK(add_on(one).rules() == "");
  one.days->first = model::make_date(2027, 2, 2);
  CHECK(add_on(one).rules() == "MA012");
  one.days->first = model::make_date(2027, 2, 1);
  one.days->last = model::make_date(2028, 1, 30);
  CHECK(add_on(one).count("MA012") == 1);
}

}  // namespace
}  // namespace atz::rules::testing
