// Identifiers, at their boundaries.
#include "rules/identifiers.hpp"
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

TEST_CASE("ID: what fails") {
  const auto& base = maple_street();
  check_rows({
      {"ID001", edit(base, "99000001A", "9900001A"), "id: 9900001A"},
      {"ID001", edit(base, "99000001A", "99000001B"), "id: 99000001B"},
      {"ID001", edit(base, "99000001A", "990 000 01A"), "id: 990 000 01A"},
      {"ID001", edit(base, "99000001A", "99000001a"), "id: 99000001a"},
      {"ID002", edit(base, "99000001A", "TEMP00000001"), "TEMP00000001"},
      {"ID004", edit(base, "born: 1988-02-29", "born: 1987-02-29"), "born: 1987-02-29"},
      {"ID004", edit(base, "born: 1988-02-29", "born: 2026-12-08"), "born: 2026-12-08", "ID005"},
      {"ID004", edit(base, "    born: 1988-02-29\n", ""), "label: A"},
      {"ID005", edit(base, "born: 1988-02-29", "born: 2009-01-05"), "born: 2009-01-05"},
      {"ID006", edit(base, "npi: 2000000002", "npi: 2000000003"), "npi: 2000000003"},
      {"ID006", edit(base, "npi: 2000000002", "npi: 1234567890"), "npi: 1234567890"},
      {"ID006", edit(base, "npi: 2000000002", "npi: 3000000001"), "npi: 3000000001"},
      {"ID006", edit(base, "npi: 2000000002", "npi: 200000000"), "npi: 200000000"},
      {"ID008", edit(base, "location: 2000000002-001", "location: 2000000002"), "location: 2000000002"},
      {"ID008", edit(base, "location: 2000000002-001", "location: 2000000002-1"), "location: 2000000002-1"},
      {"ID009", edit(base, "  npi: 2000000002", "  npi: 77\n  id_kind: other"), "id_kind: other"},
      {"ID010", edit(base, "code: T2016", "code: T216"), "code: T216"},
      {"ID010", edit(base, "code: T2016", "code: W0001"), "code: W0001"},
      {"ID011", edit(base, "code: T2016", "code: T2016S"), "code: T2016S"},
      {"ID011", edit(base, "{code: T2016,", "{code: T2016, modifiers: [TGX],"), "TGX", "HS006"},
      {"ID011",
       edit(base, "weekly_hours: 67.75}",
            "weekly_hours: 67.75}\n      - {code: T2016SC, modifiers: SC, units: 365, weekly_hours: 1}"),
       "modifiers: SC", "HS006 MA003 MA009 MA018 QN009"},
      {"ID011", edit(base, "{code: T2016,", "{code: T2016, modifiers: [U1, U2, U3, U4, U5],"), "U5]", "HS006"},
      {"ID012", edit(base, "F84.0", "F8.40"), "F8.40"},
      {"ID012", edit(base, "F84.0", "F84."), "F84."},
      {"ID012", edit(base, "F84.0", "84.0"), "84.0"},
      {"ID012", edit(base, "F84.0", "F84.0.1"), "F84.0.1"},
      {"ID013", edit(base, "F84.0", "F84"), "F84]"},
      {"ID013", edit(base, "F84.0", "G40"), "G40]"},
      {"ID014", edit(base, "F84.0", "F64.9"), "F64.9"},
      {"ID016", edit(base, "fax: 207-555-0100", "fax: 107-555-0100"), "fax: 107"},
      {"ID016", edit(base, "phone: 207-555-0150", "phone: 207-155-0150"), "phone: 207-155-0150"},
      {"ID016", edit(base, "phone: 207-555-0140", "phone: 207-555-014"), "phone: 207-555-014"},
      {"ID017", edit(base, "99000002A", "99000001A"), "id: 99000001A"},
      {"ID018", edit(edit(base, "last: Placeholder", "last: SAMPLETON"), "born: 1979-06-01", "born: 1988-02-29"),
       "last: SAMPLETON"},
  });
}

TEST_CASE("ID: what passes at the boundary") {
  const auto& base = maple_street();
  Run errors;  // another form is worth a note, but no more
  errors.notes = false;
  check_passes({
      {"ID004", edit(base, "born: 1988-02-29", "born: 2026-12-07")},
      {"ID005", edit(base, "born: 1988-02-29", "born: 2009-01-04")},
      {"ID006", edit(base, "npi: 2000000002", "npi: 1234567893")},
      {"ID008", edit(base, "2000000002-001", "2000000002+001"), errors},
      {"ID008", edit(base, "2000000002-001", "2000000002 001"), errors},
      {"ID008", edit(base, "2000000002-001", "2000000002001")},
      {"ID010", edit(base, "code: T2016", "code: H2015")},
      {"ID011",
       edit(base, "weekly_hours: 67.75}",
            "weekly_hours: 67.75}\n      - {code: T2016-SC, units: 365, weekly_hours: 1}"),
       errors},
      {"ID012", edit(base, "F84.0", "G40909"), errors},
      {"ID012", edit(base, "F84.0", "C7A.010")},
      {"ID013", edit(base, "F84.0", "F78.A9")},
      {"ID016", edit(base, "phone: 207-555-0150", "phone: (555) 555-5555"), errors},
      {"ID018", edit(base, "last: Placeholder", "last: Sampleton")},
  });
  CHECK(run(edit(base, "F84.0", "f840")).rules() == "ID012");
  CHECK(run(edit(base, "F84.0", "f840")).of("ID012").severity == diag::Severity::info);
}

