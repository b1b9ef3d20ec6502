#include "atz/app/due.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "app/known_home.hpp"
#include "app/next_steps.hpp"
#include "atz/app/appeal.hpp"
#include "atz/app/home_state.hpp"
#include "atz/app/open_ledger.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/status.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/casefile/workspace.hpp"

namespace atz::app {
namespace {

constexpr auto kOneDay = std::chrono::days(1);
constexpr auto kHalfTime = std::chrono::days(10);  // before the window closes

std::string weekday_and(model::Date date) {
  return model::weekday_name(date) + " " + model::format_date(date);
}

constexpr std::string_view kOrderQuestionnaire = "medical-add-on";
constexpr std::string_view kOrderDate = "8";  // the question for the order's date

class Gatherer {
 public:
  Gatherer(const std::vector<ledger::CaseRecord>& cases, model::Date today, const model::Settings& settings,
           const model::BusinessCalendar& calendar, const OrderDates& orders)
      : cases_(cases), today_(today), settings_(settings), calendar_(calendar), orders_(orders) {}

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
        if (is_over(record, cases_, today_)) return;
        return add(record, record.submitted_on, DueKind::resend, true,
                   "The payer refused it: correct the file and submit again.");
      case model::Delivery::accepted:
        break;
    }
    if (record.status == CaseStatus::info_requested) return look_at_question(record);
    if (!model::is_decided(record.status)) return look_at_open(record);
    if (record.status == CaseStatus::approved || record.status == CaseStatus::partially_approved) {
      look_at_end(record);
      look_at_add_on(record);
    }
    look_at_rights(record);
  }

  void look_at_question(const ledger::CaseRecord& record) {
    std::optional<model::Date> named;
    for (const auto& request : record.requests) {
      if (request.due && (!named || *request.due < *named)) named = request.due;
    }
    const auto due =
        named.value_or(model::maine_date(record.changed_at) + std::chrono::days(settings_.info_reply_days));
    look_at_order(record);
    add(record, due, DueKind::answer_reviewer, due < today_, "The reviewer asked for information: answer it.");
  }

  void look_at_open(const ledger::CaseRecord& record) {
    const auto asked = model::maine_date(std::max(record.asked_at, record.sent_at));
    const auto ask_by = calendar_.add_business_days(asked, 1);
    add(record, ask_by, DueKind::ask_payer, ask_by < today_,
        "Look whether the reviewers have a question: run `atz status`.");
    look_at_order(record);
    const bool late = record.expected_by < today_;
    const char* whom = record.purpose == model::Purpose::termination
                           ? "An answer was expected by now: phone the payer's provider help."
                           : "An answer was expected by now: phone the Clinical Review Team.";
    add(record, record.expected_by, DueKind::answer_expected, late, late ? whom : "An answer may be here by this day.");
  }

  void look_at_order(const ledger::CaseRecord& record) {
    const auto order = orders_.find(record.id);
    if (order == orders_.end()) return;
    const auto last = model::last_day_of_order(order->second);
    if (today_ > last) return;
    add(record, last, DueKind::order_too_old, false,
        "Last day on which the order behind the add-on is less than three months old; the review may ask for a new "
        "one.");
  }

