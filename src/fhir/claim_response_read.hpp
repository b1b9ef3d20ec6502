#pragma once

#include <string>

#include "atz/fhir/reply.hpp"
#include "fhir/element.hpp"

namespace atz::fhir {

// One ClaimResponse with the bundle around it (which may hold several, PAS 2.0.1's inquiry).
struct ResponseView {
  const Json& bundle;
  const Resolver& resolver;
  const Json& response;
  std::string full_url;
  bool only_one;  // the bundle holds no other ClaimResponse

  [[nodiscard]] const Json* follow(const Json* reference_node) const {
    return resolver.find(reference_node, full_url, response);
  }
};

CaseReply read_claim_response(const ResponseView& view, const model::PayerProfile& profile);

std::vector<model::LineDecision> read_lines(const ResponseView& view, CaseReply& reply);
std::vector<BusinessError> read_errors(const Json& response);
std::vector<model::InformationRequest> read_information_requests(const ResponseView& view);

// What the lines, errors and requests of `reply` together mean.
void derive_status(CaseReply& reply, bool reported_error, bool task_waits);

void add_flag(CaseReply& reply, const std::string& flag);

}  // namespace atz::fhir
