// What is due over cases as a ledger has them, day by day.
#include "atz/app/due.hpp"

#include <doctest/doctest.h>

#include "atz/casefile/workspace.hpp"

using namespace atz;
using app::DueKind;
using model::make_date;

namespace {

ledger::CaseRecord approved(const char* label, model::Date first, model::Date last) {
  static std::int64_t id = 0;
  ledger::CaseRecord record;
  record.id = ++id;
  record.home_id = "maple-street";
  record.label = label;
  record.case_id = std::string("90000010") + label;
  record.delivery = model::Delivery::accepted;
  record.status = model::CaseStatus::approved;
  ledger::CaseLine line;
  line.asked.code = "T2016";
  line.asked.period = {first, last};
  line.decision.action = model::ReviewAction::certified;
  record.lines.push_back(line);
  return record;
}

ledger::CaseRecord of_year(const char* label = "A") {
  return approved(label, make_date(2026, 2, 1), make_date(2027, 1, 31));
}

std::vector<app::DueItem> on(const std::vector<ledger::CaseRecord>& cases, model::Date today,
                             const model::Settings& settings = {}) {
  return app::due_items(cases, today, settings, model::BusinessCalendar(casefile::builtin_tables().holidays));
}

std::string kinds(const std::vector<app::DueItem>& items) {
  std::string words;
  for (const auto& item : items) words += (words.empty() ? "" : " ") + std::string(app::to_string(item.kind));
  return words;
}

}  // namespace

TEST_CASE("an authorization's window is announced, counted down, and missed") {
  CHECK(kinds(on({of_year()}, make_date(2026, 12, 31))) == "window_opens window_half window_closes");
  const auto open = on({of_year()}, make_date(2027, 1, 1));
  CHECK(kinds(open) == "window_half window_closes");
  CHECK(open[0].due == make_date(2027, 1, 16));
  CHECK(open[1].due == make_date(2027, 1, 26));
  CHECK(kinds(on({of_year()}, make_date(2027, 1, 17))) == "window_closes");
  CHECK_FALSE(on({of_year()}, make_date(2027, 1, 26))[0].overdue);
  const auto missed = on({of_year()}, make_date(2027, 1, 27));
  CHECK(kinds(missed) == "window_missed");
  CHECK(missed[0].overdue);
  CHECK(kinds(on({of_year()}, make_date(2027, 1, 31))) == "window_missed");
  CHECK(kinds(on({of_year()}, make_date(2027, 2, 1))) == "uncovered");
}

TEST_CASE("what follows ends the reminders, unless it was refused or denied") {
  auto next = approved("A", make_date(2027, 2, 1), make_date(2028, 1, 31));
  next.status = model::CaseStatus::in_review;
  next.expected_by = make_date(2027, 1, 18);
  next.sent_at = next.asked_at = model::maine_instant(make_date(2027, 1, 26), 600);
  CHECK(kinds(on({of_year(), next}, make_date(2027, 1, 26))) == "answer_expected ask_payer");
  next.status = model::CaseStatus::denied;
  CHECK(kinds(on({of_year(), next}, make_date(2027, 1, 27))) == "window_missed");
  next.delivery = model::Delivery::refused;
  CHECK(kinds(on({of_year(), next}, make_date(2027, 1, 27))).find("window_missed") != std::string::npos);
}

TEST_CASE("members of one home with the same day are one item") {
  const auto items = on({of_year("A"), of_year("B")}, make_date(2027, 1, 20));
  REQUIRE(items.size() == 1);
  CHECK(items[0].members == std::vector<std::string>{"A", "B"});
  CHECK(items[0].case_ids == std::vector<std::string>{"90000010A", "90000010B"});
}

TEST_CASE("open cases: look every business day, and an answer that is late") {
  auto record = of_year();
  record.status = model::CaseStatus::in_review;
  record.expected_by = make_date(2026, 12, 14);
  record.sent_at = model::maine_instant(make_date(2026, 12, 4), 600);  // a Friday
  const auto items = on({record}, make_date(2026, 12, 7));
  CHECK(kinds(items) == "ask_payer answer_expected");
  CHECK(items[0].due == make_date(2026, 12, 7));
  CHECK_FALSE(items[0].overdue);
  CHECK(on({record}, make_date(2026, 12, 8))[0].overdue);
  CHECK_FALSE(on({record}, make_date(2026, 12, 14))[1].overdue);
  CHECK(on({record}, make_date(2026, 12, 15))[1].overdue);
}

TEST_CASE("a reviewer's question is due after the days of the setting") {
  auto record = of_year();
  record.status = model::CaseStatus::info_requested;
  record.changed_at = model::maine_instant(make_date(2026, 12, 9), 600);
  model::Settings settings;
  CHECK(on({record}, make_date(2026, 12, 9))[0].due == make_date(2026, 12, 16));
  settings.info_reply_days = 10;
  CHECK(on({record}, make_date(2026, 12, 9), settings)[0].due == make_date(2026, 12, 19));
}

