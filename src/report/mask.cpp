#include "atz/report/mask.hpp"

namespace atz::report {

std::string masked_id(const std::string& id) {
  constexpr std::size_t kShown = 4;
  constexpr const char* kEllipsis = "…";
  if (id.empty()) return {};
  return id.size() <= kShown ? kEllipsis : kEllipsis + id.substr(id.size() - kShown);
}

}  // namespace atz::report
