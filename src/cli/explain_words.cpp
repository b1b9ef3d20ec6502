// Words that every form of an explanation uses.
#include <fmt/format.h>

#include "cli/explain.hpp"

namespace atz::cli {
namespace {

std::string_view base_words(rules::Base base) {
  using rules::Base;
  switch (base) {
    case Base::extension:
      return "in an extension";
    case Base::add_on:
      return "in a request for a Medical Add-On";
    case Base::termination:
      return "in an SMI termination";
    case Base::file:
      return "in a staffing file";
    case Base::first:
    case Base::none:
      break;
  }
  return {};
}

}  // namespace

std::string setting_of(const rules::Example& example) {
  std::string words(base_words(example.base));
  if (!example.as_of.empty()) words += fmt::format("{}sent on {}", words.empty() ? "" : ", ", example.as_of);
  if (!example.config.empty()) words += fmt::format("{}with this atz.yaml", words.empty() ? "" : ", ");
  return words;
}

std::string_view without_last_break(std::string_view yaml) {
  if (!yaml.empty() && yaml.back() == '\n') yaml.remove_suffix(1);
  return yaml;
}

std::string_view type_name(casefile::FieldType type) {
  using casefile::FieldType;
  switch (type) {
    case FieldType::mapping:
      return "group of keys";
    case FieldType::list:
      return "list";
    case FieldType::text:
      return "text";
    case FieldType::date:
      return "date";
    case FieldType::time:
      return "time of day";
    case FieldType::weekdays:
      return "weekdays";
    case FieldType::integer:
      return "whole number";
    case FieldType::decimal:
      return "number";
    case FieldType::boolean:
      return "yes or no";
    case FieldType::choice:
    case FieldType::request_kind:
      return "choice";
    case FieldType::label:
      return "label";
    case FieldType::identifier:
      return "identifier";
    case FieldType::answers:
      return "answers";
  }
  return {};
}

bool is_setting(const casefile::FieldRow& field) {
  const auto table = casefile::config_table();
  return &field >= table.data() && &field < table.data() + table.size();
}

}  // namespace atz::cli
