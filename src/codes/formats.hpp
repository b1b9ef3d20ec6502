// The formats of source files, one file each. A reader gets a text that looks like its format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/codes/table.hpp"

namespace atz::codes {

struct SourceRow {
  Row row;
  std::size_t line = 0;
};
using SourceRows = std::vector<SourceRow>;

bool looks_like_order_file(std::string_view first_line);
Result<SourceRows> read_order_file(std::string_view text, const std::string& name);

bool looks_like_hcpcs_file(std::string_view first_line);
Result<SourceRows> read_hcpcs_file(std::string_view text, const std::string& name);

struct Separated {
  Kind kind = Kind::diagnosis;
  SourceRows rows;
};
bool looks_like_separated_file(std::string_view first_line);
Result<Separated> read_separated_file(std::string_view text, const std::string& name);

// Forms of codes without the dot, in capital letters.
bool diagnosis_form(std::string_view key);  // F84, F840, T83510A
bool procedure_form(std::string_view key);  // T2016, 99213
bool modifier_form(std::string_view key);   // SC

}  // namespace atz::codes
