#include "atz/base/separated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atz/base/text.hpp"

namespace atz {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

char separator_of(std::string_view text) {
  const std::string_view head = text.substr(0, text.find_first_of("\r\n"));
  char best = ',';
  for (const char candidate : {';', '\t'}) {
    if (std::count(head.begin(), head.end(), candidate) > std::count(head.begin(), head.end(), best)) best = candidate;
  }
  return best;
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& name) : text_(text), name_(name), separator_(separator_of(text)) {}

  Result<std::vector<SeparatedRow>> read() {
    while (at_ < text_.size()) {
      SeparatedRow row;
      row.line = line_;
      if (auto done = read_row(row); !done) return tl::make_unexpected(done.error());
      const bool blank = std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return trim(c).empty(); });
      if (!blank) rows_.push_back(std::move(row));
    }
    return std::move(rows_);
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(std::size_t line, std::size_t column, std::string_view what) const {
    return fail(Failure::input, fmt::format("{}:{}:{}: {}", name_, line, column, what), "Export the report again.");
  }

  [[nodiscard]] bool at_line_end() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }

  char take() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++column_;  // a character, whatever its bytes
    }
    return c;
  }

  Result<void> read_row(SeparatedRow& row) {
    for (;;) {
      row.columns.push_back(column_);
      std::string cell;
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (auto done = quoted ? read_quoted(cell) : read_plain(cell); !done) return done;
      row.cells.push_back(std::move(cell));
      if (at_line_end()) break;
      take();  // the separator
    }
    if (at_ < text_.size() && text_[at_] == '\r') take();
    if (at_ < text_.size() && text_[at_] == '\n') {
      take();
    } else if (at_ < text_.size()) {  // a lone carriage return ends a line too
      ++line_;
      column_ = 1;
    }
    return {};
  }

  Result<void> read_plain(std::string& cell) {
    while (!at_line_end() && text_[at_] != separator_) cell += take();
    return {};
  }

  Result<void> read_quoted(std::string& cell) {
    const std::size_t line = line_;
    const std::size_t column = column_;
    take();
    for (;;) {
      if (at_ >= text_.size()) return wrong(line, column, "this quote is not closed");
      const char c = take();
      if (c != '"') {
        cell += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        cell += take();
      } else {
        break;
      }
    }
    if (!at_line_end() && text_[at_] != separator_)
      return wrong(line_, column_, "something stands between a closing quote and the next cell");
    return {};
  }

  std::string_view text_;
  const std::string& name_;
  char separator_;
  std::size_t at_ = 0, line_ = 1, column_ = 1;
  std::vector<SeparatedRow> rows_;
};

// Spreadsheets read these as the start of a formula, some of them in their full-width forms, too.
bool begins_formula(std::string_view text) {
  constexpr std::array<std::string_view, 9> kStarts{"=", "+", "-", "@", "|", "＝", "＋", "－", "＠"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace

Result<std::vector<SeparatedRow>> read_separated(std::string_view text, const std::string& name) {
  if (text.substr(0, kMark.size()) == kMark) text.remove_prefix(kMark.size());
  if (const auto bad = first_invalid_utf8(text)) {
    const std::string_view before = text.substr(0, *bad);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return fail(Failure::input,
                fmt::format("{}:{}:{}: this byte is not UTF-8", name, line, 1 + count_characters(before.substr(start))),
                "Save the report as CSV UTF-8.");
  }
  return Reader(text, name).read();
}

// Line ends may stand in a cell; what else steers a terminal or a spreadsheet (a tab before a formula) becomes visible.
std::string separated_cell(std::string text) {
  std::vector<std::string> lines = split(text, '\n');
  for (auto& line : lines) {
    if (line.ends_with('\r')) line.pop_back();
    line = printable(line);
  }
  text = join(lines, "\n");
  if (begins_formula(text)) text.insert(0, "'");
  if (text.find_first_of(",;\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace atz
