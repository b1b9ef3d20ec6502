// The publishers' own files. What kind a file is, is told by its content; anything wrong in it is reported with its
// line.
//
// ICD-10-CM order file (icd10cm_order_2027.txt): columns 1-5 order number, 7-13 code without dot, 15 0 = heading or 1 =
// can be coded, 17-76 short text, from 78 long text.
// HCPCS alphanumeric file (HCPC2026_JAN_ANWEB.txt; 320 columns, blanks at the end may be cut off): 1-5 code, or 4-5
// modifier; 6-10 sequence number; 11 record kind: 3 first and 4 further lines of a procedure, 7 and 8 of a modifier;
// 12-91 long text, going on in further lines; 92-119 short text; 285-292 last day of use as YYYYMMDD.
// A table with commas or tabs whose first line names a `code` and a `description` column.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "atz/base/result.hpp"
#include "atz/codes/table.hpp"

namespace atz::codes {

struct SourceOptions {
  std::optional<int> year;  // instead of the one in the file's name
  bool partial = false;     // take what looks cut
};

// Failure::input with file:line for anything wrong in it, Failure::usage when the year is not known.
Result<Table> read_source(std::string_view text, const std::string& name, const SourceOptions& options);

// The year in a file's name: four digits that stand alone, 2000 to 2099.
std::optional<int> year_in_name(std::string_view name);

}  // namespace atz::codes
