// Procedure codes, modifiers, case IDs.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/identifiers.hpp"

namespace atz::rules {
namespace {

bool in_capitals(const std::string& text) {
  return text == to_upper(text);
}

// "T2016S": a good code with something glued to it is a matter of the modifier (ID011).
bool glued(std::string_view code) {
  return code.size() > 5 && valid_procedure(code.substr(0, 5));
}

void check_procedure_code(Context& context) {
  for (const auto& line : context.lines()) {
    const auto& code = line.service->code;
    if (missing(code)) continue;
    if (!valid_procedure(*code)) {
      if (glued(*code)) continue;
      context.report(*line.member, code.span, fmt::format("{} is not a procedure code", quoted(code.text)))
          .found(quoted(code.text))
          .expected("a letter from A to V and four digits, or five digits")
          .help("For Home Support write T2016.");
    } else if (!in_capitals(code.text)) {
      context.report(*line.member, code.span, fmt::format("{} is sent in capital letters", quoted(code.text)))
          .severity(diag::Severity::info)
          .expected(to_upper(code.text))
          .fix(code.span, to_upper(code.text));
    }
  }
}

constexpr Rule kProcedureCode{
    .id = "ID010",
    .slug = "procedure-code-form",
    .severity = diag::Severity::error,
    .title = "A procedure code is a letter from A to V and four digits, or five digits",
    .why = "HCPCS Level II codes have a letter and four digits, CPT codes five digits. The portal calls both CPT.",
    .source = "public: HCPCS Level II; Kepro training, Procedures Page",
    .passes = {"members:\n"
               "  - label: A\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    services: [{code: T216, units: 365, weekly_hours: 67.75}]",
              Base::first},
    .check = check_procedure_code};

// "T2016SC" is how the state writes it; "T2016-SC" is taken apart. Modifiers in small letters are sent in capitals.
void check_modifier_spelling(Context& context, const LineRef& line) {
  const auto& service = *line.service;
  std::vector<std::string> glued_on;
  for (const auto& modifier : service.modifiers) {
    if (!modifier || !valid_modifier(*modifier)) return;
    if (modifier.span == service.code.span) glued_on.push_back(*modifier);
  }
  const bool separated = service.code && service.code.text != *service.code + join(glued_on, "");
  if (!glued_on.empty() && separated && in_capitals(service.code.text)) {
    auto report = context.report(*line.member, service.code.span,
                                 fmt::format("{} is read as code {} with modifier {}", quoted(service.code.text),
                                             *service.code, list_words(glued_on, "and")));
    report.severity(diag::Severity::info)
        .expected(fmt::format("code: {}, modifiers: [{}]", *service.code, join(glued_on, ", ")));
    if (const auto* editor = context.editor(service.code.span.source)) {
      report.fix("Write the modifiers as a list of their own.",
                 {editor->replacement(service.code.span, *service.code),
                  editor->insertion(service.code.span, "modifiers", casefile::list_node(glued_on))});
    }
  }
  for (const auto& modifier : service.modifiers) {
    if (modifier.span == service.code.span || in_capitals(modifier.text)) continue;
    context.report(*line.member, modifier.span, fmt::format("{} is sent in capital letters", quoted(modifier.text)))
        .severity(diag::Severity::info)
        .expected(*modifier)
        .fix(modifier.span, modifier.value);
  }
}

void check_modifiers(Context& context) {
  for (const auto& line : context.lines()) {
    check_modifier_spelling(context, line);
    const auto& service = *line.service;
    if (!missing(service.code) && glued(*service.code)) {
      context
          .report(*line.member, service.code.span,
                  fmt::format("{} ends in something that is no modifier", quoted(service.code.text)))
          .found(quoted(service.code.text))
          .expected("a code alone, or with a modifier of two characters: T2016SC");
    }
    for (std::size_t i = 0; i < service.modifiers.size(); ++i) {
      const auto& modifier = service.modifiers[i];
      if (!modifier) continue;
      const auto repeated = [&](const auto& earlier) { return earlier && *earlier == *modifier; };
      const auto end = service.modifiers.begin() + static_cast<std::ptrdiff_t>(i);
      const auto first = std::find_if(service.modifiers.begin(), end, repeated);
      if (!valid_modifier(*modifier)) {
        context
            .report(*line.member, place(modifier, service.code.span),
                    fmt::format("{} is not a modifier", quoted(modifier.text)))
            .found(quoted(modifier.text))
            .expected("two letters or digits, for example SC");
      } else if (first != end) {
        context
            .report(*line.member, place(modifier, service.code.span),
                    fmt::format("Modifier {} is given twice", *modifier))
            .found(*modifier)
            .expected("each modifier once")
            .related(first->span, "it is already here");
      } else if (i == 4) {
        context.report(*line.member, place(modifier, service.code.span), "A procedure has at most four modifiers")
            .found(std::to_string(service.modifiers.size()))
            .expected("4 or fewer");
      }
    }
  }
}

constexpr Rule kModifiers{.id = "ID011",
                          .slug = "modifier-form",
                          .severity = diag::Severity::error,
                          .title = "A procedure has at most four modifiers of two characters each, none of them twice",
                          .why = "T2016SC, T2016 SC and T2016-SC all mean code T2016 with modifier SC.",
                          .source = "Maine page on T2016 authorizations, Medical Add-On; public: HCPCS modifiers",
                          .passes = {"members:\n"
                                     "  - label: A\n"
                                     "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
                                     Base::first},
                          .fails = {"members:\n"
                                    "  - label: A\n"
                                    "    services: [{code: T2016S, units: 365, weekly_hours: 67.75}]",
                                    Base::first},
                          .check = check_modifiers};

// Words that people put where a number is still to come.
bool stands_for_nothing(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kWords = {"tbd",     "tba", "n/a",     "na", "none",
                                                             "unknown", "?",   "pending", "x"};
  return std::find(kWords.begin(), kWords.end(), to_lower(trim(text))) != kWords.end();
}

void check_case_id(Context& context) {
  for (const auto* member : context.requesting()) {
    const auto& id = member->case_id;
    if (missing(id)) continue;  // EX001, MA002
    const std::string_view text = trim(*id);
    const bool blank = text.find_first_of(" \t") != std::string_view::npos;
    if (!text.empty() && !blank && !stands_for_nothing(text)) continue;
    context
        .report(*member, id.span,
                blank ? "There is a blank inside this Case ID" : fmt::format("{} is no Case ID", quoted(id.text)))
        .found(quoted(id.text))
        .expected("the payer's number as it stands, for example 900000101")
        .help("`atz status` shows the Case IDs of what was sent from here.");
  }
}

constexpr Rule kCaseId{
    .id = "ID015",
    .slug = "case-id-opaque",
    .severity = diag::Severity::error,
    .title = "A case ID is given where one is needed, without blanks inside; nothing is read into it",
    .why =
        "Case IDs are the payer's own names for requests. Their form may change, so atz compares them and does no "
        "more.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization; modelled",
    .passes = {"members:\n  - {label: A, case: 900000201}", Base::extension},
    .fails = {"members:\n  - {label: A, case: tbd}", Base::extension},
    .check = check_case_id};

constexpr const Rule* kRules[] = {&kProcedureCode, &kModifiers, &kCaseId};

}  // namespace

RuleList id_code_rules() {
  return kRules;
}

}  // namespace atz::rules
