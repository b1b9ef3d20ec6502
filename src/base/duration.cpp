#include "atz/base/duration.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

namespace atz {

Result<std::chrono::seconds> parse_duration(const std::string& text) {
  constexpr std::int64_t kMost = 1'000'000;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string unit(end, text.data() + text.size());
  if (error == std::errc() && number > 0 && number < kMost) {
    if (unit == "s") return std::chrono::seconds(number);
    if (unit == "m") return std::chrono::minutes(number);
    if (unit == "h") return std::chrono::hours(number);
    if (unit == "d") return std::chrono::hours(24 * number);
  }
  return fail(Failure::usage, fmt::format("'{}' is not a length of time", text), "Write 90s, 15m, 2h or 1d.");
}

}  // namespace atz
