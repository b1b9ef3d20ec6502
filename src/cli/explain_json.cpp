// Explanations for a machine (schemas/output.schema.json).
#include "atz/base/text.hpp"
#include "cli/explain.hpp"

namespace atz::cli {
namespace {

Json text_or_nothing(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string_view base_name(rules::Base base) {
  using rules::Base;
  switch (base) {
    case Base::file:
      return "file";
    case Base::first:
      return "first";
    case Base::extension:
      return "extension";
    case Base::add_on:
      return "add_on";
    case Base::termination:
      return "termination";
    case Base::none:
      break;
  }
  return {};
}

Json example_json(const rules::Example& example) {
  if (example.text.empty() && example.config.empty()) return nullptr;
  return {{"text", without_last_break(example.text)},
          {"base", text_or_nothing(base_name(example.base))},
          {"as_of", text_or_nothing(example.as_of)},
          {"config", text_or_nothing(without_last_break(example.config))}};
}

Json rule_json(const rules::Rule& rule) {
  return {{"id", rule.id},
          {"slug", rule.slug},
          {"family", rules::family_of(rule)},
          {"severity", rules::level_of(rule)},
          {"title", rule.title},
          {"why", rule.why},
          {"source", rule.source},
          {"passes", example_json(rule.passes)},
          {"fails", example_json(rule.fails)},
          {"acts_in", rule.acts_in},
          {"setting", text_or_nothing(rule.setting)}};
}

Json field_json(const casefile::FieldRow& field) {
  Json about = Json::array();
  for (const auto* rule : rules::rules_about(field)) about.push_back(rule->id);
  return {{"path", field.path},
          {"file", is_setting(field) ? "atz.yaml" : "case file"},
          {"type", type_name(field.type)},
          {"required", field.required},
          {"personal", field.personal},
          {"choices", field.choices.empty() ? Json::array() : Json(split(field.choices, '|'))},
          {"help", field.help},
          {"rules", about}};
}

}  // namespace

Json explain_json(const Rules& rules, const Fields& fields) {
  Json all_rules = Json::array();
  for (const auto* rule : rules) all_rules.push_back(rule_json(*rule));
  Json all_fields = Json::array();
  for (const auto* field : fields) all_fields.push_back(field_json(*field));
  return {{"schema", "atz/explain/1"}, {"rules", all_rules}, {"fields", all_fields}};
}

}  // namespace atz::cli
