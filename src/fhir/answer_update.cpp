// An answer as an update of the Claim: more supporting information, and no line is touched.
#include "fhir/answer_content.hpp"
#include "fhir/claim_update.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {

std::string build_answer_update(const AnswerInput& input) {
  FollowUp update(input.profile, input.prior, input.claim_identifier, input.bundle_identifier, input.created);
  const bool details = quirks_of(input.profile.pas_version).document_information;
  const std::string asked = input.question == nullptr ? std::string{} : input.question->control_number;
  update.add_messages(input.note);
  std::size_t count = 0;
  for (auto& part : answer_parts(input, reference_to(update.subject()))) {
    const std::string url = update.url("answer-" + std::to_string(++count));
    const std::string own = input.claim_identifier + "-D" + std::to_string(update.next_info());
    Json info = Json::object();
    if (details) info["extension"] = Json::array({document_information(part.report_type, asked.empty() ? own : asked)});
    info["category"] = concept_of(codesystem::kPas, "additionalInformation");
    info["valueReference"] = reference_to(url);
    update.add_info(std::move(info));
    update.add_resource(url, std::move(part.resource));
  }
  return update.bytes();
}

}  // namespace atz::fhir
