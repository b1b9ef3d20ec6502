#include "atz/model/questionnaire.hpp"

#include <doctest/doctest.h>

#include "atz/model/home.hpp"
#include "maple_street.hpp"

using namespace atz::model;
using atz::test::word;
using Op = Condition::Op;

namespace {

Question ask(const char* link, AnswerType type, std::vector<Condition> when = {},
             std::vector<std::string> choices = {}) {
  Question question;
  question.link = link;
  question.type = type;
  question.when = std::move(when);
  question.choices = std::move(choices);
  if (type == AnswerType::choice && question.choices.empty()) question.choices = {"Yes", "No"};
  return question;
}

Condition is(const char* link, const char* value) {
  return {Op::equals, link, value};
}
Condition contains(const char* link, const char* value) {
  return {Op::contains, link, value};
}
Condition exists(const char* link) {
  return {Op::exists, link, ""};
}

QuestionnaireAnswers answers(std::vector<std::pair<std::string, std::vector<std::string>>> given) {
  QuestionnaireAnswers result;
  for (const auto& [link, values] : given) {
    Answer answer;
    answer.link = link;
    answer.is_list = values.size() != 1;
    for (const auto& value : values) answer.values.push_back(word(value));
    result.answers.push_back(answer);
  }
  return result;
}

std::string enabled(const Questionnaire& questionnaire, const QuestionnaireAnswers& given) {
  std::string links;
  for (const Question* question : enabled_questions(questionnaire, given)) {
    links += (links.empty() ? "" : " ") + question->link;
  }
  return links;
}

Questionnaire of(std::vector<Question> questions) {
  Questionnaire questionnaire;
  questionnaire.questions = std::move(questions);
  return questionnaire;
}

}  // namespace

TEST_CASE("follow-ups are enabled by the answer that they wait for") {
  const Questionnaire q =
      of({ask("2", AnswerType::choice), ask("2.2.1", AnswerType::text, {is("2", "No")}), ask("3", AnswerType::choice),
          ask("3.1.1", AnswerType::choice, {is("3", "Yes")}), ask("3.1.1.2.1", AnswerType::text, {is("3.1.1", "No")})});
  CHECK(enabled(q, answers({})) == "2 3");
  CHECK(enabled(q, answers({{"2", {"No"}}})) == "2 2.2.1 3");
  CHECK(enabled(q, answers({{"2", {" no "}}})) == "2 2.2.1 3");
  CHECK(enabled(q, answers({{"2", {"Yes"}}, {"3", {"yes"}}, {"3.1.1", {"No"}}})) == "2 3 3.1.1 3.1.1.2.1");
  // An answer to a disabled question enables nothing.
  CHECK(enabled(q, answers({{"3", {"No"}}, {"3.1.1", {"No"}}})) == "2 3");
}

TEST_CASE("contains, exists, any and all") {
  Questionnaire q = of({ask("6", AnswerType::multi, {}, {"school", "other", "none"}), ask("7", AnswerType::text),
                        ask("8", AnswerType::text, {contains("6", "other"), exists("7")})});
  CHECK(enabled(q, answers({{"6", {"school", "Other"}}})) == "6 7");
  CHECK(enabled(q, answers({{"6", {"school", "Other"}}, {"7", {"x"}}})) == "6 7 8");
  CHECK(enabled(q, answers({{"6", {"other"}}, {"7", {"  "}}})) == "6 7");
  q.questions[2].when_any = true;
  CHECK(enabled(q, answers({{"7", {"x"}}})) == "6 7 8");
  CHECK(enabled(q, answers({{"6", {"none"}}})) == "6 7");
}

TEST_CASE("values are compared by their type") {
  const Questionnaire q =
      of({ask("1", AnswerType::boolean), ask("2", AnswerType::decimal), ask("3", AnswerType::text),
          ask("1a", AnswerType::text, {is("1", "yes")}), ask("2a", AnswerType::text, {is("2", "1.5")}),
          ask("3a", AnswerType::text, {is("3", "Word")})});
  CHECK(enabled(q, answers({{"1", {"True"}}, {"2", {"1.50"}}, {"3", {"Word"}}})) == "1 2 3 1a 2a 3a");
  CHECK(enabled(q, answers({{"1", {"no"}}, {"2", {"1.51"}}, {"3", {"word"}}})) == "1 2 3");
  CHECK(enabled(q, answers({{"1", {"maybe"}}, {"2", {"many"}}})) == "1 2 3");
}

TEST_CASE("an unreadable answer counts as none") {
  const Questionnaire q = of({ask("1", AnswerType::text), ask("2", AnswerType::text, {exists("1")})});
  QuestionnaireAnswers given = answers({{"1", {"x"}}});
  given.answers[0].values[0].value.reset();
  CHECK(enabled(q, given) == "1");
}

TEST_CASE("a sound questionnaire has no faults") {
  const Questionnaire q =
      of({ask("2", AnswerType::choice), ask("2.2.1", AnswerType::text, {is("2", "no")}), ask("3", AnswerType::boolean),
          ask("4", AnswerType::text, {is("3", "Yes"), exists("2.2.1")})});
  CHECK(validate(q).empty());
  CHECK(q.find("2.2.1") == &q.questions[1]);
  CHECK(q.find("9") == nullptr);
}

