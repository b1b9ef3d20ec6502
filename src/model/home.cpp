#include "atz/model/home.hpp"

#include <charconv>

#include "atz/base/text.hpp"

namespace atz::model {
namespace {

constexpr std::int64_t kMostInSpan = 1200;  // months, weeks ...: a century is not a time span

struct OrderSpan {
  bool indefinite = false;
  std::optional<Date> last;  // named as such
  std::int64_t days = 0;     // else counted from the day of signing
  int months = 0;
};

std::optional<OrderSpan> parse_span(std::string_view text) {
  const std::string words = to_lower(trim(text));
  OrderSpan span;
  if (words == "indefinite") {
    span.indefinite = true;
    return span;
  }
  if (auto day = parse_date(words)) {
    span.last = *day;
    return span;
  }
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), count);
  if (error != std::errc() || count < 1 || count > kMostInSpan) return std::nullopt;
  std::string unit(trim(std::string_view(end, static_cast<std::size_t>(words.data() + words.size() - end))));
  if (unit.size() > 1 && unit.back() == 's') unit.pop_back();
  if (unit == "day") {
    span.days = count;
  } else if (unit == "week") {
    span.days = count * 7;
  } else if (unit == "month") {
    span.months = static_cast<int>(count);
  } else if (unit == "year") {
    span.months = static_cast<int>(count * 12);
  } else {
    return std::nullopt;
  }
  return span;
}

}  // namespace

const Period& Home::period_of(const Member& member, const Service& service) const {
  if (service.period.present) return service.period;
  if (member.period.present) return member.period;
  return period;
}

RequestKind Home::kind_of(const Member& member) const {
  if (member.request) return *member.request;
  if (request) return *request;
  return RequestKind::service_notification;
}

Purpose purpose_of(const Home& home, const Member& member) {
  switch (home.kind_of(member)) {
    case RequestKind::service_notification:
      return Purpose::first;
    case RequestKind::smi_termination:
      return Purpose::termination;
    case RequestKind::service_notification_extension:
      break;
  }
  switch (member.reason.value.value_or(ExtensionReason::continuation)) {
    case ExtensionReason::continuation:
      return Purpose::continuation;
    case ExtensionReason::change:
      return Purpose::change;
    case ExtensionReason::add_on:
      return Purpose::add_on;
  }
  return Purpose::continuation;
}

void settle_submission_dates(Home& home, Date submitted) {
  for (auto& member : home.members) {
    for (auto& service : member.services) {
      if (!service.date || service.period.present) continue;
      Field<Date> day;
      day.value = submitted;
      day.text = service.date.text;
      day.span = service.date.span;
      day.present = true;
      service.period = Period{true, service.date.span, day, day};
    }
  }
}

std::optional<Date> last_day_of(const Order& order) {
  if (!order.span_text) return std::nullopt;
  const auto span = parse_span(*order.span_text);
  if (!span || span->indefinite) return std::nullopt;
  if (span->last) return span->last;
  if (!order.signed_on) return std::nullopt;
  return add_months(*order.signed_on + std::chrono::days(span->days), span->months) - std::chrono::days(1);
}

bool is_order_span(std::string_view text) {
  return parse_span(text).has_value();
}

}  // namespace atz::model
