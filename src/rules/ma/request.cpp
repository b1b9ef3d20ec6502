// Planning team, questionnaire, renewal and change of a Medical Add-On.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

constexpr auto kOneDay = std::chrono::days(1);

void check_team(Context& context) {
  for (const auto* member : context.add_ons()) {
    const auto& team = member->planning_team;
    const bool nobody = std::none_of(team.members.begin(), team.members.end(),
                                     [](const auto& one) { return !missing(one) && !trim(*one).empty(); });
    if (team.met_on && *team.met_on > context.today()) {
      context.report(*member, team.met_on.span, "The planning team can't have met after the day of sending")
          .found(day(*team.met_on))
          .expected(fmt::format("{} or earlier", day(context.today())));
    } else if (!team.present || missing(team.met_on) || nobody) {
      context
          .report(*member, place(team.span, member->order.span, member->span),
                  !team.present ? fmt::format("Nothing says that the planning team of {} decided about the add-on",
                                              name_of(*member))
                                : std::string("Nothing says when the planning team met, and who was there"))
          .expected("planning_team: {met_on: 2026-12-15, members: [member, guardian, case manager]}")
          .help("The team owns the plan and decides to ask for an add-on. Name roles rather than people.");
    }
  }
}

constexpr Rule kTeam{
    .id = "MA009",
    .slug = "planning-team",
    .severity = diag::Severity::error,
    .title = "The planning team has met about the add-on: when, and who",
    .why = "These are the criteria of the rule for the add-on, part B.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("members:\n"
                      "  - {label: C, planning_team: {met_on: 2026-12-15, members: [member, guardian]}}\n",
                      Base::add_on),
    .fails = Example("members:\n  - {label: C, planning_team: }\n", Base::add_on),
    .check = check_team};

struct Running {
  const model::Member* member;
  model::Date end;    // of the add-on that is there
  model::Date start;  // asked for
  diag::Span start_span;
  [[nodiscard]] bool renewal() const { return start > end; }
};

std::vector<Running> running_in(Context& context) {
  std::vector<Running> all;
  for (const auto& line : context.add_on_lines()) {
    const auto& running = line.member->running_add_on;
    if (running.end && line.period->start)
      all.push_back({line.member, *running.end, *line.period->start, line.period->start.span});
  }
  return all;
}

void check_renewal_early(Context& context) {
  for (const auto& running : running_in(context)) {
    if (!running.renewal()) continue;
    const auto window = model::extension_window(running.end);
    if (context.today() >= window.first) continue;
    context
        .report(*running.member, running.member->running_add_on.end.span,
                fmt::format("An add-on can be renewed from 30 days before its end; this is {} before",
                            days((running.end - context.today()).count())))
        .found(fmt::format("running add-on ends {}, sent on {}", day(running.end), day(context.today())))
        .expected(fmt::format("sent on {} or later", day(window.first)))
        .help(fmt::format("Send it from {} to {}.", day(window.first), day(window.last)));
  }
}

constexpr Rule kRenewalEarly{.id = "MA014",
                             .slug = "renewal-too-early",
                             .severity = diag::Severity::error,
                             .title = "An add-on is renewed at most 30 days before it ends",
                             .why = "The planning team may apply again in the last 30 days of the running add-on.",
                             .source = "Maine page on T2016 authorizations, Medical Add-On",
                             .passes = Example("members:\n"
                                               "  - label: C\n"
                                               "    running_add_on: {end: 2027-01-31, order_signed_on: 2026-01-05}\n"
                                               "    questionnaires: {medical-add-on: {12: renewal}}\n",
                                               Base::add_on),
                             .fails = Example("members:\n"
                                              "  - label: C\n"
                                              "    running_add_on: {end: 2027-02-11, order_signed_on: 2026-01-05}\n"
                                              "    period: {start: 2027-02-12, end: 2028-01-31}\n"
                                              "    services: [{code: T2016SC, units: 354, weekly_hours: 10.5}]\n"
                                              "    questionnaires: {medical-add-on: {12: renewal}}\n",
                                              Base::add_on),
                             .check = check_renewal_early};

void check_renewal_late(Context& context) {
  for (const auto& running : running_in(context)) {
    if (!running.renewal()) continue;
    const auto last = model::extension_window(running.end).last;
    if (context.today() <= last) continue;
    context
        .report(*running.member, running.member->running_add_on.end.span,
                "The renewal comes in the last days of the running add-on, or after them")
        .found(fmt::format("running add-on ends {}, sent on {}", day(running.end), day(context.today())))
        .expected(fmt::format("sent on {} or earlier", day(last)))
        .help("The page names no closing day for add-ons, but the case has one: days may stay unapproved in between.");
  }
}

