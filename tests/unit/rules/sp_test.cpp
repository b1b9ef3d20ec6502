// The staffing pattern, at its boundaries.
#include "rules/ratio.hpp"
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

// Another block at the end of the shifts or of the outings.
std::string shift(const std::string& text, const std::string& block) {
  return edit(text, "  out:  ", "    - " + block + "\n  out:  ");
}
std::string outing(const std::string& text, const std::string& block) {
  return edit(text, "# No documents", "    - " + block + "\n# No documents");
}

// The example with the home's hours in a pattern of their own for each member.
std::string individual(const std::string& b_night = "22:00") {
  std::string text = cut(maple_street(), "staffing: ", "# No documents");
  for (const char* label : {"A", "B", "C"}) {
    const std::string from = std::string(label) == "B" ? b_night : "22:00";
    text = edit(text, "    diagnoses:",
                std::string("    routinely_out: none\n    staffing:\n      effective: 2027-01-04\n      shifts:\n") +
                    "        - {staff: N, days: daily, from: " + from + ", to: 06:00}\n" +
                    "        - {staff: D, days: daily, from: 06:00, to: 22:00}\n    diagnoses:",
                std::string("label: ") + label);
  }
  return text;
}

TEST_CASE("SP: blocks") {
  const auto& base = maple_street();
  check_rows({
      {"SP001", edit(base, "from: 22:00, to: 06:00", "from: 22:00, to: 06:10"), "to: 06:10"},
      {"SP001", edit(base, "from: 22:00, to: 06:00", "from: 22h, to: 06:00"), "from: 22h"},
      {"SP001", edit(base, "days: daily", "days: everyday"), "days: everyday"},
      {"SP002", edit(base, "from: 22:00, to: 06:00", "from: 06:00, to: 06:00"), "from: 06:00, to: 06:00"},
      {"SP002", edit(base, "from: 22:00, to: 06:00", "from: 24:00, to: 06:00"), "from: 24:00"},
  });
  check_passes({
      {"SP001", edit(base, "from: 22:00, to: 06:00", "from: 22:00, to: 06:15")},
      {"SP002", edit(base, "from: 22:00, to: 06:00", "from: 22:00, to: 24:00")},
      {"SP002", edit(base, "from: 22:00, to: 06:00", "from: 00:00, to: 24:00")},
  });
}

TEST_CASE("SP: overlaps") {
  const auto& base = maple_street();
  check_rows({
      {"SP003", shift(base, "{staff: D1, days: tue, from: 14:00, to: 22:00}"), "{staff: D1, days: tue"},
      {"SP003", shift(base, "{staff: N, days: sun, from: 05:45, to: 07:00}"),
       "{staff: N, days: sun"},  // Saturday's night
      {"SP004", outing(base, "{member: A, days: fri, from: 14:45, to: 16:00, kind: school}"), "{member: A, days: fri"},
      {"SP006", shift(base, "{staff: X, days: mon, from: 10:00, to: 11:00, one_to_one: A}"), "{staff: X"},
      {"SP014", shift(base, "{staff: X, days: mon, from: 10:00, to: 11:00, accompanying: [A]}"), "{staff: X",
       "SP010 SP011"},
      {"SP014",
       edit(shift(base, "{staff: X, days: mon, from: 10:00, to: 11:00, accompanying: [B]}"),
            "work-support, code: T2019", "work-support"),
       "{staff: X", "SP010 SP011"},
  });
  check_passes({
      {"SP003", shift(base, "{staff: D1, days: tue, from: 15:00, to: 22:00}")},
      {"SP003", shift(base, "{staff: N, days: sun, from: 06:00, to: 07:00}")},
      {"SP004", outing(base, "{member: A, days: fri, from: 15:00, to: 16:00, kind: school}")},
      {"SP006", shift(base, "{staff: X, days: mon, from: 15:00, to: 16:00, one_to_one: A}")},
      {"SP014", shift(base, "{staff: X, days: sun, from: 12:00, to: 13:00, accompanying: [A]}")},
  });
}

TEST_CASE("SP003 shows the other shift and the time") {
  const auto result = run(shift(maple_street(), "{staff: D1, days: daily, from: 14:00, to: 22:00}"));
  CHECK(result.count("SP003") == 1);
  CHECK(result.of("SP003").found.find("Mon 14:00 to 15:00") != std::string::npos);
  REQUIRE(result.of("SP003").related.size() == 1);
}

