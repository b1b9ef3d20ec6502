// The lines of a Medical Add-On.
#include <fmt/format.h>

#include <set>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/known.hpp"

namespace atz::rules {
namespace {

// Something in the file says that an add-on is meant, whatever the lines say.
bool means_add_on(const Context& context, const model::Member& member) {
  return context.is_add_on_alone(member) || member.order.present || member.running_add_on.present ||
         member.planning_team.present;
}

std::string words_of(const model::Service& service) {
  std::string words = service.code ? *service.code : std::string();
  for (const auto& modifier : service.modifiers) {
    if (modifier) words += " " + *modifier;
  }
  return words;
}

void check_line(Context& context) {
  for (const auto* member : context.requesting()) {
    if (!means_add_on(context, *member) || context.is_termination(*member) || member->services.empty()) continue;
    bool has_add_on = false;
    const model::Service* other = nullptr;
    for (const auto& line : context.lines()) {
      if (line.member != member) continue;
      has_add_on = has_add_on || line.add_on();
      if (!line.add_on() && !line.base() && !missing(line.service->code)) other = line.service;
    }
    if (has_add_on && (other == nullptr || !context.is_add_on_alone(*member))) continue;
    if (other != nullptr && !context.is_add_on_alone(*member)) continue;  // HS006
    const auto span = other == nullptr           ? member->services.front().code.span
                      : other->modifiers.empty() ? other->code.span
                                                 : other->modifiers.front().span;
    auto report =
        context.report(*member, place(span, member->services_span),
                       other == nullptr ? fmt::format("{} has an order, but no line for the add-on", name_of(*member))
                                        : std::string("The line of a Medical Add-On is T2016 with the modifier SC"));
    if (other != nullptr) report.found(quoted(words_of(*other)));
    report.expected("{code: T2016SC, units: ..., weekly_hours: ...}").related(member->order.span, "the order");
  }
}

constexpr Rule kLine{.id = "MA001",
                     .slug = "add-on-line",
                     .severity = diag::Severity::error,
                     .title = "The line of a Medical Add-On is T2016 with modifier SC",
                     .why = "Only this line raises the rate. Other modifiers belong to other programs.",
                     .source = "Maine page on T2016 authorizations, Medical Add-On",
                     .passes = Example("members:\n"
                                       "  - label: C\n"
                                       "    services: [{code: T2016SC, units: 365, weekly_hours: 10.5}]\n",
                                       Base::add_on),
                     .fails = Example("members:\n"
                                      "  - label: C\n"
                                      "    services: [{code: T2016, modifiers: TG, units: 365, weekly_hours: 10.5}]\n",
                                      Base::add_on),
                     .check = check_line};

void check_regular_hours(Context& context) {
  for (const auto* member : context.add_ons()) {
    if (context.base_line(*member) != nullptr || !missing(member->case_id)) continue;
    const LineRef* line = nullptr;
    for (const auto& one : context.add_on_lines()) {
      if (one.member == member) line = &one;
    }
    if (line == nullptr) continue;  // MA001
    context
        .report(*member, place(line->service->code.span, member->span),
                fmt::format("The add-on of {} has no regular hours to add to", name_of(*member)))
        .expected("case: the Case ID of the approved hours; or a line T2016 in this request")
        .help("An add-on comes on top of regular hours, in the same case.");
  }
}

constexpr Rule kRegularHours{
    .id = "MA002",
    .slug = "add-on-needs-regular-hours",
    .severity = diag::Severity::error,
    .title = "An add-on is in one case with the member's regular hours",
    .why = "Either this request asks for both, or the regular hours are approved under the Case ID that is given.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("members:\n  - {label: C, case: 900000203}\n", Base::add_on),
    .fails = Example("members:\n  - {label: C, case: }\n", Base::add_on),
    .check = check_regular_hours};

void check_length(Context& context) {
  const int months = 12;
  std::set<const model::Period*> seen;
  for (const auto& line : context.regular_lines()) {
    if (line.base()) seen.insert(line.period);  // HS020
  }
  for (const auto& line : context.add_on_lines()) {
    if (!line.period->complete() || !seen.insert(line.period).second) continue;
    const auto last = model::last_day_of_period(*line.period->start, months);
    if (*line.period->end <= last) continue;
    context.report(*line.member, line.period->end.span, "An add-on lasts no more than a year")
        .found(fmt::format("{}, {}", day(*line.period->end), days(line.period->days().days())))
        .expected(fmt::format("{} or earlier", day(last)))
        .related(line.period->start.span, "it starts here")
        .help("Shorten it, and change the units with it; it can be renewed from 30 days before its end.");
  }
}

constexpr Rule kLength{
    .id = "MA010",
    .slug = "add-on-one-year",
    .severity = diag::Severity::error,
    .title = "An add-on lasts no more than a year",
    .why = "The need is looked at again every year. From 2027-02-01 the last possible day is 2028-01-31.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("period: {start: 2027-02-01, end: 2028-01-31}\n", Base::add_on),
    .fails = Example("members:\n"
                     "  - label: C\n"
                     "    current_end: 2028-02-01\n"
                     "    services: [{code: T2016SC, units: 366, weekly_hours: 10.5}]\n"
                     "period: {start: 2027-02-01, end: 2028-02-01}\n",
                     Base::add_on),
    .check = check_length};

void check_order_end(Context& context) {
  for (const auto& line : context.add_on_lines()) {
    const auto last = model::last_day_of(line.member->order);
    if (!last || !line.period->end || *line.period->end <= *last) continue;
    context
        .report(*line.member, line.period->end.span,
                fmt::format("The add-on of {} is asked for longer than its order says", name_of(*line.member)))
        .found(day(*line.period->end))
        .expected(fmt::format("{} or earlier", day(*last)))
        .related(line.member->order.span_text.span, "the order's time span")
        .help("It may be approved for the shorter time only.");
  }
}

constexpr Rule kOrderEnd{
    .id = "MA011",
    .slug = "add-on-within-order",
    .severity = diag::Severity::warning,
    .title = "An add-on ends no later than the need that its order states",
    .why = "The approval may be shorter for that reason. A need without foreseeable end is stated as indefinite.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("members:\n  - {label: C, order: {span: indefinite}}\n", Base::add_on),
    .fails = Example("members:\n"
                     "  - label: C\n"
                     "    order: {span: 3 months}\n"
                     "    questionnaires: {medical-add-on: {3: dated, 3.1.1: 2027-03-14}}\n",
                     Base::add_on),
    .check = check_order_end};

void check_within_regular(Context& context) {
  for (const auto& line : context.add_on_lines()) {
    if (!line.period->complete()) continue;
    const auto* base = context.base_line(*line.member);
    const auto& current_end = line.member->current_end;
    if (base != nullptr) {
      const auto& regular = context.home().period_of(*line.member, *base);
      if (!regular.complete()) continue;
      const bool early = *line.period->start < *regular.start;
      if (!early && *line.period->end <= *regular.end) continue;
      context
          .report(*line.member, early ? line.period->start.span : line.period->end.span,
                  fmt::format("The add-on of {} is outside the days of the regular hours", name_of(*line.member)))
          .found(fmt::format("{} to {}", day(*line.period->start), day(*line.period->end)))
          .expected(fmt::format("within {} to {}", day(*regular.start), day(*regular.end)))
          .related(early ? regular.start.span : regular.end.span, "the regular hours");
    } else if (context.is_add_on_alone(*line.member) && current_end && *line.period->end > *current_end) {
      context
          .report(*line.member, line.period->end.span,
                  fmt::format("The add-on of {} goes on after the regular hours end", name_of(*line.member)))
          .found(day(*line.period->end))
          .expected(fmt::format("{} or earlier", day(*current_end)))
          .related(current_end.span, "the end of the regular hours")
          .help("Ask for it through that day, and for the rest with the next extension.");
    }
  }
  each_known_case(context, check_add_on_days);
}

constexpr Rule kWithinRegular{
    .id = "MA012",
    .slug = "add-on-within-regular-hours",
    .severity = diag::Severity::error,
    .title = "The days of an add-on lie within the days of the regular hours in the same case",
    .why = "An add-on is paid on top of the day rate, so there is nothing to add to on other days.",
    .source = "derived",
    .passes = Example("members:\n  - {label: C, current_end: 2028-01-31}\n", Base::add_on),
    .fails = Example("members:\n  - {label: C, current_end: 2028-01-30}\n", Base::add_on),
    .check = check_within_regular};

void check_hours(Context& context) {
  constexpr const char* kExpected = "hours a week in quarters, for example 10.5";
  for (const auto& line : context.add_on_lines()) {
    const auto& asked = line.service->weekly_hours;
    if (missing(asked)) {
      context
          .report(*line.member, place(asked.span, line.service->code.span, line.service->span),
                  fmt::format("The weekly add-on hours of {} are missing", name_of(*line.member)))
          .expected(kExpected);
    } else if (asked && (*asked <= Rational(0) || *asked > Rational(168))) {
      context.report(*line.member, asked.span, "The hours of an add-on are more than 0 and at most 168 a week")
          .found(hours(*asked))
          .expected(kExpected);
    } else if (asked && !model::quarter_hours(*asked)) {
      context.report(*line.member, asked.span, "Weekly add-on hours come in quarter hours")
          .found(asked.text)
          .expected(kExpected);
    }
  }
}

constexpr Rule kHours{.id = "MA013",
                      .slug = "add-on-hours",
                      .severity = diag::Severity::error,
                      .title = "An add-on states weekly hours above 0 and up to 168, in quarter hours",
                      .why = "These hours are what is approved on top of the regular ones.",
                      .source = "Maine page on T2016 authorizations, Medical Add-On",
                      .passes = Example("members:\n"
                                        "  - label: C\n"
                                        "    services: [{code: T2016SC, units: 365, weekly_hours: 10.5}]\n",
                                        Base::add_on),
                      .fails = Example("members:\n"
                                       "  - label: C\n"
                                       "    services: [{code: T2016SC, units: 365, weekly_hours: 0}]\n"
                                       "    questionnaires: {medical-add-on: {5: 0}}\n",
                                       Base::add_on),
                      .check = check_hours};

void check_hours_mean(Context& context) {
  if (context.settings().mao_hours_are != model::Settings::MaoHours::subset) return;
  for (const auto& line : context.add_on_lines()) {
    const auto* base = context.base_line(*line.member);
    const auto& asked = line.service->weekly_hours;
    if (base == nullptr || !asked || !base->weekly_hours || *asked <= *base->weekly_hours) continue;
    context
        .report(
            *line.member, asked.span,
            fmt::format("The add-on of {} has more hours than the regular ones it is a part of", name_of(*line.member)))
        .found(hours(*asked))
        .expected(fmt::format("{} or fewer", hours(*base->weekly_hours)))
        .related(base->weekly_hours.span, "the regular hours");
  }
}

constexpr Rule kHoursMean{
    .id = "MA020",
    .slug = "add-on-hours-are",
    .severity = diag::Severity::info,
    .title = "mao-hours-are says whether add-on hours come on top of the regular hours or are a part of them",
    .why =
        "The page does not say which. additional is the default; with subset, add-on hours that exceed the regular "
        "ones are pointed out.",
    .source = "modelled",
    .passes = "settings: {mao-hours-are: additional}",
    .fails = "",
    .check = check_hours_mean,
    .setting = "mao-hours-are"};

constexpr const Rule* kRules[] = {&kLine, &kRegularHours, &kLength, &kOrderEnd, &kWithinRegular, &kHours, &kHoursMean};

}  // namespace

RuleList ma_line_rules() {
  return kRules;
}

}  // namespace atz::rules
