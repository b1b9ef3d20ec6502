// What an extension says about the case that it extends.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/extensions.hpp"
#include "rules/known.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

using Reason = model::ExtensionReason;
constexpr auto kOneDay = std::chrono::days(1);

void check_case_id(Context& context) {
  for (const auto* member : context.extensions()) {
    if (!missing(member->case_id)) continue;
    context
        .report(*member, place(member->case_id.span, member->span),
                fmt::format("The Case ID of {} is missing", name_of(*member)))
        .expected("case: the number that the payer gave to the authorization")
        .help(
            "An extension goes on under the Case ID of the first authorization. `atz status` shows it; for a case that "
            "was entered in the portal, copy it from there.");
  }
}

constexpr Rule kCaseId{.id = "EX001",
                       .slug = "extension-case-id",
                       .severity = diag::Severity::error,
                       .title = "An extension carries the member's original Case ID",
                       .why = "Without it the payer opens a second case, which is voided as a duplicate.",
                       .source = "Maine page on T2016 authorizations, Extending an Authorization",
                       .passes = Example("members:\n  - {label: A, case: 900000201}\n", Base::extension),
                       .fails = Example("members:\n  - {label: A, case: }\n", Base::extension),
                       .check = check_case_id};

void check_kind(Context& context) {
  for (const auto* member : context.first_authorizations()) {
    const auto span = place(member->reason.present ? member->reason.span : diag::Span{},
                            member->current_end.present ? member->current_end.span : diag::Span{},
                            member->case_id.present ? member->case_id.span : diag::Span{});
    if (!span.known()) continue;
    const auto& request = member->request ? member->request : context.home().request;
    context
        .report(*member, span,
                fmt::format("{} has a case already, but a first authorization is asked for", name_of(*member)))
        .found("request: service-notification")
        .expected("request: service-notification-extension")
        .related(request.span, "the kind of request")
        .help("Change the request, or remove `case`, `current_end` and `reason` when the member is new.");
  }
}

constexpr Rule kKind{.id = "EX002",
                     .slug = "extension-request-type",
                     .severity = diag::Severity::error,
                     .title = "An extension is a Service Notification Extension",
                     .why = "As a Service Notification it would become a second case for the same days.",
                     .source = "Maine page on T2016 authorizations, Extending an Authorization",
                     .passes = Example("request: service-notification-extension\n", Base::extension),
                     .fails = Example("members:\n  - {label: A, case: 900000201}\n", Base::first),
                     .check = check_kind};

std::optional<model::Date> first_day_of(const Context& context, const model::Member& member, diag::Span& span) {
  const auto* line = context.base_line(member);
  if (line == nullptr) return std::nullopt;
  const auto& period = context.home().period_of(member, *line);
  span = period.start.span;
  return period.start.value;
}

// A period of the home is wrong for all its members at once: one finding.
class Gathered {
 public:
  void add(const model::Member& member, diag::Span span, std::string message, std::string found, std::string expected,
           std::string help) {
    for (auto& one : all_) {
      if (one.span != span || one.expected != expected) continue;
      one.others.push_back(&member);
      return;
    }
    all_.push_back({&member, span, std::move(message), std::move(found), std::move(expected), std::move(help), {}});
  }
  void report(Context& context) const {
    for (const auto& one : all_) {
      auto report = context.report(*one.member, one.span, one.message);
      report.found(one.found).expected(one.expected).help(one.help);
      report.related(one.member->current_end.span, fmt::format("the current end of {}", name_of(*one.member)));
      for (const auto* other : one.others)
        report.related(other->current_end.span, fmt::format("the same for {}", name_of(*other)));
    }
  }

 private:
  struct One {
    const model::Member* member;
    diag::Span span;
    std::string message, found, expected, help;
    std::vector<const model::Member*> others;
  };
  std::vector<One> all_;
};