constexpr Rule kRenewalLate{
    .id = "MA015",
    .slug = "renewal-late",
    .severity = diag::Severity::warning,
    .title = "An add-on is renewed no later than five days before it ends",
    .why = "No closing day is given for add-ons, but they share the case with the regular hours, which have one.",
    .source = "Maine page on T2016 authorizations (silent); modelled",
    .passes = Example("members:\n"
                      "  - label: C\n"
                      "    running_add_on: {end: 2027-01-16, order_signed_on: 2026-01-05}\n"
                      "    questionnaires: {medical-add-on: {12: renewal}}\n",
                      Base::add_on),
    .fails = Example("members:\n"
                     "  - label: C\n"
                     "    running_add_on: {end: 2027-01-15, order_signed_on: 2026-01-05}\n"
                     "    questionnaires: {medical-add-on: {12: renewal}}\n",
                     Base::add_on),
    .check = check_renewal_late};

void check_new_order(Context& context) {
  for (const auto& running : running_in(context)) {
    if (running.renewal()) continue;
    const auto& former = running.member->running_add_on.order_signed_on;
    const auto& order = running.member->order;
    if (missing(former)) {
      context
          .report(*running.member,
                  place(former.present ? former.span : diag::Span{}, running.member->running_add_on.span),
                  "Nothing says of what day the order of the running add-on is")
          .expected("order_signed_on: the day beside its signature")
          .help("When the hours change inside the period, the new order must be later than the former one.");
    } else if (former && order.signed_on && *order.signed_on <= *former) {
      context
          .report(*running.member, order.signed_on.span,
                  "To change a running add-on takes a new order, later than the former one")
          .found(fmt::format("signed on {}", day(*order.signed_on)))
          .expected(fmt::format("{} or later", day(*former + kOneDay)))
          .related(former.span, "the former order")
          .related(running.start_span,
                   fmt::format("the first day lies within the running add-on, which ends {}", day(running.end)));
    }
  }
}

constexpr Rule kNewOrder{
    .id = "MA016",
    .slug = "change-needs-new-order",
    .severity = diag::Severity::error,
    .title = "Add-on hours that change inside the period have a new order, dated after the former one",
    .why = "A changed condition is a new need: the reviewers want to see that a physician has looked at it again.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("members:\n"
                      "  - label: C\n"
                      "    running_add_on: {end: 2027-06-30, order_signed_on: 2026-06-20}\n"
                      "    questionnaires: {medical-add-on: {12: change, 12.3.1: More often since November.}}\n",
                      Base::add_on),
    .fails = Example("members:\n"
                     "  - label: C\n"
                     "    running_add_on: {end: 2027-06-30, order_signed_on: 2026-12-15}    # the same order\n"
                     "    questionnaires: {medical-add-on: {12: change, 12.3.1: More often since November.}}\n",
                     Base::add_on),
    .check = check_new_order};

void check_questionnaire(Context& context) {
  report_missing_questionnaires(context, context.add_ons(),
                                [](const auto& questionnaire) { return questionnaire.name == kMedicalAddOn; });
}

constexpr Rule kQuestionnaire{
    .id = "MA018",
    .slug = "add-on-questionnaire",
    .severity = diag::Severity::error,
    .title = "The questionnaire about the add-on is answered",
    .why = "It tells the reviewers how the hours were worked out, and why the regular hours do not cover them.",
    .source = "Maine page on T2016 authorizations; content modelled",
    .passes = Example("members:\n  - {label: C, questionnaires: {medical-add-on: {12: first}}}\n", Base::add_on),
    .fails = Example("members:\n  - {label: C, questionnaires: }\n", Base::add_on),
    .check = check_questionnaire};

void check_whole_house(Context& context) {
  if (!context.settings().mao_needs_whole_house || !context.regular().empty() || context.add_ons().empty()) return;
  const auto& house = context.home().house;
  std::vector<std::string> others;
  for (const auto& label : house.roster) {
    if (!missing(label) && context.member(*label) == nullptr) others.push_back(*label);
  }
  if (others.empty()) return;
  context
      .report(*context.add_ons().front(), context.add_ons().front()->span,
              fmt::format("Only the member with the add-on is asked for; {} live{} here, too",
                          list_words(others, "and"), others.size() == 1 ? "s" : ""))
      .related(house.roster_span, "the roster")
      .help("The setting mao-needs-whole-house asks for all members. Add them, or change the setting.");
}

constexpr Rule kWholeHouse{
    .id = "MA019",
    .slug = "add-on-whole-house",
    .severity = diag::Severity::warning,
    .title = "Where mao-needs-whole-house is set, an add-on is sent with all members of the home",
    .why =
        "The letter of the rule for whole homes covers every request, but an add-on for one member changes nothing for "
        "the others. So the setting is off unless your reviewers ask for it.",
    .source = "Maine page on T2016 authorizations (tension)",
    .passes = Example("request: service-notification-extension\n", Base::add_on),
    .fails = Example("request: service-notification-extension\n", Base::add_on, "",
                     "settings: {mao-needs-whole-house: yes}\n"),
    .check = check_whole_house,
    .setting = "mao-needs-whole-house"};

constexpr const Rule* kRules[] = {&kTeam, &kRenewalEarly, &kRenewalLate, &kNewOrder, &kQuestionnaire, &kWholeHouse};

}  // namespace

RuleList ma_request_rules() {
  return kRules;
}

}  // namespace atz::rules
