// Questionnaires, at their boundaries.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

TEST_CASE("QN: what fails") {
  const auto& base = maple_street();
  const std::string long_text(4001, 'x');
  check_rows({
      {"QN001", edit(base, "        8: cueing\n", ""), "home-support:"},
      {"QN001", edit(base, "        8: cueing", "        8:"), "        8:"},
      {"QN002", edit(base, "        3.1.1: Gets up most nights and needs guidance back to bed.\n", ""),
       "home-support:"},
      {"QN002",
       edit(base, "        4.1.2: Evening meal and transfers need one person's whole attention.", "        4.1.2:"),
       "4.1.2:"},
      {"QN003", edit(base, "        4: No", "        4: No\n        4.1.2: Evening meal."), "4.1.2: Evening meal."},
      {"QN004", edit(base, "        7: No", "        7: maybe"), "7: maybe"},
      {"QN004", edit(base, "        7: No", "        7: [Yes, No]"), "7: [Yes, No]", "QN002"},
      {"QN004", edit(base, "        9: 2026-12-01", "        9: 2026-02-30"), "9: 2026-02-30"},
      {"QN004", edit(base, "        2: 67.75", "        2: about 68"), "2: about 68"},
      {"QN004", edit(base, "natural support]", "natural supper]"), "natural supper]", "QN010"},
      {"QN005", edit(base, "3.1.1: Gets up most nights and needs guidance back to bed.", "3.1.1: \"  \""), "3.1.1:"},
      {"QN005", edit(base, "3.1.1: Gets up most nights and needs guidance back to bed.", "3.1.1: " + long_text),
       "3.1.1: xxx"},
      {"QN006", edit(base, "        10: No", "        10: No\n        9.9: 2026-12-01"), "9.9:"},
      {"QN006", edit(base, "      home-support: ", "      home-supports: "), "home-supports:", "HS014"},
      {"QN007", edit(base, "        1: new placement", "        version: 0\n        1: new placement"), "version: 0"},
      {"QN008", edit(base, "        1: new placement", "        status: in-progress\n        1: new placement"),
       "status: in-progress"},
      {"QN009", edit(base, "        2: 67.75", "        2: 60"), "2: 60"},
      {"QN009", edit(base, "        10: No", "        10: Yes"), "10: Yes"},
      {"QN010",
       edit(base, "        3: awake staff\n        3.1.1: Gets up most nights and needs guidance back to bed.",
            "        3: none"),
       "3: none"},
      {"QN010",
       edit(edit(base, "        4: Yes\n        4.1.1: 14\n", "        4: No\n"),
            "        4.1.2: Evening meal and transfers need one person's whole attention.\n", ""),
       "4: No"},
      {"QN010", edit(base, "4.1.1: 14", "4.1.1: 15"), "4.1.1: 15"},
      {"QN010", edit(base, "        6: [community support, natural support]", "        6: [community support]"),
       "6: [community support]"},
      {"QN010", edit(base, "        6: [work support]", "        6: none"), "6: none"},
  });
}

TEST_CASE("QN: what passes at the boundary") {
  const auto& base = maple_street();
  check_passes({
      {"QN004", edit(base, "        7: No", "        7: no")},
      {"QN004", edit(base, "        6: [work support]", "        6: Work Support")},
      {"QN005",
       edit(base, "3.1.1: Gets up most nights and needs guidance back to bed.", "3.1.1: " + std::string(4000, 'x'))},
      {"QN005", edit(base, "3.1.1: Gets up most nights",
                     "3.1.1: " + std::string("Stra\xC3\x9F"
                                             "e at night"))},
      {"QN007", edit(base, "        1: new placement", "        version: 1\n        1: new placement")},
      {"QN009", edit(base, "        2: 67.75", "        2: 67.750")},
      {"QN010", edit(base, "        6: [community support, natural support]",
                     "        6: [natural support, Community Support]")},
  });
}

TEST_CASE("length is counted in characters") {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "\xC3\xA9";
  CHECK(run(edit(maple_street(), "3.1.1: Gets up most nights and needs guidance back to bed.", "3.1.1: " + text))
            .count("QN005") == 0);
}

TEST_CASE("QN002 shows the answer that asks for more") {
  const auto result =
      run(edit(maple_street(), "        3.1.1: Gets up most nights and needs guidance back to bed.\n", ""));
  REQUIRE(result.of("QN002").related.size() == 1);
  CHECK(result.of("QN002").message.find("3.1.1") != std::string::npos);
}

TEST_CASE("an empty questionnaire is one finding, not seventeen") {
  auto text = cut(maple_street(), "        1: new placement", "  - label: B");
  CHECK(run(text).count("QN001") + run(text).count("HS014") == 1);
  text = edit(text, "      home-support: ", "      home-support: {1: new placement} ");
  const auto result = run(text);
  CHECK(result.count("QN001") == 1);
  CHECK(result.of("QN001").message.find("9 questions") != std::string::npos);
}

}  // namespace
}  // namespace atz::rules::testing
