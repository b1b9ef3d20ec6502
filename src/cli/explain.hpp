// What `atz explain` found, for a person, for a machine, and as the catalogue in src/rules/README.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/app/explain.hpp"
#include "cli/json.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

using Rules = std::vector<const rules::Rule*>;
using Fields = std::vector<const casefile::FieldRow*>;

// How an example is introduced: "extended for a change of need, sent on 2027-01-11". Empty when nothing needs saying.
std::string setting_of(const rules::Example& example);
// YAML of an example without the line break at its end.
std::string_view without_last_break(std::string_view yaml);
// "text", "date", "one of a few words"
std::string_view type_name(casefile::FieldType type);
bool is_setting(const casefile::FieldRow& field);  // of atz.yaml, not of the case file

std::string rule_text(const rules::Rule& rule, const Terminal& terminal);
std::string rule_list(const Rules& rules, const Terminal& terminal);  // by family, one or two lines each
std::string field_text(const casefile::FieldRow& field, const Fields& also, const Terminal& terminal);
std::string field_list(const Fields& fields, const Terminal& terminal);

Json explain_json(const Rules& rules, const Fields& fields);
std::string explain_markdown(const Rules& rules, const Fields& fields);

}  // namespace atz::cli
