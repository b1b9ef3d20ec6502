#include "fhir/request_context.hpp"

#include "atz/base/random.hpp"
#include "atz/base/text.hpp"
#include "fhir/canonical.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {
namespace {

// Name space of our version 5 UUIDs: any constant would do, but it must never change.
constexpr std::string_view kUuidNamespace = "6f1d3c2a-8f0e-4b53-9d0c-7a1f4e2b9c60";

std::string urn(const std::string& name) {
  return "urn:uuid:" + uuid_v5(kUuidNamespace, name);
}

std::string text(const model::Field<std::string>& field) {
  return field ? std::string(trim(*field)) : std::string{};
}

}  // namespace

std::string indexed(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

std::string request_url(const std::string& claim_identifier, std::string_view role) {
  return urn("request\n" + claim_identifier + "\n" + std::string(role));
}

std::string shared_url(std::string_view role, std::string_view system, std::string_view number) {
  return urn("shared\n" + std::string(role) + "\n" + std::string(system) + "\n" + std::string(number));
}

std::string location_number(const model::House& house, const model::PayerProfile& payer) {
  const std::string written = text(house.location);
  std::string digits;
  for (const char c : written) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.size() != 13) return written;
  if (payer.location_format == "plain") return digits;
  return digits.substr(0, 10) + (payer.location_format == "plus" ? "+" : "-") + digits.substr(10);
}

RequestContext::RequestContext(const SubmitInput& submit)
    : input(submit),
      home(submit.home),
      member(submit.home.members.at(submit.member)),
      payer(submit.profile),
      quirks(quirks_of(submit.profile.pas_version)),
      label(text(member.label)),
      of_member(" of member " + label),
      claim_identifier(submit.batch_id + "-" + label),
      trace_system(std::string(idsystem::kTraceOrganization) + submit.profile.submitter.trace_org),
      created(model::format_instant(submit.created)),
      purpose(model::purpose_of(submit.home, member)) {
  if (submit.attempt > 1) claim_identifier += "-" + std::to_string(submit.attempt);
  if (submit.prior != nullptr && purpose != model::Purpose::first) {
    authorization_number = submit.prior->authorization_number;
    if (model::rides_on_case(purpose)) {
      case_id = submit.prior->case_id;
      if (!submit.prior->body.empty()) prior = read_prior(submit.prior->body);
    }
  }
  claim = own_url("claim");
  // The same person and cover as in the Claim that is replaced.
  patient = prior ? prior->patient_url() : own_url("patient");
  coverage = prior ? prior->coverage_url() : own_url("coverage");
  agency = shared_url("agency", idsystem::kNpi, text(home.provider.npi));
  insurer = shared_url("insurer", payer.insurer.system, payer.insurer.payer_id);
  house = shared_url("house", payer.namespaces.provider_location,
                     text(home.provider.npi) + " " + location_number(home.house, payer));
}

std::string RequestContext::own_url(std::string_view role) const {
  return request_url(claim_identifier, role);
}

}  // namespace atz::fhir
