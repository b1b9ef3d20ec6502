#include "atz/casefile/scalar_text.hpp"

#include "casefile/write.hpp"

namespace atz::casefile {

std::string scalar_text(std::string_view text, bool flow) {
  return write_scalar(text, flow);
}

}  // namespace atz::casefile
