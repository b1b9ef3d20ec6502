// A finding as a JSON object: the same members in every format that is JSON of ours.
#pragma once

#include <nlohmann/json.hpp>

#include "atz/diag/render.hpp"

namespace atz::diag {

using Json = nlohmann::ordered_json;

// Adds the members of the finding to `object`, after those that it has.
void add_finding(Json& object, const FileReport& report, const Finding& finding);

// File names and texts may hold bytes that are not UTF-8; a reader of JSON would refuse them, so they are replaced.
// indent -1: one line.
std::string to_text(const Json& json, int indent);

}  // namespace atz::diag
