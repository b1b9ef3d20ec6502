#include <stdexcept>
#include <string>

#include "atz/casefile/workspace.hpp"
#include "casefile/data_files.hpp"
#include "casefile/data_tables.hpp"

namespace atz::casefile {
namespace {

model::Tables read_builtin_tables() {
  model::Tables tables;
  std::vector<Problem> problems;
  Log log;
  log.problems = &problems;
  for (const DataFile& file : data_files()) {
    if (data_schema(file.name) == nullptr) continue;  // a template
    Document document = parse(file.text, 0);
    if (document.root) apply_data_file(file.name, *document.root, log, tables);
    problems.insert(problems.end(), document.problems.begin(), document.problems.end());
    if (!problems.empty()) {
      const Problem& first = problems.front();
      throw std::logic_error(std::string(file.name) + ":" + std::to_string(first.span.line) + ": " + first.message);
    }
  }
  for (auto& row : tables.procedures) row.built_in = true;
  for (auto& row : tables.diagnoses) row.built_in = true;
  return tables;
}

}  // namespace

const model::Tables& builtin_tables() {
  static const model::Tables tables = read_builtin_tables();
  return tables;
}

std::optional<std::string_view> builtin_data(std::string_view name) {
  for (const DataFile& file : data_files()) {
    if (file.name == name) return file.text;
  }
  return std::nullopt;
}

std::vector<std::string_view> builtin_data_names() {
  std::vector<std::string_view> names;
  for (const DataFile& file : data_files()) {
    if (data_schema(file.name) != nullptr) names.push_back(file.name);
  }
  return names;
}

}  // namespace atz::casefile
