// The yearly HCPCS alphanumeric file.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "codes/formats.hpp"
#include "codes/lines.hpp"

namespace atz::codes {
namespace {

constexpr std::string_view kExpected =
    "Expected: code in columns 1 to 5 (a modifier in 4 and 5), sequence number in 6 to 10, record kind 3, 4, 7 or 8 in "
    "11, "
    "long text in 12 to 91.";

// "20261231" -> "2026-12-31"; nothing when it is no date.
std::string written_date(std::string_view digits) {
  if (digits.size() != 8 || !all_digits(digits)) return {};
  return fmt::format("{}-{}-{}", digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2));
}

}  // namespace

bool looks_like_hcpcs_file(std::string_view line) {
  if (line.size() < 12) return false;
  const bool code = procedure_form(line.substr(0, 5));
  const bool modifier = trim(line.substr(0, 3)).empty() && modifier_form(line.substr(3, 2));
  return (code || modifier) && all_digits(line.substr(5, 5)) && line[10] >= '2' && line[10] <= '9';
}

Result<SourceRows> read_hcpcs_file(std::string_view text, const std::string& name) {
  SourceRows rows;
  std::string last_sequence;
  Lines lines(text);
  while (lines.next()) {
    const auto wrong = [&](const std::string& what) {
      return fault(name, lines.number(), what, std::string(kExpected));
    };
    const Columns columns(lines.line());
    const std::string code(columns.trimmed(1, 5));
    const auto kind = columns.exact(11, 11);
    if (kind != "3" && kind != "4" && kind != "7" && kind != "8") {
      return wrong(fmt::format("column 11 is \"{}\", not 3, 4, 7 or 8", printable(kind)));
    }
    const bool modifier = kind == "7" || kind == "8";
    if (modifier ? !modifier_form(code) : !procedure_form(code)) {
      return wrong(fmt::format("\"{}\" is not a {} code", printable(code), modifier ? "modifier" : "procedure"));
    }
    const std::string sequence(columns.exact(6, 10));
    if (!all_digits(sequence)) return wrong(fmt::format("\"{}\" is not a sequence number", printable(sequence)));
    const auto words = columns.trimmed(12, 91);
    if (kind == "4" || kind == "8") {
      if (rows.empty() || rows.back().row.code != code || sequence <= last_sequence) {
        return wrong(
            fmt::format("this line goes on with {}, but its first lines do not stand before it", printable(code)));
      }
      if (!words.empty()) rows.back().row.text.append(" ").append(words);
      last_sequence = sequence;
      continue;
    }
    last_sequence = sequence;
    const auto ends = columns.trimmed(285, 292);
    if (!ends.empty() && written_date(ends).empty()) {
      return wrong(fmt::format("columns 285 to 292 are \"{}\", not a last day as YYYYMMDD", printable(ends)));
    }
    std::string all(words.empty() ? columns.trimmed(92, 119) : words);
    if (all.empty()) return wrong("the text is missing");
    rows.push_back({{code, std::move(all), false, modifier, written_date(ends)}, lines.number()});
  }
  return rows;
}

}  // namespace atz::codes
