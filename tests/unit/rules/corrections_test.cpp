// What has only one reading, and what has two.
#include "rules/corrections.hpp"

#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

std::string word(const std::optional<std::string>& text) {
  return text ? *text : "unclear";
}

TEST_CASE("dates") {
  for (const char* text : {"2027/01/04", "2027/1/4", "2027-1-4", "2027.01.04", "20270104", "Jan 4, 2027", "jan. 4 2027",
                           "January 4, 2027", "4 January 2027", "4-Jan-2027", " 2027-01-04 "}) {
    CAPTURE(text);
    CHECK(word(clear_date(text)) == "2027-01-04");
  }
  CHECK(word(clear_date("1/25/2027")) == "2027-01-25");
  CHECK(word(clear_date("12/13/2027")) == "2027-12-13");
  CHECK(word(clear_date("1/1/2027")) == "2027-01-01");  // whichever way it is read
  CHECK(word(clear_date("Sept 9, 2027")) == "2027-09-09");
  for (const char* text :
       {"1/4/2027", "12/11/2027", "25/1/2027", "1/25/27", "27/1/2027", "1-25-2027", "2027-02-29", "2027/13/01",
        "Jan 2027", "Ja 4, 2027", "2027", "tomorrow", "", "2027 01 04", "1899/01/04", "20270230", "Jan 4th, 2027"}) {
    CAPTURE(text);
    CHECK(word(clear_date(text)) == "unclear");
  }
}

TEST_CASE("times") {
  CHECK(word(clear_time("6:00")) == "06:00");
  CHECK(word(clear_time("0600")) == "06:00");
  CHECK(word(clear_time("2215")) == "22:15");
  CHECK(word(clear_time("10pm")) == "22:00");
  CHECK(word(clear_time("10 PM")) == "22:00");
  CHECK(word(clear_time("6am")) == "06:00");
  CHECK(word(clear_time("10:30pm")) == "22:30");
  CHECK(word(clear_time("6:15 a.m.")) == "06:15");
  for (const char* text : {"12am", "12pm", "12:00 pm", "6", "22", "13pm", "0pm", "noon", "midnight", "2560", "6:0",
                           "22.00", "6 00", "", "pm", "25:00", "6:00 to 7:00", "06:00:00"}) {
    CAPTURE(text);
    CHECK(word(clear_time(text)) == "unclear");
  }
}

TEST_CASE("words, phone numbers, answers") {
  CHECK(word(clear_yes_no("Y")) == "yes");
  CHECK(word(clear_yes_no("n")) == "no");
  CHECK(word(clear_yes_no("maybe")) == "unclear");
  CHECK(word(clear_choice("male|female", "Female")) == "female");
  CHECK(word(clear_choice("section-21|section-29", "Section 21")) == "section-21");
  CHECK(word(clear_choice("male|female", "f")) == "unclear");
  for (const char* text :
       {"(207) 555-0100", "207.555.0100", "2075550100", "207 555 0100", "1-207-555-0100", "+1 207 555 0100"}) {
    CAPTURE(text);
    CHECK(word(clear_phone(text)) == "207-555-0100");
  }
  for (const char* text : {"207-555-010", "107-555-0100", "207-555-0100 x5", "2-207-555-0100", ""}) {
    CAPTURE(text);
    CHECK(word(clear_phone(text)) == "unclear");
  }
  model::Question question;
  question.type = model::AnswerType::choice;
  question.choices = {"Yes", "No"};
  CHECK(word(clear_answer(question, "y")) == "Yes");
  CHECK(word(clear_answer(question, "false")) == "No");
  CHECK(word(clear_answer(question, "maybe")) == "unclear");
  question.choices = {"awake staff", "none"};
  CHECK(word(clear_answer(question, "y")) == "unclear");
  question.type = model::AnswerType::date;
  CHECK(word(clear_answer(question, "12/31/2026")) == "2026-12-31");
  CHECK(word(clear_answer(question, "12/1/2026")) == "unclear");
}

// The fixes of all findings of a rule, as "message -> text | text".
std::string fixes_of(const std::string& text, std::string_view rule) {
  std::string all;
  for (const auto& finding : run(text).findings) {
    if (finding.rule != rule) continue;
    for (const auto& fix : finding.fixes) {
      all += fix.message + " ->";
      for (const auto& replacement : fix.replacements) all += " " + replacement.text;
      all += fix.personal ? " (personal)\n" : "\n";
    }
  }
  return all;
}

