// Extensions: the example of a change of need, broken in the ways that people break extensions.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

std::string extension() {
  return example("maple-street-extension.yaml");
}

// All three members go on as before.
std::string continuation() {
  std::string text = edit_all(extension(), "reason: change", "reason: continue");
  for (const char* line : {"    because: ", "        1.2.1: "}) {
    for (auto at = text.find(line); at != std::string::npos; at = text.find(line))
      text.erase(at, text.find('\n', at) - at + 1);
  }
  return edit_all(text, "1: change", "1: continuation");
}

Run on(const char* day, const char* config = "") {
  Run options;
  options.as_of = day;
  options.config = config;
  return options;
}

TEST_CASE("EX: the example has no finding on its day, to change and to continue") {
  CHECK(run(extension(), on("2027-01-11")).rules() == "");
  CHECK(run(continuation(), on("2027-01-11")).rules() == "");
}

TEST_CASE("EX003, EX004, EX006 and EX014: the window of a continuation, day by day") {
  const std::string text = continuation();
  CHECK(run(edit(text, "on: 2026-12-31}", "on: 2026-12-30}"), on("2026-12-31")).rules() == "EX003");
  CHECK(run(text, on("2027-01-01")).rules() == "");
  CHECK(run(text, on("2027-01-23")).rules() == "");
  CHECK(run(text, on("2027-01-24")).rules() == "EX014");
  CHECK(run(text, on("2027-01-26")).rules() == "EX014");
  const auto late = run(text, on("2027-01-27"));
  CHECK(late.rules() == "EX004");
  CHECK(late.count("EX004") == 1);  // one window, one finding
  CHECK(late.of("EX004").related.size() == 2);
  CHECK(late.of("EX004").help.find("Monday 2027-02-01") != std::string::npos);
}

TEST_CASE("EX005: the deadline after the end moves the window's close") {
  const std::string later = edit_all(edit_all(continuation(), "checked_on: 2026-12-28", "checked_on: 2027-01-20"),
                                     "on: 2026-12-31}", "on: 2027-01-20}");
  const char* config = "settings: {extension-deadline: after-end}\n";
  CHECK(run(later, on("2027-02-05", config)).count("EX004") == 0);
  CHECK(run(later, on("2027-02-05", config)).count("EX006") == 0);
  CHECK(run(later, on("2027-02-06", config)).count("EX004") == 1);
  CHECK(run(later, on("2027-02-06")).count("EX006") == 1);
  CHECK(run(later, on("2027-02-06")).count("EX004") == 0);
}

TEST_CASE("EX009: a change outside the window is a warning, or an error when the setting says so") {
  const auto text = edit(extension(), "on: 2026-12-31}", "on: 2026-12-30}");
  CHECK(run(text, on("2026-12-31")).rules() == "EX009");
  CHECK(run(text, on("2027-01-27")).rules() == "EX009");
  CHECK(run(text, on("2027-01-27", "settings: {change-window: strict}\n")).rules() == "EX004");
}

TEST_CASE("EX007: the first day is the day after the current end") {
  const std::string text = continuation();
  const auto period = [&](const char* start, const char* end) {
    return edit(text, "period: {start: 2027-02-01, end: 2028-01-31}",
                std::string("period: {start: ") + start + ", end: " + end + "}");
  };
  const auto early = run(period("2027-01-31", "2028-01-30"), on("2027-01-11"));
  CHECK(early.count("EX007") == 1);
  CHECK(early.line(early.of("EX007")).find("2027-01-31") != std::string::npos);
  CHECK(run(period("2027-02-02", "2028-02-01"), on("2027-01-11")).rules() == "EX007");
}

TEST_CASE("EX008: a change begins between the day of sending and the day after the current end") {
  const auto starting = [&](const char* start, const char* end) {
    return edit(edit(extension(), "period: {start: 2027-02-01, end: 2028-01-31}",
                     std::string("period: {start: ") + start + ", end: " + end + "}"),
                "effective: 2027-02-01", std::string("effective: ") + start);
  };
  CHECK(run(starting("2027-01-11", "2028-01-10"), on("2027-01-11")).rules() == "");
  CHECK(run(starting("2027-01-31", "2028-01-30"), on("2027-01-11")).rules() == "");
  CHECK(run(starting("2027-01-10", "2028-01-09"), on("2027-01-11")).rules() == "EX008");
  CHECK(run(starting("2027-02-02", "2028-02-01"), on("2027-01-11")).rules() == "EX008");
}

TEST_CASE("EX012: windows that meet on one day, and on none") {
  const auto with_end = [](const char* end) {
    return edit(extension(), "current_end: 2027-01-31", std::string("current_end: ") + end, "label: B");
  };
  CHECK(run(with_end("2027-02-25"), on("2027-01-26")).count("EX012") == 0);
  const auto apart = run(with_end("2027-02-26"), on("2027-01-26"));
  REQUIRE(apart.count("EX012") == 1);
  CHECK(apart.of("EX012").found == "current ends: A 2027-01-31, B 2027-02-26 and C 2027-01-31");
}

TEST_CASE("EX: what else fails") {
  const auto base = extension();
  const Run day = on("2027-01-11");
  check_rows({
      {"EX001", edit(base, "    case: 900000202\n", ""), "label: B", "", day},
      {"EX002", edit(base, "    case: 900000202", "    request: service-notification\n    case: 900000202"),
       "reason: change", "", day},
      {"ID015", edit(base, "case: 900000202", "case: tbd"), "case: tbd", "", day},
      {"ID015", edit(base, "case: 900000202", "case: 9000 00202"), "9000 00202", "", day},
      {"EX010", edit(base, "case: 900000202", "case: 900000201"), "case: 900000201", "", day},
      {"EX015", edit(continuation(), "1: continuation", "1: change\n        1.2.1: Less."), "1: change", "", day},
      {"EX015", edit(continuation(), "reason: continue\n", "reason: continue\n    because: More seizures.\n"),
       "because", "", day},
      {"HS010", edit(base, "roster: [A, B, C]", "roster: [A, B, C, D]"), "roster", "", day},
      {"HS013", cut(base, "staffing:", "# No documents"), "atz: 1", "", day},
      {"HS007", edit(base, "units: 365", "units: 364"), "units: 364", "", day},
      {"HS015", edit(base, "location: {line: 1 Example Way", "location: {line: 3 Example Way"), "3 Example Way", "",
       day},
  });
}

TEST_CASE("HS021: who goes on as before when somebody moves in") {
  // C is new, A and B have cases; everybody's hours come from the one pattern.
  std::string text = extension();
  text = edit(text, "    case: 900000203\n    current_end: 2027-01-31\n    reason: change\n",
              "    request: service-notification\n");
  text = edit(text, "    because: ", "    # ", "label: C");
  text = edit(
      text, "1: change\n        1.2.1: Shares fewer evening hours, because B is now supported 1:1 from 19:00 to 20:00.",
      "1: new placement", "label: C");
  CHECK(run(text, on("2027-01-11")).rules() == "");
  const auto unchanged =
      edit(edit(edit(text, "reason: change", "reason: continue"), "    because: ", "    # "),
           "1: change\n        1.2.1: Shares fewer evening hours, because B is now supported 1:1 from 19:00 to 20:00.",
           "1: continuation");
  const auto result = run(unchanged, on("2027-01-11"));
  CHECK(result.rules() == "HS021");
  CHECK(result.of("HS021").help.find("A 66.50 and B 88.00") != std::string::npos);
}

}  // namespace
}  // namespace atz::rules::testing
