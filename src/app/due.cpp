#include "atz/app/due.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "atz/app/plan.hpp"
#include "atz/app/profile.hpp"
#include "atz/app/status.hpp"
#include "atz/casefile/workspace.hpp"

namespace atz::app {
namespace {

constexpr auto kOneDay = std::chrono::days(1);
constexpr auto kHalfTime = std::chrono::days(10);  // before the window closes

std::string weekday_and(model::Date date) {
  return model::weekday_name(date) + " " + model::format_date(date);
}

// The days that a decided case covers with its regular hours; nullopt when it covers none.
std::optional<model::DateSpan> covered(const ledger::CaseRecord& record) {
  std::optional<model::DateSpan> days;
  for (const auto& line : record.lines) {
    const auto period = granted(line).period;
    if (!period || !line.asked.modifiers.empty()) continue;
    if (!days || period->last > days->last) days = period;
  }
  return days;
}

bool is_over(const ledger::CaseRecord& record) {
  return record.delivery == model::Delivery::refused || record.status == model::CaseStatus::denied ||
         record.status == model::CaseStatus::voided;
}

// Whether something was sent for the same member that goes on after that day.
bool has_successor(const std::vector<ledger::CaseRecord>& cases, const ledger::CaseRecord& of, model::Date last) {
  return std::any_of(cases.begin(), cases.end(), [&](const ledger::CaseRecord& other) {
    if (other.id == of.id || other.home_id != of.home_id || other.label != of.label || is_over(other)) return false;
    return std::any_of(other.lines.begin(), other.lines.end(), [&](const ledger::CaseLine& line) {
      return line.asked.modifiers.empty() && line.asked.period.last > last;
    });
  });
}

class Gatherer {
 public:
  Gatherer(const std::vector<ledger::CaseRecord>& cases, model::Date today, const model::Settings& settings,
           const model::BusinessCalendar& calendar)
      : cases_(cases), today_(today), settings_(settings), calendar_(calendar) {}

  std::vector<DueItem> gather() {
    for (const auto& record : cases_) look_at(record);
    std::stable_sort(items_.begin(), items_.end(), [](const DueItem& a, const DueItem& b) {
      return std::tie(a.due, a.home_id, a.kind) < std::tie(b.due, b.home_id, b.kind);
    });
    return std::move(items_);
  }

 private:
  void look_at(const ledger::CaseRecord& record) {
    using model::CaseStatus;
    switch (record.delivery) {
      case model::Delivery::sending:
      case model::Delivery::unknown:
        return add(record, record.submitted_on, DueKind::settle, true,
                   "Nobody knows whether the payer has it: run `atz recover`.");
      case model::Delivery::refused:
        return add(record, record.submitted_on, DueKind::resend, true,
                   "The payer refused it: correct the file and submit again.");
      case model::Delivery::accepted:
        break;
    }
    if (record.status == CaseStatus::info_requested) return look_at_question(record);
    if (!model::is_decided(record.status)) return look_at_open(record);
    if (record.status == CaseStatus::approved || record.status == CaseStatus::partially_approved) look_at_end(record);
  }

  void look_at_question(const ledger::CaseRecord& record) {
    const auto due = model::maine_date(record.changed_at) + std::chrono::days(settings_.info_reply_days);
    add(record, due, DueKind::answer_reviewer, due < today_, "The reviewer asked for information: answer it.");
  }

  void look_at_open(const ledger::CaseRecord& record) {
    const auto asked = model::maine_date(std::max(record.asked_at, record.sent_at));
    const auto ask_by = calendar_.add_business_days(asked, 1);
    add(record, ask_by, DueKind::ask_payer, ask_by < today_,
        "Look whether the reviewers have a question: run `atz status`.");
    const bool late = record.expected_by < today_;
    add(record, record.expected_by, DueKind::answer_expected, late,
        late ? "An answer was expected by now: phone the Clinical Review Team." : "An answer may be here by this day.");
  }

