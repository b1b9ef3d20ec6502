// What people say about the request: that it may be sent, that it is urgent, that the questions are answered.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

// "in-progress" is QN008; this is about a word that does not say that the questionnaire is finished.
void check_completed(Context& context) {
  for (const auto& set : answer_sets(context)) {
    if (!set.required || !set.answers->status) continue;
    const std::string word = to_lower(trim(*set.answers->status));
    if (word == "completed" || word == "in-progress") continue;
    context
        .report(*set.member, set.answers->status.span,
                fmt::format("The {} questionnaire of {} is not marked as completed", printable(set.answers->name),
                            name_of(*set.member)))
        .found(quoted(*set.answers->status))
        .expected("completed")
        .help("Answer what is open, then write status: completed, or leave the line out.");
  }
}

constexpr Rule kCompleted{
    .id = "GN009",
    .slug = "questionnaires-completed",
    .severity = diag::Severity::error,
    .title = "Every required questionnaire is answered in full and marked as completed",
    .why =
        "The portal shows each questionnaire as Completed or Not Completed, and reviewers only look at complete "
        "requests. Open questions are named one by one by QN001 and QN002.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo; Kepro training, Questionnaire Page",
    .passes = {"members:\n"
               "  - label: A\n"
               "    questionnaires: {home-support: {status: completed}}",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    questionnaires: {home-support: {status: Not Completed}}",
              Base::first},
    .check = check_completed};

constexpr const char* kAttestHelp =
    "After reading the pre-certification statement, a person writes: attest: {precertification: yes, by: their name, "
    "on: the day}.";

void check_attest(Context& context) {
  const auto& attest = context.home().attest;
  if (!attest.present) {
    context
        .report(place(attest.span, context.home().format.span, context.home().members_span),
                "Nobody has accepted the pre-certification statement")
        .help(kAttestHelp);
    return;
  }
  if (missing(attest.precertification) || (attest.precertification && !*attest.precertification)) {
    context.report(place(attest.precertification, attest.span), "The pre-certification statement is not accepted")
        .expected("precertification: yes")
        .help(kAttestHelp);
  }
  if (missing(attest.by) || trim(*attest.by).empty()) {
    context.report(place(attest.by, attest.span), "The pre-certification statement does not say who accepted it")
        .help(kAttestHelp);
  }
  if (missing(attest.on)) {
    context
        .report(place(attest.on, attest.span),
                "The pre-certification statement does not say on which day it was accepted")
        .help(kAttestHelp);
    return;
  }
  if (!attest.on) return;
  const auto age = (context.today() - *attest.on).count();
  if (age < 0) {
    context.report(attest.on.span, "The pre-certification statement is dated after the day of sending")
        .found(day(*attest.on))
        .expected(fmt::format("{} or earlier", day(context.today())))
        .help("Nobody can have accepted it yet: correct the date.");
  } else if (age > 30) {
    context
        .report(attest.on.span,
                fmt::format("The pre-certification statement is {} old, at most 30 are allowed", days(age)))
        .found(day(*attest.on))
        .expected(fmt::format("{} or later", day(context.today() - std::chrono::days(30))))
        .help("Read the statement again and put today's date.");
  }
}

constexpr Rule kAttest{
    .id = "GN010",
    .slug = "precertification",
    .severity = diag::Severity::error,
    .title = "A named person has accepted the pre-certification statement in the last 30 days",
    .why =
        "The portal shows a statement that must be accepted before a request is sent. atz never accepts it for "
        "anybody, so the file says who did and when.",
    .source = "Kepro training, Submitting the Request; the 30 days are modelled",
    .passes = {"attest: {precertification: yes, by: A. Sample User, on: 2026-11-07}", Base::first, "2026-12-07"},
    .fails = {"attest: {precertification: yes, by: A. Sample User, on: 2026-11-06}", Base::first, "2026-12-07"},
    .check = check_attest};

void check_expedited(Context& context) {
  const auto& priority = context.home().priority;
  if (!priority.present || !priority.expedited || !*priority.expedited) return;
  if (missing(priority.reason) || trim(*priority.reason).empty()) {
    context.report(place(priority.reason, priority.span), "An expedited review is asked for without a reason")
        .help("Say in a sentence why it can't wait: reason: ...");
  }
  if (missing(priority.called_on)) {
    const auto* crt = context.tables().contact("crt");
    context
        .report(place(priority.called_on, priority.span),
                "An expedited review is asked for, but nobody is said to have phoned the Clinical Review Team")
        .help(fmt::format("Phone {}, then note the day: called_on: {}.",
                          crt == nullptr ? std::string("the Clinical Review Team") : crt->name + ", " + crt->phone,
                          model::format_date(context.today())));
  }
}

constexpr Rule kExpedited{
    .id = "GN016",
    .slug = "expedited-reason",
    .severity = diag::Severity::warning,
    .title = "An expedited request has a reason, and somebody has phoned the Clinical Review Team",
    .why = "Emergency moves get priority when the agency phones. The mark alone is easily overlooked.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"priority: {expedited: yes, reason: emergency move after a fire, called_on: 2026-12-07}", Base::first},
    .fails = {"priority: {expedited: yes, called_on: 2026-12-07}    # why can it not wait?", Base::first},
    .check = check_expedited};

constexpr const Rule* kRules[] = {&kCompleted, &kAttest, &kExpedited};

}  // namespace

RuleList gn_statement_rules() {
  return kRules;
}

}  // namespace atz::rules
