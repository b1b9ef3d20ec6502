// The provider of a case file and that of atz.yaml are one: what the case file says wins, field by field.
#pragma once

#include <cstdint>
#include <vector>

#include "atz/casefile/document.hpp"
#include "atz/model/home.hpp"

namespace atz::casefile {

// `shift` is added to the source index of whatever is taken over. An address is taken as a whole.
void merge_provider(model::Provider& own, const model::Provider& shared, std::uint32_t shift);

// Records what neither of the two gave. `root` is where to point when there is no provider at all.
void require_provider(const model::Provider& merged, diag::Span root, std::vector<Problem>& problems);

}  // namespace atz::casefile
