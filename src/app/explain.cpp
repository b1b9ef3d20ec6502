#include "atz/app/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::app {
namespace {

using casefile::FieldRow;

// "members[2].Plan.checked-on" and "members[].plan.checked_on" are one path.
std::string plain_path(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : to_lower(trim(path))) {
    if (c == '[') inside = true;
    if (!inside) plain += c == '-' ? '_' : c;
    if (c == ']') inside = false;
  }
  return plain;
}

bool ends_in(std::string_view path, std::string_view end) {
  if (path == end) return true;
  return path.size() > end.size() && path.substr(path.size() - end.size()) == end &&
         path[path.size() - end.size() - 1] == '.';
}

std::vector<const FieldRow*> all_fields() {
  std::vector<const FieldRow*> all;
  for (const auto& row : casefile::field_table()) all.push_back(&row);
  for (const auto& row : casefile::config_table()) all.push_back(&row);
  return all;
}

// The list "members[].waiver" and its entries "members[].waiver[]" have one name: the list speaks for both.
bool is_item(const FieldRow& row) {
  return row.path.size() > 2 && row.path.substr(row.path.size() - 2) == "[]";
}

// A member's own pattern has the keys of the home's.
bool repeats(const FieldRow& row, const std::vector<const FieldRow*>& others) {
  constexpr std::string_view kOwn = "members[].";
  if (row.path.substr(0, kOwn.size()) != kOwn) return false;
  const auto rest = row.path.substr(kOwn.size());
  return std::any_of(others.begin(), others.end(), [&](const auto* other) { return other->path == rest; });
}

Explained find_fields(std::string_view word) {
  Explained found;
  const std::string wanted = plain_path(word);
  if (wanted.empty()) return found;
  std::vector<const FieldRow*> matches;
  for (const auto* row : all_fields()) {
    if (!is_item(*row) && ends_in(plain_path(row->path), wanted)) matches.push_back(row);
  }
  const bool exact =
      std::any_of(matches.begin(), matches.end(), [&](const auto* row) { return plain_path(row->path) == wanted; });
  for (const auto* row : matches) {
    const bool meant = exact ? plain_path(row->path) == wanted : !repeats(*row, matches);
    (meant ? found.fields : found.also).push_back(row);
  }
  return found;
}

Error unknown(std::string_view word) {
  std::vector<std::string_view> candidates;
  for (const auto* rule : rules::catalogue()) candidates.push_back(rule->id);
  for (const auto* rule : rules::catalogue()) candidates.push_back(rule->slug);
  for (const auto* row : all_fields()) {
    if (is_item(*row)) continue;
    candidates.push_back(row->path);
    candidates.push_back(row->path.substr(row->path.rfind('.') + 1));
  }
  const auto nearest = did_you_mean(word, candidates);
  return {Failure::usage, fmt::format("{} is neither a rule nor a field", printable(word)),
          nearest ? fmt::format("Did you mean {}?", *nearest)
                  : "`atz explain` lists the rules; `atz schema home` shows the fields."};
}

}  // namespace

Result<Explained> explain(std::string_view word) {
  Explained found;
  if (const auto* rule = rules::find(word)) {
    found.rules.push_back(rule);
    return found;
  }
  const std::string family = to_upper(trim(word));
  for (const auto* rule : rules::catalogue()) {
    if (rules::family_of(*rule) == family) found.rules.push_back(rule);
  }
  found.family = !found.rules.empty();
  if (!found.family) found = find_fields(word);
  if (found.rules.empty() && found.fields.empty()) return tl::make_unexpected(unknown(word));
  return found;
}

std::vector<const FieldRow*> keys_of(const FieldRow& group) {
  std::vector<const FieldRow*> keys;
  for (const auto* row : all_fields()) {
    if (row->path.substr(0, group.path.size()) != group.path || is_item(*row)) continue;
    std::string_view rest = row->path.substr(group.path.size());
    if (rest.substr(0, 2) == "[]") rest.remove_prefix(2);
    if (rest.size() < 2 || rest.front() != '.') continue;
    if (rest.find_first_of(".[", 1) == std::string_view::npos) keys.push_back(row);
  }
  return keys;
}

}  // namespace atz::app
