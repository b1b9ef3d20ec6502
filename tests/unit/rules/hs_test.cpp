// Home Support, first authorization, at the boundaries.
#include "rules/address.hpp"
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

Run on(const char* day) {
  Run run;
  run.as_of = day;
  return run;
}

// The statement would be dated after an earlier day of sending, and too old on a later one.
std::string attested(const char* day) {
  return edit(maple_street(), "on: 2026-12-07}", std::string("on: ") + day + "}");
}

std::string without_third() {
  return cut(maple_street(), "  - label: C", "staffing:");
}

// The same days for the whole home from another start, 365 of them.
std::string starting(const std::string& start, const std::string& end) {
  auto text = edit(maple_street(), "start: 2027-01-04, end: 2028-01-03", "start: " + start + ", end: " + end);
  return edit(std::move(text), "effective: 2027-01-04", "effective: " + start);
}

TEST_CASE("HS: windows") {
  const auto& base = maple_street();
  check_rows({
      {"HS001", attested("2026-12-04"), "period:", "", on("2026-12-04")},
      {"HS002", starting("2026-12-06", "2027-12-05"), "period:"},
      {"HS003", attested("2026-12-29"), "period:", "", on("2026-12-29")},
      {"HS004", edit(base, "    gender: male", "    gender: male\n    service_started_on: 2026-12-20"),
       "service_started_on: 2026-12-20"},
      {"HS020", edit_all(edit(base, "end: 2028-01-03", "end: 2028-01-04"), "units: 365", "units: 366"), "period:"},
  });
  check_passes({
      {"HS001", attested("2026-12-05"), on("2026-12-05")},
      {"HS002", starting("2026-12-07", "2027-12-06")},
      {"HS003", attested("2026-12-28"), on("2026-12-28")},
      {"HS004", edit(base, "    gender: male", "    gender: male\n    service_started_on: 2027-01-04")},
  });
  CHECK(run(attested("2026-12-05"), on("2026-12-05")).rules() == "");
  CHECK(run(attested("2026-12-28"), on("2026-12-28")).rules() == "");
  CHECK(run(starting("2026-12-07", "2027-12-06")).rules() == "HS003");
}

TEST_CASE("HS001 names the first day that works, once for the whole home") {
  const auto result = run(attested("2026-12-04"), on("2026-12-04"));
  CHECK(result.count("HS001") == 1);
  CHECK(result.of("HS001").help.find("Saturday 2026-12-05") != std::string::npos);
  CHECK(result.of("HS001").member.empty());
}

TEST_CASE("HS002 on a leap day period and HS020 after clamping") {
  CHECK(run(starting("2028-02-29", "2029-02-27"), on("2028-02-20")).count("HS020") == 0);
  CHECK(run(starting("2028-02-29", "2029-02-28"), on("2028-02-20")).count("HS020") == 1);
}

TEST_CASE("HS: lines") {
  const auto& base = maple_street();
  check_rows({
      {"HS005", edit(base, "request: service-notification", "request: prior-authorization"), "request:"},
      {"HS006", edit(base, "code: T2016", "code: T2017"), "code: T2017"},
      {"HS006", edit(base, "code: T2016", "code: T2016 HI"), "code: T2016 HI", "ID011"},
      {"HS007", edit(base, "units: 365", "units: 364"), "units: 364"},
      {"HS007", edit(base, "units: 365", "units: 366", "label: C"), "units: 366"},
      {"HS008", edit(base, "weekly_hours: 67.75}", "weekly_hours: 67.8}"), "weekly_hours: 67.8"},
      {"HS008", edit(base, ", weekly_hours: 67.75}", "}"), "{code: T2016, units: 365}"},
      {"HS008", edit(base, "weekly_hours: 67.75}", "weekly_hours: many}"), "weekly_hours: many"},
      {"HS008", edit(base, "weekly_hours: 67.75}", "weekly_hours: 0}"), "weekly_hours: 0"},
      {"HS009", edit(base, "weekly_hours: 67.75}", "weekly_hours: 168.25}"), "weekly_hours: 168.25", "SP010 SP011"},
  });
  check_passes({
      {"HS009", edit(base, "weekly_hours: 67.75}", "weekly_hours: 168}")},
      {"HS008", edit(base, "weekly_hours: 67.75}", "weekly_hours: 67.750}")},
  });
}

TEST_CASE("HS007 states the number of days") {
  const auto result = run(edit(maple_street(), "units: 365", "units: 364"));
  CHECK(result.of("HS007").expected == "365");
  CHECK(result.of("HS007").found == "364");
  CHECK(result.of("HS007").member == "A");
  CHECK(result.of("HS007").related.size() == 1);
  Run hours;
  hours.config = "settings: {quantity-means: weekly-hours}\n";
  CHECK(run(edit(maple_street(), "units: 365", "units: 68"), hours).count("HS007") == 0);
}

TEST_CASE("HS: the whole house") {
  const auto& base = maple_street();
  check_rows({
      {"HS010", without_third(), "roster: [A, B, C]"},
      {"HS010", edit(base, "roster: [A, B, C]", "roster: [A, B]"), "label: C", "SP017"},
      {"HS010", edit(base, "    gender: male", "    gender: male\n    receives_home_support: no"),
       "receives_home_support: no"},
      {"HS011", edit(base, "2000000002-001", "2000000010-001"), "location: 2000000010-001"},
      {"HS021", edit(base, "1: new placement", "1: continuation", "label: B"), "1: continuation"},
      {"HS027", edit(base, "roster: [A, B, C]", "roster: [A]"), "roster: [A]", "HS010 SP017"},
      {"HS021", cut(cut(base, "  - label: B", "  - label: C"), "  - label: C", "staffing:"), "label: A", "HS010"},
  });
}

