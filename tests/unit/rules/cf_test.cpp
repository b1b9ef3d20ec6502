// The file itself, and what users turn off.
#include <algorithm>

#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

const char* const kIgnoreHere = "ignore: [{rule: HS022, reason: the guardian has no fixed address}]";

TEST_CASE("CF: what fails") {
  const auto& base = maple_street();
  check_rows({
      {"CF001", edit(base, "roster: [A, B, C]", "roster: [A, B, C"), "roster:"},
      {"CF002", edit(base, "name: Maple Street", "name: &name Maple Street"), "&name"},
      {"CF003", edit(base, "    gender: male", "    gender: male\n    gender: female"), "gender: female"},
      {"CF004", edit(base, "diagnoses: [F72, G40.909]", "diagnoses: {main: F72}"), "diagnoses: {main: F72}"},
      {"CF004", edit(base, "units: 365", "units: [365]"), "units: [365]"},
      {"CF005", edit(base, "    gender: male\n", ""), "label: B"},
      {"CF005", edit(base, "  name: Maple Street\n", ""), "home:"},
      {"CF006", edit(base, "gender: male", "gender: m"), "gender: m"},
      {"CF006", edit(base, "precertification: true", "precertification: maybe"), "precertification: maybe"},
      {"CF006", edit(base, "      weekly_hours: 67.75", "      weekly_hours: lots"), "weekly_hours: lots"},
      {"CF006", edit(base, "id: maple-street", "id: Maple Street"), "id: Maple Street"},
      {"CF007", edit(base, "atz: 1 ", "atz: 2 "), "atz: 2"},
      {"CF007", edit(base, "atz: 1 ", "atz: one "), "atz: one"},
      {"CF008", edit(base, "roster: [A, B, C]", "roster: [A, B, C, A]"), "roster:"},
      {"CF010", add(base, "documents: [{file: plan-x.pdf, type: person-centered-plan, member: X}]"), "plan-x.pdf"},
      {"CF011", edit(base, "one_to_one: C}", "one_to_one: C, on_behalf_of: A}"), "on_behalf_of: A"},
      {"CF005", edit(base, "    gender: male", "    gender: male\n    request: service-notification-extension"),
       "label: B", "EX001"},
      {"CF014", add(base, "ignore: [{rule: HS001, reason: we are early}]"), "ignore:"},
      {"CF014", add(base, "ignore: [{rule: HS999, reason: none}]"), "ignore:"},
      {"CF017", edit(base, "name: Maple Street", "name: CHANGE-ME"), "CHANGE-ME"},
      {"CF015", add(base, "ignore: [{rule: HS027, reason: one member}]"), "ignore:"},
  });
}

TEST_CASE("CF008 and CF009: labels and numbers of members") {
  const auto twice = run(edit(maple_street(), "label: B", "label: A"));
  CHECK(twice.count("CF008") == 1);
  CHECK(twice.count("HS010") == 1);  // B of the roster
  const auto labels = [](int count) {
    std::string roster = "roster: [A, B, C";
    for (int i = 4; i <= count; ++i) roster += ", M" + std::to_string(i);
    return edit(maple_street(), "roster: [A, B, C", roster);
  };
  CHECK(run(labels(24)).count("CF009") == 0);
  CHECK(run(labels(25)).count("CF009") == 1);
}

TEST_CASE("a file that can't be read to its end says nothing about the rest") {
  const auto result = run(edit(maple_street(), "roster: [A, B, C]", "roster: [A, B, C"));
  CHECK(result.findings.size() == 1);
  CHECK(run("").rules() == "CF001");
  CHECK(run("just words").rules() == "CF004");
}

TEST_CASE("personal values are not repeated") {
  const auto result = run(edit(maple_street(), "gender: male", "gender: m"));
  CHECK(result.of("CF006").found.empty());
  CHECK(result.of("CF006").member == "B");
  CHECK(result.of("CF006").expected == "male, female, other or unknown");
}

