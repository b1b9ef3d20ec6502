#include "atz/codes/source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/file.hpp"
#include "atz/base/text.hpp"
#include "codes/formats.hpp"
#include "codes/lines.hpp"

namespace atz::codes {
namespace {

// Far below what was ever published, far above what a cut download or a selection has.
constexpr std::size_t kFewestDiagnoses = 60'000;
constexpr std::size_t kFewestProcedures = 5'000;
constexpr std::string_view kAgain = "Download the file again, or say --partial to use what is there.";

bool alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

std::string_view first_line(std::string_view text) {
  Lines lines(text);
  return lines.next() ? lines.line() : std::string_view();
}

// The list of codes without headings that is published beside the order file: "A000    Cholera due to ...".
bool looks_like_code_list(std::string_view line) {
  const auto blank = line.find(' ');
  return blank != std::string_view::npos && line.size() > 8 && diagnosis_form(line.substr(0, blank)) &&
         trim(line.substr(blank, 8 - std::min<std::size_t>(blank, 8))).empty();
}

tl::unexpected<Error> unknown_format(std::string_view text, const std::string& name) {
  const std::string expected =
      "Expected: the yearly order file of ICD-10-CM (icd10cm_order_2027.txt), the alphanumeric HCPCS file "
      "(HCPC2026_JAN_ANWEB.txt), or a table with the columns code and description.";
  if (text.starts_with("PK\x03\x04")) {
    return fault(name, 1, "this is a ZIP archive or a spreadsheet",
                 "Unpack it, and import the .txt file that is in it.");
  }
  if (text.starts_with("%PDF-")) return fault(name, 1, "this is a PDF", expected);
  if (text.find('\0') != std::string_view::npos) {
    return fault(name, 1, "this is not a text in UTF-8 or Latin-1", expected);
  }
  if (looks_like_code_list(first_line(text))) {
    return fault(name, 1, "this is the list of codes, which leaves out the headings",
                 "Import the order file that is published beside it: icd10cm_order_ and the year.");
  }
  return fault(name, 1, "this does not look like an official code file", expected);
}

std::optional<Error> duplicate(const SourceRows& sorted, const std::string& name) {
  const auto same = std::adjacent_find(sorted.begin(), sorted.end(), [](const SourceRow& a, const SourceRow& b) {
    return key_of(a.row.code) == key_of(b.row.code);
  });
  if (same == sorted.end()) return std::nullopt;
  return fault(name, std::next(same)->line, fmt::format("{} stands on line {} already", same->row.code, same->line),
               "The file was joined from several, or damaged. Download it again.")
      .value();
}

// What shows that a file is not whole. `sorted` is in the order of codes and not empty.
std::optional<Error> incomplete(Kind kind, const SourceRows& sorted, const std::string& name) {
  const auto says = [&](const std::string& what) {
    return Error{Failure::input, fmt::format("{} is not whole: {}", printable(name), what), std::string(kAgain)};
  };
  if (kind == Kind::diagnosis) {
    if (sorted.size() < kFewestDiagnoses) {
      return says(fmt::format("it has {} rows, the official file has more than {}", sorted.size(), kFewestDiagnoses));
    }
    if (sorted.front().row.code.front() != 'A' || sorted.back().row.code.front() != 'Z') {
      return says(fmt::format("it goes from {} to {}, the official file from A to Z", sorted.front().row.code,
                              sorted.back().row.code));
    }
    for (auto row = sorted.begin(); row != sorted.end(); ++row) {
      const auto next = std::next(row);
      const std::string key = key_of(row->row.code);
      if (row->row.header && (next == sorted.end() || !key_of(next->row.code).starts_with(key))) {
        return says(fmt::format("the heading {} on line {} has no codes below it", row->row.code, row->line));
      }
    }
    return std::nullopt;
  }
  const auto procedures = static_cast<std::size_t>(
      std::count_if(sorted.begin(), sorted.end(), [](const SourceRow& row) { return !row.row.modifier; }));
  if (procedures >= kFewestProcedures) return std::nullopt;
  return says(fmt::format("it has {} procedures, the official file has more than {}", procedures, kFewestProcedures));
}

Result<Table> finish(Kind kind, SourceRows rows, const std::string& name, const SourceOptions& options) {
  if (rows.empty()) return fail(Failure::input, fmt::format("{} holds no codes", printable(name)));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const SourceRow& a, const SourceRow& b) { return key_of(a.row.code) < key_of(b.row.code); });
  if (auto twice = duplicate(rows, name)) return tl::make_unexpected(std::move(*twice));
  auto missing = incomplete(kind, rows, name);
  if (missing && !options.partial) return tl::make_unexpected(std::move(*missing));
  const auto year = options.year ? options.year : year_in_name(path::name(name));
  if (!year) {
    return fail(Failure::usage, fmt::format("The name of {} does not say which year it is for", printable(name)),
                "Add it: --year 2027 for the ICD-10-CM that holds from October 2026 on.");
  }
  Table table;
  table.edition = {kind, *year, missing.has_value(), static_cast<std::uint32_t>(rows.size()), 0U};
  table.rows.reserve(rows.size());
  for (auto& row : rows) {
    table.edition.headers += row.row.header ? 1 : 0;
    table.rows.push_back(std::move(row.row));
  }
  return table;
}

}  // namespace

bool diagnosis_form(std::string_view key) {
  return key.size() >= 3 && key.size() <= kLongestKey && key[0] >= 'A' && key[0] <= 'Z' && key[1] >= '0' &&
         key[1] <= '9' && std::all_of(key.begin(), key.end(), alphanumeric);
}

bool procedure_form(std::string_view key) {
  return key.size() == 5 && alphanumeric(key[0]) && all_digits(key.substr(1, 3)) && alphanumeric(key[4]);
}

bool modifier_form(std::string_view key) {
  return key.size() == 2 && alphanumeric(key[0]) && alphanumeric(key[1]);
}

std::optional<int> year_in_name(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    std::size_t end = at;
    while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
    if (end - at == 4 && name.substr(at, 2) == "20") return 2000 + (name[at + 2] - '0') * 10 + (name[at + 3] - '0');
    at = end + 1;
  }
  return std::nullopt;
}

Result<Table> read_source(std::string_view text, const std::string& name, const SourceOptions& options) {
  const auto line = first_line(text);
  if (looks_like_order_file(line)) {
    auto rows = read_order_file(text, name);
    if (!rows) return tl::make_unexpected(rows.error());
    return finish(Kind::diagnosis, std::move(*rows), name, options);
  }
  if (looks_like_hcpcs_file(line)) {
    auto rows = read_hcpcs_file(text, name);
    if (!rows) return tl::make_unexpected(rows.error());
    return finish(Kind::procedure, std::move(*rows), name, options);
  }
  if (text.find('\0') == std::string_view::npos && looks_like_separated_file(line)) {
    auto table = read_separated_file(text, name);
    if (!table) return tl::make_unexpected(table.error());
    return finish(table->kind, std::move(table->rows), name, options);
  }
  return unknown_format(text, name);
}

}  // namespace atz::codes
