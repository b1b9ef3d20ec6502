#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "atz/base/text.hpp"
#include "atz/casefile/fields.hpp"
#include "casefile/config_fields.hpp"
#include "casefile/decode.hpp"
#include "casefile/schema_tree.hpp"

namespace atz::casefile {
namespace {

using Json = nlohmann::ordered_json;

// An editor's YAML may turn any text into a number, a truth value or nothing (00000, No, Null): whatever keeps its text
// here must be allowed to be one of these there.
Json any_scalar() {
  return Json::array({"string", "number", "boolean", "null"});
}

std::string title_of(std::string_view key) {
  std::string title(key);
  std::replace(title.begin(), title.end(), '_', ' ');
  std::replace(title.begin(), title.end(), '-', ' ');
  if (!title.empty()) title[0] = to_upper(title.substr(0, 1))[0];
  return title;
}

bool required_in_file(const FieldRow& row) {
  return row.required && !row.shared;
}

Json object_of(const Schema& place);
Json value_of(const Schema& place);

Json types(std::initializer_list<const char*> names, bool optional) {
  Json list = Json::array();
  for (const char* name : names) list.push_back(name);
  if (optional) list.push_back("null");
  return list.size() == 1 ? list[0] : list;
}

Json choice_of(const FieldRow& row, bool optional) {
  Json words = Json::array();
  for (const std::string& word : split(row.choices, '|')) {
    words.push_back(word);
    if (word == "off") words.push_back(false);  // what YAML 1.1 makes of it
  }
  if (optional) words.push_back(nullptr);
  return words;
}

Json answers_of() {
  Json answer;
  answer["type"] = any_scalar();
  answer["type"].push_back("array");
  answer["items"]["type"] = any_scalar();
  Json schema;
  schema["type"] = types({"object"}, true);
  schema["properties"]["version"]["type"] = any_scalar();
  schema["properties"]["version"]["description"] = "Version of the questionnaire that was answered.";
  schema["properties"]["status"]["type"] = any_scalar();
  schema["properties"]["status"]["description"] = "completed, or in-progress.";
  schema["additionalProperties"] = std::move(answer);
  return schema;
}

Json list_of(const Schema& place, bool optional) {
  Json schema;
  if (place.row->single) {
    schema["type"] = any_scalar();
    schema["type"].push_back("array");
  } else {
    schema["type"] = types({"array"}, optional);
    if (!optional) schema["minItems"] = 1;
  }
  if (place.row->path == "members") schema["maxItems"] = kMaxMembers;
  schema["items"] = place.item->children.empty() ? value_of(*place.item) : object_of(*place.item);
  return schema;
}

Json scalar_of(const FieldRow& row, bool optional) {
  Json schema;
  switch (row.type) {
    case FieldType::date:
      schema["type"] = types({"string"}, optional);
      schema["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
      break;
    case FieldType::time:
      schema["type"] = types({"string", "number"}, optional);
      schema["pattern"] = "^[0-9]{1,2}:[0-9]{2}$";
      break;
    case FieldType::weekdays:
      schema["type"] = types({"string", "array"}, optional);
      schema["items"]["type"] = "string";
      break;
    case FieldType::integer:
      schema["type"] = types({"integer", "string"}, optional);
      schema["pattern"] = row.pattern.empty() ? "^-?[0-9]+$" : std::string(row.pattern);
      break;
    case FieldType::decimal:
      schema["type"] = types({"number", "string"}, optional);
      schema["pattern"] = "^-?[0-9]*[.]?[0-9]*$";
      break;
    case FieldType::boolean:
      schema["type"] = types({"boolean", "string"}, optional);
      schema["pattern"] = "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Oo][Nn]|[Oo][Ff][Ff])$";
      break;
    case FieldType::choice:
    case FieldType::request_kind:
      schema["enum"] = choice_of(row, optional);
      break;
    default:
      schema["type"] = any_scalar();
      if (!row.pattern.empty()) schema["pattern"] = std::string(row.pattern);
      break;
  }
  return schema;
}

// The guardian is a mapping, or the word none.
Json or_none(Json schema) {
  Json either;
  either["anyOf"] = Json::array({std::move(schema), Json{{"const", "none"}}});
  return either;
}

Json value_of(const Schema& place) {
  const FieldRow& row = *place.row;
  const bool optional = !required_in_file(row);
  switch (row.type) {
    case FieldType::mapping: {
      Json schema = object_of(place);
      if (optional) schema["type"] = types({"object"}, true);
      return row.path == "members[].guardian" ? or_none(std::move(schema)) : schema;
    }
    case FieldType::answers:
      return answers_of();
    case FieldType::list:
      return list_of(place, optional);
    default:
      return scalar_of(row, optional);
  }
}

void add_requirements(const Schema& place, Json& schema) {
  Json always = Json::array();
  Json otherwise = Json::array();
  std::string_view neighbour;
  for (const Schema& child : place.children) {
    if (child.row == nullptr || !required_in_file(*child.row)) continue;
    if (child.row->unless.empty()) {
      always.push_back(std::string(child.key));
    } else {
      neighbour = child.row->unless;
      otherwise.push_back(std::string(child.key));
    }
  }
  if (!always.empty()) schema["required"] = std::move(always);
  if (otherwise.empty()) return;
  schema["anyOf"] = Json::array(
      {Json{{"required", std::move(otherwise)}}, Json{{"required", Json::array({std::string(neighbour)})}}});
}

Json object_of(const Schema& place) {
  Json schema;
  schema["type"] = "object";
  schema["additionalProperties"] = false;
  for (const Schema& child : place.children) {
    Json value;
    value["title"] = title_of(child.key);
    if (child.row != nullptr) value["description"] = std::string(child.row->help);
    value.update(value_of(child));
    if (child.key == "*") {
      schema["additionalProperties"] = std::move(value);
    } else {
      schema["properties"][std::string(child.key)] = std::move(value);
    }
  }
  add_requirements(place, schema);
  return schema;
}

std::string print(const Schema& tree, const char* title, const char* description) {
  Json schema;
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = title;
  schema["description"] = description;
  schema.update(object_of(tree));
  return schema.dump(2) + "\n";
}

}  // namespace

std::string home_schema() {
  return print(home_tree(), "atz case file", "One home and what is asked for the members who live there.");
}

std::string config_schema() {
  return print(config_tree(), "atz.yaml", "What the case files below this folder share.");
}

}  // namespace atz::casefile
