// What a service line must be to count at all.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

constexpr const char* kUnitsHelp = "Write a whole number without words: units: 365.";

void check_units(Context& context) {
  each_unreadable(context, [&](const casefile::Unreadable& units) {
    context.report(units.span, fmt::format("Units must be a whole number, not {}", quoted(units.text)))
        .member(units.member)
        .found(quoted(units.text))
        .expected("a whole number, 1 or more")
        .help(kUnitsHelp);
  });
  for (const auto& line : context.lines()) {
    const auto& units = line.service->units;
    if (!units || *units >= 1) continue;
    context.report(*line.member, units.span, "Units must be at least 1")
        .found(std::to_string(*units))
        .expected("a whole number, 1 or more")
        .help(kUnitsHelp);
  }
}

constexpr Rule kUnits{
    .id = "GN004",
    .slug = "units-whole",
    .severity = diag::Severity::error,
    .title = "Units are a whole number of at least 1",
    .why = "A unit is what is counted on an authorization line. Parts of a unit and words can't be entered.",
    .source = "modelled",
    .passes = {"members:\n"
               "  - label: A\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    services: [{code: T2016, units: 1 year, weekly_hours: 67.75}]",
              Base::first},
    .check = check_units};

void check_procedure(Context& context) {
  for (const auto* member : context.requesting()) {
    if (!member->services.empty() || context.is_termination(*member)) continue;  // ST004
    context
        .report(*member, place(member->services_span, member->span),
                fmt::format("Nothing is asked for {}: there is no service line", name_of(*member)))
        .expected("at least one service, for example {code: T2016, units: 365, weekly_hours: 67.75}")
        .help("If this person lives here without home support, write receives_home_support: no and a reason.");
  }
}

constexpr Rule kProcedure{.id = "GN007",
                          .slug = "procedure-line",
                          .severity = diag::Severity::error,
                          .title = "Every member has at least one service line",
                          .why = "The procedures page of the portal does not let a request go on without a procedure.",
                          .source = "Kepro training, Procedures Page",
                          .passes = {"members:\n"
                                     "  - label: A\n"
                                     "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
                                     Base::first},
                          .fails = {"members: [{label: A, services: []}]", Base::first},
                          .check = check_procedure};

void check_diagnoses(Context& context) {
  for (const auto* member : context.requesting()) {
    const auto& list = member->diagnoses;
    if (list.empty() && !context.is_termination(*member)) {  // ST008
      context
          .report(*member, place(member->diagnoses_span, member->span),
                  fmt::format("There is no diagnosis for {}", name_of(*member)))
          .expected("a list of ICD-10 codes, the main one first")
          .help("For example: diagnoses: [F72, G40.909].");
    }
    for (std::size_t i = 1; i < list.size(); ++i) {
      const auto first = std::find_if(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const auto& other) { return other && list[i] && *other == *list[i]; });
      if (first == list.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      const bool primary = first == list.begin();
      context
          .report(*member, list[i].span,
                  primary ? "The primary diagnosis is listed a second time" : "A diagnosis is listed twice")
          .found(quoted(list[i].text))
          .expected("each diagnosis once, the first being the primary one")
          .related(first->span, "it is already here")
          .help("Remove one of the two.");
    }
  }
}

constexpr Rule kDiagnoses{
    .id = "GN008",
    .slug = "one-primary-diagnosis",
    .severity = diag::Severity::error,
    .title = "Every member has a diagnosis, and exactly one of them is the primary one",
    .why =
        "The first diagnosis of the list is the primary one. The portal wants exactly one, and each other code once.",
    .source = "Kepro training, Diagnosis Page",
    .passes = {"members: [{label: A, diagnoses: [F71, F84.0]}]    # F71 is primary", Base::first},
    .fails = {"members: [{label: A, diagnoses: []}]", Base::first},
    .check = check_diagnoses};

bool same_modifiers(const model::Service& a, const model::Service& b) {
  const auto sorted = [](const model::Service& service) {
    std::vector<std::string> all;
    for (const auto& modifier : service.modifiers) {
      if (modifier) all.push_back(*modifier);
    }
    std::sort(all.begin(), all.end());
    return all;
  };
  return sorted(a) == sorted(b);
}

// Within one entry of the list only: the same person in two entries is ID017.
void check_duplicates(Context& context) {
  const auto& lines = context.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = i + 1; j < lines.size() && lines[j].member == lines[i].member; ++j) {
      const auto& a = *lines[i].service;
      const auto& b = *lines[j].service;
      if (!a.code || !b.code || *a.code != *b.code || !same_modifiers(a, b)) continue;
      if (!lines[i].period->complete() || !lines[j].period->complete()) continue;
      if (!lines[i].period->days().overlaps(lines[j].period->days())) continue;
      const auto from = std::max(*lines[i].period->start, *lines[j].period->start);
      const auto to = std::min(*lines[i].period->end, *lines[j].period->end);
      context
          .report(
              *lines[j].member, place(b.code, b.span),
              fmt::format("{} is asked twice for {} on the same days", printable(*b.code), name_of(*lines[j].member)))
          .found(from == to ? "both lines cover " + day(from)
                            : fmt::format("both lines cover {} to {}", day(from), day(to)))
          .expected("one line for each code, modifier and day")
          .related(place(a.code, a.span), "the first line")
          .help("Remove one of the lines, or let the second start on the day after the first ends.");
    }
  }
}

constexpr Rule kDuplicates{
    .id = "GN012",
    .slug = "no-duplicate-lines",
    .severity = diag::Severity::error,
    .title = "No line repeats another: same member, code, modifier and overlapping days",
    .why =
        "Requests for the same code on the same days are voided as duplicates, and it is not foreseeable which of "
        "the two stays.",
    .source = "public: another state's help pages for the same portal",
    .passes = {"members:\n"
               "  - label: A\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    services:\n"
              "      - {code: T2016, units: 365, weekly_hours: 67.75}\n"
              "      - {code: T2016, units: 1, weekly_hours: 67.75, period: {start: 2027-01-04, end: 2027-01-04}}",
              Base::first},
    .check = check_duplicates};

constexpr const Rule* kRules[] = {&kUnits, &kProcedure, &kDiagnoses, &kDuplicates};

}  // namespace

RuleList gn_line_rules() {
  return kRules;
}

}  // namespace atz::rules
