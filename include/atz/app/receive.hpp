// `atz receive`: takes in what a payer told by itself and a gateway left in a folder.
#pragma once

#include <cstdint>
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

// As much as an answer may have: a larger file, or text, is refused.
constexpr std::uint64_t kMostNotificationBytes = 32ULL * 1024 * 1024;

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
  bool for_person = false;           // somebody has to act on the remark
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
  // The run ended early: an answer is about another person (Failure::refused) or the user interrupted; then the other
  // files are still in the folder. Or it went through, but files could not be moved. What was taken in counts.
  std::optional<Error> stopped;
  // A change that somebody has to look at, an error that the payer reports, a case to ask about, a refused file, a gap.
  [[nodiscard]] bool needs_person() const;
};

// Failure::input when the folder is not there or the text is too long, Failure::usage for as_of against a live payer,
// Failure::busy when another atz holds the ledger.
Result<ReceiveResult> receive(const Services& services, const ReceiveSettings& settings);

}  // namespace atz::app
