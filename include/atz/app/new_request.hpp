// `atz new extension`, `add-on`, `smi-termination`: a case file to start from, filled in from what was sent before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/model/calendar.hpp"

namespace atz::app {

enum class NewRequest { extension, add_on, smi_termination };

struct NewRequestSettings {
  NewRequest request = NewRequest::extension;
  bool demo = false;                // every field filled with fake data: `check` passes on the same day
  std::string id;                   // home id; empty: what is known, or an example's
  std::optional<std::string> from;  // a home, a Case ID or a case file: the ledger fills in what it knows
  std::optional<std::string> profile;
  model::Date today{};  // dates in the file are reckoned from here
};

struct NewRequestFile {
  std::string text;  // of the case file
  struct Document {
    std::string name;  // as the case file names it, relative to its folder
    std::string bytes;
  };
  std::vector<Document> documents;  // fake ones of a demo
  bool personal = false;            // names and IDs of real members are in it
};

// What only a person can know is marked CHANGE-ME. Failure::usage when nothing is known of what `from` names, or when
// it cannot be extended.
Result<NewRequestFile> new_request(const Services& services, const NewRequestSettings& settings);

}  // namespace atz::app
