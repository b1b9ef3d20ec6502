// A request to end or interrupt a service of a member with serious mental illness.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/checks.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

void check_line(const Incoming& incoming, const fhir::ReceivedLine& line, model::Date today, Errors& errors) {
  const std::string path = item_path(incoming, line.sequence);
  if (line.code_system != kHcpcs || line.code.empty() || line.code == "T2016") {
    errors.push_back(refusal("AG", "The line names the service that is to end; T2016 belongs to another program.",
                             "2000F-SV101-02", path + ".productOrService", line.sequence));
  }
  if (line.certification_type != "I") {
    errors.push_back(refusal("33", "A request to end a service has the certification type I (initial).", "2000F-UM02",
                             path + ".extension", line.sequence));
  }
  if (line.period.first != today || line.period.last != today) {
    errors.push_back(refusal(
        "57", fmt::format("The line's first and last day are the day of submission, {}.", model::format_date(today)),
        "2000F-DTP03", path + ".servicedPeriod", line.sequence));
  }
  if (line.quantity != 1) {
    errors.push_back(refusal(line.quantity > 1 ? "04" : "33", "The quantity is 1.", "2000F-SV104", path + ".quantity",
                             line.sequence));
  }
}

}  // namespace

Errors check_termination(const Incoming& incoming, model::Date today, const model::PayerProfile& payer) {
  const fhir::ReceivedRequest& request = incoming.request;
  Errors errors;
  check_parties(incoming, payer, false, errors);
  check_diagnoses(request, errors);
  if (request.lines.size() != 1) {
    errors.push_back(
        refusal("33", "A request to end a service has one line.", "2000F-SV101", fmt::format("{}.item", kClaim)));
  }
  for (const fhir::ReceivedLine& line : request.lines) check_line(incoming, line, today, errors);
  check_document(request, "notice", "The 30-day written notice is not attached.", errors);
  check_questionnaire(request, "termination-request", "Termination Request", errors);
  const bool reachable = !trim(request.phone).empty() ||
                         std::any_of(request.contacts.begin(), request.contacts.end(),
                                     [](const fhir::ReceivedContact& contact) { return !trim(contact.phone).empty(); });
  if (!reachable) {
    errors.push_back(refusal("15", "A phone number of the member or guardian is missing: the reviewers will call.",
                             "2010C-PER04", entry_path(incoming, request.patient_url) + ".telecom"));
  }
  if (!request.discharge_on) {
    errors.push_back(refusal("15", "The planned last day of the service is missing.", "2000E-DTP03",
                             fmt::format("{}.supportingInfo", kClaim)));
  } else if (*request.discharge_on < today) {
    errors.push_back(
        refusal("57", fmt::format("The planned last day, {}, has passed.", model::format_date(*request.discharge_on)),
                "2000E-DTP03", fmt::format("{}.supportingInfo", kClaim)));
  }
  return errors;
}

}  // namespace atz::sandbox
