// The member whose service ends.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

void check_questionnaire(Context& context) {
  report_missing_questionnaires(context, context.terminations(), [](const auto&) { return true; });
}

constexpr Rule kQuestionnaire{
    .id = "ST014",
    .slug = "termination-questionnaire",
    .severity = diag::Severity::error,
    .title = "The Termination Request questionnaire is answered, with every question that follows from an answer",
    .why = "Single questions that are left open are QN001 and QN002.",
    .source = "Kepro training, Questionnaire Page",
    .passes = Example("members:\n  - {label: J, questionnaires: {termination-request: {9: No}}}\n", Base::termination),
    .fails = Example("members:\n  - {label: J, questionnaires: }\n", Base::termination),
    .check = check_questionnaire};

constexpr Rule kNotAsked{
    .id = "ST015",
    .slug = "pages-not-asked",
    .severity = diag::Severity::info,
    .title = "Service provider, attending physician and clinical information are not asked for",
    .why = "The portal shows these pages, but a termination leaves them empty. atz does not ask for them either.",
    .source = "Kepro training, Service Detail, Diagnosis and Attached Document Pages",
    .passes = "",
    .fails = "",
    .acts_in = "check"};

void check_adult(Context& context) {
  constexpr int kAdult = 18;
  for (const auto* member : context.terminations()) {
    if (!member->born || *member->born > context.today()) continue;  // ID004
    const int age = model::age_on(*member->born, context.today());
    if (age >= kAdult || (member->emancipated && *member->emancipated)) continue;
    context
        .report(*member, member->born.span, fmt::format("{} is not an adult on the day of sending", name_of(*member)))
        .found(fmt::format("{} years", age))
        .expected("18 years, or emancipated: yes")
        .help("The rule protects adults, and minors who are emancipated.");
  }
}

constexpr Rule kAdultRule{.id = "ST016",
                          .slug = "adult-or-emancipated",
                          .severity = diag::Severity::error,
                          .title = "The member is 18 or older on the day of sending, or an emancipated minor",
                          .why = "Services of other minors are not ended with this request.",
                          .source = "MaineCare Benefits Manual, 17.02-3",
                          .passes = Example("members:\n  - {label: J, born: 2008-12-01}\n", Base::termination),
                          .fails = Example("members:\n  - {label: J, born: 2008-12-02}\n", Base::termination),
                          .check = check_adult};

void check_smi(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& meets = member->meets_smi;
    if ((meets && *meets) || (!meets && !missing(meets))) continue;
    context
        .report(*member, place(meets.present ? meets.span : diag::Span{}, member->span),
                missing(meets) ? fmt::format("Nothing says that {} has a serious mental illness", name_of(*member))
                               : std::string("Without a serious mental illness no such request is needed"))
        .found(missing(meets) ? std::string() : "meets_smi: " + meets.text)
        .expected("meets_smi: yes")
        .help("It counts whatever section the service is under: 17, 65, 92 or 97.");
  }
}

constexpr Rule kSmi{.id = "ST017",
                    .slug = "meets-smi",
                    .severity = diag::Severity::error,
                    .title = "The agency states that the member has a serious mental illness as Section 17 defines it",
                    .why = "The request exists for these members only, whatever section serves them.",
                    .source = "Kepro training, Welcome",
                    .passes = Example("members:\n  - {label: J, meets_smi: yes}\n", Base::termination),
                    .fails = Example("members:\n  - {label: J, meets_smi: }\n", Base::termination),
                    .check = check_smi};

void check_help_given(Context& context) {
  static constexpr std::array<std::string_view, 8> kEmptyWords = {"none", "no", "nothing", "n/a",
                                                                  "na",   "-",  "no help", "not applicable"};
  for (const auto* member : context.terminations()) {
    const auto* answer = answer_value(context, *member, kTerminationRequest, "8", model::AnswerType::text);
    if (answer == nullptr) continue;  // QN001
    std::string word = to_lower(trim(**answer));
    if (!word.empty() && word.back() == '.') word.pop_back();
    if (std::find(kEmptyWords.begin(), kEmptyWords.end(), word) == kEmptyWords.end()) continue;
    context
        .report(*member, answer->span,
                fmt::format("No help for {} to find another provider is described", name_of(*member)))
        .found(quoted(**answer))
        .expected("what was done: names of agencies, calls, a referral")
        .help("The agency is expected to help with the transition.");
  }
}

constexpr Rule kHelpGiven{
    .id = "ST018",
    .slug = "help-described",
    .severity = diag::Severity::warning,
    .title = "The help given to find another provider is described",
    .why = "The reviewers ask what the member has when the service ends.",
    .source = "public rules of 2021",
    .passes =
        Example("members:\n"
                "  - {label: J, questionnaires: {termination-request: {8: A list of three agencies was sent.}}}\n",
                Base::termination),
    .fails = Example("members:\n  - {label: J, questionnaires: {termination-request: {8: none}}}\n", Base::termination),
    .check = check_help_given};

void check_phone(Context& context) {
  for (const auto* member : context.terminations()) {
    if (!missing(member->phone) || !missing(member->guardian.phone)) continue;
    context.report(*member, member->span, fmt::format("There is no phone number of {} or a guardian", name_of(*member)))
        .expected("phone: ten digits; or guardian: {name: ..., phone: ...}")
        .help("The reviewer will call one of them before deciding.");
  }
}

constexpr Rule kPhone{
    .id = "ST020",
    .slug = "reachable",
    .severity = diag::Severity::error,
    .title = "The member or the guardian can be reached by phone",
    .why = "The reviewer calls to hear whether they agree. Without an answer a letter follows, and days pass.",
    .source = "Kepro training, Post Submission (implied)",
    .passes = Example("members:\n  - {label: J, phone: 207-555-0177}\n", Base::termination),
    .fails = Example("members:\n  - {label: J, phone: }\n", Base::termination),
    .check = check_phone};

constexpr Rule kForecast{
    .id = "ST021",
    .slug = "what-happens-next",
    .severity = diag::Severity::info,
    .title = "What may happen next: review within 48 business hours, a call, a message, a letter of ten days",
    .why =
        "The reviewer calls the member or guardian; if nobody answers, a message is left for 24 hours, and then a "
        "letter "
        "gives ten days. These are forecasts, not promises.",
    .source = "Kepro training, Post Submission",
    .passes = "",
    .fails = "",
    .acts_in = "show"};

constexpr const Rule* kRules[] = {&kQuestionnaire, &kNotAsked, &kAdultRule, &kSmi, &kHelpGiven, &kPhone, &kForecast};

}  // namespace

RuleList st_member_rules() {
  return kRules;
}

}  // namespace atz::rules
