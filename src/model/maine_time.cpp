#include "maine_time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include "atz/model/calendar.hpp"
#include "digits.hpp"

namespace atz::model {

namespace chr = std::chrono;
using chr::seconds;

namespace {

// Found on first use: a check without instants never reads the time zone database.
const date::time_zone& maine() {
  static const date::time_zone* const zone = date::locate_zone("America/New_York");
  return *zone;
}

date::sys_seconds to_lib(Instant instant) {
  return date::sys_seconds{instant.time_since_epoch()};
}
date::local_seconds to_lib(LocalSeconds local) {
  return date::local_seconds{local.time_since_epoch()};
}

struct TimeText {
  int seconds_of_day = 0;
  std::string_view rest;
};

// hh:mm or hh:mm:ss at the start of the text.
std::optional<TimeText> read_time(std::string_view text) {
  if (text.size() < 5 || text[2] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  TimeText result{*hour * 3600 + *minute * 60, text.substr(5)};
  if (!result.rest.empty() && result.rest.front() == ':') {
    const auto second = number(result.rest.substr(1, 2));
    if (result.rest.size() < 3 || !second || *second > 59) return std::nullopt;
    result.seconds_of_day += *second;
    result.rest.remove_prefix(3);
  }
  return result;
}

// Z or +hh:mm, in seconds east of Greenwich.
std::optional<int> read_offset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = number(text.substr(1, 2));
  const auto minutes = number(text.substr(4, 2));
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const int total = *hours * 3600 + *minutes * 60;
  return text[0] == '-' ? -total : total;
}

constexpr int kNoon = 12 * 60;

}  // namespace

LocalSeconds to_maine(Instant instant) {
  return LocalSeconds{maine().to_local(to_lib(instant)).time_since_epoch()};
}

Instant from_maine(LocalSeconds local) {
  return Instant{maine().to_sys(to_lib(local), date::choose::earliest).time_since_epoch()};
}

InstantParse parse_instant(std::string_view text) {
  InstantParse result;
  const auto day = parse_date(text.substr(0, 10));
  if (!day) return result;
  if (text.size() == 10) {
    result.date_only = true;
    result.value = maine_instant(*day, kNoon);
    return result;
  }
  if (text[10] != 'T' && text[10] != ' ') return result;
  const auto time = read_time(text.substr(11));
  if (!time) return result;
  const LocalSeconds local = *day + seconds{time->seconds_of_day};
  if (!time->rest.empty()) {
    if (const auto offset = read_offset(time->rest)) {
      result.value = Instant{local.time_since_epoch()} - seconds{*offset};
    }
    return result;
  }
  const date::local_info info = maine().get_info(to_lib(local));
  result.ambiguous = info.result == date::local_info::ambiguous;
  result.nonexistent = info.result == date::local_info::nonexistent;
  result.value = from_maine(local);
  return result;
}

std::string format_instant(Instant instant) {
  const LocalSeconds local = to_maine(instant);
  const auto day = chr::floor<chr::days>(local);
  const chr::hh_mm_ss<seconds> time{local - day};
  const auto offset = chr::floor<chr::minutes>(local.time_since_epoch() - instant.time_since_epoch()).count();
  const auto size = offset < 0 ? -offset : offset;
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", format_date(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), offset < 0 ? '-' : '+', size / 60, size % 60);
}

Date maine_date(Instant instant) {
  return chr::floor<chr::days>(to_maine(instant));
}

int maine_minute(Instant instant) {
  const LocalSeconds local = to_maine(instant);
  return static_cast<int>(chr::floor<chr::minutes>(local - chr::floor<chr::days>(local)).count());
}

Instant maine_instant(Date date, int minute) {
  return from_maine(date + chr::minutes{minute});
}

}  // namespace atz::model