void check_continue(Context& context) {
  Gathered gathered;
  for (const auto* member : context.extensions()) {
    if (!member->reason || *member->reason != Reason::continuation || !member->current_end) continue;
    diag::Span span;
    const auto start = first_day_of(context, *member, span);
    const auto wanted = *member->current_end + kOneDay;
    if (!start || *start == wanted) continue;
    const bool overlaps = *start < wanted;
    gathered.add(
        *member, span,
        overlaps ? fmt::format("{} is covered through {} already: the extension begins before", name_of(*member),
                               day(*member->current_end))
                 : fmt::format("{} would be without authorization from {} to {}", name_of(*member), day(wanted),
                               day(*start - kOneDay)),
        day(*start), day(wanted),
        "An extension to continue begins on the day after the current end. Change the first day, and units and "
        "last day with it.");
  }
  gathered.report(context);
}

constexpr Rule kContinue{
    .id = "EX007",
    .slug = "continues-next-day",
    .severity = diag::Severity::error,
    .title = "An extension to continue begins on the day after the current end",
    .why = "A day earlier overlaps what is approved already; a day later leaves a day that nobody pays for.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization (implied); modelled",
    .passes = Example(
        "members:\n"
        "  - {label: A, reason: continue, because: , questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n"
        "  - {label: B, reason: continue, because: , questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n"
        "  - {label: C, reason: continue, because: , questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n"
        "period: {start: 2027-02-01, end: 2028-01-31}    # the current end is 2027-01-31\n",
        Base::extension),
    .fails = Example(
        "members:\n"
        "  - {label: A, reason: continue, because: , questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n"
        "  - {label: B, reason: continue, because: , questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n"
        "  - {label: C, reason: continue, because: , questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n"
        "period: {start: 2027-02-02, end: 2028-02-01}    # 2027-02-01 is left out\n",
        Base::extension),
    .check = check_continue};

void check_change(Context& context) {
  Gathered gathered;
  for (const auto* member : context.extensions()) {
    if (!member->reason || *member->reason != Reason::change) continue;
    if (trim(member->because ? *member->because : std::string()).empty()) {
      context
          .report(*member, place(member->because.present ? member->because.span : member->reason.span, member->span),
                  fmt::format("Nothing says what changed for {}", name_of(*member)))
          .expected("because: a sentence or two")
          .help("The reviewers ask what is different from the approved support, and since when.");
    }
    diag::Span span;
    const auto start = first_day_of(context, *member, span);
    if (!start || !member->current_end) continue;
    const auto after = *member->current_end + kOneDay;
    if (*start == after || (context.today() <= *start && *start <= *member->current_end)) continue;
    gathered.add(*member, span,
                 *start < context.today() ? "The change is to begin before the day of sending"
                                          : fmt::format("{} would be without authorization from {} to {}",
                                                        name_of(*member), day(after), day(*start - kOneDay)),
                 day(*start), fmt::format("a day from {} to {}", day(context.today()), day(after)),
                 "A change begins between the day of sending and the day after the current end.");
  }
  gathered.report(context);
}

constexpr Rule kChange{
    .id = "EX008",
    .slug = "change-explained",
    .severity = diag::Severity::error,
    .title = "A change says what changed, and begins between the day of sending and the day after the current end",
    .why = "More hours are approved for a reason. Nothing is approved backwards, and no day may be left out.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization",
    .passes = Example("members:\n  - {label: B, because: New seizures since December.}\n", Base::extension),
    .fails = Example("members:\n  - {label: B, because: }\n", Base::extension),
    .check = check_change};

void check_same_case(Context& context) {
  std::map<std::string, const model::Member*> seen;
  for (const auto* member : context.requesting()) {
    if (missing(member->case_id)) continue;
    const auto [at, first] = seen.emplace(*member->case_id, member);
    if (first) continue;
    context
        .report(*member, member->case_id.span,
                fmt::format("{} names the Case ID of {}", name_of(*member), name_of(*at->second)))
        .found(quoted(*member->case_id))
        .expected("the member's own case")
        .related(at->second->case_id.span, "it is used here first")
        .help("Each member has a case of their own: `atz status` shows which.");
  }
  each_known_case(context, check_same_person_and_place);
}

