// `atz receive`: takes in what a payer told by itself and a gateway left in a folder.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/home_state.hpp"
#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/base/file_time.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// Where notifications are looked for, and the embedded payer leaves them, when no folder is named.
std::string usual_inbox(const Services& services);

struct ReceiveSettings {
  std::optional<std::string> profile, as_of;
  std::string folder;               // every *.json in it; empty: the usual one
  std::optional<std::string> text;  // one notification instead of a folder
  bool keep = false;                // files are left where they are
  std::function<std::optional<Instant>(const std::string&)> last_written = atz::last_written;
};

struct ReceivedFile {
  std::string name;  // in the folder; "-" for standard input
  enum class Fate {
    taken,    // what it says is in the ledger
    known,    // taken in before
    waiting,  // somebody is still writing it: left for the next run
    refused,  // not readable, or not about a case of ours
  } fate = Fate::taken;
  std::string subscription;
  std::int64_t first = 0, last = 0;  // event numbers; 0: none
  std::string remark;                // why, or what else is to be said; labels and Case IDs only
};

struct LostNotifications {
  std::string subscription;
  std::int64_t first = 0, last = 0;
};

struct ReceiveResult {
  Now now;
  std::string profile, folder;
  bool live = false;
  std::vector<ReceivedFile> files;                         // in the order in which they were taken
  std::vector<LostNotifications> lost;                     // numbers that never came
  std::vector<std::string> to_ask;                         // Case IDs that a notification without content is about
  std::vector<ledger::CaseRecord> cases;                   // what changed, as it is now
  std::vector<std::optional<Continuation>> continuations;  // of each of `cases`
  // The run ended early: an answer is about another person (Failure::refused), or a file could not be moved. What was
  // taken in before that counts; the other files are still in the folder.
  std::optional<Error> stopped;
  [[nodiscard]] bool needs_person() const;  // a change that somebody has to look at, a refused file, a gap
};

// Failure::input when the folder is not there, Failure::busy when another atz holds the ledger.
Result<ReceiveResult> receive(const Services& services, const ReceiveSettings& settings);

}  // namespace atz::app
