#include "fhir/answers.hpp"

namespace atz::fhir {

void ItemList::add(std::string_view link, std::string_view text, const char* value_key, Json value) {
  items_.push_back(answer_item(link, text, Json::array({value_answer(value_key, std::move(value))})));
}

void ItemList::add_text(std::string_view link, std::string_view text, std::string_view value) {
  if (!value.empty()) add(link, text, "valueString", value);
}

void ItemList::add_group(std::string_view link, std::string_view text, ItemList group) {
  if (group.size() == 0) return;
  Json item = Json::object();
  item["linkId"] = link;
  put(item, "text", text);
  item["item"] = group.take();
  items_.push_back(std::move(item));
}

void ItemList::add_answers(std::string_view link, std::string_view text, Json answers) {
  if (!answers.empty()) items_.push_back(answer_item(link, text, std::move(answers)));
}

}  // namespace atz::fhir
