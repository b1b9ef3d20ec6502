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
