// Keys that stand twice in one mapping.
#pragma once

#include <cstddef>
#include <vector>

#include "atz/casefile/document.hpp"

namespace atz::casefile {

// The first of several equal keys counts; the others are left out and recorded, until there are `most` problems.
// Whether there were any.
bool drop_repeats(std::vector<Node::Entry>& entries, std::size_t most, std::vector<Problem>& problems);

}  // namespace atz::casefile
