// Keys that stand twice in one mapping.
#pragma once

#include <vector>

#include "atz/casefile/document.hpp"

namespace atz::casefile {

// The first of several equal keys counts; the others are recorded and left out. Whether there were any.
bool drop_repeats(std::vector<Node::Entry>& entries, std::vector<Problem>& problems);

}  // namespace atz::casefile
