#include "app/words.hpp"

#include <algorithm>

namespace atz::app {

std::string words(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

}  // namespace atz::app
