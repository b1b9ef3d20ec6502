// Small helpers for rows of data files.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/base/text.hpp"
#include "casefile/reader.hpp"

namespace atz::casefile {

inline std::string text_of(const Reader& reader, std::string_view key) {
  model::Field<std::string> field;
  reader.get(key, field);
  return field.value.value_or(std::string());
}

inline std::vector<std::string> texts_of(const Reader& reader, std::string_view key) {
  std::vector<model::Field<std::string>> fields;
  reader.get(key, fields);
  std::vector<std::string> texts;
  for (const auto& field : fields) {
    if (field) texts.push_back(*field);
  }
  return texts;
}

inline std::vector<std::string> upper_texts_of(const Reader& reader, std::string_view key) {
  std::vector<std::string> texts = texts_of(reader, key);
  for (std::string& text : texts) text = to_upper(text);
  return texts;
}

inline bool flag_of(const Reader& reader, std::string_view key, bool otherwise) {
  model::Field<bool> field;
  reader.get(key, field);
  return field.value.value_or(otherwise);
}

// A whole number within limits; one outside them is recorded, and `otherwise` holds.
inline std::int64_t number_of(const Reader& reader, std::string_view key, std::int64_t least, std::int64_t most,
                              std::int64_t otherwise) {
  model::Field<std::int64_t> field;
  reader.get(key, field);
  if (!field) return otherwise;
  if (*field >= least && *field <= most) return *field;
  const std::string limits = "from " + std::to_string(least) + " to " + std::to_string(most);
  reader.problem(Problem::Kind::wrong_shape, field.span, reader.path(key),
                 "`" + std::string(key) + "` must be " + limits, field.text, limits);
  return otherwise;
}

// Adds rows to a table; `key` says which rows are the same.
template <class Row, class Key>
void merge_rows(std::vector<Row>& table, std::vector<Row> rows, bool replace, Key key) {
  if (replace) table.clear();
  if (table.empty()) {
    table = std::move(rows);
    return;
  }
  for (Row& row : rows) {
    const auto same = std::find_if(table.begin(), table.end(), [&](const Row& each) { return key(each) == key(row); });
    if (same == table.end()) {
      table.push_back(std::move(row));
    } else {
      *same = std::move(row);
    }
  }
}

}  // namespace atz::casefile
