// `atz explain`: what a word on the command line is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/casefile/fields.hpp"
#include "atz/rules/about.hpp"

namespace atz::app {

struct Explained {
  std::vector<const rules::Rule*> rules;
  bool family = false;  // the word named a whole family of rules
  std::vector<const casefile::FieldRow*> fields;
  std::vector<const casefile::FieldRow*> also;  // fields of the same name elsewhere
};

// A rule by ID or slug, a family of rules by its two letters, a field of the case file or a setting of atz.yaml by its
// path, or by the end of it ("plan.checked_on", "units", "review-lead-days"). Capitals, hyphens and brackets do not
// matter. Failure::usage with a suggestion for any other word.
Result<Explained> explain(std::string_view word);

// The keys directly below a group of keys or a list of groups.
std::vector<const casefile::FieldRow*> keys_of(const casefile::FieldRow& group);

}  // namespace atz::app
