// The decoder knows shapes, not meanings. Which rule speaks for a value that can't be read or for a field that is
// not there is decided here, so that one mistake gives one finding.
#pragma once

#include <string>
#include <string_view>

#include "atz/casefile/casefile.hpp"
#include "rules/context.hpp"

namespace atz::rules {

// "members[2].services[0].units" -> "members[].services[].units"
std::string pattern_of(std::string_view path);

// The rule that reports an unreadable value; CF006 when no other does.
std::string_view owner_of(const casefile::Unreadable& unreadable);

// The rule that says that this field is missing: CF005 unless another one asks for it.
std::string_view rule_that_asks_for(std::string_view path_pattern);
// Whether a rule of its own asks for this field, so that CF005 stays silent.
bool has_own_rule(std::string_view path_pattern);

// Whether decoding found something wrong with exactly this field.
bool has_problem(const Context& context, std::string_view path);

// Calls `report` for each unreadable value that belongs to the rule that is running.
template <class Report>
void each_unreadable(Context& context, Report report) {
  for (const auto& unreadable : context.file().unreadable) {
    if (owner_of(unreadable) == context.rule_id()) report(unreadable);
  }
}

}  // namespace atz::rules
