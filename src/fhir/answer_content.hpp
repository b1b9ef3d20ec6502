// What an answer to a question holds, the same for both ways in which it travels.
#pragma once

#include <string>
#include <vector>

#include "atz/fhir/request.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {

struct AnswerPart {
  Json resource;            // DocumentReference or QuestionnaireResponse
  std::string report_type;  // X12 755
};
// Files in their order, then questionnaires.
std::vector<AnswerPart> answer_parts(const AnswerInput& input, const Json& subject);

}  // namespace atz::fhir
