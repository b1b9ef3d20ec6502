// What an extension or add-on says about its case, against what the ledger knows of it. Acts in `plan` and `submit`:
// `check` reads files only.
#include <fmt/format.h>

#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/known.hpp"

namespace atz::rules {
namespace {

using model::CaseStatus;
using model::KnownCase;

std::string digits_of(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

std::string words(CaseStatus status) {
  std::string text(model::to_string(status));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace

// The other half of EX010: file against ledger.
void check_same_person_and_place(Context& context, const model::Member& member, const KnownCase& known) {
  if (!known.same_person || known.owner_home != context.home().house.id.value.value_or("")) {
    context
        .report(member, member.case_id.span, fmt::format("Case {} is not that of {}", *member.case_id, name_of(member)))
        .found(fmt::format("a case of member {} of {}", known.owner, known.owner_home))
        .expected(fmt::format("the case of {}", name_of(member)))
        .help("`atz status` shows whose case is which.");
    return;
  }
  const auto& location = context.home().house.location;
  if (known.location.empty() || !location || digits_of(*location) == digits_of(known.location)) return;
  context.report(member, location.span, fmt::format("Case {} is for another location", *member.case_id))
      .found(quoted(*location))
      .expected(fmt::format("the location that the case was sent for: {}", known.location))
      .related(member.case_id.span, "the case")
      .help("A case stays with its location. Another location needs a new service-notification.");
}

namespace {

template <class Check>
void each_known(Context& context, Check check) {
  for (const auto* member : context.requesting()) {
    if (!member->case_id) continue;
    for (const auto& known : context.input().known) {
      if (member->label && known.label == *member->label && known.case_id == *member->case_id) check(*member, known);
    }
  }
}

void check_extendable(Context& context) {
  each_known(context, [&](const model::Member& member, const KnownCase& known) {
    if (!known.same_person) return;
    const bool closed = known.status == CaseStatus::denied || known.status == CaseStatus::voided;
    if (!closed && model::is_decided(known.status)) return;
    auto report = context.report(member, member.case_id.span,
                                 fmt::format("Case {} of {} can't be extended: it is {}", *member.case_id,
                                             name_of(member), words(known.status)));
    report.found(words(known.status)).expected("an approved case");
    report.help(closed ? "After a denial or a withdrawal, ask anew: a service-notification without `case`."
                       : "Wait for the decision: `atz status`.");
  });
}

constexpr Rule kExtendable{
    .id = "EX017",
    .slug = "case-approved",
    .severity = diag::Severity::error,
    .title = "What is extended, or added to, is an approved case",
    .why =
        "A denied or withdrawn case is closed: the payer takes a new request only. An undecided one has nothing to "
        "extend.",
    .source = "Da Vinci PAS 2.2.1, updates",
    .passes = "the case is approved, or partially approved",
    .fails = "the case was denied",
    .check = check_extendable,
    .acts_in = "plan and submit"};

void check_end(Context& context) {
  each_known(context, [&](const model::Member& member, const KnownCase& known) {
    if (!known.same_person || !known.days || !member.current_end || *member.current_end == known.days->last) return;
    context
        .report(member, member.current_end.span,
                fmt::format("Case {} was approved with another last day", *member.case_id))
        .found(day(*member.current_end))
        .expected(day(known.days->last))
        .help("Correct `current_end`, unless the case was changed in the portal since.");
  });
}

constexpr Rule kEnd{.id = "EX018",
                    .slug = "current-end-known",
                    .severity = diag::Severity::warning,
                    .title = "The current end is the last day that was approved",
                    .why =
                        "All windows are counted from that day, so a wrong one makes the request too early or too "
                        "late.",
                    .source = "modelled",
                    .passes = "current_end: 2028-01-03, as approved",
                    .fails = "current_end: 2028-01-31 for a case that was approved through 2028-01-03",
                    .check = check_end,
                    .acts_in = "plan and submit"};

constexpr const Rule* kRules[] = {&kExtendable, &kEnd};

}  // namespace

// The other half of EX015.
void check_hours_agree(Context& context, const model::Member& member, const KnownCase& known) {
  const auto* asked = context.asked_hours(member);
  if (asked == nullptr || !known.hours || !member.reason || !known.same_person) return;
  const bool same = **asked == known.hours->exact();
  const bool change = *member.reason == model::ExtensionReason::change;
  if (*member.reason == model::ExtensionReason::add_on || same != change) return;
  context
      .report(member, member.reason.span,
              change
                  ? fmt::format("A change is asked for {}, but the hours are those that are approved", name_of(member))
                  : fmt::format("{} is to go on as before, but with other hours", name_of(member)))
      .found(fmt::format("{} hours a week; approved are {}", hours(**asked), model::format_hours(*known.hours)))
      .expected(change ? "reason: continue, or other hours" : "reason: change, or the approved hours")
      .related(asked->span, "the hours");
}

// The other half of MA012.
void check_add_on_days(Context& context, const model::Member& member, const KnownCase& known) {
  if (!known.days || !known.same_person || context.base_line(member) != nullptr) return;
  for (const auto& line : context.add_on_lines()) {
    if (line.member != &member || !line.period->complete()) continue;
    const bool early = *line.period->start < known.days->first;
    if (!early && *line.period->end <= known.days->last) continue;
    context
        .report(
            member, early ? line.period->start.span : line.period->end.span,
            fmt::format("The add-on of {} is outside the approved days of case {}", name_of(member), *member.case_id))
        .found(fmt::format("{} to {}", day(*line.period->start), day(*line.period->end)))
        .expected(fmt::format("within {} to {}", day(known.days->first), day(known.days->last)));
  }
}

void each_known_case(Context& context, void (*check)(Context&, const model::Member&, const KnownCase&)) {
  each_known(context, [&](const model::Member& member, const KnownCase& known) { check(context, member, known); });
}

RuleList ex_known_rules() {
  return kRules;
}

}  // namespace atz::rules
