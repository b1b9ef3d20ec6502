// The frame of a request: its path through the portal, who asks, and what any Maine authorization must carry.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"

namespace atz::rules {
namespace {

void check_fixed_text(Context& context, const model::Field<std::string>& field, std::string_view what,
                      const std::string& wanted) {
  if (!field || to_lower(trim(*field)) == to_lower(wanted)) return;
  context.report(field.span, fmt::format("The {} must be {}", what, wanted))
      .found(quoted(*field))
      .expected(wanted)
      .help("Leave this line out: atz fills it in.");
}

void check_path(Context& context) {
  check_fixed_text(context, context.home().type, "request type", context.tables().request_class);
  check_fixed_text(context, context.home().subcontract, "sub-contract", context.tables().subcontract);
}

constexpr Rule kPath{
    .id = "GN005",
    .slug = "request-path",
    .severity = diag::Severity::error,
    .title = "The request goes the way of outpatient requests under the Maine ASO sub-contract",
    .why =
        "The portal's first screen sorts requests by type and sub-contract. Another choice leads to other reviewers, "
        "or nowhere.",
    .source = "Kepro training, Creating the Request; taken over for T2016 (modelled)",
    .passes = {"type: Outpatient", Base::first},
    .fails = {"type: Inpatient", Base::first},
    .check = check_path};

void check_fax(Context& context) {
  const auto& provider = context.home().provider;
  if (!provider.present || !missing(provider.fax)) return;
  context.report(place(provider.fax, provider.span), "The provider has no fax number")
      .expected("ten digits, for example 207-555-0100")
      .help("Determination letters are faxed to the requesting provider: add fax to provider, here or in atz.yaml.");
}

constexpr Rule kFax{
    .id = "GN006",
    .slug = "provider-fax",
    .severity = diag::Severity::error,
    .title = "The requesting provider has a fax number",
    .why =
        "Determination letters go to the provider by fax. Without a number the portal does not accept the requesting "
        "provider page.",
    .source = "Kepro training, Requesting Provider Page",
    .passes = {"provider: {fax: 207-555-0100}", Base::first},
    .fails = {"provider: {fax: }", Base::first},
    .check = check_fax};

void need(Context& context, const model::Member& member, const model::Field<std::string>& field, diag::Span fallback,
          std::string_view what, std::string_view help) {
  if (!missing(field)) return;
  context
      .report(member, place(field.span, fallback, member.span),
              fmt::format("The {} of {} is missing", what, name_of(member)))
      .help(std::string(help));
}

// Diagnosis, procedure and dates, the other things that a Maine authorization carries, have rules of their own.
void check_content(Context& context) {
  const auto& provider = context.home().provider;
  if (provider.present && missing(provider.npi)) {
    context.report(place(provider.npi, provider.span), "The provider has no NPI")
        .expected("ten digits")
        .help("Add npi to provider, here or in atz.yaml.");
  }
  for (const auto* member : context.requesting()) {
    need(context, *member, member->id, {}, "MaineCare ID", "Add id, for example id: 99000001A.");
    const std::string_view help = "Add name: {last: ..., first: ...} as it stands on the MaineCare card.";
    if (member->name.present) {
      need(context, *member, member->name.last, member->name.span, "last name", help);
      need(context, *member, member->name.first, member->name.span, "first name", help);
    } else {
      need(context, *member, member->name.last, {}, "name", help);
    }
    for (const auto& service : member->services) {
      need(context, *member, service.code, service.span, "procedure code", "Add code, for example code: T2016.");
    }
  }
}

constexpr Rule kContent{
    .id = "GN014",
    .slug = "required-content",
    .severity = diag::Severity::error,
    .title = "Member name and ID, diagnosis, procedure code, dates and the billing provider's ID are there",
    .why = "A Maine prior authorization must carry these five things; a claim is compared with them later.",
    .source = "MaineCare Benefits Manual, Chapter I, 1.14-1",
    .passes = {"members: [{label: A, id: 99000001A}]", Base::first},
    .fails = {"members: [{label: A, id: }]", Base::first},
    .check = check_content};

constexpr const Rule* kRules[] = {&kPath, &kFax, &kContent};

}  // namespace

RuleList gn_request_rules() {
  return kRules;
}

}  // namespace atz::rules
