// Things worth knowing that no file can get wrong.
#include <fmt/format.h>

#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"

namespace atz::rules {
namespace {

void check_emergency(Context& context) {
  const auto& priority = context.home().priority;
  const auto* crt = context.tables().contact("crt");
  if (!priority.present || !priority.expedited || !*priority.expedited || crt == nullptr) return;
  if (priority.called_on) return;
  context.report(priority.span, fmt::format("For an emergency move, phone the {}: {}", crt->name, crt->phone))
      .help("Priority is given on the phone; the request alone waits its turn.");
}

constexpr Rule kEmergency{
    .id = "HS023",
    .slug = "emergency-move",
    .severity = diag::Severity::info,
    .title = "For an emergency move, phone the Clinical Review Team for priority",
    .why = "The team gives priority to emergencies when it is told about them.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"priority: {expedited: yes, reason: emergency move after a fire, called_on: 2026-12-07}", Base::first},
    .fails = {"priority: {expedited: yes, reason: emergency move after a fire}", Base::first},
    .check = check_emergency};

constexpr Rule kEnrolled{
    .id = "HS024",
    .slug = "enrolled-first",
    .severity = diag::Severity::info,
    .title = "The agency is enrolled with the payer and can see the plan system before its first request",
    .why = "Both take days: enroll before the window of the first request opens.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = "",
    .fails = "",
    .check = nullptr,
    .acts_in = "explain"};

void check_cost_limit(Context& context) {
  const auto* staffing = context.staffing();
  if (staffing == nullptr) return;
  for (std::size_t i = 0; i < staffing->roster.size(); ++i) {
    const auto goes_to = [&](std::string_view kind) {
      return std::any_of(staffing->week.out.begin(), staffing->week.out.end(),
                         [&](const auto& out) { return out.member == i && out.kind == kind; });
    };
    if (!goes_to("community-support") || !goes_to("work-support")) continue;
    const auto* member = context.member(staffing->roster[i]);
    const auto span = staffing->pattern().out_span;
    auto report = context.report(
        place(span, staffing->pattern().span, member == nullptr ? diag::Span{} : member->span),
        fmt::format("Member {} has Community Support and Work Support: the two share a yearly cost limit",
                    staffing->roster[i]));
    report.member(staffing->roster[i])
        .help("The limit was 39,875.32 dollars in 2021. Ask the case manager what is in force.");
  }
}

constexpr Rule kCostLimit{
    .id = "HS025",
    .slug = "cost-limit",
    .severity = diag::Severity::info,
    .title = "Community Support and Work Support together have a yearly cost limit",
    .why = "The limit is not ours to compute, but a pattern with both may be cut when it is reached.",
    .source = "MaineCare Benefits Manual, Section 21, 21.07-2",
    .passes = {"staffing:\n"
               "  out:\n"
               "    - {member: A, days: mon-fri, from: 09:00, to: 15:00, kind: community-support, code: T2021}\n"
               "    - {member: A, days: sun, from: 12:00, to: 17:00, kind: natural-support}\n"
               "    - {member: B, days: [mon, wed, fri], from: 09:00, to: 13:00, kind: work-support, code: T2019}\n"
               "    - {member: C, days: [tue, thu], from: 10:00, to: 14:00, kind: community-support, code: T2021}",
               Base::first},
    .fails = {"staffing:\n"
              "  out:\n"
              "    - {member: A, days: mon-fri, from: 09:00, to: 15:00, kind: community-support, code: T2021}\n"
              "    - {member: A, days: sun, from: 12:00, to: 17:00, kind: natural-support}\n"
              "    - {member: B, days: [mon, wed], from: 09:00, to: 13:00, kind: work-support, code: T2019}\n"
              "    - {member: B, days: fri, from: 09:00, to: 13:00, kind: community-support, code: T2021}\n"
              "    - {member: C, days: [tue, thu], from: 10:00, to: 14:00, kind: community-support, code: T2021}\n"
              "members:\n"
              "  - {label: B, questionnaires: {home-support: {6: [work support, community support]}}}",
              Base::first},
    .check = check_cost_limit};

constexpr Rule kWatch{
    .id = "HS026",
    .slug = "watch-for-questions",
    .severity = diag::Severity::warning,
    .title = "After sending, somebody looks for questions of the reviewers at least every business day",
    .why =
        "A request for information is not mailed. If nobody sees it, the review stands still and days pass unapproved.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = "atz status, from cron, every working day",
    .fails = "once a week",
    .check = nullptr,
    .acts_in = "due"};

constexpr const Rule* kRules[] = {&kEmergency, &kEnrolled, &kCostLimit, &kWatch};

}  // namespace

RuleList hs_advice_rules() {
  return kRules;
}

}  // namespace atz::rules
