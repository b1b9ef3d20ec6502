// The notice to the member, and when the service may end.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/documents.hpp"

namespace atz::rules {
namespace {

constexpr auto kNoticeDays = std::chrono::days(30);

bool claims_harm(const model::Member& member) {
  return member.termination.imminent_harm && *member.termination.imminent_harm;
}

void check_attached(Context& context) {
  for (const auto* member : context.terminations()) {
    if (has_document(context.home(), *member, model::kNoticeDocument)) continue;
    context
        .report(*member, place(member->notice.present ? member->notice.span : diag::Span{}, member->span),
                fmt::format("The written notice to {} is not attached", name_of(*member)))
        .expected("notice: {given_on: 2026-11-24, file: documents/notice.pdf}")
        .help("Attach the letter that the member was given thirty days before the planned last day.");
  }
}

constexpr Rule kAttached{
    .id = "ST010",
    .slug = "notice-attached",
    .severity = diag::Severity::error,
    .title = "The 30-day written notice to the member is attached",
    .why = "It shows that the member knew, and when. A request without it is not reviewed.",
    .source = "Kepro training, Attached Document Page",
    .passes = Example("members:\n  - {label: J, notice: {given_on: 2026-11-24, file: documents/notice-0001.pdf}}\n",
                      Base::termination),
    .fails = Example("members:\n  - {label: J, notice: {given_on: 2026-11-24, file: }}\n", Base::termination),
    .check = check_attached};

void check_given(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& given = member->notice.given_on;
    if (!member->notice.present) continue;  // ST010
    if (missing(given)) {
      context
          .report(*member, place(given.present ? given.span : diag::Span{}, member->notice.span),
                  "Nothing says when the notice was given")
          .expected("given_on: the date of the notice");
    } else if (given && *given > context.today()) {
      context.report(*member, given.span, "The notice is dated after the day of sending")
          .found(day(*given))
          .expected(fmt::format("{} or earlier", day(context.today())))
          .help("The notice comes first, then the request.");
    }
  }
}

constexpr Rule kGiven{
    .id = "ST011",
    .slug = "notice-date",
    .severity = diag::Severity::error,
    .title = "The notice is dated on or before the day of sending",
    .why = "The member is told first. The thirty days count from the date of the notice.",
    .source = "derived",
    .passes = Example("members:\n  - {label: J, notice: {given_on: 2026-11-24}}\n", Base::termination),
    .fails = Example("members:\n"
                     "  - label: J\n"
                     "    notice: {given_on: 2026-12-02}\n"
                     "    termination: {last_day: 2027-01-01}\n"
                     "    questionnaires: {termination-request: {5: 2026-12-02, 6: 2027-01-01}}\n",
                     Base::termination),
    .check = check_given};

void check_thirty_days(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& last = member->termination.last_day;
    const auto& given = member->notice.given_on;
    if (!member->termination.present) continue;  // ST023
    if (missing(last)) {
      context
          .report(*member, place(last.present ? last.span : diag::Span{}, member->termination.span),
                  "The planned last day of the service is missing")
          .expected("last_day: at least thirty days after the notice");
      continue;
    }
    if (!last || !given || *last >= *given + kNoticeDays) continue;
    const bool harm = claims_harm(*member);
    context
        .report(*member, last.span,
                fmt::format("The service ends {} after the notice; thirty are needed", days((*last - *given).count())))
        .severity(harm ? diag::Severity::warning : diag::Severity::error)
        .found(day(*last))
        .expected(fmt::format("{} or later", day(*given + kNoticeDays)))
        .related(given.span, "the date of the notice")
        .help(harm ? "With imminent harm a shorter notice can do, as long as it is reasonable in the circumstances."
                   : "Move the last day. Only imminent harm allows a shorter notice.");
  }
}

constexpr Rule kThirtyDays{
    .id = "ST012",
    .slug = "thirty-days-notice",
    .severity = diag::Severity::error,
    .title = "The service ends thirty days or more after the notice, unless there is imminent harm",
    .why = "A notice of 2026-11-24 allows a last day of 2026-12-24. With imminent harm this is a warning.",
    .source = "Kepro training, Attached Document Page; public rules of 2021",
    .passes = Example("members:\n  - {label: J, termination: {last_day: 2026-12-24}}\n", Base::termination),
    .fails = Example("members:\n"
                     "  - label: J\n"
                     "    termination: {last_day: 2026-12-23}\n"
                     "    questionnaires: {termination-request: {6: 2026-12-23}}\n",
                     Base::termination),
    .check = check_thirty_days};

