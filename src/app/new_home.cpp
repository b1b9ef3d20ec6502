#include "atz/app/new_home.hpp"

#include <map>

#include "app/template.hpp"

namespace atz::app {
namespace {

constexpr int kLeadDays = 28;  // from today to the first day asked for: inside the 30 days of HS001
constexpr int kMonths = 12;
constexpr int kCheckedDaysAgo = 6;
constexpr int kReviewedDaysAgo = 175;
constexpr std::string_view kBlankHead =
    "# Case file of one home. Replace every CHANGE-ME, then: atz check, atz staffing, atz submit.\n"
    "# `atz schema home > home.schema.json` gives editors completion and hints.\n\n";
constexpr std::string_view kDemoHead =
    "# A complete home. Everybody and everything in here is made up: atz check and atz submit pass as it is.\n"
    "# `atz schema home > home.schema.json` gives editors completion and hints.\n\n";

}  // namespace

Result<std::string> new_home(const NewHomeSettings& settings) {
  const std::string id = !settings.id.empty() ? settings.id : settings.demo ? "maple-street" : "my-home";
  if (auto checked = check_home_id(id); !checked) return tl::make_unexpected(checked.error());
  const model::Date start = settings.today + std::chrono::days(kLeadDays);
  const model::DateSpan period{start, model::last_day_of_period(start, kMonths)};
  const std::map<std::string, std::string> values{
      {"@ID@", id},
      {"@TODAY@", model::format_date(settings.today)},
      {"@START@", model::format_date(period.first)},
      {"@END@", model::format_date(period.last)},
      {"@UNITS@", std::to_string(period.days())},
      {"@CHECKED@", model::format_date(settings.today - std::chrono::days(kCheckedDaysAgo))},
      {"@REVIEWED@", model::format_date(settings.today - std::chrono::days(kReviewedDaysAgo))},
  };
  auto text = fill_template(settings.demo ? "demo-home.yaml.in" : "new-home.yaml.in", values);
  if (!text) return text;
  return std::string(kModeline) + std::string(settings.demo ? kDemoHead : kBlankHead) + *text;
}

}  // namespace atz::app