TEST_CASE("faults of a questionnaire") {
  const auto faults = [](std::vector<Question> questions) {
    std::vector<std::string> messages;
    for (auto& fault : validate(of(std::move(questions)))) messages.push_back(std::move(fault.message));
    return messages;
  };
  using Faults = std::vector<std::string>;
  CHECK(faults({ask("1", AnswerType::text), ask("1", AnswerType::text)}) == Faults{"Question 1 is there twice."});
  CHECK(faults({ask("", AnswerType::text)}) == Faults{"Question 1 has no link."});
  CHECK(faults({ask("1", AnswerType::multi)}) == Faults{"Question 1 is a choice without choices."});
  CHECK(faults({ask("1", AnswerType::text, {}, {"a"})}) == Faults{"Question 1 has choices, but its type is text."});
  CHECK(faults({ask("1", AnswerType::multi, {}, {"a", "A"})}) == Faults{"Question 1 lists A twice."});
  CHECK(faults({ask("1", AnswerType::multi, {}, {"a", " "})}) == Faults{"Question 1 has an empty choice."});
  CHECK(faults({ask("1", AnswerType::text, {is("9", "x")})}) ==
        Faults{"Question 1 depends on 9, which is not in the questionnaire."});
  CHECK(faults({ask("1", AnswerType::text, {exists("2")}), ask("2", AnswerType::text)}) ==
        Faults{"Question 1 depends on 2, which comes later."});
  CHECK(faults({ask("1", AnswerType::text, {exists("1")})}) == Faults{"Question 1 depends on itself through 1."});
  CHECK(faults({ask("1", AnswerType::text, {exists("3")}), ask("2", AnswerType::text, {exists("1")}),
                ask("3", AnswerType::text, {exists("2")})}) == Faults{"Question 1 depends on itself through 3."});
  CHECK(faults({ask("1", AnswerType::choice), ask("2", AnswerType::text, {is("1", "maybe")})}) ==
        Faults{"Question 2 waits for 1 = maybe, which is no answer to it."});
  CHECK(faults({ask("1", AnswerType::boolean), ask("2", AnswerType::text, {is("1", "maybe")})}) ==
        Faults{"Question 2 waits for 1 = maybe, which is no answer to it."});
  CHECK(faults({ask("version", AnswerType::text)}) ==
        Faults{"A question can't be called version: answers keep that word for something else."});
}

TEST_CASE("faults say which question has them, in order") {
  const auto faults =
      validate(of({ask("1", AnswerType::text), ask("2", AnswerType::text, {exists("9")}), ask("1", AnswerType::text)}));
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].question == 1);
  CHECK(faults[1].question == 2);
}

TEST_CASE("what fits a question") {
  const auto fits = [](const Question& question, std::string_view text) {
    return expected_instead(question, text).empty();
  };
  const Question choice = ask("1", AnswerType::choice, {}, {"awake staff", "none"});
  CHECK(fits(choice, " Awake Staff "));
  CHECK_FALSE(fits(choice, "awake"));
  CHECK_FALSE(fits(choice, ""));
  CHECK(expected_instead(choice, "x") == "one of: awake staff, none");
  const Question boolean = ask("1", AnswerType::boolean);
  CHECK(fits(boolean, "yes"));
  CHECK_FALSE(fits(boolean, "y"));
  const Question date = ask("1", AnswerType::date);
  CHECK(fits(date, "2028-02-29"));
  CHECK_FALSE(fits(date, "2027-02-29"));
  const Question decimal = ask("1", AnswerType::decimal);
  CHECK(fits(decimal, "67.75"));
  CHECK_FALSE(fits(decimal, "67,75"));
  const Question integer = ask("1", AnswerType::integer);
  CHECK(fits(integer, "6"));
  CHECK_FALSE(fits(integer, "6.5"));
  Question text = ask("1", AnswerType::text);
  text.max_length = 3;
  CHECK(fits(text, "\xC3\xA9\xC3\xA9\xC3\xA9"));  // characters, not bytes
  CHECK_FALSE(fits(text, "four"));
}

TEST_CASE("what requires a questionnaire") {
  const auto word = [](const std::string& text) {
    Field<std::string> field;
    field.present = true;
    field.text = text;
    field.value = text;
    return field;
  };
  const auto line = [&](const std::string& code, const std::vector<std::string>& modifiers) {
    Service service;
    service.code = word(code);
    for (const auto& modifier : modifiers) service.modifiers.push_back(word(modifier));
    return service;
  };
  Questionnaire regular, add_on, any, none;
  regular.requests = add_on.requests = {"service-notification", "service-notification-extension"};
  regular.code = add_on.code = "T2016";
  add_on.modifier = "SC";
  any.requests = {"smi-termination"};
  const auto required = [&](RequestKind kind, std::vector<Service> services) {
    Home home;
    home.request.value = kind;
    Member member;
    member.services = std::move(services);
    std::string all;
    if (is_required(regular, home, member)) all += "regular ";
    if (is_required(add_on, home, member)) all += "add-on ";
    if (is_required(any, home, member)) all += "any ";
    if (is_required(none, home, member)) all += "none ";
    return all;
  };
  CHECK(required(RequestKind::service_notification, {line("T2016", {})}) == "regular ");
  CHECK(required(RequestKind::service_notification_extension, {line("T2016", {}), line("T2016", {"SC"})}) ==
        "regular add-on ");
  CHECK(required(RequestKind::service_notification_extension, {line("T2016", {"SC"})}) == "add-on ");
  CHECK(required(RequestKind::service_notification, {line("T2017", {})}).empty());
  CHECK(required(RequestKind::service_notification, {}).empty());
  CHECK(required(RequestKind::smi_termination, {line("H2015", {})}) == "any ");
}
