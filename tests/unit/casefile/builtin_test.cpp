// The data that ships inside the program.
#include <algorithm>

#include "atz/model/case.hpp"
#include "atz/model/week.hpp"
#include "support.hpp"

namespace atz::casefile {
namespace {

TEST_CASE("every built-in data file can be read") {
  CHECK_NOTHROW(builtin_tables());
  const auto names = builtin_data_names();
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(names.size() == 15);
  for (const auto name : names) CHECK(builtin_data(name)->substr(0, 2) == "# ");
  CHECK_FALSE(builtin_data("nothing.yaml"));
}

TEST_CASE("the built-in tables hold what the rules look for") {
  const model::Tables& tables = builtin_tables();
  CHECK(tables.request_class == "Outpatient");
  CHECK(tables.subcontract == "Maine ASO");
  CHECK(tables.request_type("service-notification")->portal_text == "Service Notification");
  CHECK(tables.document_type("staffing-pattern")->x12_755 == "77");
  CHECK(tables.document_type("person-centered-plan")->x12_755 == "08");
  CHECK(tables.diagnosis("F78")->header);
  CHECK_FALSE(tables.diagnosis("F78.A9")->header);
  CHECK_FALSE(tables.diagnosis("F71")->header);
  CHECK(tables.diagnosis("F84")->header);
  CHECK(tables.diagnosis("G40")->header);
  CHECK(tables.contact("crt")->phone == "(207) 287-8303");
  CHECK(tables.out_kind("other")->needs_note);
  CHECK_FALSE(tables.out_kind("hospital")->routine);
  CHECK(tables.out_kind("community-support")->codes == std::vector<std::string>{"T2021"});
  CHECK(tables.waiver("section-21")->min_age == 18);
  REQUIRE(tables.rates.size() == 1);
  CHECK(tables.rates[0].home_support_hourly == Rational(40));
  CHECK(tables.rates[0].over_168_reduction == Rational(169, 50));
  REQUIRE(tables.procedures.size() == 21);
  CHECK(tables.procedures[1].modifiers == std::vector<std::string>{"SC"});
  for (const auto& word : tables.status_words) CHECK_MESSAGE(model::case_status(word.status), word.text);
}

TEST_CASE("the built-in holidays are those of the state's list") {
  const model::BusinessCalendar calendar(builtin_tables().holidays);
  const auto days = calendar.holidays(2026);
  CHECK(days.size() == 13);
  CHECK(calendar.is_holiday(model::make_date(2027, 12, 31)));
  CHECK(calendar.is_holiday(model::make_date(2026, 11, 27)));
  CHECK(calendar.is_holiday(model::make_date(2024, 11, 29)));
  CHECK_FALSE(calendar.is_holiday(model::make_date(2024, 11, 22)));
}

TEST_CASE("the Home Support questionnaire is sound") {
  const model::Questionnaire* questionnaire = builtin_tables().questionnaire("home-support");
  REQUIRE(questionnaire != nullptr);
  CHECK(model::validate(*questionnaire).empty());
  CHECK(questionnaire->questions.size() == 17);
  CHECK(questionnaire->requests == std::vector<std::string>{"service-notification", "service-notification-extension"});
  CHECK(questionnaire->code == "T2016");
  const model::Question* asleep = questionnaire->find("6.7.1");
  REQUIRE(asleep != nullptr);
  CHECK(asleep->when[0].op == model::Condition::Op::contains);
  CHECK(asleep->when[0].value == "other");
  CHECK(questionnaire->find("4")->choices == std::vector<std::string>{"Yes", "No"});
}

TEST_CASE("the other questionnaires are sound, and say what requires them") {
  for (const auto& questionnaire : builtin_tables().questionnaires) {
    CAPTURE(questionnaire.name);
    CHECK(model::validate(questionnaire).empty());
    CHECK_FALSE(questionnaire.requests.empty());
  }
  const auto* termination = builtin_tables().questionnaire("termination-request");
  REQUIRE(termination != nullptr);
  CHECK(termination->questions.size() == 20);
  CHECK(termination->requests == std::vector<std::string>{"smi-termination"});
  CHECK(termination->code.empty());
  CHECK(termination->find("4")->choices.at(3) == "no contact");  // option 4: its follow-up is 4.4.1
  CHECK(termination->find("4.4.1")->when.at(0).value == "no contact");
  CHECK_FALSE(termination->find("11")->required);
  const auto* add_on = builtin_tables().questionnaire("medical-add-on");
  REQUIRE(add_on != nullptr);
  CHECK(add_on->questions.size() == 15);
  CHECK(add_on->code == "T2016");
  CHECK(add_on->modifier == "SC");
  CHECK(add_on->requests.size() == 2);
  CHECK(add_on->find("4a")->type == model::AnswerType::choice);
}

TEST_CASE("the example home is read without a word") {
  const auto files = real_files();
  WorkspaceCache workspaces(*files);
  const auto file = load(*files, std::string(ATZ_SOURCE_DIR) + "/examples/maple-street.yaml", workspaces);
  REQUIRE(file);
  for (const Problem& problem : file->problems) FAIL_CHECK(problem.path << ": " << problem.message);
  CHECK(file->unreadable.empty());
  CHECK(file->unknown_keys.empty());
  REQUIRE(file->home.members.size() == 3);
  CHECK(file->home.staffing.shifts.size() == 13);
  const std::vector<std::vector<model::WeekSpan>> alone(3);
  const std::vector<std::string> roster = {"A", "B", "C"};
  const model::Week week = model::compute_week(file->home.staffing, roster, alone, {});
  CHECK(week.t2016.house == Rational(250));
  CHECK(week.problems.empty());
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(week.t2016.rounded[i].exact() == *file->home.members[i].services[0].weekly_hours);
  }
}

TEST_CASE("a file that is missing is a failure, one that is too large is a problem") {
  MemoryFiles files;
  files.put("/big.yaml", std::string(kMaxFileBytes + 1, '#'));
  files.put("/fits.yaml", std::string(kMaxFileBytes, '#'));
  WorkspaceCache workspaces(files);
  const auto missing = load(files, "/none.yaml", workspaces);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().failure == Failure::input);
  const auto big = load(files, "/big.yaml", workspaces);
  REQUIRE(big);
  CHECK(testing::find_problem(big->problems, Problem::Kind::too_large) != nullptr);
  const auto fits = load(files, "/fits.yaml", workspaces);
  REQUIRE(fits);
  CHECK(testing::find_problem(fits->problems, Problem::Kind::empty) != nullptr);
}

}  // namespace
}  // namespace atz::casefile
