#include "sandbox/members_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "atz/base/text.hpp"
#include "sandbox/checks.hpp"

namespace atz::sandbox {
namespace {

// Fields of one line; quotes around a field keep commas, and "" inside of them is a quote.
std::optional<std::vector<std::string>> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  for (std::string& field : fields) field = std::string(trim(field));
  return fields;
}

struct Column {
  std::string_view name;
  std::string MemberRecord::*member;
  bool required;
};
constexpr Column kColumns[] = {{"id", &MemberRecord::id, true},
                               {"last", &MemberRecord::last, true},
                               {"born", &MemberRecord::born, true},
                               {"first", &MemberRecord::first, false},
                               {"gender", &MemberRecord::gender, false}};

}  // namespace

Result<std::vector<MemberRecord>> parse_members(std::string_view csv, std::string_view file_name) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (csv.starts_with(kByteOrderMark)) csv.remove_prefix(kByteOrderMark.size());
  const auto wrong = [&](std::size_t line, std::string_view what) {
    return fail(Failure::input, fmt::format("{}:{}: {}", file_name, line, what),
                "The first line names the columns: id,last,first,born,gender. One member a line, born as YYYY-MM-DD.");
  };
  if (first_invalid_utf8(csv)) return wrong(1, "the file is not UTF-8.");
  std::vector<MemberRecord> members;
  std::vector<std::string> header;
  std::set<std::string> ids;
  std::size_t number = 0;
  for (const std::string& line : split(csv, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    const auto fields = fields_of(line);
    if (!fields) return wrong(number, "a quote is not closed.");
    if (header.empty()) {
      for (const std::string& name : *fields) header.push_back(to_lower(name));
      for (const Column& column : kColumns) {
        if (column.required && std::find(header.begin(), header.end(), column.name) == header.end()) {
          return wrong(number, fmt::format("there is no column \"{}\".", column.name));
        }
      }
      continue;
    }
    if (fields->size() != header.size()) {
      return wrong(number, fmt::format("{} fields where the first line has {}.", fields->size(), header.size()));
    }
    MemberRecord member;
    for (const Column& column : kColumns) {
      const auto at = std::find(header.begin(), header.end(), column.name);
      if (at != header.end()) member.*column.member = (*fields)[static_cast<std::size_t>(at - header.begin())];
    }
    member.id = to_upper(member.id);
    member.listed = true;
    if (!well_formed_member_id(member.id)) return wrong(number, "the ID must be eight digits and the letter A.");
    if (member.last.empty()) return wrong(number, "the last name is missing.");
    if (!model::parse_date(member.born)) return wrong(number, "the birth date must be a date: YYYY-MM-DD.");
    if (!ids.insert(member.id).second) return wrong(number, "this ID is there twice.");
    members.push_back(std::move(member));
  }
  if (header.empty()) return wrong(1, "the file is empty.");
  return members;
}

}  // namespace atz::sandbox