TEST_CASE("SP: coverage") {
  const auto& base = maple_street();
  const auto gap = edit(base, "{staff: D1, days: mon-fri, from: 06:00, to: 15:00}",
                        "{staff: D1, days: [mon, wed, thu, fri], from: 06:00, to: 15:00}");
  const auto result = run(gap);
  CHECK(result.rules() == "SP005");
  CHECK(result.line(result.of("SP005")).find("shifts:") != std::string::npos);
  CHECK(result.of("SP005").found.find("Tue 09:00 to 15:00") != std::string::npos);
  CHECK(result.of("SP005").related.size() == 1);

  const auto alone = "    may_be_alone: [{days: tue, from: 09:00, to: 15:00}]\n    diagnoses:";
  auto allowed = gap;
  for (const char* label : {"label: A", "label: B", "label: C"})
    allowed = edit(allowed, "    diagnoses:", alone, label);
  CHECK(run(allowed).count("SP005") == 0);

  // Everybody out on Sunday from 12:00 to 13:00 while two shifts go on.
  auto idle = outing(outing(base, "{member: B, days: sun, from: 12:00, to: 13:00, kind: natural-support}"),
                     "{member: C, days: sun, from: 12:00, to: 13:00, kind: natural-support}");
  const auto idle_result = run(idle);
  CHECK(idle_result.count("SP007") == 2);
  CHECK(idle_result.count("SP023") == 1);
  CHECK(idle_result.of("SP023").found == "2.00 hours a week");
  CHECK(idle_result.of("SP007").severity == diag::Severity::warning);
}

TEST_CASE("SP: members") {
  const auto& base = maple_street();
  check_rows({
      {"SP008",
       edit(edit(base,
                 "    - {member: B, days: [mon, wed, fri], from: 09:00, to: 13:00, kind: work-support, code: T2019}\n",
                 ""),
            "        6: [work support]", "        6: none"),
       "label: B"},
      {"SP008", edit(base, "    diagnoses:", "    routinely_out: none\n    diagnoses:"), "routinely_out: none"},
      {"SP009", edit(base, "kind: natural-support", "kind: natural-suport"), "kind: natural-suport", "QN010"},
      {"SP009", edit(base, "kind: natural-support", "kind: other"), "kind: other", "QN010"},
      {"SP009", edit(base, ", kind: natural-support", ""), "{member: A, days: sun", "QN010"},
      {"SP017", shift(base, "{staff: X, days: mon, from: 20:00, to: 21:00, one_to_one: D}"), "one_to_one: D"},
      {"SP017", outing(base, "{member: D, days: mon, from: 20:00, to: 21:00, kind: school}"), "{member: D"},
      {"SP020", edit(base, "kind: natural-support", "kind: hospital"), "kind: hospital", "QN010"},
      {"SP021", edit(base, "effective: 2027-01-04", "effective: 2027-01-05"), "effective: 2027-01-05"},
  });
  check_passes({
      {"SP009", edit(base, "kind: natural-support", "kind: other, note: dialysis")},
      {"SP017", shift(base, "{staff: X, days: mon, from: 20:00, to: 21:00, on_behalf_of: all}")},
      {"SP021", edit(base, "effective: 2027-01-04", "effective: 2026-12-01")},
  });
}

TEST_CASE("SP: hours") {
  const auto& base = maple_street();
  check_rows({
      {"SP010", edit(base, "weekly_hours: 67.75}", "weekly_hours: 70}"), "weekly_hours: 70}", "SP011"},
      {"SP011",
       edit(edit(base, "weekly_hours: 67.75}", "weekly_hours: 67.5}"), "      weekly_hours: 67.75",
            "      weekly_hours: 67.5"),
       "weekly_hours: 67.5}", "QN009"},
      {"SP013", edit(base, "from: 22:00, to: 06:00}", "from: 22:00, to: 06:00, awake: no}"), "awake: no",
       "QN010 SP010 SP011"},
      {"SP016", shift(base, "{staff: X, days: mon, from: 06:00, to: 22:15}"), "{staff: X", "SP010 SP011"},
      {"SP016", edit(base, "  shifts:", "  staff: [{id: D1, role: support}]\n  shifts:"), "id: D1"},
  });
  check_passes({
      {"SP016", shift(base, "{staff: X, days: mon, from: 06:00, to: 22:00}")},
      {"SP016", edit(base, "  shifts:", "  staff: [{id: N}]\n  shifts:")},
      {"SP010", edit(base, "weekly_hours: 67.75}", "weekly_hours: 67.5}")},
      {"SP012", base},
  });
}

TEST_CASE("C asks for 100 hours: the member's and the home's sums are wrong, copies are shown along") {
  const auto result = run(edit(maple_street(), "weekly_hours: 96.5}", "weekly_hours: 100}"));
  CHECK(result.rules() == "SP010 SP011");
  const auto& member = result.of("SP010");
  CHECK(member.member == "C");
  CHECK(member.found == "100.00");
  CHECK(member.expected == "96.50 (290/3 before rounding)");
  CHECK(member.related.size() == 2);
  CHECK(result.of("SP011").found == "253.50");
  CHECK(result.of("SP011").expected == "250.00");
  CHECK(result.of("SP011").span == member.span);
}

TEST_CASE("SP011 with several members off points at the shifts") {
  auto text = edit(maple_street(), "weekly_hours: 67.75}", "weekly_hours: 67.5}");
  text = edit(text, "weekly_hours: 85.75}", "weekly_hours: 85.5}");
  const auto result = run(text);
  CHECK(result.line(result.of("SP011")).find("shifts:") != std::string::npos);
  CHECK(result.of("SP011").related.size() == 7);
}

