// The data that Maine may change: YAML files to the model's tables, built in or from atz.d.
#pragma once

#include <string_view>
#include <vector>

#include "atz/casefile/document.hpp"
#include "atz/model/tables.hpp"
#include "casefile/reader.hpp"

namespace atz::casefile {

const Schema& data_tree();  // one child per kind of data file, by the file's name without ".yaml"

// "codes.yaml" -> its place in data_tree(); any questionnaire-*.yaml is a questionnaire. nullptr for other names.
const Schema* data_schema(std::string_view file_name);

// Rows of a file added to the tables: a row with an equal key takes the other's place; `replace: true` drops the old
// ones.
void apply_data_file(std::string_view file_name, const Node& root, Log& log, model::Tables& tables);

}  // namespace atz::casefile
