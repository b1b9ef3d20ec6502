#include <fmt/format.h>

#include "atz/app/ledger_care.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/log_json.hpp"

namespace atz::cli {
namespace {

constexpr unsigned kPrivate = 0600;

Json texts(const std::vector<std::string>& all) {
  return Json(all);
}

// What a person wrote may name somebody: only when personal data was asked for.
Json decision_json(const model::LineDecision& decision, bool personal) {
  Json reasons = Json::array();
  for (const auto& reason : decision.reasons)
    reasons.push_back({{"code", text_or_null(reason.code)}, {"text", text_or_null(personal ? reason.text : "")}});
  const auto& period = decision.period;
  return {{"action_code", text_or_null(decision.action_code)},
          {"authorization_no", text_or_null(decision.authorization_number)},
          {"weekly_hours", hours_or_null(decision.weekly_hours)},
          {"units", decision.units ? Json(*decision.units) : Json(nullptr)},
          {"start", period ? Json(model::format_date(period->first)) : Json(nullptr)},
          {"end", period ? Json(model::format_date(period->last)) : Json(nullptr)},
          {"decided_on", date_or_null(decision.decided_on)},
          {"reasons", std::move(reasons)}};
}

Json history_json(const std::vector<ledger::HistoryEntry>& history, bool personal) {
  Json rows = Json::array();
  for (const auto& entry : history) {
    // A decision stands with its line; withdrawals and answers stand with the messages.
    if (entry.kind == "decision" || entry.kind == "cancel" || entry.kind == "answer") continue;
    if (entry.kind == "remarks" && !personal) continue;
    rows.push_back({{"at", model::format_instant(entry.at)},
                    {"kind", entry.kind},
                    {"previous", text_or_null(entry.previous)},
                    {"now", text_or_null(entry.now)}});
  }
  return rows;
}

Json follow_ups_json(const std::vector<ledger::FollowUp>& follow_ups, bool personal) {
  Json rows = Json::array();
  for (const auto& one : follow_ups) {
    Json row{{"kind", to_string(one.kind)},
             {"trace", text_or_null(one.claim_identifier)},
             {"sent_at", model::format_instant(one.sent_at)},
             {"delivery", to_string(one.delivery)}};
    if (personal) row["text"] = one.text;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json message_json(const app::ExportedMessage& message, bool personal) {
  const auto& record = message.record;
  Json lines = Json::array();
  for (const auto& line : record.lines) {
    lines.push_back({{"asked", line_json(line.asked)}, {"decision", decision_json(line.decision, personal)}});
  }
  Json json{{"label", record.label},
            {"attempt", record.attempt},
            {"purpose", to_string(record.purpose)},
            {"trace", record.claim_identifier},
            {"message_id", record.bundle_identifier},
            {"case_id", text_or_null(record.case_id)},
            {"delivery", to_string(record.delivery)},
            {"status", to_string(record.status)},
            {"sent_at", model::format_instant(record.sent_at)},
            {"changed_at", model::format_instant(record.changed_at)},
            {"submitted_on", model::format_date(record.submitted_on)},
            {"expected_by", model::format_date(record.expected_by)},
            {"content_digest", record.content_digest},
            {"lines", std::move(lines)},
            {"history", history_json(message.history, personal)},
            {"messages", follow_ups_json(message.follow_ups, personal)}};
  if (personal) {
    const auto& who = message.identity;
    json["notes"] = texts(record.notes);
    json["member"] = {{"id", who.member_id}, {"last", who.last},     {"first", who.first},
                      {"born", who.born},    {"gender", who.gender}, {"provider_npi", who.provider_npi}};
    json["body"] = message.body;
  }
  return json;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const bool personal = invocation.flag("--show-phi");
  const auto all = app::export_ledger(invocation.services(), personal);
  if (!all) return invocation.fail(all.error());
  Json batches = Json::array();
  for (const auto& [batch, members] : all->batches) {
    Json messages = Json::array();
    for (const auto& member : members) messages.push_back(message_json(member, personal));
    batches.push_back({{"batch", batch.batch_id},
                       {"home", batch.home_id},
                       {"profile", batch.profile},
                       {"mode", batch.mode},
                       {"created", model::format_instant(batch.created)},
                       {"members", std::move(messages)}});
  }
  const std::string text = dump({{"schema", "atz/ledger-export/1"},
                                 {"personal_data", personal},
                                 {"submissions", std::move(batches)},
                                 {"log", log_json(all->log)}});
  const auto output = invocation.value("--output");
  if (!output || *output == "-") {
    terminal.out(text);
    return ExitCode::done;
  }
  if (auto written = invocation.services().files.write_atomic(*output, text, kPrivate); !written)
    return invocation.fail(written.error());
  terminal.talk(fmt::format("wrote {}", printable(*output)));
  return ExitCode::done;
}

}  // namespace

const Command& ledger_export_command() {
  static const Command kCommand{
      "ledger export",
      "Write everything that the ledger knows as JSON",
      "For auditors, and for moving on: submissions, requests with their lines and decisions, what happened to\n"
      "them, and the audit trail, of all payers. Members by label; with --show-phi also names, IDs, texts, and\n"
      "the exact bytes that were sent.\n"
      "Exit code: 0 done.",
      {{"atz ledger export -o ledger.json", ""}},
      {},
      {{"--output", "-o", "FILE", "Write here instead (mode 0600)", "", Hint::file},
       {"--show-phi", "", "", "Show names, IDs, texts and messages", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
