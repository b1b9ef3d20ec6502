#include "fhir/canonical.hpp"
#include "fhir/claim_response_read.hpp"
#include "fhir/x12.hpp"

namespace atz::fhir {
namespace {

// Since 2.2 with parts, plain text before.
std::string element_of(const Json& error) {
  const Json* element = extension(error, ext::kErrorElement);
  if (element == nullptr) return {};
  if (auto plain = text_of(*element, "valueString"); !plain.empty()) return plain;
  const Json* part = extension(*element, "error");
  return part == nullptr ? std::string{} : text_of(*part, "valueString");
}

std::string words(X12 list, const std::string& code, const Json* concept_node) {
  const std::string_view ours = x12_text(list, code);
  if (!ours.empty()) return std::string(ours);
  std::string theirs = words_of(concept_node);
  return theirs == code ? std::string{} : theirs;
}

BusinessError error_of(const Json& node) {
  BusinessError error;
  const Json* code = child(node, "code");
  error.reject_code = code_of(code);
  error.reject_text = words(X12::reject, error.reject_code, code);
  if (const Json* action = extension(node, ext::kErrorFollowupAction)) {
    const Json* followup = child(*action, "valueCodeableConcept");
    error.followup_code = code_of(followup);
    error.followup_text = words(X12::followup, error.followup_code, followup);
  }
  error.element = element_of(node);
  if (const Json* path = extension(node, ext::kErrorPath)) error.path = text_of(*path, "valueString");
  if (const Json* sequence = child(node, "itemSequence"); sequence != nullptr && sequence->is_number_unsigned()) {
    if (sequence->get<std::uint64_t>() <= 1'000'000) error.item_sequence = sequence->get<int>();
  }
  if (code != nullptr) error.text = text_of(*code, "text");
  if (error.text.empty())
    error.text = error.reject_text.empty() ? "rejected with code " + error.reject_code : error.reject_text;
  return error;
}

}  // namespace

std::vector<BusinessError> read_errors(const Json& response) {
  std::vector<BusinessError> errors;
  for (const Json* node : elements(response, "error")) errors.push_back(error_of(*node));
  return errors;
}

}  // namespace atz::fhir
