// What a request to end or interrupt a service asks for.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

constexpr std::string_view kHomeSupportProgram = "section-21";
constexpr std::string_view kSection17 = "section-17";

constexpr Rule kPath{
    .id = "ST001",
    .slug = "termination-path",
    .severity = diag::Severity::error,
    .title = "A termination takes the same path: Outpatient, Maine ASO, and a fax number for the answer",
    .why = "GN005 and GN006 look at terminations as they look at every request, and speak for this rule.",
    .source = "Kepro training, Creating the Request and Requesting Provider Page",
    .passes = "type: Outpatient, provider.fax: 207-555-0123",
    .fails = "type: Inpatient: GN005",
    .acts_in = "check, as GN005 and GN006"};

// By number ("140"), program ("section-17") or the portal's words ("140 - Section 17 Community Support Services").
const model::ServiceType* service_type_of(const Context& context, std::string_view text) {
  const std::string word = to_lower(trim(text));
  for (const auto& type : context.tables().service_types) {
    if (word == to_lower(type.program) || word == to_lower(type.text)) return &type;
    if (!type.number.empty() && (word == type.number || word == to_lower(type.number + " - " + type.text)))
      return &type;
  }
  return nullptr;
}

std::string service_types(const Context& context) {
  std::vector<std::string> words;
  for (const auto& type : context.tables().service_types) {
    if (type.program == kHomeSupportProgram) continue;
    words.push_back(type.number.empty() ? type.program : fmt::format("{} ({})", type.number, type.program));
  }
  return list_words(words, "or");
}

void check_service_type(Context& context) {
  for (const auto* member : context.terminations()) {
    const auto& text = member->service_type;
    const auto span = place(text.present ? text.span : diag::Span{}, member->services_span, member->span);
    if (missing(text)) {
      context.report(*member, span, "Nothing says which policy section the service is under")
          .expected("service_type: " + service_types(context));
      continue;
    }
    const auto* type = service_type_of(context, *text);
    if (type == nullptr) {
      context.report(*member, span, fmt::format("{} is not a service type that atz knows", quoted(*text)))
          .found(quoted(*text))
          .expected(service_types(context))
          .help("More can be added in a service-types.yaml in atz.d beside your atz.yaml.");
    } else if (type->program == kHomeSupportProgram) {
      context.report(*member, span, "Home Support is not ended with this request")
          .found(quoted(*text))
          .expected(service_types(context))
          .help("The request is for services to members with serious mental illness.");
    } else if (type->number.empty() && context.input().live) {
      context.report(*member, span, fmt::format("The portal's number for {} is not known", type->text))
          .expected("a number for it in service-types.yaml, in atz.d beside your atz.yaml")
          .help("Copy it from the portal's list of service types.");
    }
  }
}

constexpr Rule kServiceType{
    .id = "ST002",
    .slug = "service-type",
    .severity = diag::Severity::error,
    .title = "The service type is the policy section that the service is under",
    .why = "The request goes to the reviewers of that section. Only the number of Section 17, 140, is public.",
    .source = "Kepro training, Service Detail Page",
    .passes = Example("members:\n  - {label: J, service_type: section-17}\n", Base::termination),
    .fails = Example("members:\n  - {label: J, service_type: section-21}\n", Base::termination),
    .check = check_service_type};

void check_kind(Context& context) {
  for (const auto* member : context.requesting()) {
    if (context.is_termination(*member) || (!member->termination.present && !member->notice.present)) continue;
    const auto& request = member->request ? member->request : context.home().request;
    context
        .report(*member,
                place(member->termination.present ? member->termination.span : diag::Span{}, member->notice.span),
                fmt::format("{} has a termination, but another kind of request is made", name_of(*member)))
        .found(request.value ? fmt::format("request: {}", request.text) : std::string())
        .expected("request: smi-termination")
        .related(request.span, "the kind of request");
  }
}

constexpr Rule kKind{
    .id = "ST003",
    .slug = "termination-request-type",
    .severity = diag::Severity::error,
    .title = "Ending a service of a member with serious mental illness is an SMI Termination",
    .why = "The portal also offers Discharge and others. Only this type is reviewed before a service ends.",
    .source = "Kepro training, Service Detail Page",
    .passes = Example("request: smi-termination\n", Base::termination),
    .fails = Example("members:\n"
                     "  - label: A\n"
                     "    termination: {action: terminate, last_day: 2027-01-31, services_already_ended: no}\n",
                     Base::first),
    .check = check_kind};

void check_procedure(Context& context) {
  for (const auto* member : context.terminations()) {
    if (!member->services.empty()) continue;
    context.report(*member, place(member->services_span, member->span), "Nothing says which service ends")
        .expected("services: [{code: H2015, units: 1, date: submission}]")
        .help("Name the procedure code under which the service is paid.");
  }
}

constexpr Rule kProcedure{.id = "ST004",
                          .slug = "ended-procedure",
                          .severity = diag::Severity::error,
                          .title = "A termination names the procedure that ends",
                          .why = "The reviewer has to know which of the member's services is meant.",
                          .source = "Kepro training, Procedures Page",
                          .passes = Example("members:\n"
                                            "  - {label: J, services: [{code: H2015, units: 1, date: submission}]}\n",
                                            Base::termination),
                          .fails = Example("members:\n  - {label: J, services: }\n", Base::termination),
                          .check = check_procedure};

