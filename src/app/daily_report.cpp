#include "atz/app/daily_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "atz/app/open_ledger.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/session.hpp"
#include "atz/app/status.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/fhir/sent_people.hpp"

namespace atz::app {
namespace {

using ledger::CaseRecord;
using report::DailyRow;

constexpr auto kOneDay = std::chrono::days(1);

// Words of the payer's alone, and messages of ours, change nothing.
bool is_change(const ledger::HistoryEntry& entry) {
  return entry.kind == "delivery" || entry.kind == "status" || entry.kind == "decision";
}

// One request as it was at the end of a day.
struct DayView {
  std::optional<model::CaseStatus> before;  // at the start of the day, when it changed on the day
  model::CaseStatus status = model::CaseStatus::submitted;
  Instant changed_at{};
  std::map<int, model::LineDecision> decisions;  // by sequence
};

DayView at_end_of_day(const CaseRecord& record, const std::vector<ledger::HistoryEntry>& history, Instant from,
                      Instant before) {
  DayView view;
  view.status = record.status;
  bool later = false;
  for (const auto& entry : history) {
    if (entry.kind == "decision" && entry.decision && entry.at < before) view.decisions[entry.line] = *entry.decision;
    if (entry.kind != "status") continue;
    if (entry.at >= before) {
      // What it was before the first later change is what it was that evening.
      if (!later) view.status = model::case_status(entry.previous).value_or(view.status);
      later = true;
    } else if (entry.at >= from && !view.before) {
      view.before = model::case_status(entry.previous);
    }
  }
  for (const auto& entry : history) {
    if (is_change(entry) && entry.at >= from && entry.at < before)
      view.changed_at = std::max(view.changed_at, entry.at);
  }
  return view;
}

std::string request_text(model::Purpose purpose, const model::Tables& tables) {
  const char* key = purpose == model::Purpose::first         ? "service-notification"
                    : purpose == model::Purpose::termination ? "smi-termination"
                                                             : "service-notification-extension";
  const auto* type = tables.request_type(key);
  return type == nullptr ? key : type->portal_text;
}

std::string service_text(const CaseRecord& record, const model::Tables& tables) {
  if (record.purpose == model::Purpose::termination) return {};  // not kept by the ledger
  for (const auto& type : tables.service_types) {
    if (type.program == "section-21") return type.text;
  }
  return {};
}

std::string reasons_of(const CaseRecord& record, const model::LineDecision& decision) {
  std::vector<std::string> texts;
  for (const auto& reason : decision.reasons) texts.push_back(reason.text);
  texts.insert(texts.end(), record.notes.begin(), record.notes.end());
  return join(texts, " ");
}

void set_days(DailyRow& row, std::string_view start, std::string_view end, const std::optional<model::DateSpan>& days) {
  if (!days) return;
  row.set(start, model::format_date(days->first));
  row.set(end, model::format_date(days->last));
}

class DailyGatherer {
 public:
  DailyGatherer(const ledger::Ledger& ledger, const casefile::Workspace& workspace, model::Date day)
      : ledger_(ledger),
        workspace_(workspace),
        day_(day),
        from_(model::maine_instant(day, 0)),
        before_(model::maine_instant(day + kOneDay, 0)) {}

  Result<std::vector<DailyRow>> gather(const std::string& profile) {
    const auto events = ledger_.events(profile, from_, before_);
    if (!events) return tl::make_unexpected(events.error());
    const auto cases = ledger_.cases(profile);
    if (!cases) return tl::make_unexpected(cases.error());
    for (const auto& record : *cases) {
      const auto of_record = [&](const auto& entry) { return entry.case_row == record.id && is_change(entry); };
      const bool sent = record.sent_at >= from_ && record.sent_at < before_;
      if (!sent && std::none_of(events->begin(), events->end(), of_record)) continue;
      if (auto added = add(record); !added) return tl::make_unexpected(added.error());
    }
    return std::move(rows_);
  }

 private:
  Result<void> add(const CaseRecord& record) {
    const auto history = ledger_.history(record.id);
    if (!history) return tl::make_unexpected(history.error());
    const auto identity = ledger_.identity(record.id);
    if (!identity) return tl::make_unexpected(identity.error());
    const auto body = ledger_.member_body(record.id);
    if (!body) return tl::make_unexpected(body.error());
    const auto people = fhir::read_sent_people(*body);
    if (!people) return tl::make_unexpected(people.error());
    DayView view = at_end_of_day(record, *history, from_, before_);
    if (view.changed_at == Instant{}) view.changed_at = record.sent_at;
    DailyRow row;
    row.set("report_date", model::format_date(day_));
    row.set("case_id", record.case_id);
    row.set("reference_id", record.claim_identifier);
    row.set("member_id", identity->member_id);
    row.set("member_name", identity->last + ", " + identity->first);
    row.set("provider_npi3", people->home.location);
    row.set("location", record.home_id);
    row.set("service_type", service_text(record, workspace_.tables));
    row.set("request_type", request_text(record.purpose, workspace_.tables));
    if (view.before) row.set("previous_status", std::string(model::to_string(*view.before)));
    const bool accepted = record.delivery == model::Delivery::accepted;
    row.set("status", std::string(accepted ? model::to_string(view.status) : model::to_string(record.delivery)));
    row.set("status_changed_at", model::format_instant(view.changed_at));
    row.set("submitted_at", model::format_instant(record.sent_at));
    set_action(record, view, row);
    for (const auto& line : record.lines) rows_.push_back(of_line(row, record, line, view));
    return {};
  }

