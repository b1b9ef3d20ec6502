// One entry of a request bundle in the making.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/fhir/request.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {

struct Resource {
  std::string url;  // fullUrl
  Json json;
  std::vector<Origin> origins;  // paths relative to the resource: "identifier[0]", "" for the whole

  // Values that the case file does not have are not noted.
  void came_from(std::string path, std::string label, const diag::Span& span) {
    if (span.known()) origins.push_back({std::move(path), std::move(label), span});
  }
};

inline Json start_resource(const char* type, std::string_view canonical) {
  Json json = Json::object();
  json["resourceType"] = type;
  json["meta"]["profile"] = Json::array({canonical});
  return json;
}

std::string indexed(std::string_view name, std::size_t index);  // "item[0]"

}  // namespace atz::fhir
