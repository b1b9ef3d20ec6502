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
// The words of a question may be among the notes; what is found there is taken from them.
std::vector<model::InformationRequest> read_information_requests(const ResponseView& view,
                                                                 const model::PayerProfile& profile,
                                                                 std::vector<Note>& notes);

// What the lines, errors and requests of `reply` together mean.
void derive_status(CaseReply& reply, bool reported_error);

// Flags that hold for every line of an answer: what stands in it is not safe to act on.
inline constexpr std::string_view kUnsafeFlag =
    "the answer carries a modifier that atz can't interpret safely: call the payer";
inline constexpr std::string_view kMarkedFlag = "the payer marked its answer as ";

void add_flag(CaseReply& reply, const std::string& flag);

}  // namespace atz::fhir
