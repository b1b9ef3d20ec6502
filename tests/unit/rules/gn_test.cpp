// General rules, at their boundaries.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

TEST_CASE("GN: what fails") {
  const auto& base = maple_street();
  check_rows({
      {"GN001", edit(base, "start: 2027-01-04", "start: 2027-02-29"), "period:"},
      {"GN001", edit(base, "end: 2028-01-03", "end: 1/3/2028"), "period:"},
      {"GN001", edit(base, "checked_on: 2026-12-01", "checked_on: 2026-13-01"), "checked_on: 2026-13-01"},
      {"GN001", edit(base, "effective: 2027-01-04", "effective: 2027-1-4x"), "effective:"},
      {"GN002", edit(edit_all(base, "units: 365", "units: 1"), "end: 2028-01-03", "end: 2027-01-03"), "period:"},
      {"GN003", edit(base, ", end: 2028-01-03", ""), "period:"},
      {"GN003", cut(base, "period: {", "\n"), "services:"},
      {"GN003", edit(base, "units: 365, ", "", "label: B"), "{code: T2016, weekly_hours: 85.75}"},
      {"GN003", edit(base, "units: 365, ", "units: , ", "label: B"), "{code: T2016, units: , weekly_hours: 85.75}"},
      {"GN004", edit(base, "units: 365", "units: 0"), "units: 0"},
      {"GN004", edit(base, "units: 365", "units: 1.5"), "units: 1.5"},
      {"GN004", edit(base, "units: 365", "units: 1 year"), "units: 1 year"},
      {"GN005", add(base, "type: Inpatient"), "type: Inpatient"},
      {"GN005", add(base, "subcontract: Other"), "subcontract: Other"},
      {"GN006", edit(base, "  fax: 207-555-0100", "  fax:"), "fax:"},
      {"GN006", cut(base, "  fax: 207", "  address"), "provider:"},
      {"GN007", cut(base, "    services:", "    plan:"), "label: A"},
      {"GN008", edit(base, "diagnoses: [F72, G40.909]", "diagnoses: []"), "diagnoses: []"},
      {"GN008", edit(base, "diagnoses: [F72, G40.909]", "diagnoses: [F72, G40.909, F72]"), "diagnoses:"},
      {"GN009", edit(base, "        1: new placement", "        status: Not Completed\n        1: new placement"),
       "status: Not"},
      {"GN010", cut(base, "attest:", "\n"), "atz: 1"},
      {"GN010", edit(base, "on: 2026-12-07}", "on: 2026-12-08}"), "attest:"},
      {"GN010", edit(base, "on: 2026-12-07}", "on: 2026-11-06}"), "attest:"},
      {"GN010", edit(base, "precertification: true", "precertification: no"), "attest:"},
      {"GN010", edit(base, "by: A. Sample User, ", ""), "attest:"},
      {"GN012",
       edit(base, "weekly_hours: 67.75}",
            "weekly_hours: 67.75}\n      - {code: T2016, units: 1, weekly_hours: 67.75, period: {start: 2027-01-04, "
            "end: 2027-01-04}}"),
       "period: {start: 2027-01-04, end: 2027-01-04}"},
      {"GN014", edit(base, "    id: 99000002A\n", ""), "label: B"},
      {"GN014", edit(base, "id: 99000002A", "id:"), "    id:"},
      {"GN014", edit(base, "last: Placeholder, ", ""), "name: {first: Fakename}"},
      {"GN014", edit(base, "  npi: 2000000002\n", ""), "provider:"},
      {"GN014", edit(base, "{code: T2016, units: 365, weekly_hours: 85.75}", "{units: 365, weekly_hours: 85.75}"),
       "weekly_hours: 85.75"},
      {"GN016", add(base, "priority: {expedited: yes, called_on: 2026-12-07, reason: }"), "priority:"},
      {"GN016", add(base, "priority: {expedited: yes, reason: emergency move}"), "priority:", "HS023"},
      {"GN017", edit(base, "    gender: male", "    gender: male\n    weekly_hour: 3"), "weekly_hour: 3"},
      {"GN019", add(base, "password: example"), "password: example"},
  });
}

TEST_CASE("GN: what passes at the boundary") {
  const auto& base = maple_street();
  check_passes({
      {"GN001", edit(base, "reviewed_on: 2026-06-15", "reviewed_on: 2024-02-29")},
      {"GN002", edit(base, "end: 2028-01-03", "end: 2027-01-04")},
      {"GN004", edit(base, "units: 365", "units: 1")},
      {"GN005", add(base, "type: outpatient\nsubcontract: Maine ASO")},
      {"GN009", edit(base, "        1: new placement", "        status: Completed\n        1: new placement")},
      {"GN010", edit(base, "on: 2026-12-07}", "on: 2026-11-07}")},
      {"GN012", edit(base, "weekly_hours: 67.75}",
                     "weekly_hours: 67.75}\n      - {code: T2016 SC, units: 365, weekly_hours: 1}")},
      {"GN012", edit(base, "weekly_hours: 67.75}",
                     "weekly_hours: 67.75}\n      - {code: T2016, units: 1, weekly_hours: 67.75, period: {start: "
                     "2028-01-04, end: 2028-01-04}}")},
      {"GN016", add(base, "priority: {expedited: yes, reason: emergency move, called_on: 2026-12-07}")},
      {"GN022", edit(base, "last: Sampleton", "last: Null")},
      {"GN014", edit(base, "last: Sampleton", "last: Null")},
  });
  CHECK(run(edit(base, "last: Sampleton", "last: Null")).rules() == "");
  CHECK(run(add(base, "priority: {expedited: yes, reason: emergency move, called_on: 2026-12-07}")).rules() == "");
}

TEST_CASE("GN001 reads a date with slashes and offers it the right way round") {
  const auto result = run(edit(maple_street(), "start: 2027-01-04", "start: 1/4/2027"));
  CHECK(result.of("GN001").help.find("2027-01-04") != std::string::npos);
}

TEST_CASE("GN003 says how many units the period has") {
  const auto result = run(edit(maple_street(), "units: 365, ", "", "label: B"));
  CHECK(result.of("GN003").expected == "units: 365");
  CHECK(result.of("GN003").member == "B");
}

TEST_CASE("GN010 wants to know the day of the statement") {
  const auto result = run(edit(maple_street(), ", on: 2026-12-07}    # nobody", "}    # nobody"));
  CHECK(result.rules() == "GN010");
  CHECK(result.of("GN010").message.find("on which day") != std::string::npos);
}

TEST_CASE("GN018 and ID007 look at live payers only") {
  Run live;
  live.live = true;
  const auto result = run(maple_street(), live);
  CHECK(result.rules() == "GN018 ID007");
  // Three members' IDs, two provider numbers, and every address of the file.
  CHECK(result.count("GN018") == 3 + 2 + 2 + 3 + 3 + 1);
  CHECK(result.of("GN018").severity == diag::Severity::error);
  CHECK(run(maple_street()).count("GN018") == 0);
}

TEST_CASE("GN017 suggests the key that was meant") {
  const auto result = run(edit(maple_street(), "weekly_hours: 85.75}", "weekly_hours: 85.75, frequencies: x}"));
  CHECK(result.of("GN017").severity == diag::Severity::warning);
  CHECK(result.of("GN017").help.find("frequency") != std::string::npos);
}

}  // namespace
}  // namespace atz::rules::testing
