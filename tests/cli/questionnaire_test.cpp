// `atz questionnaire list|show|fill`, without a terminal. With one: tests/house/interview.py.
#include <doctest/doctest.h>

#include "program.hpp"

using atz::test::Program;
using atz::test::replaced;

namespace {

std::vector<std::string> fill(const std::string& file, const std::string& member, std::vector<std::string> answers) {
  std::vector<std::string> words = {"questionnaire", "fill", file, "--member", member};
  for (auto& answer : answers) {
    words.emplace_back("--set");
    words.push_back(std::move(answer));
  }
  return words;
}

}  // namespace

TEST_SUITE("questionnaire") {
  TEST_CASE("list and show") {
    Program atz;
    const auto list = atz.run({"questionnaire", "list"});
    CHECK(list.code == 0);
    for (const char* name : {"home-support", "medical-add-on", "termination-request", "with T2016 SC"}) {
      CHECK(list.out.find(name) != std::string::npos);
    }
    const auto show = atz.run({"questionnaire", "show", "termination-request"});
    CHECK(show.code == 0);
    CHECK(show.out.find("\n        3.1.1.2.1  ") != std::string::npos);  // two conditions deep
    CHECK(show.out.find("asked when 3.1.1 is No") != std::string::npos);
    CHECK(show.out.find("may stay open") != std::string::npos);
    const auto json = atz.run({"questionnaire", "show", "home-support", "--format", "json"}).json();
    CHECK(json["schema"] == "atz/questionnaire/1");
    CHECK(json["questions"].size() == 17);
    CHECK(json["questions"][5]["when"].empty());
    CHECK(json["questions"][4]["depth"] == 1);
    CHECK(json["questions"][4]["max_length"] == 4000);
    CHECK(json["questions"][0]["max_length"].is_null());
    const auto all = atz.run({"questionnaire", "list", "--format", "json"}).json();
    CHECK(all["questionnaires"].size() == 3);
    const auto wrong = atz.run({"questionnaire", "show", "home-suport"});
    CHECK(wrong.code == 2);
    CHECK(wrong.err.find("Did you mean home-support?") != std::string::npos);
  }

  TEST_CASE("a file in atz.d replaces a questionnaire or adds one, and check asks it") {
    Program atz;
    const auto home = atz.home();
    atz.write("atz.yaml", "settings: {}\n");
    atz.write("atz.d/questionnaire-pets.yaml",
              "name: pets\nversion: 3\ntitle: Pets\nrequest: service-notification\nquestions:\n"
              "  - {link: 1, text: \"Is there a cat?\", type: boolean}\n"
              "  - {link: 1.1.1, text: \"Its name?\", type: text, max_length: 5, when: 1 = Yes}\n");
    auto missing = atz.run({"check", "--as-of", "2026-12-07", home});
    CHECK(missing.code == 1);
    CHECK(missing.out.find("The pets questionnaire is not answered for member A") != std::string::npos);
    const auto answer = [&](const char* member, std::vector<std::string> answers) {
      auto words = fill(home, member, std::move(answers));
      words.insert(words.end(), {"--questionnaire", "pets"});
      return atz.run(words);
    };
    CHECK(answer("A", {"1=y"}).code == 1);  // 1.1.1 is open now
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).out.find("QN002") != std::string::npos);
    CHECK(answer("A", {"1.1.1=Whiskers"}).code == 2);  // longer than five
    CHECK(answer("A", {"1.1.1=Felix"}).code == 0);
    CHECK(answer("B", {"1=no"}).code == 0);
    CHECK(answer("C", {"1=No"}).code == 0);
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).code == 0);
    CHECK(atz.read("home.yaml").find("        10: No\n      pets:\n        1: Yes\n        1.1.1: Felix\n") !=
          std::string::npos);

    atz.write("atz.d/questionnaire-home-support.yaml",
              "name: home-support\nversion: 2\ntitle: Ours\nrequest: service-notification\nquestions:\n"
              "  - {link: 1, text: \"Anything?\", type: text, required: no}\n");
    const auto shown = atz.run({"questionnaire", "show", "home-support"});
    CHECK(shown.out.find("Anything?") != std::string::npos);
    atz.write(
        "atz.d/questionnaire-home-support.yaml",
        "name: home-support\nversion: 2\ntitle: Ours\nquestions:\n"
        "  - {link: 1, text: A, type: text, when: 2 exists}\n  - {link: 2, text: B, type: text, when: 1 exists}\n");
    const auto cycle = atz.run({"questionnaire", "list"});
    CHECK(cycle.code == 1);
    CHECK(cycle.err.find("questionnaire-home-support.yaml:5:") != std::string::npos);
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).code == 1);
  }

  TEST_CASE("answers go where they belong, and layout and comments stay") {
    Program atz;
    const auto home = atz.home();
    const auto before = atz.read("home.yaml");
    auto filled = atz.run(fill(home, "A", {"7=yes", "7.1.1=An hour; the plan's page 3: \"alone\".", "6=1, none"}));
    CHECK_MESSAGE(filled.code == 0, filled.err);
    CHECK(filled.out.empty());
    CHECK(filled.err.find("hour") == std::string::npos);  // answers are about a person
    auto expected = replaced(before, "        6: [community support, natural support]\n        7: No\n",
                             "        6: [community support, none]\n        7: Yes\n"
                             "        7.1.1: 'An hour; the plan''s page 3: \"alone\".'\n");
    CHECK(atz.read("home.yaml") == expected);
    // The follow-up goes with the answer that made it necessary.
    CHECK(atz.run(fill(home, "A", {"7=2", "6=community support,natural support"})).code == 0);
    CHECK(atz.read("home.yaml") == before);
    CHECK(atz.run(fill(home, "A", {"7=No"})).err.find("Nothing has changed") != std::string::npos);
  }

  TEST_CASE("a member without answers gets them, in order, in a new place") {
    Program atz;
    const auto home = atz.home();
    std::string text = atz.read("home.yaml");
    const auto from = text.find("    questionnaires:\n", text.find("label: B"));
    const auto to = text.find("\n  - label: C");
    atz.write("home.yaml", text.substr(0, from) + text.substr(to));
    atz.write(
        "b.json",
        "{\"1\": \"new placement\", \"2\": 85.75, \"3\": \"awake staff\",\n \"3.1.1\": \"Seizures at night have to be "
        "noticed at once.\", \"4\": \"No\", \"5\": \"Yes\",\n \"5.1.1\": \"Seizure response plan of 2026-06-15.\", "
        "\"6\": [\"work support\"], \"7\": \"No\", \"8\": \"partial\", \"9\": \"2026-12-01\", \"10\": \"No\"}\n");
    auto filled = atz.run({"questionnaire", "fill", home, "--member", "B", "--answers", atz.path("b.json")});
    CHECK_MESSAGE(filled.code == 0, filled.err);
    CHECK(atz.read("home.yaml") == text);
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).code == 0);
  }

  TEST_CASE("wrong answers are refused, and nothing is written") {
    Program atz;
    const auto home = atz.home();
    const auto before = atz.read("home.yaml");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"4=maybe"}, "one of: Yes, No"},
        {{"4=3"}, "one of: Yes, No"},
        {{"8=cuing"}, "Did you mean cueing?"},
        {{"2=many"}, "a number"},
        {{"9=12/1/2026"}, "a real date"},
        {{"9=2026-02-30"}, "a real date"},
        {{"9.9=x"}, "home-support has no question 9.9"},
        {{"5.1.1=x"}, "asked when 5 is Yes"},
        {{"3.1.1=" + std::string(4001, 'x')}, "4000 characters or fewer"},
        {{"6=work support, nowhere"}, "one of"},
        {{"nonsense"}, "--set 4=No"},
    };
    for (const auto& [answers, message] : cases) {
      const auto refused = atz.run(fill(home, "A", answers));
      CHECK(refused.code == 2);
      CHECK_MESSAGE(refused.err.find(message) != std::string::npos, refused.err);
    }
    CHECK(atz.run(fill(home, "A", {"3.1.1=" + std::string(4000, 'x')})).code == 0);
    atz.write("home.yaml", before);
    CHECK(atz.run(fill(home, "X", {"4=No"})).code == 2);
    CHECK(atz.run({"questionnaire", "fill", home}).code == 2);
    CHECK(atz.run(fill(atz.path("none.yaml"), "A", {"4=No"})).code == 2);
    const auto asked = atz.run({"questionnaire", "fill", home, "--member", "A"});
    CHECK(asked.code == 2);
    CHECK(asked.err.find("--set") != std::string::npos);
    CHECK(atz.run(fill(home, "A", {"4="})).code == 1);  // taken back: question 4 is open
    CHECK(atz.read("home.yaml").find("  4: No") ==
          atz.read("home.yaml").find("  4: No", atz.read("home.yaml").find("label: B")));
    atz.write("home.yaml", "a: [\n");
    CHECK(atz.run(fill(home, "A", {"4=No"})).code == 1);
  }
}
