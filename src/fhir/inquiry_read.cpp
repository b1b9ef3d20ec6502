#include "atz/fhir/payer_side.hpp"
#include "fhir/bundle_check.hpp"
#include "fhir/canonical.hpp"
#include "fhir/message_body.hpp"
#include "fhir/received.hpp"

namespace atz::fhir {
namespace {

std::string number_of_line(const Json& item, std::string_view url) {
  const Json* found = extension(item, url);
  return found == nullptr ? std::string{} : text_of(*found, "valueString");
}

void read_items(const Json& claim, ReceivedInquiry& out) {
  for (const Json* item : elements(claim, "item")) {
    if (out.case_id.empty()) out.case_id = number_of_line(*item, ext::kAdministrationReferenceNumber);
    if (out.authorization_number.empty()) out.authorization_number = number_of_line(*item, ext::kAuthorizationNumber);
    const Json* service = child(*item, "productOrService");
    if (out.code.empty() && code_of(service, codesystem::kDataAbsentReason).empty()) out.code = code_of(service);
    if (!out.period) out.period = days_of(*item, "servicedDate", "servicedPeriod");
  }
  if (!out.period) out.period = days_of_period(child(claim, "billablePeriod"));
}

}  // namespace

std::variant<ReceivedInquiry, Fault> read_inquiry(std::string_view body, bool tolerant) {
  const auto bundle = bundle_of_body(body);
  if (!bundle) return bundle.error();
  const RequestView view(*bundle);
  Faults faults;
  check_bundle(view, RequestProfile::inquiry, tolerant, faults);
  check_claim(view, RequestProfile::inquiry, tolerant, faults);
  if (!faults.empty()) return breaks_profile(faults.take());

  ReceivedInquiry out;
  out.bundle_identifier = text_of(child_or_null(*bundle, "identifier"), "value");
  const Json& trace = *elements(*view.claim, "identifier").front();
  out.claim_system = text_of(trace, "system");
  out.claim_identifier = text_of(trace, "value");
  out.claim_url = view.claim_url;
  const Json* number = member_identifier(view.patient);
  if (const auto numbers = elements(*view.patient, "identifier"); number == nullptr && !numbers.empty())
    number = numbers.front();
  if (number != nullptr) out.member_id = text_of(*number, "value");
  out.provider_npi = npi_of_provider(view);
  if (const auto numbers = elements(*view.insurer, "identifier"); !numbers.empty())
    out.insurer_id = text_of(*numbers.front(), "value");
  read_items(*view.claim, out);
  out.patient_url = view.url_of(view.patient);
  out.insurer_url = view.url_of(view.insurer);
  out.provider_url = view.url_of(view.provider);
  out.patient_json = to_bytes(*view.patient);
  out.insurer_json = to_bytes(*view.insurer);
  out.provider_json = to_bytes(*view.provider);
  return out;
}

}  // namespace atz::fhir