TEST_CASE("the tolerance and the weight of sleep are settings") {
  Run wide;
  wide.config = "settings: {hours-tolerance: 5}\n";
  CHECK(run(edit(maple_street(), "weekly_hours: 67.75}", "weekly_hours: 70}"), wide).count("SP010") == 0);
  Run full;
  full.config = "settings: {asleep-counts: full}\n";
  const auto result = run(edit(maple_street(), "from: 22:00, to: 06:00}", "from: 22:00, to: 06:00, awake: no}"), full);
  CHECK(result.count("SP013") == 1);
  CHECK(result.count("SP010") == 0);
  CHECK(result.of("SP013").found.find("56.00 of them counted") != std::string::npos);
}

TEST_CASE("SP015 compares every quarter hour with the plan's ratio") {
  const auto with = [](const char* ratio) {
    return edit(maple_street(),
                "    diagnoses:", std::string("    min_ratio: ") + ratio + "\n    diagnoses:", "label: B");
  };
  CHECK(run(with("1:2")).rules() == "SP015");
  CHECK(run(with("1:2")).of("SP015").member == "B");
  CHECK(run(with("1:3")).count("SP015") == 0);
  CHECK(run(with("one")).rules() == "CF006");
  // Who keeps the books supports nobody; and where the plan lets B be alone, nobody has to be there.
  CHECK(run(edit(with("1:3"), "  shifts:\n", "  staff:\n    - {id: N, counts: admin}\n  shifts:\n")).count("SP015") ==
        1);
  CHECK(run(edit(with("1:2"),
                 "    min_ratio:", "    may_be_alone:\n      - {days: daily, from: 00:00, to: 24:00}\n    min_ratio:"))
            .count("SP015") == 0);
  CHECK(parse_ratio("1:2")->members == 2);
  CHECK_FALSE(parse_ratio("0:2"));
  CHECK_FALSE(parse_ratio("1:2:3"));
  CHECK_FALSE(parse_ratio("1"));
}

TEST_CASE("SP012 looks at computed hours") {
  const std::string pattern =
      "effective: 2027-01-04\nroster: [A]\nshifts:\n  - {staff: X, days: daily, from: 00:00, to: 12:00, one_to_one: "
      "A}\n"
      "  - {staff: Z, days: daily, from: 12:00, to: 24:00, one_to_one: A}\n";
  CHECK(run(pattern).rules() == "");
  const auto more = run(pattern + "  - {staff: Y, days: mon, from: 10:00, to: 10:15, one_to_one: A}\n");
  CHECK(more.rules() == "SP012");
  CHECK(more.of("SP012").found == "168.25");
}

TEST_CASE("individual patterns are joined; shared shifts must be alike") {
  CHECK(run(individual()).count("SP018") == 0);
  CHECK(run(individual()).count("HS013") == 0);
  const auto result = run(individual("21:45"));
  CHECK(result.count("SP018") == 1);
  CHECK(result.count("SP003") == 0);
  CHECK(result.line(result.of("SP018")).find("days: daily") != std::string::npos);
  REQUIRE(result.of("SP018").related.size() == 1);
}

TEST_CASE("SP022: outings within what the plan authorizes of other services") {
  const auto authorized = [](const char* hours) {
    return run(edit(maple_street(), "      reviewed_on: 2026-06-15",
                    std::string("      other_services: [{code: T2021, weekly_hours: ") + hours +
                        "}]\n      reviewed_on: 2026-06-15"));
  };
  CHECK(authorized("30").rules() == "");
  CHECK(authorized("29.75").rules() == "SP022");
  CHECK(authorized("29.75").of("SP022").member == "A");
}

TEST_CASE("SP011 shows every member's hours") {
  const auto result = run(edit(maple_street(), "weekly_hours: 67.75}", "weekly_hours: 68}"));
  const auto& related = result.of("SP011").related;
  REQUIRE(related.size() == 6);  // the shifts, and a table of five lines
  CHECK(related[1].message == "member   asked for   computed  difference");
  CHECK(related[2].message == "A            68.00      67.75       +0.25");
  CHECK(related[5].message == "home        250.25     250.00       +0.25");
}

TEST_CASE("a staffing file is checked alone") {
  const auto start = maple_street().find("staffing:  ");
  const auto end = maple_street().find("# No documents");
  std::string text = maple_street().substr(start, end - start);
  text = text.substr(text.find('\n') + 1);
  std::string flat;
  for (std::size_t at = 0; at < text.size();) {
    const auto stop = text.find('\n', at);
    flat += text.substr(std::min(at + 2, stop), stop - std::min(at + 2, stop) + 1);
    at = stop + 1;
  }
  CHECK(run(flat).rules() == "");
  CHECK(run(edit(flat, "to: 06:00", "to: 06:10")).rules() == "SP001");
  CHECK(run("roster: [A, B]\n" + flat).rules() == "SP017");
  CHECK(run(edit(flat, "effective: 2027-01-04", "effective: soon")).rules() == "GN001");
}

}  // namespace
}  // namespace atz::rules::testing
