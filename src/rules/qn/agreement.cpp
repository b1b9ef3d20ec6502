// Answers of the home-support questionnaire against the rest of the file.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

using model::AnswerType;

std::string word_of(const model::Field<std::string>& value) {
  return to_lower(trim(*value));
}

// Question 2 and question 10. When the line itself does not fit the pattern, SP010 names question 2 with it.
void check_line(Context& context) {
  for (const auto* member : context.regular()) {
    const auto* asked = context.asked_hours(*member);
    const auto* answer = home_support_value(context, *member, "2", AnswerType::decimal);
    const auto number = answer == nullptr ? std::nullopt : parse_decimal(trim(**answer));
    if (asked != nullptr && number && *number != **asked && !context.hours_off_pattern(*member)) {
      context
          .report(*member, answer->span,
                  fmt::format("Question 2 of {} names other weekly hours than the service line", name_of(*member)))
          .found(hours(*number))
          .expected(hours(**asked))
          .related(asked->span, "the hours asked for")
          .help("Correct the one that is wrong.");
    }
    const auto* add_on = home_support_value(context, *member, "10", AnswerType::choice);
    if (add_on == nullptr) continue;
    const auto& lines = context.lines();
    const auto at =
        std::find_if(lines.begin(), lines.end(), [&](const auto& one) { return one.member == member && one.add_on(); });
    const bool has = at != lines.end();
    const std::string word = word_of(*add_on);
    if ((word != "yes" || has) && (word != "no" || !has)) continue;
    auto report =
        context.report(*member, add_on->span,
                       has ? "Question 10 says that no Medical Add-On is asked for, but there is a line for one"
                           : "Question 10 says that a Medical Add-On is asked for, but there is no line for it");
    report.found(quoted(**add_on)).expected(has ? "Yes" : "No");
    if (has) report.related(at->service->code.span, "the add-on line");
  }
}

// What a questionnaire says once more, against the field that says it.
void compare(Context& context, const model::Member& member, std::string_view questionnaire, std::string_view link,
             const model::Field<model::Date>& field, std::string_view what) {
  const auto* answer = answer_value(context, member, questionnaire, link, AnswerType::date);
  const auto date = answer == nullptr ? std::nullopt : model::parse_date(trim(**answer));
  if (!date || !field || *date == *field) return;
  context.report(member, answer->span, fmt::format("Question {} names another day than {}", link, what))
      .found(day(*date))
      .expected(day(*field))
      .related(field.span, std::string(what))
      .help("Correct the one that is wrong.");
}

void compare_choice(Context& context, const model::Member& member, std::string_view questionnaire,
                    std::string_view link, std::string_view expected, diag::Span span, std::string_view what) {
  const auto* answer = answer_value(context, member, questionnaire, link, AnswerType::choice);
  if (answer == nullptr || word_of(*answer) == to_lower(expected)) return;
  context.report(member, answer->span, fmt::format("Question {} says something else than {}", link, what))
      .found(quoted(**answer))
      .expected(std::string(expected))
      .related(span, std::string(what))
      .help("Correct the one that is wrong.");
}

void check_add_on(Context& context) {
  for (const auto& line : context.add_on_lines()) {
    const auto& member = *line.member;
    const auto& asked = line.service->weekly_hours;
    const auto* answer = answer_value(context, member, kMedicalAddOn, "5", AnswerType::decimal);
    const auto number = answer == nullptr ? std::nullopt : parse_decimal(trim(**answer));
    if (asked && number && *number != *asked) {
      context.report(member, answer->span, "Question 5 names other hours than the add-on line")
          .found(hours(*number))
          .expected(hours(*asked))
          .related(asked.span, "the add-on line")
          .help("Correct the one that is wrong.");
    }
  }
  for (const auto* member : context.add_ons()) {
    const auto& order = member->order;
    compare(context, *member, kMedicalAddOn, "8", order.signed_on, "the day of the order");
    compare(context, *member, kMedicalAddOn, "10", member->planning_team.met_on, "the planning team's meeting");
    if (order.credential) {
      const std::string credential = to_upper(*order.credential);
      const bool assistant = credential.substr(0, 1) == "P";
      compare_choice(context, *member, kMedicalAddOn, "9", assistant ? "physician assistant" : "physician",
                     order.credential.span, "the order's credential");
    }
    if (const auto last = model::last_day_of(order)) {
      model::Field<model::Date> end;
      end.value = *last;
      end.span = order.span_text.span;
      compare(context, *member, kMedicalAddOn, "3.1.1", end, "the order's time span");
    }
  }
}

