#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "atz/app/daily_report.hpp"
#include "atz/app/open_ledger.hpp"
#include "atz/app/status.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

using ledger::CaseRecord;
using report::DailyRow;

constexpr std::uint64_t kMaxReport = 64ULL * 1024 * 1024;
constexpr int kEndOfDay = 23 * 60 + 59;

std::string state_word(std::string text) {
  text = to_lower(text);
  std::replace(text.begin(), text.end(), '-', '_');
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

std::optional<model::CaseStatus> status_of(const std::string& text, const model::Tables& tables) {
  for (const auto& word : tables.status_words) {
    if (to_lower(word.text) == to_lower(text)) return model::case_status(word.status);
  }
  return model::case_status(state_word(text));
}

std::vector<std::string> modifiers_of(const DailyRow& row) {
  std::string text = to_upper(row.get("modifiers"));
  for (char& c : text) {
    if (c == ',' || c == ';' || c == '/' || c == '-') c = ' ';
  }
  std::vector<std::string> modifiers;
  for (const auto& one : split(text, ' ')) {
    if (!one.empty()) modifiers.push_back(one);
  }
  return modifiers;
}

// Code and modifiers of the row; "T2016SC" is read as T2016 and SC.
bool names_line(const DailyRow& row, const ledger::CaseLine& line) {
  std::string code = to_upper(row.get("code"));
  auto modifiers = modifiers_of(row);
  constexpr std::size_t kCodeLength = 5;
  if (modifiers.empty() && code.size() > kCodeLength) {
    for (const auto& modifier : split(code.substr(kCodeLength), ' ')) {
      if (!modifier.empty()) modifiers.push_back(modifier.front() == '-' ? modifier.substr(1) : modifier);
    }
    code.resize(kCodeLength);
  }
  if (code.empty()) return true;
  if (code != line.asked.code || modifiers != line.asked.modifiers) return false;
  const auto& start = row.get("start_requested");
  return start.empty() || start == model::format_date(line.asked.period.first);
}

// What a decision says about its line alone; in review while nothing is decided.
model::CaseStatus status_of(const model::LineDecision& decision) {
  using model::ReviewAction;
  switch (decision.action.value_or(ReviewAction::pended)) {
    case ReviewAction::certified:
    case ReviewAction::no_action_required:
      return model::CaseStatus::approved;
    case ReviewAction::partly_certified:
    case ReviewAction::modified:
      return model::CaseStatus::partially_approved;
    case ReviewAction::denied:
    case ReviewAction::upheld:
      return model::CaseStatus::denied;
    case ReviewAction::cancelled:
      return model::CaseStatus::voided;
    default:
      return model::CaseStatus::in_review;
  }
}

struct Matched {
  const DailyRow* row = nullptr;
  std::size_t line = 0;  // index into the record's lines
};

model::ReviewAction action_of(model::CaseStatus status) {
  switch (status) {
    case model::CaseStatus::approved:
      return model::ReviewAction::certified;
    case model::CaseStatus::partially_approved:
      return model::ReviewAction::modified;
    case model::CaseStatus::denied:
      return model::ReviewAction::denied;
    case model::CaseStatus::voided:
      return model::ReviewAction::cancelled;
    default:
      return model::ReviewAction::pended;
  }
}

std::optional<model::Hours> hours_of(const std::string& text) {
  const auto dot = text.find('.');
  std::string fraction = dot == std::string::npos ? "" : text.substr(dot + 1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  constexpr std::size_t kMostDigits = 4;
  if (text.empty() || text.substr(0, dot).size() > kMostDigits) return std::nullopt;
  const std::map<std::string, int> quarters{{"", 0}, {"25", 1}, {"5", 2}, {"75", 3}};
  const auto part = quarters.find(fraction);
  if (part == quarters.end()) return std::nullopt;
  return model::Hours{std::stoll(text.substr(0, dot)) * 4 + part->second};
}

model::LineDecision decision_of(const DailyRow& row, const ledger::CaseLine& line, model::CaseStatus status,
                                model::CaseStatus known) {
  model::LineDecision decision = line.decision;
  decision.sequence = line.asked.sequence;
  if (!model::is_decided(status)) return decision;
  // Partly certified or modified: both are "in part". Our own report gives the status of the request in every row.
  const bool says_more = decision.action && (known == status || status_of(decision) == status);
  if (!says_more) {
    decision.action = action_of(status);
    decision.action_code.clear();
  }
  if (const auto& number = row.get("authorization_no"); !number.empty()) decision.authorization_number = number;
  // Only what differs from what the decision means already: the same report again is no news.
  const auto given = granted({line.asked, decision});
  const auto& hours = row.get("weekly_hours_approved");
  if (const auto quarters = hours_of(hours)) {
    if (given.weekly_hours != quarters) decision.weekly_hours = quarters;
  } else if (!hours.empty()) {
    decision.weekly_hours_text = hours;
  }
  constexpr std::size_t kMostDigits = 9;
  if (const auto& units = row.get("units_approved"); !units.empty() && units.size() <= kMostDigits) {
    if (const std::int64_t count = std::stoll(units); given.units != count) decision.units = count;
  }
  const auto first = model::parse_date(row.get("start_approved"));
  const auto last = model::parse_date(row.get("end_approved"));
  if (first && last && *first <= *last && given.period != model::DateSpan{*first, *last})
    decision.period = model::DateSpan{*first, *last};
  return decision;
}

class Importer {
 public:
  Importer(ledger::Ledger& ledger, const model::Tables& tables, ImportResult& result)
      : ledger_(ledger), tables_(tables), result_(result) {}

  Result<void> run(const std::vector<DailyRow>& rows) {
    auto cases = ledger_.cases(result_.profile);
    if (!cases) return tl::make_unexpected(cases.error());
    // By the time of the change, so that the newest has the last word.
    std::vector<const DailyRow*> in_order;
    for (const auto& row : rows) in_order.push_back(&row);
    std::stable_sort(in_order.begin(), in_order.end(),
                     [&](const auto* a, const auto* b) { return time_of(*a) < time_of(*b); });
    std::map<std::pair<std::int64_t, Instant>, std::vector<Matched>> by_change;
    for (const auto* row : in_order) {
      Matched matched{row};
      const CaseRecord* record = nullptr;
      for (const auto* one : meant(*cases, *row)) {
        for (std::size_t i = 0; i < one->lines.size(); ++i) {
          if (!names_line(*row, one->lines[i])) continue;
          record = one;
          matched.line = i;
          break;
        }
      }
      if (record != nullptr) {
        by_change[{record->id, time_of(*row)}].push_back(matched);
      } else if (!is_in(result_.ambiguous, row->get("case_id"))) {
        add_once(result_.foreign, row->get("case_id"));
      }
    }
    for (const auto& [key, matched] : by_change) {  // of each request the oldest change first
      const auto& [row, at] = key;
      if (is_in(changed_, row)) {  // an earlier row of this report changed it
        cases = ledger_.cases(result_.profile);
        if (!cases) return tl::make_unexpected(cases.error());
      }
      const auto is_row = [row_id = row](const auto& one) { return one.id == row_id; };
      const auto record = std::find_if(cases->begin(), cases->end(), is_row);
      if (record == cases->end()) return fail(Failure::bug, "The ledger lost a request between two reads.");
      if (auto done = take(*record, matched, at); !done) return done;
    }
    return collect();
  }

 private:
  // The requests that a row can be about. Without a code it names none of several: then it has to be about the only
  // one that waits for a decision, or it is not taken in.
  std::vector<const CaseRecord*> meant(const std::vector<CaseRecord>& cases, const DailyRow& row) {
    std::vector<const CaseRecord*> all;
    std::vector<const CaseRecord*> waiting;
    for (const auto& one : cases) {
      if (one.case_id != row.get("case_id") || one.delivery != model::Delivery::accepted) continue;
      all.push_back(&one);
      if (!model::is_decided(one.status)) waiting.push_back(&one);
    }
    if (!row.get("code").empty() || all.size() < 2) return all;
    if (waiting.size() == 1) return waiting;
    add_once(result_.ambiguous, row.get("case_id"));
    return {};
  }

  template <class T>
  static bool is_in(const std::vector<T>& list, const T& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  }

  static void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!is_in(list, text)) list.push_back(text);
  }

  // A day alone counts as its end; nothing lies in the future.
  [[nodiscard]] Instant time_of(const DailyRow& row) const {
    std::string text = row.get("status_changed_at");
    if (text.empty()) text = row.get("report_date");
    const auto parsed = model::parse_instant(text);
    if (!parsed.value) return result_.now.at;
    const Instant at = parsed.date_only ? model::maine_instant(*model::parse_date(text), kEndOfDay) : *parsed.value;
    return std::min(at, result_.now.at);
  }

  Result<void> take(const CaseRecord& record, const std::vector<Matched>& rows, Instant at) {
    if (record.changed_at > at) {  // something newer is known
      result_.known += rows.size();
      return {};
    }
    ledger::MemberOutcome outcome;
    outcome.label = record.label;
    outcome.delivery = model::Delivery::accepted;
    outcome.case_id = record.case_id;
    outcome.notes = record.notes;
    outcome.flag = record.flag;
    outcome.requests = record.requests;
    std::vector<model::CaseStatus> statuses;
    for (const auto& [row, line] : rows) {
      const auto& word = row->get("status");
      auto status = status_of(word, tables_);
      if (!status) {
        status = model::CaseStatus::unknown;
        add_once(result_.words, word);
        outcome.flag = fmt::format("the payer says: {}", word);
      }
      statuses.push_back(*status);
      outcome.lines.push_back(decision_of(*row, record.lines[line], *status, record.status));
      const auto& reason = row->get("determination_reason");
      const bool told = std::any_of(outcome.notes.begin(), outcome.notes.end(),
                                    [&](const auto& note) { return reason.find(note) != std::string::npos; });
      if (!reason.empty() && !told) outcome.notes.push_back(reason);
    }
    add_other_lines(record, rows, statuses);
    outcome.status = together(statuses);
    auto changed = ledger_.record_inquiry(record.id, outcome, at);
    if (!changed) return tl::make_unexpected(changed.error());
    if (*changed) {
      if (!is_in(changed_, record.id)) changed_.push_back(record.id);
    } else {
      result_.known += rows.size();
    }
    return {};
  }

  // Rows that name lines say nothing about the others: these stay as they are known, in review without a decision.
  // A row without a code is about the whole request.
  static void add_other_lines(const CaseRecord& record, const std::vector<Matched>& rows,
                              std::vector<model::CaseStatus>& statuses) {
    const auto names_none = [](const Matched& one) { return one.row->get("code").empty(); };
    if (std::all_of(rows.begin(), rows.end(), names_none)) return;
    for (std::size_t i = 0; i < record.lines.size(); ++i) {
      if (std::any_of(rows.begin(), rows.end(), [&](const Matched& one) { return one.line == i; })) continue;
      const auto status = status_of(record.lines[i].decision);
      const bool asked = !model::is_decided(status) && record.status == model::CaseStatus::info_requested;
      statuses.push_back(asked ? record.status : status);  // the question is still open
    }
  }

  // Some lines approved and others denied: approved in part. Withdrawn lines don't count beside others.
  static model::CaseStatus together(std::vector<model::CaseStatus> statuses) {
    for (const auto status : statuses) {
      if (!model::is_decided(status)) return status;
    }
    statuses.erase(std::remove(statuses.begin(), statuses.end(), model::CaseStatus::voided), statuses.end());
    if (statuses.empty()) return model::CaseStatus::voided;
    const bool same =
        std::all_of(statuses.begin(), statuses.end(), [&](auto status) { return status == statuses.front(); });
    return same ? statuses.front() : model::CaseStatus::partially_approved;
  }

  Result<void> collect() {
    auto cases = ledger_.cases(result_.profile);
    if (!cases) return tl::make_unexpected(cases.error());
    for (auto& record : *cases) {
      if (is_in(changed_, record.id)) result_.changed.push_back(std::move(record));
    }
    return {};
  }

  ledger::Ledger& ledger_;
  const model::Tables& tables_;
  ImportResult& result_;
  std::vector<std::int64_t> changed_;
};

}  // namespace

bool ImportResult::needs_person() const {
  return std::any_of(changed.begin(), changed.end(),
                     [](const auto& record) { return model::needs_person(record.status); });
}

Result<ImportResult> import_report(const Services& services, const ImportSettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of, Effect::keeps_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  ImportResult result;
  result.now = std::move(around->now);
  result.profile = profile.name;
  const auto text = services.files.read(settings.file, kMaxReport);
  if (!text) return tl::make_unexpected(text.error());
  const auto rows = read_daily_report(services, *around->workspace, *text, settings.file);
  if (!rows) return tl::make_unexpected(rows.error());
  result.rows = rows->size();
  if (!has_vault(services)) {  // nothing was ever sent from here
    for (const auto& row : *rows) result.foreign.push_back(row.get("case_id"));
    std::sort(result.foreign.begin(), result.foreign.end());
    result.foreign.erase(std::unique(result.foreign.begin(), result.foreign.end()), result.foreign.end());
    return result;
  }
  const auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  auto ledger = open_ledger(services, *vault, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (auto done = Importer(**ledger, around->workspace->tables, result).run(*rows); !done)
    return tl::make_unexpected(done.error());
  return result;
}

}  // namespace atz::app
