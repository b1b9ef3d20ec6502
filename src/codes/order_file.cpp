// The yearly ICD-10-CM order file.
#include <fmt/format.h>

#include <charconv>

#include "atz/base/text.hpp"
#include "codes/formats.hpp"
#include "codes/lines.hpp"

namespace atz::codes {
namespace {

constexpr std::string_view kExpected =
    "Expected: order number in columns 1 to 5, code in 7 to 13, 0 or 1 in 15, short text from 17, long text from 78.";
constexpr std::size_t kEnd = 1000;  // past the longest line

int order_number(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

bool looks_like_order_file(std::string_view line) {
  return line.size() > 16 && all_digits(line.substr(0, 5)) && line[5] == ' ' && line[13] == ' ' &&
         (line[14] == '0' || line[14] == '1') && line[15] == ' ';
}

Result<SourceRows> read_order_file(std::string_view text, const std::string& name) {
  SourceRows rows;
  int last_order = 0;
  Lines lines(text);
  while (lines.next()) {
    const auto wrong = [&](const std::string& what) {
      return fault(name, lines.number(), what, std::string(kExpected));
    };
    const Columns columns(lines.line());
    const auto order = columns.exact(1, 5);
    if (order.size() != 5 || !all_digits(order))
      return wrong(fmt::format("\"{}\" is not an order number", printable(order)));
    const std::string code(columns.trimmed(7, 13));
    const auto flag = columns.exact(15, 15);
    if (!code.empty() && code.front() >= '0' && code.front() <= '9') {
      return fault(name, lines.number(),
                   fmt::format("{} is a code of ICD-10-PCS, which is for procedures in hospitals", printable(code)),
                   "Import the order file of ICD-10-CM: icd10cm_order_ and the year.");
    }
    if (!diagnosis_form(code)) return wrong(fmt::format("\"{}\" is not a diagnosis code", printable(code)));
    if (flag != "0" && flag != "1") {
      return wrong(fmt::format("column 15 is \"{}\", not 0 for a heading or 1 for a code", printable(flag)));
    }
    if (order_number(order) <= last_order) {
      return fault(name, lines.number(),
                   fmt::format("the order numbers do not go up: {} after {:05}", order, last_order),
                   "The file was cut, joined or sorted. Download it again.");
    }
    last_order = order_number(order);
    auto words = columns.trimmed(78, kEnd);
    if (words.empty()) words = columns.trimmed(17, 76);
    if (words.empty()) return wrong("the text is missing");
    rows.push_back({{dotted(code), std::string(words), flag == "0", false, {}}, lines.number()});
  }
  return rows;
}

}  // namespace atz::codes
