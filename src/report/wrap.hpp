// Text in lines, however a line is measured.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace atz::report {

// Breaks at blanks, and inside a word only where the word alone does not fit. Line breaks of the text stay; control
// characters become visible. An empty text gives no line.
std::vector<std::string> wrap_text(const std::string& text, const std::function<bool(const std::string&)>& fits);

}  // namespace atz::report
