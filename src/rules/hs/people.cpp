// Waiver, questionnaires, and the people who get letters.
#include <fmt/format.h>

#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

void check_questionnaires(Context& context) {
  report_missing_questionnaires(context, context.regular(),
                                [](const auto& questionnaire) { return questionnaire.name != kMedicalAddOn; });
}

constexpr Rule kQuestionnaires{.id = "HS014",
                               .slug = "questionnaires-answered",
                               .severity = diag::Severity::error,
                               .title = "The questionnaires that the request needs are answered for every member",
                               .why = "The portal asks them for each member before it takes the request.",
                               .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
                               .passes = {"members:\n"
                                          "  - label: A\n"
                                          "    questionnaires: {home-support: {1: new placement}}    # and so on",
                                          Base::first},
                               .fails = {"members: [{label: A, questionnaires: }]", Base::first},
                               .check = check_questionnaires};

void check_waiver(Context& context) {
  std::vector<std::string_view> keys;
  std::vector<std::string> fitting;
  for (const auto& waiver : context.tables().waivers) {
    keys.push_back(waiver.key);
    if (std::find(waiver.codes.begin(), waiver.codes.end(), "T2016") != waiver.codes.end())
      fitting.push_back(waiver.key);
  }
  const std::string expected = list_words(fitting, "or");
  for (const auto* member : context.regular()) {
    for (std::size_t i = 0; i < member->waiver.size(); ++i) {
      const auto& waiver = member->waiver[i];
      if (missing(waiver)) continue;
      if (i > 0) {
        context.report(*member, waiver.span, fmt::format("{} is said to be in more than one waiver", name_of(*member)))
            .found(quoted(*waiver))
            .expected(expected)
            .related(member->waiver.front().span, "the first one")
            .help("A member is in one waiver at a time: keep the one that is in force.");
        break;
      }
      const auto* program = context.tables().waiver(*waiver);
      if (program == nullptr) {
        context.report(*member, waiver.span, fmt::format("{} is not a waiver that atz knows", quoted(*waiver)))
            .found(quoted(*waiver))
            .expected(expected)
            .help(suggest(*waiver, keys));
      } else if (std::find(fitting.begin(), fitting.end(), *waiver) == fitting.end()) {
        context
            .report(*member, waiver.span,
                    fmt::format("T2016 is not a service of the waiver {} is in", name_of(*member)))
            .found(quoted(*waiver))
            .expected(expected)
            .help(
                "Check the waiver. If the programs have changed, put a waivers.yaml into atz.d beside your atz.yaml.");
      }
    }
  }
}

constexpr Rule kWaiver{
    .id = "HS019",
    .slug = "one-fitting-waiver",
    .severity = diag::Severity::error,
    .title = "A member is in one waiver only, and it is the one that T2016 belongs to",
    .why = "Home Support by the day is a Section 21 service. Nobody can be in two waivers at a time.",
    .source = "MaineCare Benefits Manual, Section 21, 21.07-1",
    .passes = {"members: [{label: A, waiver: section-21}]", Base::first},
    .fails = {"members: [{label: A, waiver: [section-21, section-29]}]", Base::first},
    .check = check_waiver};

void check_recipient(Context& context, const model::Member& member, const model::LetterRecipient& recipient,
                     std::string_view role) {
  const auto& address = recipient.address;
  const auto span = place(recipient.span, member.span);
  const std::string of = fmt::format("the {} of {}", role, name_of(member));
  if (missing(recipient.name)) {
    context.report(member, span, fmt::format("Nothing says who {} is", of))
        .expected("name and address")
        .help("Letters about a reduction or denial go there, with the right to appeal.");
    return;
  }
  std::vector<std::string> without;
  if (missing(address.line)) without.emplace_back("street or PO box");
  if (missing(address.city)) without.emplace_back("city");
  if (missing(address.state)) without.emplace_back("state");
  if (missing(address.zip)) without.emplace_back("ZIP code");
  if (without.empty()) return;
  const bool whole = without.size() == 4;
  context
      .report(member, place(address.span, span),
              whole ? fmt::format("There is no postal address for {}", of)
                    : fmt::format("The address of {} has no {}", of, list_words(without, "and")))
      .expected("address: {line: ..., city: ..., state: ..., zip: ...}")
      .help("Letters about a reduction or denial go there by mail, with the right to appeal.");
}

void check_letters(Context& context) {
  for (const auto* member : context.regular()) {
    if (member->guardian.present && !member->guardian.none)
      check_recipient(context, *member, member->guardian, "guardian");
    if (!member->case_manager.present || member->case_manager.none) {
      context
          .report(*member, place(member->case_manager.span, member->span),
                  fmt::format("{} has no case manager here", name_of(*member)))
          .expected("case_manager: {name: ..., address: ...}")
          .help("Letters about a reduction or denial go to the case manager, too.");
    } else {
      check_recipient(context, *member, member->case_manager, "case manager");
    }
  }
}

constexpr Rule kLetters{
    .id = "HS022",
    .slug = "letter-addresses",
    .severity = diag::Severity::warning,
    .title = "The guardian, if there is one, and the case manager are named with a postal address",
    .why =
        "Letters about partial approvals and denials go to them by US Mail, and the time to appeal "
        "runs from the letter.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"members: [{label: A, guardian: none}]", Base::first},
    .fails = {"members: [{label: A, guardian: {name: H. Guardian Example}}]    # where do letters go?", Base::first},
    .check = check_letters};

constexpr const Rule* kRules[] = {&kQuestionnaires, &kWaiver, &kLetters};

}  // namespace

RuleList hs_people_rules() {
  return kRules;
}

}  // namespace atz::rules