  void look_at_end(const ledger::CaseRecord& record) {
    const auto days = covered_days(record, false);
    if (!days || has_successor(cases_, record, days->last, false)) return;
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

  // The manual gives the renewal no closing day; five days before the end, as for the regular hours, is safe.
  void look_at_add_on(const ledger::CaseRecord& record) {
    const auto days = covered_days(record, true);
    if (!days || today_ > days->last || has_successor(cases_, record, days->last, true)) return;
    const auto window = model::extension_window(days->last);
    const std::string end = weekday_and(days->last);
    if (today_ < window.first)
      add(record, window.first, DueKind::add_on_renewal, false,
          fmt::format("From this day on the Medical Add-On that ends on {} can be asked for again.", end));
    add(record, today_ <= window.last ? window.last : days->last, DueKind::add_on_renewal, false,
        fmt::format("Ask again for the Medical Add-On that ends on {}, if it is still needed.", end));
  }

  // What the member or guardian can do; nothing of it is overdue, it is just over.
  void look_at_rights(const ledger::CaseRecord& record) {
    if (const auto former = continuation_of(record, cases_); former && today_ <= former->through) {
      add(record, former->through, DueKind::former_hours_end, false,
          former->hours ? fmt::format("Last day of the former {} hours a week.", model::format_hours(*former->hours))
                        : std::string("Last day of the former hours."));
    }
    const auto appeal = appeal_of(record, cases_);
    if (!appeal) return;
    if (appeal->keep_services_by && today_ <= *appeal->keep_services_by)
      add(record, *appeal->keep_services_by, DueKind::keep_services, false,
          "The member or guardian can ask for a hearing and keep the former hours meanwhile at least up to this day.");
    if (today_ <= appeal->hearing_by)
      add(record, appeal->hearing_by, DueKind::hearing, false,
          "The member or guardian can ask for a hearing at least up to this day; the letter says which day counts.");
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
    const auto add_once = [](std::vector<std::string>& list, const std::string& text) {
      if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
    };
    add_once(item.members, record.label);
    if (!record.case_id.empty()) add_once(item.case_ids, record.case_id);
    item.what = std::move(what);
  }

  const std::vector<ledger::CaseRecord>& cases_;
  model::Date today_;
  const model::Settings& settings_;
  const model::BusinessCalendar& calendar_;
  const OrderDates& orders_;
  std::vector<DueItem> items_;
};

// From the answers that were sent with add-ons that are still under review.
Result<OrderDates> order_dates(const ledger::Ledger& ledger, const std::vector<ledger::CaseRecord>& cases) {
  OrderDates dates;
  for (const auto& record : cases) {
    if (record.purpose != model::Purpose::add_on || record.delivery != model::Delivery::accepted ||
        model::is_decided(record.status))
      continue;
    const auto body = ledger.member_body(record.id);
    if (!body) return tl::make_unexpected(body.error());
    KnownMember member;
    const auto sent = fhir::read_submit(*body, true);
    if (const auto* read = std::get_if<fhir::ReceivedRequest>(&sent)) member.questionnaires = read->questionnaires;
    if (const auto date = model::parse_date(member.answer(kOrderQuestionnaire, kOrderDate))) dates[record.id] = *date;
  }
  return dates;
}

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
    case DueKind::add_on_renewal:
      return "add_on_renewal";
    case DueKind::order_too_old:
      return "order_too_old";
    case DueKind::former_hours_end:
      return "former_hours_end";
    case DueKind::keep_services:
      return "keep_services";
    case DueKind::hearing:
      return "hearing";
  }
  return "settle";
}

bool DueResult::overdue() const {
  return std::any_of(items.begin(), items.end(), [](const DueItem& item) { return item.overdue; });
}

std::vector<DueItem> due_items(const std::vector<ledger::CaseRecord>& cases, model::Date today,
                               const model::Settings& settings, const model::BusinessCalendar& calendar,
                               const OrderDates& orders) {
  return Gatherer(cases, today, settings, calendar, orders).gather();
}

Result<DueResult> due(const Services& services, const DueSettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of, Effect::keeps_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  DueResult result;
  result.profile = profile.name;
  result.now = std::move(around->now);
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  if (opened->ledger == nullptr) return result;  // nothing was ever sent from here
  auto cases = opened->ledger->cases(result.profile);
  if (!cases) return tl::make_unexpected(cases.error());
  const model::BusinessCalendar calendar(around->workspace->tables.holidays);
  const auto orders = order_dates(*opened->ledger, *cases);
  if (!orders) return tl::make_unexpected(orders.error());
  result.items = due_items(*cases, result.now.today, around->workspace->settings, calendar, *orders);
  const auto last = result.now.today + std::chrono::days(settings.within_days);
  result.items.erase(std::remove_if(result.items.begin(), result.items.end(),
                                    [&](const DueItem& item) { return !item.overdue && item.due > last; }),
                     result.items.end());
  return result;
}

}  // namespace atz::app
