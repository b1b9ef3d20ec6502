// The field table: every key of the case file, once. Decoder, unknown-key suggestions, JSON Schema,
// redaction and `explain` read it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace atz::casefile {

enum class FieldType {
  mapping,
  list,
  text,
  date,
  time,
  weekdays,
  integer,
  decimal,
  boolean,
  choice,
  label,
  identifier,
  answers,
  request_kind
};

struct FieldRow {
  std::string_view path;  // "members[].plan.checked_on"; [] = entries of a list, * = any key
  FieldType type;
  bool required = false;
  bool personal = false;
  std::string_view choices;  // "a|b|c" for choice
  std::string_view help;     // one sentence for editors and people
  std::string_view pattern;  // optional regular expression for the schema, JavaScript dialect
  bool shared = false;       // may come from atz.yaml instead
  bool single = false;       // a list that may also be written as its only entry
  std::string_view unless;   // not required when this neighbour is there and does not say yes
};

std::span<const FieldRow> field_table();
std::span<const FieldRow> config_table();           // of atz.yaml, beside `provider`
const FieldRow* find_field(std::string_view path);  // list indices may be numbers: "members[2].born"

// The JSON Schema (draft-07) of a case file, pretty printed, with a newline at the end. Scalars may be text or number.
std::string home_schema();
std::string config_schema();  // of atz.yaml

}  // namespace atz::casefile