TEST_CASE("HS010 points at the label of the member that is missing") {
  const auto result = run(without_third());
  const auto& finding = result.of("HS010");
  CHECK(finding.member == "C");
  CHECK(finding.span.column == 18);
  CHECK(finding.span.end_column == 19);
  CHECK(result.count("HS010") == 1);
}

TEST_CASE("HS010 lets people live there without home support") {
  auto text = cut(maple_street(), "    gender: female\n    waiver: section-21\n    guardian: {name: H", "staffing:");
  text = edit(text, "    name: {last: Mockley",
              "    receives_home_support: no\n    receives_home_support_reason: lives here with a private nurse\n    "
              "name: {last: Mockley");
  text = edit_all(edit_all(text, ", one_to_one: C", ""),
                  "    - {member: C, days: [tue, thu], from: 10:00, to: 14:00, kind: community-support, code: T2021}\n",
                  "");
  const auto result = run(text);
  CHECK(result.count("HS010") == 0);
  CHECK(result.count("CF005") == 0);
  CHECK(result.count("GN007") == 0);
  CHECK(result.count("SP010") == 2);  // the staff is shared by two now
}

TEST_CASE("HS013: one pattern for the home, or one for each member") {
  const auto& base = maple_street();
  const std::string two =
      "documents:\n  - {file: a.pdf, type: staffing-pattern, member: A}\n  - {file: b.pdf, type: staffing-pattern, "
      "member: B}\n";
  check_rows({
      {"HS013", add(base, two), "file: a.pdf"},
      {"HS013", add(base, two + "  - {file: all.pdf, type: staffing-pattern}"), "file: a.pdf"},
      {"HS013", cut(base, "staffing: ", "# No documents"), "atz: 1"},
  });
  const auto result = run(add(base, two));
  REQUIRE(result.of("HS013").related.size() == 1);
  CHECK(result.of("HS013").message.find("none for C") != std::string::npos);
  check_passes({
      {"HS013", add(base, "documents: [{file: all.pdf, type: staffing-pattern}]")},
      {"HS013", add(base, two + "  - {file: c.pdf, type: staffing-pattern, member: C}")},
      {"HS013", add(cut(base, "staffing: ", "# No documents"), "documents: [{file: all.pdf, type: staffing-pattern}]")},
  });
}

TEST_CASE("HS: plan and people") {
  const auto& base = maple_street();
  check_rows({
      {"HS014", cut(base, "    questionnaires:", "  - label: B"), "label: A"},
      {"HS015", edit(base, "location: {line: 1 Example Way", "location: {line: 3 Example Way"), "line: 3 Example Way"},
      {"HS015",
       edit(base, "location: {line: 1 Example Way, city: Testville", "location: {line: 1 Example Way, city: Othertown"),
       "Othertown"},
      {"HS015",
       edit(base, "      location: {line: 1 Example Way, city: Testville, state: ME, zip: 00000}\n", "", "label: A"),
       "plan:"},
      {"HS016", cut(base, "    plan:  ", "    questionnaires:"), "label: A"},
      {"HS016", cut(base, "      checked_on: 2026-12-01 ", "      reviewed_on"), "plan:"},
      {"HS016", edit(base, "checked_on: 2026-12-01", "checked_on: 2026-12-08"), "checked_on: 2026-12-08"},
      {"HS017", edit(base, "checked_on: 2026-12-01", "checked_on: 2026-11-06"), "checked_on: 2026-11-06"},
      {"HS017", edit(base, "reviewed_on: 2026-06-15", "reviewed_on: 2025-12-06"), "reviewed_on: 2025-12-06"},
      {"HS018", edit(base, "      weekly_hours: 67.75", "      weekly_hours: 60"), "weekly_hours: 60"},
      {"HS019", edit(base, "waiver: section-21", "waiver: [section-21, section-29]"), "section-29"},
      {"HS019", edit(base, "waiver: section-21", "waiver: section-29"), "section-29"},
      {"HS019", edit(base, "waiver: section-21", "waiver: section-22"), "section-22"},
      {"HS022", edit(base, "guardian:\n      name: G. Guardian Example", "guardian:"), "guardian:"},
      {"HS022",
       edit(base, "address: {line: 2 Example Way, city: Testville, state: ME, zip: 00000}",
            "address: {line: 2 Example Way, city: Testville, state: ME}"),
       "2 Example Way"},
      {"HS022", cut(base, "    case_manager:", "    diagnoses:"), "label: A"},
      {"HS023", add(base, "priority: {expedited: yes, reason: emergency move}"), "priority:", "GN016"},
      {"HS025", edit(base, "kind: natural-support", "kind: work-support"), "out:", "QN010"},
  });
  check_passes({
      {"HS015", edit(base, "location: {line: 1 Example Way", "location: {line: 1 EXAMPLE WAY.")},
      {"HS017", edit(base, "checked_on: 2026-12-01", "checked_on: 2026-11-07")},
      {"HS017", edit(base, "reviewed_on: 2026-06-15", "reviewed_on: 2025-12-07")},
  });
}

TEST_CASE("addresses are the same however they are spelled") {
  CHECK(normal_address_text("12 St. John Street, Apt. 3") == normal_address_text("12 Saint John St apartment 3"));
  CHECK(normal_address_text("12 Oak Rd #3") == normal_address_text("12 OAK ROAD, Apt 3"));
  CHECK(normal_address_text("P.O. Box 0") == normal_address_text("PO Box 0"));
  CHECK(normal_address_text("1 Example Way") != normal_address_text("3 Example Way"));
  CHECK(normal_address_text("1 Example Way") != normal_address_text("11 Example Way"));
  CHECK(normal_address_text("1 Oak St") != normal_address_text("1 Oak Rd"));
}

}  // namespace
}  // namespace atz::rules::testing
