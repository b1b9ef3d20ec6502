// What became of a submission whose outcome was unknown, in one line.
#pragma once

#include <string>

#include "atz/app/recover.hpp"

namespace atz::cli {

std::string settled_text(const app::Settled& settled);

}  // namespace atz::cli