TEST_CASE("what has one answer can be fixed") {
  const auto& base = maple_street();
  CHECK(fixes_of(base, "ID001").empty());
  CHECK(fixes_of(edit(base, "start: 2027-01-04", "start: 2027/1/4"), "GN001") == "Write 2027-01-04. -> 2027-01-04\n");
  CHECK(fixes_of(edit(base, "start: 2027-01-04", "start: 1/4/2027"), "GN001").empty());
  CHECK(fixes_of(edit(base, "start: 2027-01-04", "start: 2027-02-29"), "GN001").empty());
  CHECK(fixes_of(edit(base, "born: 1988-02-29", "born: 2/29/1988"), "ID004") ==
        "Write it with the year first: YYYY-MM-DD. -> 1988-02-29 (personal)\n");
  CHECK(fixes_of(edit(base, "99000001A", "99000001a"), "ID001") == "Write a capital A. -> 99000001A (personal)\n");
  CHECK(fixes_of(edit(base, "99000001A", "\"99000001a\""), "ID001") ==
        "Write a capital A. -> \"99000001A\" (personal)\n");
  CHECK(fixes_of(edit(base, "npi: 2000000002", "npi: 2000-000-002"), "ID006") == "Write 2000000002. -> 2000000002\n");
  CHECK(fixes_of(edit(base, "2000000002-001", "2000000002+001"), "ID008") ==
        "Write 2000000002-001. -> 2000000002-001\n");
  CHECK(fixes_of(edit(base, "2000000002-001", "2000000002001"), "ID008").empty());
  CHECK(fixes_of(edit(base, "code: T2016", "code: t2016"), "ID010") == "Write T2016. -> T2016\n");
  CHECK(fixes_of(edit(base, "F84.0", "f840"), "ID012") ==
        "Write it with the dot and in capital letters. -> F84.0 (personal)\n");
  CHECK(fixes_of(edit(base, "fax: 207-555-0100", "fax: (207) 555-0100"), "ID016") ==
        "Write 207-555-0100. -> 207-555-0100\n");
  CHECK(fixes_of(edit(base, "phone: 207-555-0150", "phone: 1-207-555-0150"), "ID016") ==
        "Write it with two hyphens: 207-555-0100. -> 207-555-0150 (personal)\n");
  CHECK(fixes_of(edit(base, "units: 365", "units: 364"), "HS007") == "Write 365. -> 365\n");
  CHECK(fixes_of(edit(base, "request: service-notification", "request: Service Notification"), "HS005") ==
        "Write service-notification. -> service-notification\n");
  CHECK(fixes_of(edit(base, "gender: female", "gender: Female"), "CF006").find("-> female") != std::string::npos);
  CHECK(fixes_of(edit(base, "precertification: true", "precertification: y"), "CF006") == "Write yes. -> yes\n");
  CHECK(fixes_of(edit(base, "        4: No", "        4: n"), "QN004") ==
        "Write it as it is expected. -> No (personal)\n");
  CHECK(fixes_of(edit(base, "from: 22:00, to: 06:00", "from: 10pm, to: 6am"), "SP001") ==
        "Write 22:00. -> 22:00\nWrite 06:00. -> 06:00\n");
  CHECK(fixes_of(edit_all(base, "to: 06:00", "to: 6:00"), "SP001") == "Write hours with two digits. -> 06:00\n");
}

TEST_CASE("a code with modifiers is taken apart, in braces and in lines") {
  const auto& base = maple_street();
  const std::string line = "weekly_hours: 67.75}";
  const auto with = [&](const std::string& more) { return edit(base, line, line + "\n" + more); };
  CHECK(run(with("      - {code: T2016SC, units: 365, weekly_hours: 1}")).count("ID011") == 0);
  CHECK(fixes_of(with("      - {code: T2016 SC, units: 365, weekly_hours: 1}"), "ID011") ==
        "Write the modifiers as a list of their own. -> T2016 , modifiers: [SC]\n");
  CHECK(fixes_of(with("      - code: T2016-SC\n        units: 365\n        weekly_hours: 1"), "ID011") ==
        "Write the modifiers as a list of their own. -> T2016 \n        modifiers: [SC]\n");
  CHECK(fixes_of(with("      - {code: T2016-SC, modifiers: [U9], units: 365, weekly_hours: 1}"), "ID011").empty());
  CHECK(fixes_of(with("      - {code: t2016-sc, units: 365, weekly_hours: 1}"), "ID011").empty());  // ID010 comes first
  CHECK(fixes_of(with("      - {code: T2016, modifiers: sc, units: 365, weekly_hours: 1}"), "ID011") ==
        "Write SC. -> SC\n");
  CHECK(fixes_of(with("      - {code: T2016, modifiers: [sc], units: 365, weekly_hours: 1}"), "ID011") ==
        "Write SC. -> SC\n");
}

}  // namespace
}  // namespace atz::rules::testing
