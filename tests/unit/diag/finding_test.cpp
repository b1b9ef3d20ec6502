#include "atz/diag/finding.hpp"

#include <doctest/doctest.h>

#include "diag/snippet.hpp"
#include "unit/diag/sample.hpp"

using namespace atz::diag;

namespace {
Finding finding(std::uint32_t source, std::uint32_t line, std::uint32_t column, const char* rule, const char* text) {
  Finding made;
  made.span = {source, line, column, line, column + 1};
  made.rule = rule;
  made.message = text;
  return made;
}
}  // namespace

TEST_CASE("findings are ordered by source, line, column, rule, and stay in order otherwise") {
  std::vector<Finding> findings{finding(1, 1, 1, "A", "8"), finding(0, 2, 1, "A", "7"), finding(0, 1, 9, "A", "6"),
                                finding(0, 1, 2, "B", "5"), finding(0, 1, 2, "A", "3"), finding(0, 1, 2, "A", "4"),
                                finding(0, 1, 1, "Z", "2"), finding(0, 0, 0, "Z", "1")};
  sort(findings);
  std::string order;
  for (const Finding& each : findings) {
    order += each.message;
  }
  CHECK(order == "12345678");
}

TEST_CASE("a span without a line is unknown") {
  CHECK_FALSE(Span{}.known());
  CHECK(Span{0, 1, 1, 1, 2}.known());
}

TEST_CASE("lines of a text") {
  const Lines lines("a\r\n\nlast");
  CHECK(lines.at(1) == "a");
  CHECK(lines.at(2) == "");
  CHECK(lines.at(3) == "last");
  CHECK(lines.at(4) == std::nullopt);
  CHECK(lines.at(0) == std::nullopt);
  CHECK(Lines("").at(1) == "");
  CHECK(Lines("a\n").at(2) == "");  // where a missing last line is reported
}

TEST_CASE("totals and their sentence") {
  const Totals totals = count({sample_report(), sample_report(), FileReport{}});
  CHECK(totals.files == 3);
  CHECK(totals.errors == 2);
  CHECK(totals.warnings == 2);
  CHECK(totals.notes == 2);
  CHECK(summary_line({12, 3, 1, 0}) == "12 files: 3 errors, 1 warning");
  CHECK(summary_line({1, 1, 0, 2}) == "1 file: 1 error, 2 notes");
  CHECK(summary_line({1, 0, 0, 0}) == "1 file: no problems found");
  CHECK(summary_line({0, 0, 0, 0}) == "0 files: no problems found");
}
