// What can be told about rules and fields beyond the constant of one rule.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "atz/casefile/fields.hpp"
#include "atz/rules/rule.hpp"

namespace atz::rules {

struct Family {
  std::string_view id;     // "HS"
  std::string_view title;  // "Home support: first authorizations"
};

// In the order in which a reader meets them.
std::span<const Family> families();
std::string_view family_of(const Rule& rule);

// "error", "warning", "info"; "setting" for an info that is about a choice in atz.yaml.
std::string_view level_of(const Rule& rule);

// The rules that look at a field, by ID: the one that speaks when it is missing, the one that speaks when it can't be
// read, and those whose failing example turns on it. For a group of keys, those of its keys as well; for a setting,
// those that read it.
std::vector<const Rule*> rules_about(const casefile::FieldRow& field);

}  // namespace atz::rules