void check_termination(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& termination = member->termination;
    compare(context, *member, kTerminationRequest, "5", member->notice.given_on, "the date of the notice");
    compare(context, *member, kTerminationRequest, "6", termination.last_day, "the planned last day");
    compare(context, *member, kTerminationRequest, "1.2.1", termination.return_on, "the expected return");
    if (termination.action)
      compare_choice(context, *member, kTerminationRequest, "1",
                     *termination.action == "interrupt" ? "Interrupt" : "Terminate", termination.action.span,
                     "the action");
    if (termination.imminent_harm)
      compare_choice(context, *member, kTerminationRequest, "7", *termination.imminent_harm ? "Yes" : "No",
                     termination.imminent_harm.span, "imminent_harm");
  }
}

void check_all(Context& context) {
  check_line(context);
  check_add_on(context);
  check_termination(context);
}

constexpr Rule kLine{.id = "QN009",
                     .slug = "answers-fit-request",
                     .severity = diag::Severity::warning,
                     .title = "The answers name the same hours, days and add-on as the rest of the file",
                     .why = "The reviewers read both. When they differ, they have to ask which one is meant.",
                     .source = "modelled",
                     .passes = {"members:\n"
                                "  - label: A\n"
                                "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]\n"
                                "    questionnaires: {home-support: {2: 67.75}}",
                                Base::first},
                     .fails = {"members:\n"
                               "  - label: A\n"
                               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]\n"
                               "    questionnaires: {home-support: {2: 60}}",
                               Base::first},
                     .check = check_all};

// Whether staff is on duty in the small hours, from 0:00 to 5:00, when no shift of the day or evening reaches in.
struct Nights {
  diag::Span awake, asleep;
};

Nights nights_of(const model::StaffingPattern& pattern) {
  Nights nights;
  constexpr int kFive = 5 * model::kSlotsPerDay / 24;
  for (const auto& shift : pattern.shifts) {
    const bool sleeps = shift.awake && !*shift.awake;
    auto& span = sleeps ? nights.asleep : nights.awake;
    if (span.known() || !shift.accompanying.empty()) continue;
    const auto slots = model::slots_of(shift);
    if (std::any_of(slots.begin(), slots.end(), [](int slot) { return slot % model::kSlotsPerDay < kFive; }))
      span = shift.span;
  }
  return nights;
}

void check_night(Context& context, const model::Member& member, const Nights& nights) {
  const auto* night = home_support_value(context, member, "3", AnswerType::choice);
  if (night == nullptr) return;
  const std::string word = word_of(*night);
  const bool awake = nights.awake.known();
  const bool asleep = nights.asleep.known();
  if (word != "awake staff" && word != "asleep staff" && word != "none") return;
  if ((word == "awake staff" && awake) || (word == "asleep staff" && asleep) || (word == "none" && !awake && !asleep))
    return;
  context.report(member, night->span, "The answer about the night does not fit the staffing pattern")
      .found(quoted(**night))
      .expected(awake && asleep ? "awake staff or asleep staff"
                : awake         ? "awake staff"
                : asleep        ? "asleep staff"
                                : "none")
      .related(awake ? nights.awake : nights.asleep, "on duty at night");
}

