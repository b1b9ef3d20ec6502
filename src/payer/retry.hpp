// When and how long to wait before the same request is sent again.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "atz/base/clock.hpp"
#include "atz/base/random.hpp"

namespace atz::payer {

constexpr int kMaxResends = 3;
constexpr std::chrono::seconds kLongestWait{120};  // of a Retry-After; a person decides about more

// Both forms of Retry-After: seconds, or an HTTP date, which counts from the answer's own `date` (a server's clock
// and ours need not agree) or else from `now`. Never negative; nullopt when it is neither.
std::optional<std::chrono::seconds> read_retry_after(std::string_view retry_after, std::string_view date, Instant now);

// A Date header; nullopt when it is none.
std::optional<Instant> read_http_date(std::string_view text);

// Without a Retry-After: 2, 8, 30 s before the first, second and third resend (0, 1, 2), and up to a quarter more,
// so that clients that were turned away together do not come back together.
std::chrono::seconds default_wait(int resend, Random& random);

}  // namespace atz::payer
