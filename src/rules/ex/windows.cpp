// When an extension may be sent: counted from the last covered day of the authorization that is there.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/extensions.hpp"

namespace atz::rules {
namespace {

using Members = std::vector<const model::Member*>;
constexpr auto kOneDay = std::chrono::days(1);

bool is_change(const model::Member& member) {
  return member.reason && *member.reason == model::ExtensionReason::change;
}

// Members with the same current end have the same window: one finding for them.
template <class Say>
void each_end(Context& context, Say say) {
  std::map<std::pair<model::Date, bool>, Members> ends;
  for (const auto* member : context.extensions()) {
    if (member->current_end) ends[{*member->current_end, is_change(*member)}].push_back(member);
  }
  for (const auto& [key, members] : ends) say(key.first, key.second, members);
}

Report report_end(Context& context, const Members& members, std::string message) {
  auto report = context.report(*members.front(), members.front()->current_end.span, std::move(message));
  for (std::size_t i = 1; i < members.size(); ++i)
    report.related(members[i]->current_end.span, fmt::format("the same for {}", name_of(*members[i])));
  return report;
}

// The days on which the whole home can be sent; where there are none, those of this end.
std::string when(Context& context, model::Date end) {
  const auto all = common_window(context);
  const bool whole_home = context.extensions().size() > 1 && all && all->first <= all->last;
  const auto window = whole_home ? *all : extension_days(context.settings(), end);
  return fmt::format("from {} to {}{}", day(window.first), day(window.last),
                     whole_home ? ", the whole home together" : "");
}

std::string sent_before_end(Context& context, model::Date end) {
  const auto left = (end - context.today()).count();
  return left >= 0 ? fmt::format("Sent on {}, this is {} before the end", day(context.today()), days(left))
                   : fmt::format("Sent on {}, this is {} after the end", day(context.today()), days(-left));
}

// A new authorization takes over where an extension comes too late.
std::string instead(Context& context, model::Date end) {
  return fmt::format(
      "Phone the Clinical Review Team. Without an extension, days from {} on need a new service-notification; its "
      "first possible day is {}.",
      day(end + kOneDay), day(std::max(end + kOneDay, context.today())));
}

bool is_error(Context& context, bool change) {
  return !change || context.settings().change_window_strict;
}

void say_too_early(Context& context, model::Date end, const Members& members) {
  const auto window = extension_days(context.settings(), end);
  report_end(context, members, sent_before_end(context, end) + "; the window opens 30 days before")
      .found(fmt::format("current end {}", day(end)))
      .expected(fmt::format("sent on {} or later", day(window.first)))
      .help(fmt::format("It can be sent {}.", when(context, end)));
}

void say_too_late(Context& context, model::Date end, const Members& members) {
  const auto window = extension_days(context.settings(), end);
  const bool before = window.last <= end;
  report_end(
      context, members,
      sent_before_end(context, end) + fmt::format("; the window closes 5 days {} it", before ? "before" : "after"))
      .found(fmt::format("current end {}", day(end)))
      .expected(fmt::format("sent on {} or earlier", day(window.last)))
      .help(instead(context, end));
}

void check_too_early(Context& context) {
  each_end(context, [&](model::Date end, bool change, const Members& members) {
    if (!is_error(context, change)) return;
    if (context.today() < extension_days(context.settings(), end).first) say_too_early(context, end, members);
  });
}

constexpr Rule kTooEarly{
    .id = "EX003",
    .slug = "extension-too-early",
    .severity = diag::Severity::error,
    .title = "An extension is sent at most 30 days before the authorization ends",
    .why = "The window opens 30 calendar days before the last covered day. What comes earlier is sent back.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization",
    .passes = Example("members:\n  - {label: A, current_end: 2027-01-31}    # 30 days after the day of sending\n",
                      Base::extension, "2027-01-01", "settings: {change-window: strict}\n"),
    .fails = Example("members:\n  - {label: A, current_end: 2027-01-31}    # 31 days after the day of sending\n",
                     Base::extension, "2026-12-31", "settings: {change-window: strict}\n"),
    .check = check_too_early};

// Once the authorization has ended, EX006 speaks instead.
bool ended(Context& context, model::Date end) {
  return context.today() > end && extension_days(context.settings(), end).last <= end;
}

void check_too_late(Context& context) {
  each_end(context, [&](model::Date end, bool change, const Members& members) {
    if (!is_error(context, change) || ended(context, end)) return;
    if (context.today() > extension_days(context.settings(), end).last) say_too_late(context, end, members);
  });
}

constexpr Rule kTooLate{
    .id = "EX004",
    .slug = "extension-too-late",
    .severity = diag::Severity::error,
    .title = "An extension is sent no later than 5 days before the authorization ends",
    .why =
        "After that the review can't be done before the authorization ends. The page can also be read as five days "
        "after the end: see the setting extension-deadline.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization",
    .passes = Example("members:\n  - {label: A, current_end: 2027-01-31}    # 5 days after the day of sending\n",
                      Base::extension, "2027-01-26", "settings: {change-window: strict}\n"),
    .fails = Example("members:\n  - {label: A, current_end: 2027-01-31}    # 4 days after the day of sending\n",
                     Base::extension, "2027-01-27", "settings: {change-window: strict}\n"),
    .check = check_too_late,
    .setting = "extension-deadline"};

constexpr Rule kDeadline{
    .id = "EX005",
    .slug = "extension-deadline",
    .severity = diag::Severity::info,
    .title = "extension-deadline says whether the window closes before or after the end",
    .why =
        "\"No later than 5 calendar days from the end\" can be read both ways. before-end is the safe reading and the "
        "default; after-end allows up to five days after the end.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization (ambiguous)",
    .passes = "settings: {extension-deadline: before-end}",
    .fails = "",
    .setting = "extension-deadline"};

void check_ended(Context& context) {
  each_end(context, [&](model::Date end, bool, const Members& members) {
    if (!ended(context, end)) return;
    report_end(context, members, fmt::format("The authorization ended {}: nothing is left to extend", day(end)))
        .found(fmt::format("current end {}, sent on {}", day(end), day(context.today())))
        .expected("request: service-notification")
        .help(instead(context, end));
  });
}

constexpr Rule kEnded{.id = "EX006",
                      .slug = "already-ended",
                      .severity = diag::Severity::error,
                      .title = "What has ended is not extended but asked for anew",
                      .why =
                          "Nothing is approved backwards, so the days since the end stay unpaid. A new request stops "
                          "the gap from growing.",
                      .source = "Maine page on T2016 authorizations, Extending an Authorization (implied)",
                      .passes = Example("members:\n  - {label: A, current_end: 2027-01-31}    # five days are left\n",
                                        Base::extension, "2027-01-26"),
                      .fails = Example("members:\n"
                                       "  - {label: A, current_end: 2027-01-10}    # the day before it is sent\n"
                                       "  - {label: B, current_end: 2027-01-10}\n"
                                       "  - {label: C, current_end: 2027-01-10}\n"
                                       "period: {start: 2027-01-11, end: 2028-01-10}\n"
                                       "staffing: {effective: 2027-01-11}\n",
                                       Base::extension),
                      .check = check_ended,
                      .setting = "extension-deadline"};

void check_change_window(Context& context) {
  if (context.settings().change_window_strict) return;
  each_end(context, [&](model::Date end, bool change, const Members& members) {
    if (!change || ended(context, end)) return;
    const auto window = extension_days(context.settings(), end);
    if (context.today() < window.first) say_too_early(context, end, members);
    if (context.today() > window.last) say_too_late(context, end, members);
  });
}

constexpr Rule kChangeWindow{
    .id = "EX009",
    .slug = "change-window",
    .severity = diag::Severity::warning,
    .title = "A change of need, too, is best sent in the window of an extension",
    .why =
        "By the letter of the page every extension has the same window, though a need can change on any day. So this "
        "is a warning only; the setting change-window: strict makes it an error.",
    .source = "Maine page on T2016 authorizations, Extending an Authorization (letter and purpose differ)",
    .passes =
        Example("members:\n  - {label: A, reason: change, current_end: 2027-01-31}\n", Base::extension, "2027-01-01"),
    .fails = Example("members:\n  - {label: A, reason: change, current_end: 2027-01-31}    # 31 days ahead\n",
                     Base::extension, "2026-12-31"),
    .check = check_change_window,
    .setting = "change-window"};

std::string ends_by_member(Context& context) {
  std::vector<std::string> ends;
  for (const auto* member : context.extensions()) {
    if (!member->current_end) continue;
    ends.push_back(
        fmt::format("{} {}", member->label ? *member->label : "?", model::format_date(*member->current_end)));
  }
  return list_words(ends, "and");
}

void check_common_window(Context& context) {
  const auto common = common_window(context);
  if (!common || common->first <= common->last) return;
  const model::Member* early = nullptr;
  const model::Member* late = nullptr;
  for (const auto* member : context.extensions()) {
    if (!member->current_end) continue;
    if (early == nullptr || *member->current_end < *early->current_end) early = member;
    if (late == nullptr || *member->current_end > *late->current_end) late = member;
  }
  context
      .report(*early, early->current_end.span,
              fmt::format("On no day can all members be sent together: {} must be sent by {}, {} not before {}",
                          name_of(*early), day(common->last), name_of(*late), day(common->first)))
      .found(fmt::format("current ends: {}", ends_by_member(context)))
      .expected("ends at most 25 days apart")
      .related(late->current_end.span, fmt::format("the end of {}", name_of(*late)))
      .help(fmt::format(
          "Send all of them as reason: change by {}, each with a first day on or before its own end, so that they end "
          "on the same day from now on; a change may be sent outside the window.",
          day(common->last)));
}

constexpr Rule kCommonWindow{.id = "EX012",
                             .slug = "common-window",
                             .severity = diag::Severity::warning,
                             .title = "There is a day on which all members of the home can be sent together",
                             .why =
                                 "The home is judged as a whole, and each extension has a window of its own. When the "
                                 "ends lie more than 25 days "
                                 "apart, the windows do not meet.",
                             .source = "derived from the windows and the rule for whole homes",
                             .passes = Example("members:\n"
                                               "  - {label: A, current_end: 2027-01-31}\n"
                                               "  - {label: B, current_end: 2027-01-31}\n",
                                               Base::extension),
                             .fails = Example("members:\n"
                                              "  - {label: A, current_end: 2027-01-31}\n"
                                              "  - label: B\n"
                                              "    current_end: 2027-02-26\n"
                                              "    period: {start: 2027-02-01, end: 2028-01-31}\n",
                                              Base::extension),
                             .check = check_common_window};

void check_last_days(Context& context) {
  constexpr int kLastDays = 3;
  each_end(context, [&](model::Date end, bool, const Members& members) {
    const auto window = extension_days(context.settings(), end);
    const auto left = (window.last - context.today()).count();
    if (left < 0 || left >= kLastDays) return;
    report_end(context, members,
               left == 0 ? std::string("This is the last day on which the extension can be sent")
                         : fmt::format("Only {} are left to send the extension", days(left + 1)))
        .found(fmt::format("current end {}, sent on {}", day(end), day(context.today())))
        .expected(fmt::format("sent on {} or earlier", day(window.last - std::chrono::days(kLastDays))))
        .help(fmt::format("If anything is wrong with it, there is little time to mend it: the window closes on {}.",
                          day(window.last)));
  });
}

constexpr Rule kLastDays{
    .id = "EX014",
    .slug = "last-days",
    .severity = diag::Severity::warning,
    .title = "An extension is not left to the last three days of its window",
    .why = "A question or a failure on the last day can cost the whole window.",
    .source = "modelled",
    .passes = Example("members:\n  - {label: A, current_end: 2027-01-31}\n", Base::extension, "2027-01-23"),
    .fails = Example("members:\n  - {label: A, current_end: 2027-01-31}\n", Base::extension, "2027-01-24"),
    .check = check_last_days};

constexpr Rule kReminders{
    .id = "EX016",
    .slug = "window-reminders",
    .severity = diag::Severity::info,
    .title = "atz tells when the window opens, ten days before it closes, on its last day, and when it is missed",
    .why =
        "An extension that nobody sent ends in unpaid days. The days are E-30, E-15 and E-5 for the last covered day "
        "E.",
    .source = "modelled",
    .passes = "",
    .fails = "",
    .acts_in = "due"};

constexpr const Rule* kRules[] = {&kTooEarly,     &kTooLate,      &kDeadline, &kEnded,
                                  &kChangeWindow, &kCommonWindow, &kLastDays, &kReminders};

}  // namespace

RuleList ex_window_rules() {
  return kRules;
}

}  // namespace atz::rules
