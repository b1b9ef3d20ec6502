#include "rules/extensions.hpp"

#include <algorithm>

namespace atz::rules {

model::DateSpan extension_days(const model::Settings& settings, model::Date end) {
  auto window = model::extension_window(end);
  // Five days before or after: the source can be read both ways, so the distance is the calendar's.
  if (settings.extension_deadline == model::Settings::ExtensionDeadline::after_end)
    window.last = end + (end - window.last);
  return window;
}

std::optional<model::DateSpan> common_window(const Context& context) {
  std::optional<model::DateSpan> common;
  for (const auto* member : context.extensions()) {
    if (!member->current_end) continue;
    const auto own = extension_days(context.settings(), *member->current_end);
    common = common ? model::DateSpan{std::max(common->first, own.first), std::min(common->last, own.last)} : own;
  }
  return common;
}

}  // namespace atz::rules