void check_program(Context& context) {
  for (const auto& line : context.lines()) {
    if (!context.is_termination(*line.member) || missing(line.service->code) || missing(line.member->service_type))
      continue;
    const auto* type = service_type_of(context, *line.member->service_type);
    if (type == nullptr || type->program == kHomeSupportProgram) continue;  // ST002
    const auto& procedures = context.tables().procedures;
    const auto of_code = [&](const model::ProcedureCode& row) { return row.code == *line.service->code; };
    const auto fits = [&](const model::ProcedureCode& row) {
      return of_code(row) && (row.program == type->program || row.program == "several" || row.program.empty());
    };
    const auto known = std::find_if(procedures.begin(), procedures.end(), of_code);
    if (known == procedures.end() || std::any_of(procedures.begin(), procedures.end(), fits)) continue;
    context
        .report(*line.member, line.service->code.span,
                fmt::format("{} is not known as a service of {}", *line.service->code, type->text))
        .found(fmt::format("{}: {}", *line.service->code, known->program))
        .expected(fmt::format("a code of {}", type->program))
        .related(line.member->service_type.span, "the service type")
        .help("If the table is wrong, correct it in a codes.yaml in atz.d beside your atz.yaml.");
  }
}

constexpr Rule kProgram{
    .id = "ST005",
    .slug = "code-of-service-type",
    .severity = diag::Severity::warning,
    .title = "The code that ends belongs to the service type",
    .why = "A code of another section is a typing error, or the wrong service type. The table of codes is a data file.",
    .source = "derived",
    .passes = Example("members:\n  - {label: J, service_type: 140}    # H2015 is a service of Section 17\n",
                      Base::termination),
    .fails =
        Example("members:\n  - {label: J, services: [{code: H0004, units: 1, date: submission}]}\n", Base::termination),
    .check = check_program};

void check_date(Context& context) {
  for (const auto& line : context.lines()) {
    if (!context.is_termination(*line.member) || !line.period->complete()) continue;
    const auto today = context.today();
    const bool early = *line.period->start != today;
    if (!early && *line.period->end == today) continue;
    context
        .report(*line.member, early ? line.period->start.span : line.period->end.span,
                "The line of a termination begins and ends on the day of sending")
        .found(fmt::format("{} to {}", day(*line.period->start), day(*line.period->end)))
        .expected(fmt::format("{} for both", day(today)))
        .help(
            "Write `date: submission` in the line instead of a period. The planned last day is termination.last_day.");
  }
}

constexpr Rule kDate{
    .id = "ST006",
    .slug = "day-of-sending",
    .severity = diag::Severity::error,
    .title = "The line of a termination begins and ends on the day of sending",
    .why =
        "The line stands for the request, not for the service: the last day of the service is asked "
        "for elsewhere.",
    .source = "Kepro training, Procedures Page",
    .passes = Example("members:\n"
                      "  - {label: J, services: [{code: H2015, units: 1, date: submission}]}\n",
                      Base::termination),
    .fails = Example("members:\n"
                     "  - label: J\n"
                     "    services: [{code: H2015, units: 1, period: {start: 2026-12-01, end: 2026-12-24}}]\n",
                     Base::termination),
    .check = check_date};

void check_quantity(Context& context) {
  for (const auto& line : context.lines()) {
    const auto& units = line.service->units;
    if (!context.is_termination(*line.member) || !units || *units < 1 || *units == 1) continue;  // GN003, GN004
    context.report(*line.member, units.span, "The quantity of a termination is 1")
        .found(std::to_string(*units))
        .expected("1")
        .help("It stands for the request, not for days or hours of service.");
  }
}

constexpr Rule kQuantity{.id = "ST007",
                         .slug = "quantity-one",
                         .severity = diag::Severity::error,
                         .title = "The quantity of a termination is exactly 1",
                         .why = "The line stands for the request. Any other number is sent back.",
                         .source = "Kepro training, Procedures Page",
                         .passes = Example("members:\n"
                                           "  - {label: J, services: [{code: H2015, units: 1, date: submission}]}\n",
                                           Base::termination),
                         .fails = Example("members:\n"
                                          "  - {label: J, services: [{code: H2015, units: 30, date: submission}]}\n",
                                          Base::termination),
                         .check = check_quantity};

void check_diagnosis(Context& context) {
  for (const auto* member : context.terminations()) {
    if (!member->diagnoses.empty()) continue;
    context
        .report(*member, place(member->diagnoses_span, member->span),
                fmt::format("There is no diagnosis for {}", name_of(*member)))
        .expected("the diagnoses at the time of the request, the main one first")
        .help("For example: diagnoses: [F20.0].");
  }
}