TEST_CASE("what nobody knows to have arrived, or what was refused, is overdue at once") {
  auto record = of_year();
  record.submitted_on = make_date(2026, 12, 7);
  record.delivery = model::Delivery::unknown;
  CHECK(kinds(on({record}, make_date(2026, 12, 7))) == "settle");
  CHECK(on({record}, make_date(2026, 12, 7))[0].overdue);
  record.delivery = model::Delivery::refused;
  CHECK(kinds(on({record}, make_date(2026, 12, 7))) == "resend");
}

TEST_CASE("an add-on can be renewed from thirty days before its end, and a renewal under review ends the reminder") {
  auto add_on = approved("C", make_date(2026, 7, 1), make_date(2027, 6, 30));
  add_on.purpose = model::Purpose::add_on;
  add_on.lines[0].asked.modifiers = {"SC"};
  CHECK(on({add_on}, make_date(2027, 5, 30))[0].due == make_date(2027, 5, 31));
  CHECK(kinds(on({add_on}, make_date(2027, 5, 30))) == "add_on_renewal add_on_renewal");
  const auto open = on({add_on}, make_date(2027, 5, 31));
  CHECK(kinds(open) == "add_on_renewal");
  CHECK(open[0].due == make_date(2027, 6, 25));
  CHECK(on({add_on}, make_date(2027, 6, 26))[0].due == make_date(2027, 6, 30));
  CHECK(on({add_on}, make_date(2027, 7, 1)).empty());
  auto next = add_on;
  next.id += 1000;
  next.status = model::CaseStatus::in_review;
  next.lines[0].asked.period = {make_date(2027, 7, 1), make_date(2028, 6, 30)};
  next.lines[0].decision = {};
  CHECK(kinds(on({add_on, next}, make_date(2027, 6, 1))).find("add_on_renewal") == std::string::npos);
}

TEST_CASE("an order that turns three months old while the review is open") {
  auto add_on = approved("C", make_date(2027, 2, 1), make_date(2028, 1, 31));
  add_on.purpose = model::Purpose::add_on;
  add_on.status = model::CaseStatus::in_review;
  add_on.lines[0].asked.modifiers = {"SC"};
  add_on.expected_by = make_date(2027, 1, 18);
  add_on.sent_at = model::maine_instant(make_date(2027, 1, 11), 600);
  const auto at = [&](model::Date today) {
    return app::due_items({add_on}, today, {}, model::BusinessCalendar(casefile::builtin_tables().holidays),
                          {{add_on.id, make_date(2026, 10, 12)}});
  };
  CHECK(at(make_date(2027, 1, 11))[0].kind == DueKind::order_too_old);
  CHECK(at(make_date(2027, 1, 11))[0].due == make_date(2027, 1, 11));
  CHECK(kinds(at(make_date(2027, 1, 12))).find("order_too_old") == std::string::npos);
}

TEST_CASE("a question that names its day is due on that day") {
  auto record = of_year();
  record.status = model::CaseStatus::info_requested;
  record.changed_at = model::maine_instant(make_date(2026, 12, 9), 600);
  record.requests.emplace_back();
  record.requests[0].due = make_date(2026, 12, 11);
  CHECK(on({record}, make_date(2026, 12, 11))[0].due == make_date(2026, 12, 11));
  CHECK_FALSE(on({record}, make_date(2026, 12, 11))[0].overdue);
  CHECK(on({record}, make_date(2026, 12, 12))[0].overdue);
}

TEST_CASE("after a cut: 60 days for a hearing, and for an extension ten to keep the former hours") {
  auto former = of_year("B");
  former.lines[0].asked.weekly_hours = model::Hours{343};  // 85.75
  auto cut = approved("B", make_date(2027, 2, 1), make_date(2028, 1, 31));
  cut.case_id = former.case_id;
  cut.purpose = model::Purpose::change;
  cut.status = model::CaseStatus::partially_approved;
  cut.lines[0].asked.weekly_hours = model::Hours{352};
  cut.lines[0].decision.action = model::ReviewAction::modified;
  cut.lines[0].decision.weekly_hours = model::Hours{340};
  cut.lines[0].decision.period = cut.lines[0].asked.period;
  cut.lines[0].decision.decided_on = make_date(2027, 1, 21);
  const auto items = on({former, cut}, make_date(2027, 1, 25));
  CHECK(kinds(items).find("former_hours_end keep_services hearing") != std::string::npos);
  const auto due = [&](DueKind kind) {
    for (const auto& item : items) {
      if (item.kind == kind) return item.due;
    }
    return model::Date{};
  };
  CHECK(due(DueKind::hearing) == make_date(2027, 3, 22));
  CHECK(due(DueKind::keep_services) == make_date(2027, 1, 31));
  CHECK(due(DueKind::former_hours_end) == make_date(2027, 1, 31));
  // The letter's own date counts.
  cut.notes = {"Letter of 2027-01-25 to the member."};
  const auto later = on({former, cut}, make_date(2027, 1, 25));
  CHECK(later.back().kind != DueKind::window_missed);
  for (const auto& item : later) {
    if (item.kind == DueKind::hearing) CHECK(item.due == make_date(2027, 3, 26));
  }
}