constexpr Rule kSameCase{
    .id = "EX010",
    .slug = "same-case",
    .severity = diag::Severity::error,
    .title = "An extension is for the same member, provider and location as the original",
    .why =
        "A case belongs to one member at one location, so no two members name the same one. Another location needs a "
        "new "
        "authorization.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = Example("members:\n  - {label: A, case: 900000201}\n  - {label: B, case: 900000202}\n", Base::extension),
    .fails = Example("members:\n  - {label: A, case: 900000201}\n  - {label: B, case: 900000201}\n", Base::extension),
    .check = check_same_case};

constexpr Rule kComplete{
    .id = "EX011",
    .slug = "extension-complete",
    .severity = diag::Severity::error,
    .title = "An extension is as complete as a first request: whole home, staffing pattern, questionnaires",
    .why =
        "The reviewers judge it like a new request. HS010, HS013 and HS014 look at extensions as they look at first "
        "authorizations, and speak for this rule.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization",
    .passes = "all members of the home, with pattern and questionnaires",
    .fails = "an extension without a staffing pattern: HS013",
    .acts_in = "check, as HS010, HS013 and HS014"};

constexpr Rule kContinuation{
    .id = "EX013",
    .slug = "ten-days-more",
    .severity = diag::Severity::info,
    .title = "When an extension cuts or denies hours, the former level runs on for ten days",
    .why = "From the day of the determination, even beyond the end of the authorization. Promised for extensions only.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization",
    .passes = "",
    .fails = "",
    .acts_in = "status and show"};

// Question 1 of the questionnaire gives the reason in its own words.
void check_agreement(Context& context) {
  for (const auto* member : context.extensions()) {
    if (!member->reason) continue;
    const bool change = *member->reason == Reason::change;
    const auto* kind = home_support_value(context, *member, "1", model::AnswerType::choice);
    const std::string word = kind == nullptr ? std::string() : to_lower(trim(**kind));
    const bool other = (word == "change" && !change) || (word == "continuation" && change) || word == "new placement";
    if (other) {
      context
          .report(*member, kind->span,
                  fmt::format("Question 1 and the reason of {} say different things", name_of(*member)))
          .found(fmt::format("{}, with reason: {}", quoted(**kind), member->reason.text))
          .expected(change ? "change" : "continuation")
          .related(member->reason.span, "the reason")
          .help("Correct the one that is wrong.");
    } else if (!change && !trim(member->because ? *member->because : std::string()).empty()) {
      context
          .report(*member, member->because.span,
                  fmt::format("{} is to go on as before, but something is said to have changed", name_of(*member)))
          .found("reason: continue, with because")
          .related(member->reason.span, "the reason")
          .help("If hours change, write reason: change; else remove `because`.");
    }
  }
  each_known_case(context, check_hours_agree);
}

constexpr Rule kAgreement{
    .id = "EX015",
    .slug = "reason-fits-content",
    .severity = diag::Severity::warning,
    .title = "The reason of an extension agrees with what it asks for",
    .why =
        "To continue means the same hours, a change means other ones. Question 1 of the questionnaire gives the reason "
        "once "
        "more.",
    .source = "modelled",
    .passes = Example("members:\n  - {label: A, questionnaires: {home-support: {1: change}}}\n", Base::extension),
    .fails = Example("members:\n  - {label: A, questionnaires: {home-support: {1: continuation, 1.2.1: }}}\n",
                     Base::extension),
    .check = check_agreement};

constexpr const Rule* kRules[] = {&kCaseId,   &kKind,     &kContinue,     &kChange,
                                  &kSameCase, &kComplete, &kContinuation, &kAgreement};

}  // namespace

RuleList ex_case_rules() {
  return kRules;
}

}  // namespace atz::rules
