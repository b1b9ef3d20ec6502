#include "atz/app/new_home.hpp"

#include <fmt/format.h>

#include <map>

#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"

namespace atz::app {
namespace {

constexpr int kLeadDays = 28;  // from today to the first day asked for: inside the 30 days of HS001
constexpr int kMonths = 12;
constexpr int kCheckedDaysAgo = 6;
constexpr int kReviewedDaysAgo = 175;
constexpr std::size_t kShortestId = 2;
constexpr std::size_t kLongestId = 24;

constexpr std::string_view kModeline = "# yaml-language-server: $schema=home.schema.json\n";
constexpr std::string_view kBlankHead =
    "# Case file of one home. Replace every CHANGE-ME, then: atz check, atz staffing, atz submit.\n"
    "# `atz schema home > home.schema.json` gives editors completion and hints.\n\n";
constexpr std::string_view kDemoHead =
    "# A complete home. Everybody and everything in here is made up: atz check and atz submit pass as it is.\n"
    "# `atz schema home > home.schema.json` gives editors completion and hints.\n\n";

bool is_home_id(const std::string& id) {
  return id.size() >= kShortestId && id.size() <= kLongestId &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

std::string fill(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string filled(text);
  for (const auto& [mark, value] : values) {
    for (auto at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at + value.size()))
      filled.replace(at, mark.size(), value);
  }
  return filled;
}

}  // namespace

Result<std::string> new_home(const NewHomeSettings& settings) {
  const std::string id = !settings.id.empty() ? settings.id : settings.demo ? "maple-street" : "my-home";
  if (!is_home_id(id)) {
    return fail(Failure::usage, fmt::format("'{}' can't be the name of a home", printable(id)),
                "Use 2 to 24 small letters, digits and dashes, and nothing about the people: maple-street.");
  }
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
  const auto text = casefile::builtin_data(settings.demo ? "demo-home.yaml.in" : "new-home.yaml.in");
  if (!text) return fail(Failure::bug, "the template is missing from this program");
  std::string head(kModeline);
  head += settings.demo ? kDemoHead : kBlankHead;
  return head + fill(*text, values);
}

}  // namespace atz::app
