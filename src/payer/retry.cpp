#include "payer/retry.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <string>

#include "atz/base/text.hpp"

namespace atz::payer {

std::optional<Instant> read_http_date(std::string_view text) {
  const std::time_t time = curl_getdate(std::string(text).c_str(), nullptr);
  if (time == -1) return std::nullopt;
  return Instant(std::chrono::seconds(time));
}

std::optional<std::chrono::seconds> read_retry_after(std::string_view retry_after, std::string_view date, Instant now) {
  const std::string_view text = trim(retry_after);
  if (all_digits(text)) {
    constexpr std::size_t kDigits = 9;  // 30 years are long enough
    return std::chrono::seconds(text.size() > kDigits ? 999'999'999 : std::stol(std::string(text)));
  }
  const auto until = read_http_date(text);
  if (text.empty() || !until) return std::nullopt;
  const Instant from = date.empty() ? now : read_http_date(date).value_or(now);
  return std::max(std::chrono::seconds(0), *until - from);
}

std::chrono::seconds default_wait(int resend, Random& random) {
  static constexpr std::array<int, kMaxResends> kWaits = {2, 8, 30};
  const int wait = kWaits.at(static_cast<std::size_t>(resend));
  std::uint8_t byte = 0;
  random.fill({&byte, 1});
  return std::chrono::seconds(wait + byte % (wait / 4 + 1));
}

}  // namespace atz::payer
