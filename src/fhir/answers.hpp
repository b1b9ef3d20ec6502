// Building QuestionnaireResponses: shared by the answers of the case file and by what atz itself fills in.
#pragma once

#include <string>
#include <string_view>

#include "atz/model/questionnaire.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_context.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {

Resource start_answers(const RequestContext& context, std::string_view name, std::string_view version,
                       std::string_view status);
// The QuestionnaireResponse itself, without its items; `subject` refers to the member.
Json answers_json(const model::PayerProfile& payer, std::string_view name, std::string_view version,
                  std::string_view status, Json subject, const std::string& authored);
// As the type of the question wants it, "67.75" as a number, say; text where it does not fit.
Json typed_answer(const model::Question& question, const std::string& written);
Json value_answer(const char* key, Json value);  // {"valueDate": ...}
Json answer_item(std::string_view link, std::string_view text, Json answers);

// Fills the items of a questionnaire in the making, one after the other.
class ItemList {
 public:
  void add(std::string_view link, std::string_view text, const char* value_key, Json value);
  void add_text(std::string_view link, std::string_view text, std::string_view value);  // not when empty
  void add_group(std::string_view link, std::string_view text, ItemList group);
  void add_answers(std::string_view link, std::string_view text, Json answers);  // not when empty
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] Json take() { return std::move(items_); }

 private:
  Json items_ = Json::array();
};

}  // namespace atz::fhir
