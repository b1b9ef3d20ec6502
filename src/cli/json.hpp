// JSON pieces that several commands print.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "atz/ledger/ledger.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/week.hpp"

namespace atz::cli {

using Json = nlohmann::ordered_json;

Json date_or_null(const std::optional<model::Date>& date);
// Hours as a number with exact quarters: 67.75.
Json hours_or_null(const std::optional<model::Hours>& hours);
Json text_or_null(const std::string& text);
Json line_json(const ledger::LineIntent& line);
// Pretty printed with a newline at the end; invalid UTF-8 from outside is replaced, never fatal.
std::string dump(const Json& json);

}  // namespace atz::cli