TEST_CASE("a warning can be ignored, for the home or for one member") {
  CHECK(run(add(maple_street(), kIgnoreHere)).findings.empty());
  const auto c =
      edit(maple_street(), "    guardian: {name: H.", std::string("    ") + kIgnoreHere + "\n    guardian: {name: H.");
  CHECK(run(c).findings.empty());
  const auto b = run(edit(maple_street(), "    gender: male", "    gender: male\n    " + std::string(kIgnoreHere)));
  CHECK(b.count("HS022") == 1);
  CHECK(b.count("CF015") == 1);
  CHECK(b.of("CF015").member == "B");
  CHECK(run(add(maple_street(), "ignore: [{rule: letter-addresses, reason: by its other name}]")).findings.empty());
}

TEST_CASE("the lighter findings of a rule that is an error can be ignored as well") {
  const auto text = add(maple_street(),
                        "documents: [{file: a.xlsx, type: clinical-documentation}]\nignore: [{rule: AT001, reason: the "
                        "state's own form}]");
  CHECK(run(text).rules() == "");
}

TEST_CASE("atz.yaml changes levels of warnings, with a reason") {
  Run off;
  off.config = "rules:\n  HS022: {level: off, reason: no letters here}\n";
  CHECK(run(maple_street(), off).findings.empty());

  Run error;
  error.config = "rules:\n  HS022: {level: error, reason: letters matter}\n";
  CHECK(run(maple_street(), error).of("HS022").severity == diag::Severity::error);
  CHECK(run(add(maple_street(), kIgnoreHere), error).count("HS022") == 1);

  Run wrong;
  wrong.config = "rules:\n  HS001: {level: off, reason: we are early}\n  HS999: {level: off, reason: unknown}\n";
  const auto result = run(maple_street(), wrong);
  CHECK(result.count("CF016") == 2);
  CHECK(result.of("CF016").severity == diag::Severity::error);
  CHECK(result.of("CF016").span.source == 1);
  CHECK(result.of("CF016").span.line == 2);
}

TEST_CASE("what is wrong in atz.yaml is said with every file, at its place there") {
  Run broken;
  broken.config = "settings: {hours-tolerance: [1]}\n";
  const auto result = run(maple_street(), broken);
  REQUIRE(result.count("CF004") == 1);
  CHECK(result.of("CF004").span.source == 1);
}

TEST_CASE("strict makes warnings errors; notes can be left out") {
  Run strict;
  strict.strict = true;
  CHECK(run(maple_street(), strict).of("HS022").severity == diag::Severity::error);
  CHECK(run(add(maple_street(), kIgnoreHere), strict).findings.empty());
  Run quiet;
  quiet.notes = false;
  CHECK(run(edit(maple_street(), "99000001A", "99000001a"), quiet).count("ID001") == 0);
}

TEST_CASE("findings come in the order of their places, and are the same each time") {
  auto text = edit(maple_street(), "units: 365", "units: 364", "label: C");
  text = edit(text, "    gender: male\n", "");
  text = edit(text, "start: 2027-01-04", "start: 2027-01-05");
  const auto once = run(text);
  const auto again = run(text);
  REQUIRE(once.findings.size() > 3);
  REQUIRE(once.findings.size() == again.findings.size());
  for (std::size_t i = 0; i < once.findings.size(); ++i) CHECK(once.findings[i].message == again.findings[i].message);
  CHECK(std::is_sorted(once.findings.begin(), once.findings.end(),
                       [](const auto& a, const auto& b) { return a.span.line < b.span.line; }));
}

TEST_CASE("a value of the wrong shape is one finding") {
  for (const char* broken :
       {"services: none", "plan: none", "case_manager: none", "name: none", "questionnaires: none"}) {
    CAPTURE(std::string(broken));
    const std::string key = std::string(broken).substr(0, std::string(broken).find(':'));
    const auto start = maple_street().find("    " + key + ":");
    auto stop = start;
    do {
      stop = maple_street().find('\n', stop) + 1;
    } while (maple_street().compare(stop, 5, "     ") == 0);
    auto text = maple_street();
    text.replace(start, stop - start, "    " + std::string(broken) + "\n");
    CHECK(run(text).rules() == "CF004");
  }
}

}  // namespace
}  // namespace atz::rules::testing
