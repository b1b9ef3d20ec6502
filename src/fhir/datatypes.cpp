#include "fhir/datatypes.hpp"

#include "atz/base/text.hpp"
#include "atz/model/home.hpp"

namespace atz::fhir {

void put(Json& object, const char* key, std::string_view text) {
  if (!text.empty()) object[key] = text;
}

void put_node(Json& object, const char* key, Json value) {
  if (value.is_null() || ((value.is_object() || value.is_array()) && value.empty())) return;
  object[key] = std::move(value);
}

Json coding(std::string_view system, std::string_view code, std::string_view display) {
  Json json = Json::object();
  put(json, "system", system);
  put(json, "code", code);
  put(json, "display", display);
  return json;
}

Json concept_of(std::string_view system, std::string_view code, std::string_view display) {
  Json json = Json::object();
  json["coding"] = Json::array({coding(system, code, display)});
  return json;
}

Json x12_concept(X12 list, std::string_view code) {
  return concept_of(x12_system(list), code, x12_text(list, code));
}

Json identifier(std::string_view system, std::string_view value) {
  Json json = Json::object();
  put(json, "system", system);
  put(json, "value", value);
  return json;
}

Json typed_identifier(std::string_view type_system, std::string_view type_code, std::string_view system,
                      std::string_view value) {
  Json json = Json::object();
  json["type"] = concept_of(type_system, type_code);
  put(json, "system", system);
  put(json, "value", value);
  return json;
}

Json reference_to(std::string_view full_url) {
  Json json = Json::object();
  json["reference"] = full_url;
  return json;
}

Json meta_of(std::string_view canonical) {
  Json json = Json::object();
  json["profile"] = Json::array({canonical});
  return json;
}

Json telecom(std::string_view system, std::string_view value) {
  Json json = Json::object();
  json["system"] = system;
  json["value"] = value;
  return json;
}

Json period_of(const model::DateSpan& span) {
  Json json = Json::object();
  json["start"] = model::format_date(span.first);
  json["end"] = model::format_date(span.last);
  return json;
}

Json address_of(const model::Address& address) {
  Json json = Json::object();
  Json lines = Json::array();
  for (const auto* line : {&address.line, &address.line2}) {
    if (*line && !trim(**line).empty()) lines.push_back(trim(**line));
  }
  put_node(json, "line", std::move(lines));
  if (address.city) put(json, "city", trim(*address.city));
  if (address.state) put(json, "state", trim(*address.state));
  if (address.zip) put(json, "postalCode", trim(*address.zip));
  if (!json.empty()) json["country"] = "US";
  return json;
}

std::string one_line(const model::Address& address) {
  std::string text;
  const auto add = [&](const model::Field<std::string>& field, const char* separator) {
    if (!field || trim(*field).empty()) return;
    if (!text.empty()) text += separator;
    text += trim(*field);
  };
  add(address.line, ", ");
  add(address.line2, ", ");
  add(address.city, ", ");
  add(address.state, " ");
  add(address.zip, " ");
  return text;
}

Json extension_of(std::string_view url, const char* value_key, Json value) {
  Json json = Json::object();
  json["url"] = url;
  json[value_key] = std::move(value);
  return json;
}

std::string number_literal(Rational value, int places) {
  std::string text = format_decimal(value, places);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

Json number_of(Rational value) {
  if (value.is_whole()) return value.num();
  return decimal(number_literal(value));
}

Json quantity_of(Json value, std::string_view unit_code) {
  Json json = Json::object();
  json["value"] = std::move(value);
  put(json, "unit", x12_text(X12::unit, unit_code));
  json["system"] = x12_system(X12::unit);
  json["code"] = unit_code;
  return json;
}

}  // namespace atz::fhir
