// Building QuestionnaireResponses: shared by the answers of the case file and by what atz itself fills in.
#pragma once

#include <string>
#include <string_view>

#include "fhir/datatypes.hpp"
#include "fhir/request_context.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {

Resource start_answers(const RequestContext& context, std::string_view name, std::string_view version,
                       std::string_view status);
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
