// A table of fields, arranged as the tree that a file has.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "atz/casefile/fields.hpp"

namespace atz::casefile {

struct Schema {
  std::string_view key;                // "" for the root and for entries of a list, "*" for any key
  const FieldRow* row = nullptr;       // none for the root and for lists' entries that are mappings
  std::vector<Schema> children;        // of a mapping, in the table's order
  std::shared_ptr<const Schema> item;  // of a list

  Schema() = default;
  explicit Schema(std::span<const FieldRow> rows);

  // The child of that key, or the one for any key.
  [[nodiscard]] const Schema* child(std::string_view name) const;
  [[nodiscard]] const Schema* locate(std::string_view path) const;  // list indices may be numbers
};

const Schema& home_tree();           // a case file
const Schema& staffing_file_tree();  // a staffing file: the pattern at the top, and a roster

}  // namespace atz::casefile
