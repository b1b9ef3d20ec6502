// Who asks, where, and how to reach people.
#include <fmt/format.h>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/corrections.hpp"
#include "rules/identifiers.hpp"

namespace atz::rules {
namespace {

void check_npi(Context& context) {
  const auto& provider = context.home().provider;
  if (missing(provider.npi) || !id_kind_is_npi(provider)) return;
  const std::string digits = npi_digits(*provider.npi);
  if (valid_npi(digits)) {
    if (digits == provider.npi.text) return;
    context.report(provider.npi.span, "The NPI is sent without blanks and hyphens")
        .severity(diag::Severity::info)
        .found(quoted(provider.npi.text))
        .expected(digits)
        .fix(provider.npi.span, digits);
    return;
  }
  const bool ten = digits.size() == 10 && digits.find_first_not_of("0123456789") == std::string::npos;
  context
      .report(provider.npi.span, !ten ? "An NPI has ten digits"
                                 : digits[0] != '1' && digits[0] != '2'
                                     ? "An NPI begins with 1 or 2"
                                     : "The NPI has a mistyped digit: its check digit does not fit")
      .found(quoted(*provider.npi))
      .expected("ten digits with a correct check digit")
      .help("Copy it from the NPI registry. If the portal knows you under another number, write id_kind: other.");
}

constexpr Rule kNpi{
    .id = "ID006",
    .slug = "npi-form",
    .severity = diag::Severity::error,
    .title = "An NPI has ten digits, begins with 1 or 2 and has a correct check digit",
    .why = "The last digit of an NPI is made from the others, so that a mistyped or swapped digit is noticed.",
    .source = "public: CMS, NPI check digit",
    .passes = {"provider: {npi: 2000000002}", Base::first},
    .fails = {"provider: {npi: 2000000003}", Base::first},
    .check = check_npi};

void check_issued(Context& context) {
  const auto& provider = context.home().provider;
  if (!context.input().live || missing(provider.npi) || !id_kind_is_npi(provider)) return;
  const std::string digits = npi_digits(*provider.npi);
  if (!valid_npi(digits) || digits[0] != '2') return;
  context.report(provider.npi.span, "No NPI that begins with 2 is known to have been issued")
      .found(quoted(*provider.npi))
      .expected("an NPI that begins with 1")
      .help("Compare it with the NPI registry.");
}

constexpr Rule kIssued{
    .id = "ID007",
    .slug = "npi-issued",
    .severity = diag::Severity::warning,
    .title = "An NPI sent to a live payer begins with 1",
    .why = "NPIs may begin with 2, but as of the middle of 2024 none had been issued. atz uses them in examples.",
    .source = "public: CMS, NPI registry",
    .passes = "npi: 1234567893",
    .fails = "npi: 2000000002, with a live profile",
    .check = check_issued};

void check_location(Context& context) {
  const auto& house = context.home().house;
  if (!house.present) return;
  const std::string digits = missing(house.location) ? std::string() : location_digits(*house.location);
  if (!digits.empty()) {
    const std::string usual = digits.substr(0, 10) + "-" + digits.substr(10);
    if (house.location.text == usual || house.location.text == digits) return;
    context.report(house.location.span, "The last three digits of a service location stand behind a hyphen")
        .severity(diag::Severity::info)
        .found(quoted(house.location.text))
        .expected(usual)
        .fix(house.location.span, usual);
    return;
  }
  auto report = context.report(place(house.location, house.span),
                               missing(house.location) ? "The home has no service location number"
                                                       : "The service location must be an NPI and three digits");
  if (!missing(house.location)) report.found(quoted(*house.location));
  report.expected("13 digits, for example 2000000002-001")
      .help(
          "MaineCare numbers the locations of a provider: NPI, then 001, 002 and so on. The approval letter or the "
          "provider enrollment shows yours.");
}

constexpr Rule kLocation{
    .id = "ID008",
    .slug = "service-location",
    .severity = diag::Severity::error,
    .title = "The service location is the NPI and three digits, 13 in all",
    .why =
        "Authorizations are compared with claims by location. A hyphen, plus sign or blank before the last three "
        "digits makes no difference.",
    .source = "public: MaineCare questions and answers on NPI+3",
    .passes = {"home: {location: 2000000002-001}", Base::first},
    .fails = {"home: {location: 2000000002-1}", Base::first},
    .check = check_location};

void check_other_id(Context& context) {
  const auto& provider = context.home().provider;
  if (missing(provider.npi) || id_kind_is_npi(provider)) return;
  context.report(place(provider.id_kind, provider.npi.span), "The provider's ID is not an NPI, so atz can't check it")
      .help("Make sure that the payer knows the provider under this number.");
}

constexpr Rule kOtherId{.id = "ID009",
                        .slug = "other-provider-id",
                        .severity = diag::Severity::warning,
                        .title = "A provider ID of another kind than NPI is used knowingly",
                        .why =
                            "What the portal calls a provider ID need not be an NPI: a training picture shows one that "
                            "fails the NPI check. "
                            "With id_kind: other it is taken as it stands.",
                        .source = "Kepro training, Requesting Provider Page",
                        .passes = {"provider: {id_kind: npi}", Base::first},
                        .fails = {"provider: {id_kind: other}", Base::first},
                        .check = check_other_id};

void check_number(Context& context, const model::Field<std::string>& field, const model::Member* member,
                  const char* what) {
  if (missing(field)) return;
  const auto usual = clear_phone(*field);
  if (valid_phone(*field) && (!usual || *usual == field.text)) return;
  auto report = context.report(
      field.span,
      valid_phone(*field)
          ? fmt::format("A {} number is shown in another form", what)
          : fmt::format("A {} number must have ten digits, and area code and exchange begin with 2 to 9", what));
  report.expected("for example 207-555-0100");
  if (valid_phone(*field)) report.severity(diag::Severity::info);
  if (!usual) report.help("Blanks, hyphens, dots and parentheses make no difference.");
  if (member == nullptr) {
    report.found(quoted(*field)).fix(field.span, usual);  // of the provider: no personal data
    return;
  }
  report.fix_personal(field.span, usual, "Write it with two hyphens: 207-555-0100.");
  if (member->label) report.member(*member->label);
}

void check_phones(Context& context) {
  check_number(context, context.home().provider.phone, nullptr, "phone");
  check_number(context, context.home().provider.fax, nullptr, "fax");
  for (const auto& member : context.home().members) {
    check_number(context, member.phone, &member, "phone");
    check_number(context, member.guardian.phone, &member, "phone");
    check_number(context, member.case_manager.phone, &member, "phone");
  }
}

constexpr Rule kPhones{
    .id = "ID016",
    .slug = "phone-number",
    .severity = diag::Severity::error,
    .title = "Phone and fax numbers have ten digits; area code and exchange begin with 2 to 9",
    .why = "Determination letters go to the fax number, and reviewers call. A number that can't exist reaches nobody.",
    .source = "Kepro training, Requesting Provider Page; North American numbering plan",
    .passes = {"provider: {fax: 207-555-0100}", Base::first},
    .fails = {"provider: {fax: 107-555-0100}", Base::first},
    .check = check_phones};

constexpr const Rule* kRules[] = {&kNpi, &kIssued, &kLocation, &kOtherId, &kPhones};

}  // namespace

RuleList id_provider_rules() {
  return kRules;
}

}  // namespace atz::rules
