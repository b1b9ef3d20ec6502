#include "cli/log_json.hpp"

namespace atz::cli {

Json log_json(const std::vector<ledger::LogEntry>& entries) {
  Json rows = Json::array();
  for (const auto& entry : entries) {
    rows.push_back({{"sequence", entry.sequence},
                    {"at", model::format_instant(entry.at)},
                    {"actor", text_or_null(entry.actor)},
                    {"action", entry.action},
                    {"profile", text_or_null(entry.profile)},
                    {"subject", text_or_null(entry.subject)},
                    {"state", text_or_null(entry.what)},
                    {"digest", text_or_null(entry.digest)},
                    {"chain", entry.chain}});
  }
  return rows;
}

}  // namespace atz::cli
