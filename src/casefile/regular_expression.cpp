#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 with sanitizers takes <regex>'s own moves of std::function for reads of nothing.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "casefile/regular_expression.hpp"

#include <regex>

namespace atz::casefile {

bool is_regular_expression(const std::string& text) {
  try {
    const std::regex compiled(text, std::regex::ECMAScript);
    return true;
  } catch (const std::regex_error&) {
    return false;
  }
}

}  // namespace atz::casefile
