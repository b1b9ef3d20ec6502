// Looking after the ledger: verifying, exporting, saving and restoring it, changing its key, reading its audit trail.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/calendar.hpp"

namespace atz::app {

struct LedgerCheck {
  bool there = false;  // false: nothing was ever sent from here
  std::int64_t submissions = 0, messages = 0;
  ledger::LogCheck log;
  std::vector<std::string> wrong;  // of all of it, the log included
  bool key_is_changing = false;    // a change of the key was interrupted
};
Result<LedgerCheck> verify_ledger(const Services& services);

// One request with everything that is known about it.
struct ExportedMessage {
  ledger::CaseRecord record;
  std::vector<ledger::HistoryEntry> history;
  std::vector<ledger::FollowUp> follow_ups;
  // Only when personal data was asked for:
  ledger::CaseIdentity identity;
  std::string body;
};
struct ExportedBatch {
  ledger::BatchRecord batch;  // without members
  std::vector<ExportedMessage> members;
};
struct LedgerExport {
  std::vector<ExportedBatch> batches;
  std::vector<ledger::LogEntry> log;
};
Result<LedgerExport> export_ledger(const Services& services, bool personal);

// Copies the ledger, sealed as it is, to a file with mode 0600. Returns what the copy holds, verified.
Result<LedgerCheck> backup_ledger(const Services& services, const std::string& path);
Result<ledger::Restored> restore_ledger(const Services& services, const std::string& path, bool replace);

// Makes a new key and seals everything in the state folder anew, or goes on with a change that was interrupted; the
// former key opens nothing any more. Tokens are thrown away. Returns how often the key was changed so far.
Result<int> change_key(const Services& services);

struct LogSettings {
  std::vector<std::string> about;  // homes, batch IDs, trace numbers, Case IDs; none: all
  std::optional<model::Date> since;
};
struct LogView {
  std::vector<ledger::LogEntry> entries;
  std::string head;        // of the whole log
  std::int64_t total = 0;  // entries of the whole log
};
Result<LogView> read_log(const Services& services, const LogSettings& settings);
Result<ledger::LogCheck> verify_log(const Services& services, const std::string& noted_head);

}  // namespace atz::app