TEST_CASE("ID001 takes a small a and says so; its form is a setting") {
  const auto small = run(edit(maple_street(), "99000001A", "99000001a"));
  CHECK(small.of("ID001").severity == diag::Severity::info);
  Run other;
  other.config = "settings: {member-id-pattern: '^X[0-9]{3}$'}\n";
  const auto result = run(edit(maple_street(), "99000001A", "X123"), other);
  CHECK(result.count("ID001") == 2);
  CHECK(result.of("ID001").member == "B");
}

TEST_CASE("ID013 names the codes below a heading") {
  CHECK(run(edit(maple_street(), "F84.0", "F78")).of("ID013").expected == "F78.A1 or F78.A9");
}

Run official(int year, std::map<std::string, DiagnosisFact, std::less<>> facts) {
  Run run;
  run.diagnoses = OfficialDiagnoses{year, false, std::move(facts)};
  for (const char* code : {"F71", "F72", "F73", "F84.0", "G40.909", "G80.9", "Z93.1"})
    run.diagnoses->facts.try_emplace(code, DiagnosisFact{true, false, {}, 0});
  return run;
}

TEST_CASE("ID014 with an imported table: what the table lacks does not exist") {
  const auto text = edit(maple_street(), "F84.0", "F84.7");
  const DiagnosisFact missing{false, false, {"F84.0", "F84.2", "F84.3", "F84.5", "F84.8"}, 6};
  const auto result = run(text, official(2027, {{"F84.7", missing}}));
  CHECK(result.rules() == "ID014");
  CHECK(result.of("ID014").severity == diag::Severity::warning);
  CHECK(result.of("ID014").message == "The diagnosis F84.7 does not exist in ICD-10-CM 2027");
  CHECK(result.of("ID014").expected == "for example F84.0, F84.2, F84.3 or F84.5");
  // The table of 2026 ended on 2026-09-30, the period begins in 2027.
  CHECK(run(text, official(2026, {{"F84.7", missing}})).of("ID014").help.find("Import the one of 2027") !=
        std::string::npos);
  // What ships with atz does not count against the table: F20.9 is built in.
  CHECK(run(edit(maple_street(), "F84.0", "F20.9"), official(2027, {{"F20.9", {}}})).rules() == "ID014");
  auto part = official(2027, {{"F84.7", missing}, {"F20.9", {}}});
  part.diagnoses->partial = true;
  CHECK(run(text, part).of("ID014").message == "atz does not know the diagnosis F84.7");
  CHECK(run(edit(maple_street(), "F84.0", "F20.9"), part).rules() == "");
}

TEST_CASE("ID013 with an imported table: its headings count, and their codes are named") {
  const auto text = edit(maple_street(), "F84.0", "F64");
  const auto few = run(text, official(2027, {{"F64", {true, true, {"F64.0", "F64.9"}, 2}}}));
  CHECK(few.of("ID013").expected == "F64.0 or F64.9");
  const auto many =
      run(text, official(2027, {{"F64", {true, true, {"F64.0", "F64.1", "F64.2", "F64.3", "F64.8"}, 12}}}));
  CHECK(many.of("ID013").expected == "F64.0, F64.1, F64.2, F64.3 or one of 8 more");
  // The table says that it can be coded by now.
  CHECK(run(edit(maple_street(), "F84.0", "F78"), official(2027, {{"F78", {true, false, {}, 0}}})).rules() == "");
  CHECK(run(edit(maple_street(), "F84.0", "f64"), official(2027, {{"F64", {true, true, {}, 0}}})).count("ID013") == 1);
}

TEST_CASE("ID017 shows the first of the two") {
  const auto result = run(edit(maple_street(), "99000002A", "99000001A"));
  REQUIRE(result.of("ID017").related.size() == 1);
  CHECK(result.of("ID017").related[0].span.line < result.of("ID017").span.line);
}

TEST_CASE("forms of identifiers") {
  CHECK(valid_npi("2000000002"));
  CHECK(valid_npi("1234567893"));
  CHECK_FALSE(valid_npi("2000000020"));
  CHECK_FALSE(valid_npi("20000000020"));
  CHECK(location_digits("2000000002-001") == "2000000002001");
  CHECK(location_digits("2000000002--001").empty());
  CHECK(location_digits("200000000-2001").empty());
  CHECK(valid_diagnosis("F72"));
  CHECK(valid_diagnosis("C7A.010"));
  CHECK(valid_diagnosis("F78A1"));
  CHECK_FALSE(valid_diagnosis("F84.01234"));
  CHECK_FALSE(valid_diagnosis("FA4.0"));
  CHECK(with_dot("g40909") == "G40.909");
  CHECK(valid_procedure("99213"));
  CHECK(valid_procedure("V5299"));
  CHECK_FALSE(valid_procedure("W0001"));
  CHECK_FALSE(valid_procedure("t2016"));
  CHECK(valid_phone("207.555.0100"));
  CHECK_FALSE(valid_phone("1-207-555-0100"));
}

}  // namespace
}  // namespace atz::rules::testing