void check_one_to_one(Context& context, const model::Member& member, const Staffing& staffing, std::size_t index) {
  const Rational computed = staffing.week.t2016.one_to_one[index];
  const auto* needed = home_support_value(context, member, "4", AnswerType::choice);
  if (needed == nullptr) return;
  const std::string word = word_of(*needed);
  if (word == "no" && computed > Rational(0)) {
    context
        .report(
            member, needed->span,
            fmt::format("The pattern has 1:1 support for {}, but question 4 says that none is needed", name_of(member)))
        .found(quoted(**needed))
        .expected(fmt::format("Yes: {} hours a week", hours(computed)));
  }
  if (word != "yes") return;
  if (computed == Rational(0)) {
    context
        .report(member, needed->span,
                fmt::format("Question 4 says that {} needs 1:1 support, but the pattern has none", name_of(member)))
        .found(quoted(**needed))
        .expected("No, or shifts with one_to_one");
    return;
  }
  const auto* asked = home_support_value(context, member, "4.1.1", AnswerType::decimal);
  const auto number = asked == nullptr ? std::nullopt : parse_decimal(trim(**asked));
  if (!number || *number == computed) return;
  context
      .report(member, asked->span,
              fmt::format("The pattern has other 1:1 hours for {} than question 4.1.1", name_of(member)))
      .found(hours(*number))
      .expected(hours(computed));
}

void check_outings(Context& context, const model::Member& member, const Staffing& staffing, std::size_t index) {
  const auto* answer = home_support_answer(context, member, "6", AnswerType::multi);
  if (answer == nullptr) return;
  const auto* question = context.tables().questionnaire("home-support")->find("6");
  const auto has_choice = [&](const std::string& word) {
    return std::any_of(question->choices.begin(), question->choices.end(),
                       [&](const auto& choice) { return to_lower(choice) == word; });
  };
  std::set<std::string> said, drawn;
  for (const auto& value : answer->values) {
    if (value && has_choice(word_of(value))) said.insert(word_of(value));
  }
  if (said.size() > 1) said.erase("none");
  for (const auto& out : staffing.week.out) {
    std::string word = out.kind;
    std::replace(word.begin(), word.end(), '-', ' ');
    if (out.member == index && has_choice(word)) drawn.insert(word);
  }
  if (drawn.empty()) drawn.insert("none");
  if (said.empty() || said == drawn) return;
  const auto words = [](const std::set<std::string>& all) { return list_words({all.begin(), all.end()}, "and"); };
  context
      .report(member, answer->values.empty() ? answer->key_span : answer->values.front().span,
              fmt::format("Question 6 and the staffing pattern disagree about where {} goes", name_of(member)))
      .found(words(said))
      .expected(words(drawn))
      .related(staffing.pattern().out_span, "the pattern's out-of-home blocks");
}

void check_pattern(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr) return;
  const Nights nights = nights_of(staffing->pattern());
  for (const auto* member : context.regular()) {
    const auto index = member->label ? staffing->index_of(*member->label) : std::nullopt;
    if (!index) continue;
    check_night(context, *member, nights);
    check_one_to_one(context, *member, *staffing, *index);
    check_outings(context, *member, *staffing, *index);
  }
}

constexpr Rule kPattern{
    .id = "QN010",
    .slug = "answers-fit-pattern",
    .severity = diag::Severity::warning,
    .title = "The answers about nights, 1:1 support and outings agree with the staffing pattern",
    .why =
        "The reviewers judge the need by the answers and the staffing by the pattern. When they tell two stories, the "
        "request comes back with a question.",
    .source = "modelled",
    .passes = {"members:    # the pattern has two hours of 1:1 with C a day\n"
               "  - {label: C, questionnaires: {home-support: {4: Yes, 4.1.1: 14}}}",
               Base::first},
    .fails = {"members:    # the pattern has two hours of 1:1 with C a day\n"
              "  - {label: C, questionnaires: {home-support: {4: Yes, 4.1.1: 10}}}",
              Base::first},
    .check = check_pattern};

constexpr const Rule* kRules[] = {&kLine, &kPattern};

}  // namespace

RuleList qn_agreement_rules() {
  return kRules;
}

}  // namespace atz::rules
