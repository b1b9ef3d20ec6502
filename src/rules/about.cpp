#include "atz/rules/about.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "rules/routing.hpp"

namespace atz::rules {
namespace {

using casefile::FieldType;
using casefile::Node;

constexpr std::array kFamilies = {
    Family{"CF", "The case file itself"},
    Family{"GN", "Every request"},
    Family{"ID", "Names, numbers and codes"},
    Family{"HS", "Home support: first authorizations"},
    Family{"EX", "Extensions"},
    Family{"MA", "Medical Add-Ons"},
    Family{"ST", "SMI terminations"},
    Family{"AT", "Attached documents"},
    Family{"QN", "Questionnaires"},
    Family{"SP", "The staffing pattern"},
};

constexpr std::string_view kSettings = "settings.";

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// A member's own pattern, documents or period are like the home's.
std::string_view alike(std::string_view path) {
  for (const std::string_view owner : {"members[].services[].", "members[]."}) {
    if (!starts_with(path, owner)) continue;
    const auto rest = path.substr(owner.size());
    for (const std::string_view key : {"staffing", "documents", "ignore", "period"}) {
      if (starts_with(rest, key)) return rest;
    }
  }
  return path;
}

// The row of a key in an example, or that of the nearest key above it: answers have no rows of their own.
std::string_view known_path(std::string path) {
  for (;;) {
    if (const auto* row = casefile::find_field(path)) return alike(row->path);
    const auto cut = path.rfind('.');
    if (cut == std::string::npos) return {};
    path.resize(cut);
  }
}

using Said = std::set<std::pair<std::string_view, std::string>>;  // path and value

void collect(const Node& node, const std::string& path, Said& said) {
  for (const auto& entry : node.entries) collect(entry.value, path.empty() ? entry.key : path + "." + entry.key, said);
  for (const auto& item : node.items) collect(item, path + "[]", said);
  if (!node.entries.empty() || !node.items.empty() || path == "members[].label") return;
  if (const auto known = known_path(path); !known.empty()) said.emplace(known, node.text);
}

Said said_in(const Example& example) {
  Said said;
  if (example.base == Base::none || example.text.empty()) return said;
  const auto document = casefile::parse(example.text, 0);
  if (!document.root) return said;
  // An example that is a whole file is a staffing file.
  if (example.base != Base::file) {
    collect(*document.root, {}, said);
    return said;
  }
  for (const auto& entry : document.root->entries) {
    collect(entry.value, entry.key == "roster" ? "home.roster" : "staffing." + entry.key, said);
  }
  return said;
}

// What a failing example says and a passing one does not; all of it when the passing one only says more.
std::set<std::string_view> turns_on(const Rule& rule) {
  const Said fails = said_in(rule.fails);
  const Said passes = said_in(rule.passes);
  std::set<std::string_view> paths;
  for (const auto& said : fails) {
    if (passes.count(said) == 0) paths.insert(said.first);
  }
  if (paths.empty() && fails != passes) {
    for (const auto& [path, value] : fails) paths.insert(path);
  }
  return paths;
}

const std::map<const Rule*, std::set<std::string_view>>& fields_by_rule() {
  static const auto kFields = [] {
    std::map<const Rule*, std::set<std::string_view>> fields;
    for (const auto* rule : catalogue()) fields[rule] = turns_on(*rule);
    return fields;
  }();
  return kFields;
}

bool within(std::string_view path, std::string_view group) {
  if (!starts_with(path, group)) return false;
  const auto rest = path.substr(group.size());
  return rest.empty() || rest == "[]" || (rest.front() == '.' && rest.find('[') == std::string_view::npos);
}

// Any text is a text: only other types can't be read.
bool has_form(const casefile::FieldRow& field) {
  switch (field.type) {
    case FieldType::mapping:
    case FieldType::list:
    case FieldType::text:
    case FieldType::answers:
      return false;
    case FieldType::identifier:
      return !field.pattern.empty();
    default:
      return true;
  }
}

}  // namespace

std::span<const Family> families() {
  return kFamilies;
}

std::string_view family_of(const Rule& rule) {
  return rule.id.substr(0, 2);
}

std::string_view level_of(const Rule& rule) {
  if (rule.severity == diag::Severity::info && !rule.setting.empty()) return "setting";
  return diag::to_string(rule.severity);
}

std::vector<const Rule*> rules_about(const casefile::FieldRow& field) {
  std::set<std::string_view> ids;
  if (starts_with(field.path, kSettings)) {
    const auto key = field.path.substr(kSettings.size());
    for (const auto* rule : catalogue()) {
      if (!rule->setting.empty() && (rule->setting == key || within(rule->setting, key))) ids.insert(rule->id);
    }
  } else {
    if (field.required && !has_own_rule(field.path)) ids.insert("CF005");
    if (has_form(field)) ids.insert(owner_of({std::string(field.path), field.type, {}, {}, {}}));
    const auto path = alike(field.path);
    for (const auto& [rule, paths] : fields_by_rule()) {
      if (std::any_of(paths.begin(), paths.end(), [&](const auto& one) { return within(one, path); }))
        ids.insert(rule->id);
    }
  }
  std::vector<const Rule*> rules;
  for (const auto* rule : catalogue()) {
    if (ids.count(rule->id) != 0) rules.push_back(rule);
  }
  return rules;
}

}  // namespace atz::rules
