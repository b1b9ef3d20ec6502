// What is shown of an ID where it is not to be read off a screen.
#pragma once

#include <string>

namespace atz::report {

// The last four characters after an ellipsis: "…001A". Nothing of a text that is not longer than that.
std::string masked_id(const std::string& id);

}  // namespace atz::report