  void look_at_end(const ledger::CaseRecord& record) {
    const auto days = covered(record);
    if (!days || has_successor(cases_, record, days->last)) return;
    const auto window = model::extension_window(days->last);
    const std::string end = weekday_and(days->last);
    if (today_ > days->last)
      return add(record, days->last + kOneDay, DueKind::uncovered, true,
                 fmt::format("The authorization ended on {} and nothing follows: days since then are unpaid.", end));
    if (today_ > window.last)
      return add(record, window.last, DueKind::window_missed, true,
                 fmt::format("The window to extend is closed, and the authorization ends on {}: phone the Clinical "
                             "Review Team, and prepare a new service-notification.",
                             end));
    if (today_ < window.first)
      add(record, window.first, DueKind::window_opens, false,
          fmt::format("From this day on it can be extended, up to {}.", weekday_and(window.last)));
    if (today_ <= window.last - kHalfTime)
      add(record, window.last - kHalfTime, DueKind::window_half, false,
          fmt::format("Ten days are left to extend it; the window closes on {}.", weekday_and(window.last)));
    add(record, window.last, DueKind::window_closes, false,
        fmt::format("Last day to extend the authorization that ends on {}.", end));
  }

  void add(const ledger::CaseRecord& record, model::Date due, DueKind kind, bool overdue, std::string what) {
    const auto same = std::find_if(items_.begin(), items_.end(), [&](const DueItem& item) {
      return item.home_id == record.home_id && item.due == due && item.kind == kind && item.what == what;
    });
    DueItem& item = same != items_.end() ? *same : items_.emplace_back();
    item.due = due;
    item.kind = kind;
    item.overdue = overdue;
    item.home_id = record.home_id;
    item.members.push_back(record.label);
    if (!record.case_id.empty()) item.case_ids.push_back(record.case_id);
    item.what = std::move(what);
  }

  const std::vector<ledger::CaseRecord>& cases_;
  model::Date today_;
  const model::Settings& settings_;
  const model::BusinessCalendar& calendar_;
  std::vector<DueItem> items_;
};

}  // namespace

std::string_view to_string(DueKind kind) {
  switch (kind) {
    case DueKind::settle:
      return "settle";
    case DueKind::resend:
      return "resend";
    case DueKind::answer_reviewer:
      return "answer_reviewer";
    case DueKind::ask_payer:
      return "ask_payer";
    case DueKind::answer_expected:
      return "answer_expected";
    case DueKind::window_opens:
      return "window_opens";
    case DueKind::window_half:
      return "window_half";
    case DueKind::window_closes:
      return "window_closes";
    case DueKind::window_missed:
      return "window_missed";
    case DueKind::uncovered:
      return "uncovered";
  }
  return "settle";
}

bool DueResult::overdue() const {
  return std::any_of(items.begin(), items.end(), [](const DueItem& item) { return item.overdue; });
}

std::vector<DueItem> due_items(const std::vector<ledger::CaseRecord>& cases, model::Date today,
                               const model::Settings& settings, const model::BusinessCalendar& calendar) {
  return Gatherer(cases, today, settings, calendar).gather();
}

Result<DueResult> due(const Services& services, const DueSettings& settings) {
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(services.files.absolute("."));
  auto profile = choose_profile(services, settings.profile, workspace.get());
  if (!profile) return tl::make_unexpected(profile.error());
  DueResult result;
  result.profile = profile->name;
  auto now = resolve_now(services, *profile, settings.as_of, Effect::none);
  if (!now) return tl::make_unexpected(now.error());
  result.now = std::move(*now);
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  if (opened->ledger == nullptr) return result;  // nothing was ever sent from here
  auto cases = opened->ledger->cases(result.profile);
  if (!cases) return tl::make_unexpected(cases.error());
  const model::BusinessCalendar calendar(workspace->tables.holidays);
  result.items = due_items(*cases, result.now.today, workspace->settings, calendar);
  const auto last = result.now.today + std::chrono::days(settings.within_days);
  result.items.erase(std::remove_if(result.items.begin(), result.items.end(),
                                    [&](const DueItem& item) { return !item.overdue && item.due > last; }),
                     result.items.end());
  return result;
}

}  // namespace atz::app