constexpr Rule kDiagnosis{.id = "ST008",
                          .slug = "diagnosis-now",
                          .severity = diag::Severity::error,
                          .title = "The diagnosis is given as it is at the time of the request",
                          .why = "The reviewer judges by it whether the member is protected by the rule.",
                          .source = "Kepro training, Diagnosis Page",
                          .passes = Example("members:\n  - {label: J, diagnoses: [F20.0]}\n", Base::termination),
                          .fails = Example("members:\n  - {label: J, diagnoses: }\n", Base::termination),
                          .check = check_diagnosis};

// "F70-F89" or "F06.7": whether the code lies in the range or below the category.
bool covers(std::string_view range, std::string_view code) {
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) return code.substr(0, range.size()) == range;
  const auto first = range.substr(0, dash);
  const auto last = range.substr(dash + 1);
  return code.substr(0, first.size()) >= first && code.substr(0, last.size()) <= last;
}

void check_primary(Context& context) {
  const auto& types = context.tables().service_types;
  const auto section =
      std::find_if(types.begin(), types.end(), [](const auto& type) { return type.program == kSection17; });
  if (section == types.end()) return;
  for (const auto* member : context.terminations()) {
    if (member->diagnoses.empty() || missing(member->diagnoses.front())) continue;
    const auto& primary = member->diagnoses.front();
    const auto excluded = std::find_if(section->not_primary.begin(), section->not_primary.end(),
                                       [&](const auto& range) { return covers(range, *primary); });
    if (excluded == section->not_primary.end()) continue;
    context
        .report(*member, primary.span, fmt::format("{} does not count as primary diagnosis for Section 17", *primary))
        .found(fmt::format("{}, of {}", *primary, *excluded))
        .expected("a serious mental illness as the first diagnosis")
        .help("If the member has one, put it first; the other one stays in the list.");
  }
}

constexpr Rule kPrimary{.id = "ST009",
                        .slug = "primary-of-section-17",
                        .severity = diag::Severity::warning,
                        .title = "The primary diagnosis is not of a kind that Section 17 excludes",
                        .why =
                            "Neurocognitive, neurodevelopmental, substance use and antisocial personality disorders do "
                            "not count as primary. "
                            "The ranges of codes are our reading, in service-types.yaml.",
                        .source = "MaineCare Benefits Manual, 17.02-3; ranges modelled",
                        .passes = Example("members:\n  - {label: J, diagnoses: [F20.0, F84.0]}\n", Base::termination),
                        .fails = Example("members:\n  - {label: J, diagnoses: [F84.0, F20.0]}\n", Base::termination),
                        .check = check_primary};

void check_mixed(Context& context) {
  if (context.terminations().empty() || context.terminations().size() == context.requesting().size()) return;
  const auto* other = *std::find_if(context.requesting().begin(), context.requesting().end(),
                                    [&](const auto* member) { return !context.is_termination(*member); });
  const auto& member = *context.terminations().front();
  context
      .report(member, place(member.request.present ? member.request.span : diag::Span{}, member.span),
              "A termination does not go together with requests for Home Support")
      .found(fmt::format("{} of {} members with smi-termination", context.terminations().size(),
                         context.requesting().size()))
      .expected("a file of its own for terminations")
      .related(other->span, "another kind of request")
      .help("They are reviewed by different people, and each termination stands alone.");
}

constexpr Rule kMixed{
    .id = "ST022",
    .slug = "terminations-apart",
    .severity = diag::Severity::error,
    .title = "Terminations are never in one file with Home Support",
    .why = "The two share the portal and nothing else: other reviewers, other rules, other clocks.",
    .source = "derived",
    .passes = Example("request: smi-termination\n", Base::termination),
    .fails = "two members, one with request: smi-termination and one with request: service-notification",
    .check = check_mixed};

void check_one(Context& context) {
  for (const auto* member : context.terminations()) {
    if (member->services.size() < 2) continue;
    context
        .report(*member, place(member->services[1].code.span, member->services[1].span),
                fmt::format("{} procedures end with one request", member->services.size()))
        .expected("one procedure")
        .related(member->services.front().code.span, "the first one")
        .help("The guide shows one. For several services ask the reviewers whether one request will do.");
  }
}

constexpr Rule kOne{.id = "ST024",
                    .slug = "one-procedure",
                    .severity = diag::Severity::warning,
                    .title = "One termination names one procedure",
                    .why = "The guide shows one procedure in a request.",
                    .source = "Kepro training, Procedures Page",
                    .passes = Example("members:\n"
                                      "  - {label: J, services: [{code: H2015, units: 1, date: submission}]}\n",
                                      Base::termination),
                    .fails = Example("members:\n"
                                     "  - label: J\n"
                                     "    services:\n"
                                     "      - {code: H2015, units: 1, date: submission}\n"
                                     "      - {code: H0040, units: 1, date: submission}\n",
                                     Base::termination),
                    .check = check_one};

constexpr const Rule* kRules[] = {&kPath,     &kServiceType, &kKind,    &kProcedure, &kProgram, &kDate,
                                  &kQuantity, &kDiagnosis,   &kPrimary, &kMixed,     &kOne};

}  // namespace

RuleList st_request_rules() {
  return kRules;
}

}  // namespace atz::rules