  void set_action(const CaseRecord& record, const DayView& view, DailyRow& row) const {
    if (view.status != record.status) return;  // it has moved on since
    row.set("action_needed", action_needed(record));
    if (record.status != model::CaseStatus::info_requested) return;
    auto due = model::maine_date(record.changed_at) + std::chrono::days(workspace_.settings.info_reply_days);
    for (const auto& request : record.requests) due = request.due ? *request.due : due;
    row.set("action_due", model::format_date(due));
  }

  static DailyRow of_line(DailyRow row, const CaseRecord& record, const ledger::CaseLine& line, const DayView& view) {
    const auto decided = view.decisions.find(line.asked.sequence);
    ledger::CaseLine then{line.asked, decided == view.decisions.end() ? model::LineDecision{} : decided->second};
    const auto given = granted(then);
    row.set("authorization_no", then.decision.authorization_number);
    row.set("code", line.asked.code);
    row.set("modifiers", join(line.asked.modifiers, " "));
    row.set("units_requested", std::to_string(line.asked.units));
    if (line.asked.weekly_hours) row.set("weekly_hours_requested", model::format_hours(*line.asked.weekly_hours));
    set_days(row, "start_requested", "end_requested", line.asked.period);
    if (!then.decision.action) return row;
    if (given.units) row.set("units_approved", std::to_string(*given.units));
    if (!then.decision.weekly_hours_text.empty()) {
      row.set("weekly_hours_approved", then.decision.weekly_hours_text);
    } else if (given.weekly_hours) {
      row.set("weekly_hours_approved", model::format_hours(*given.weekly_hours));
    }
    set_days(row, "start_approved", "end_approved", given.period);
    if (model::is_decided(view.status)) row.set("determination_reason", reasons_of(record, then.decision));
    return row;
  }

  const ledger::Ledger& ledger_;
  const casefile::Workspace& workspace_;
  model::Date day_;
  Instant from_, before_;
  std::vector<DailyRow> rows_;
};

Error no_reports_right(const std::string& profile) {
  return {
      Failure::sign_in, fmt::format("Our user at payer '{}' has no Reports right", profile),
      "Somebody with it (Admin + Reports) has to fetch the report, or give the right. Without --payer the report is "
      "made from what was learned here."};
}

Result<std::string> fetch(const Services& services, const model::PayerProfile& profile, const Now& now,
                          model::Date day) {
  if (!profile.reports) return tl::make_unexpected(no_reports_right(profile.name));
  auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  CommandClock clock(services.clock, now);
  auto session = Session::open(services, profile, *vault, clock);
  if (!session) return tl::make_unexpected(session.error());
  const auto answer = (*session)->client().get("$daily-authorization-report?date=" + model::format_date(day));
  if (answer.fate != payer::Exchange::Fate::answered || answer.http_status == 429 || answer.http_status == 503)
    return tl::make_unexpected(answer.error);
  if (answer.http_status == 401 || answer.http_status == 403)
    return tl::make_unexpected(no_reports_right(profile.name));
  if (answer.http_status == 404 || answer.http_status == 405 || answer.http_status == 501) {
    return fail(Failure::refused, fmt::format("Payer '{}' does not offer the Daily Authorization Report", profile.name),
                "Fetch it in the portal, and take it in with `atz report import FILE`.");
  }
  if (answer.http_status >= 500) {
    return fail(Failure::temporary, fmt::format("Payer '{}' is in trouble (HTTP {})", profile.name, answer.http_status),
                "Run the same command again later.");
  }
  if (answer.http_status != 200) {
    return fail(Failure::refused,
                fmt::format("Payer '{}' refused the report (HTTP {})", profile.name, answer.http_status));
  }
  return fhir::read_binary(answer.body);
}

}  // namespace

Result<DailyResult> daily_report(const Services& services, const DailySettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of,
                            settings.from_payer ? Effect::moves_clock : Effect::keeps_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  DailyResult result;
  result.now = std::move(around->now);
  result.profile = profile.name;
  result.live = profile.live;
  result.day = result.now.today;
  if (settings.date) {
    const auto day = model::parse_date(*settings.date);
    if (!day)
      return fail(Failure::usage, fmt::format("'{}' is not a date", printable(*settings.date)), "Write 2026-12-10.");
    result.day = *day;
  }
  if (settings.from_payer) {
    const auto text = fetch(services, profile, result.now, result.day);
    if (!text) return tl::make_unexpected(text.error());
    auto rows = read_daily_report(services, *around->workspace, *text, "the payer's report");
    if (!rows) return tl::make_unexpected(rows.error());
    result.rows = std::move(*rows);
    return result;
  }
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  if (opened->ledger == nullptr) return result;  // nothing was ever sent from here
  auto rows = DailyGatherer(*opened->ledger, *around->workspace, result.day).gather(result.profile);
  if (!rows) return tl::make_unexpected(rows.error());
  result.rows = std::move(*rows);
  return result;
}

}  // namespace atz::app