void check_harm(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& reason = member->termination.imminent_harm_reason;
    if (!claims_harm(*member) || (reason && !trim(*reason).empty())) continue;
    context.report(*member, member->termination.imminent_harm.span, "Nothing says what the imminent harm is")
        .expected("imminent_harm_reason: the events, with dates")
        .help("The claim allows a shorter notice, so it has to be explained.");
  }
}

constexpr Rule kHarm{
    .id = "ST013",
    .slug = "harm-explained",
    .severity = diag::Severity::error,
    .title = "A claim of imminent harm is explained",
    .why = "It is the one reason for less than thirty days' notice, and the reviewer has to judge it.",
    .source = "public rules of 2021",
    .passes = Example("members:\n"
                      "  - label: J\n"
                      "    termination: {imminent_harm: yes, imminent_harm_reason: Threats on 3 and 5 November.}\n"
                      "    questionnaires: {termination-request: {7: Yes, 7.1.1: Threats on 3 and 5 November.}}\n",
                      Base::termination),
    .fails = Example("members:\n"
                     "  - label: J\n"
                     "    termination: {imminent_harm: yes}\n"
                     "    questionnaires: {termination-request: {7: Yes, 7.1.1: Threats on 3 and 5 November.}}\n",
                     Base::termination),
    .check = check_harm};

void check_not_ended(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& ended = member->termination.services_already_ended;
    if (!member->termination.present || (ended && !*ended) || (!ended && !missing(ended))) continue;
    context
        .report(*member, place(ended.present ? ended.span : diag::Span{}, member->termination.span),
                missing(ended) ? "Nothing says whether services have ended already"
                               : "Services have ended already, but approval comes first")
        .found(missing(ended) ? std::string() : "services_already_ended: " + ended.text)
        .expected("services_already_ended: no")
        .help(
            "Until the termination is approved the service goes on. If it has stopped, take it up again or phone the "
            "reviewers.");
  }
}

constexpr Rule kNotEnded{
    .id = "ST019",
    .slug = "not-ended-yet",
    .severity = diag::Severity::error,
    .title = "Services have not ended before they are approved to end",
    .why = "Ending services of adults with serious mental illness without written approval is forbidden.",
    .source = "public rules of 2021",
    .passes = Example("members:\n  - {label: J, termination: {services_already_ended: no}}\n", Base::termination),
    .fails = Example("members:\n  - {label: J, termination: {services_already_ended: yes}}\n", Base::termination),
    .check = check_not_ended};

void check_action(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& termination = member->termination;
    const auto& action = termination.action;
    if (!termination.present || missing(action)) {
      context
          .report(*member, place(termination.present ? termination.span : diag::Span{}, member->span),
                  "Nothing says whether the service is to end or to be interrupted")
          .expected("termination: {action: terminate, last_day: ..., services_already_ended: no}");
    } else if (action && *action == "interrupt" && missing(termination.return_on)) {
      context.report(*member, action.span, "Nothing says when the member is expected back")
          .expected("return_on: the expected day")
          .help("An interruption has an end. If none is in sight, the action is terminate.");
    }
  }
}

constexpr Rule kAction{
    .id = "ST023",
    .slug = "terminate-or-interrupt",
    .severity = diag::Severity::warning,
    .title = "The request says terminate or interrupt, and an interruption when the member is expected back",
    .why = "The two are reviewed differently: an interrupted service is kept open.",
    .source = "Kepro training, Procedures and Questionnaire Pages",
    .passes = Example("members:\n"
                      "  - label: J\n"
                      "    termination: {action: interrupt, return_on: 2027-03-01}\n"
                      "    questionnaires: {termination-request: {1: Interrupt, 1.2.1: 2027-03-01}}\n",
                      Base::termination),
    .fails = Example("members:\n"
                     "  - label: J\n"
                     "    termination: {action: interrupt}\n"
                     "    questionnaires: {termination-request: {1: Interrupt, 1.2.1: 2027-03-01}}\n",
                     Base::termination),
    .check = check_action};

constexpr const Rule* kRules[] = {&kAttached, &kGiven, &kThirtyDays, &kHarm, &kNotEnded, &kAction};

}  // namespace

RuleList st_notice_rules() {
  return kRules;
}

}  // namespace atz::rules
