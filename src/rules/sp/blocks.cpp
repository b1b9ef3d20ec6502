// Single blocks of a pattern: on the grid, with a length that makes sense.
#include <fmt/format.h>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/corrections.hpp"
#include "rules/patterns.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

void check_time(Context& context, const Block& block, const model::Field<int>& time) {
  if (!time || *time % model::kMinutesPerSlot == 0) return;
  const int below = *time / model::kMinutesPerSlot * model::kMinutesPerSlot;
  context.report(time.span, fmt::format("{} is not on a quarter hour", model::format_time_of_day(*time)))
      .member(block.label)
      .found(time.text)
      .expected(fmt::format("{} or {}", model::format_time_of_day(below),
                            model::format_time_of_day(below + model::kMinutesPerSlot)))
      .help("Staffing is counted in quarter hours.");
}

// 6:00 is read as 06:00. One note for each pattern is enough.
void check_short_times(Context& context) {
  std::vector<const model::Field<int>*> times;
  each_block(context.home(), [&](const Block& block) {
    for (const auto* time : {&block.span->from, &block.span->to}) {
      if (!*time || time->text == model::format_time_of_day(**time)) continue;
      if (!times.empty() && times.front()->span.source != time->span.source) continue;
      times.push_back(time);
    }
  });
  if (times.empty()) return;
  const auto& first = *times.front();
  auto report = context.report(
      first.span, times.size() == 1 ? std::string("A time is written without its leading zero")
                                    : fmt::format("{} times are written without their leading zeros", times.size()));
  report.severity(diag::Severity::info).found(first.text).expected(model::format_time_of_day(*first));
  const auto* editor = context.editor(first.span.source);
  if (editor == nullptr) return;
  std::vector<std::optional<diag::Replacement>> replacements;
  replacements.reserve(times.size());
  for (const auto* time : times)
    replacements.push_back(editor->replacement(time->span, model::format_time_of_day(**time)));
  report.fix("Write hours with two digits.", std::move(replacements));
}

void check_grid(Context& context) {
  each_unreadable(context, [&](const casefile::Unreadable& value) {
    const bool days = value.type == casefile::FieldType::weekdays;
    context
        .report(value.span,
                fmt::format("{} is not {}", quoted(value.text), days ? "a list of weekdays" : "a time of day"))
        .member(value.member)
        .found(quoted(value.text))
        .expected(days ? "daily, mon-fri, or a list such as mon,wed,fri" : "hours and minutes, for example 06:15")
        .fix(value.span, days ? std::nullopt : clear_time(value.text));
  });
  each_block(context.home(), [&](const Block& block) {
    check_time(context, block, block.span->from);
    check_time(context, block, block.span->to);
  });
  check_short_times(context);
}

constexpr Rule kGrid{.id = "SP001",
                     .slug = "quarter-hour-grid",
                     .severity = diag::Severity::error,
                     .title = "A week has seven days, and every time is on a quarter hour",
                     .why =
                         "The week is counted as 672 quarter hours, 168 hours, from Sunday 0:00. Times between two "
                         "quarters have no place.",
                     .source = "modelled",
                     .passes = {"effective: 2027-01-04\n"
                                "roster: [A, B]\n"
                                "shifts:\n"
                                "  - {staff: N, days: daily, from: 22:00, to: 06:15}\n"
                                "  - {staff: D, days: daily, from: 06:15, to: 22:00}",
                                Base::file},
                     .fails = {"effective: 2027-01-04\n"
                               "roster: [A, B]\n"
                               "shifts:\n"
                               "  - {staff: N, days: daily, from: 22:00, to: 06:10}\n"
                               "  - {staff: D, days: daily, from: 06:10, to: 22:00}",
                               Base::file},
                     .check = check_grid};

void check_length(Context& context) {
  constexpr int kDay = 24 * 60;
  each_block(context.home(), [&](const Block& block) {
    const auto& from = block.span->from;
    const auto& to = block.span->to;
    if (from && *from == kDay) {
      context.report(from.span, "Nothing starts at 24:00")
          .member(block.label)
          .found(from.text)
          .expected("00:00, on the next day")
          .help("24:00 is allowed as an end only.");
    } else if (from && to && *from == *to) {
      context.report(to.span, "This block ends when it starts")
          .member(block.label)
          .found(fmt::format("{} to {}", from.text, to.text))
          .expected("a length of more than 0 and at most 24 hours")
          .related(from.span, "it starts here")
          .help("For a whole day write from: 00:00, to: 24:00.");
    }
  });
}

constexpr Rule kLength{.id = "SP002",
                       .slug = "block-length",
                       .severity = diag::Severity::error,
                       .title = "A block is longer than nothing and not longer than a day",
                       .why =
                           "An end at or before the start means the next day: 22:00 to 06:00 is eight hours. 06:00 to "
                           "06:00 could be nothing "
                           "or a whole day, so it is neither.",
                       .source = "modelled",
                       .passes = {"effective: 2027-01-04\n"
                                  "roster: [A, B]\n"
                                  "shifts:\n"
                                  "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
                                  "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
                                  Base::file},
                       .fails = {"effective: 2027-01-04\n"
                                 "roster: [A, B]\n"
                                 "shifts:\n"
                                 "  - {staff: N, days: daily, from: 06:00, to: 06:00}\n"
                                 "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
                                 Base::file},
                       .check = check_length};

constexpr const Rule* kRules[] = {&kGrid, &kLength};

}  // namespace

RuleList sp_block_rules() {
  return kRules;
}

}  // namespace atz::rules
