// `atz due`: what must happen by when, from what was sent and decided. Asks nobody and writes nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/settings.hpp"

namespace atz::app {

enum class DueKind {
  settle,            // a submission whose outcome is unknown
  resend,            // refused by the payer: nothing lies there
  answer_reviewer,   // information was asked for
  ask_payer,         // HS026: nobody has looked for an answer since the last business day
  answer_expected,   // GN015
  window_opens,      // EX016: 30 days before the end
  window_half,       // ten days before the window closes
  window_closes,     // the last day of the window
  window_missed,     // the window is closed, and nothing follows
  uncovered,         // the authorization has ended, and nothing follows
  add_on_renewal,    // MA014: a Medical Add-On that ends can be asked for again
  order_too_old,     // MA006: the order behind an add-on turns three months old while it is under review
  former_hours_end,  // EX013: the last day of the former hours after a cut or denial
  keep_services,     // the last day to ask for a hearing and keep the former hours meanwhile
  hearing,           // the last day to ask for a hearing
};
std::string_view to_string(DueKind kind);  // "window_opens"

// The same thing for members of one home that falls on the same day.
struct DueItem {
  model::Date due{};
  DueKind kind = DueKind::settle;
  bool overdue = false;  // something should have happened before today
  std::string home_id;
  std::vector<std::string> members;   // labels, in the order of the case file
  std::vector<std::string> case_ids;  // of those that have one
  std::string what;                   // one sentence, without personal data
};

struct DueSettings {
  std::optional<std::string> profile, as_of;
  int within_days = 30;  // from today, inclusive; what is overdue is always there
};

struct DueResult {
  Now now;
  std::string profile;
  std::vector<DueItem> items;  // by day
  [[nodiscard]] bool overdue() const;
};

Result<DueResult> due(const Services& services, const DueSettings& settings);

// Dates of physician's orders by row of the ledger, as far as they are known.
using OrderDates = std::map<std::int64_t, model::Date>;

// The same over given cases, newest batch last. Pure.
std::vector<DueItem> due_items(const std::vector<ledger::CaseRecord>& cases, model::Date today,
                               const model::Settings& settings, const model::BusinessCalendar& calendar,
                               const OrderDates& orders = {});

}  // namespace atz::app
