// Writing into a file that a person may have open in an editor.
#pragma once

#include <string>

#include "atz/base/file.hpp"

namespace atz::app {

// Gives the file its new text, unless it no longer has the text `before`: then Failure::io, and it stays as it is.
Result<void> rewrite_unchanged(Files& files, const std::string& path, const std::string& before,
                               const std::string& after);

}  // namespace atz::app
