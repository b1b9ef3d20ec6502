// One YAML tree laid over another, and trees written as YAML again: this is how a rule's examples become whole files.
#pragma once

#include <string>
#include <string_view>

#include "atz/casefile/document.hpp"

namespace atz::rules::testing {

// Keys of a mapping replace those below or are merged into them; a key without a value takes the one below away.
// Entries of `members` go into the member with the same label, or become a member of their own; an entry with nothing
// but the label of a member that is there takes that member away. Other lists replace.
void lay_over(casefile::Node& below, const casefile::Node& above);

// Text that reads as the same tree. What stood on one line stays on one line.
std::string write_yaml(const casefile::Node& root);

// The YAML of `above` laid over the YAML of `below`; fails the test when one of them can't be read.
std::string laid_over(const std::string& below, std::string_view above);

}  // namespace atz::rules::testing
