// How values of ours stand in the database: dates as days and instants as seconds since 1970.
#pragma once

#include <optional>

#include "atz/base/clock.hpp"
#include "atz/model/calendar.hpp"
#include "sandbox/database.hpp"

namespace atz::sandbox {

inline std::int64_t days(model::Date date) {
  return date.time_since_epoch().count();
}
inline model::Date date(std::int64_t days) {
  return model::Date(std::chrono::days(days));
}
inline std::int64_t seconds(Instant at) {
  return at.time_since_epoch().count();
}
inline Instant instant(std::int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

template <class T, class F>
Parameter nullable(const std::optional<T>& value, F convert) {
  if (!value) return nullptr;
  return std::int64_t{convert(*value)};
}

}  // namespace atz::sandbox
