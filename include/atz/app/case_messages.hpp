// `atz respond` and `atz cancel`: messages about a case that was accepted.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "atz/app/home_state.hpp"
#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

struct CaseMessageResult {
  Now now;
  std::string profile;
  bool live = false;
  ledger::CaseRecord record;  // as it is afterwards
  bool ok = true;
  Error error;           // when not ok: what the payer said, or that nobody knows whether it arrived
  std::string question;  // of an answer: what was asked
  std::size_t documents = 0, answers = 0;
};

struct RespondSettings {
  std::optional<std::string> profile, as_of;
  std::string case_id;
  std::optional<std::string> question;  // its number, when several are open
  struct File {
    std::string path, type;  // type: key of the document-type table
  };
  std::vector<File> files;
  std::vector<std::string> answers;  // "3.1.1=text", "medical-add-on:2=text"
  std::string note;
};

// Answers what a reviewer asked, and asks the payer for the case before and after. Failure::usage: no such case,
// nothing given, an unknown type or question. Failure::input: nothing is asked about it, the case is closed, a file
// that can't be sent. Nothing is sent then.
Result<CaseMessageResult> respond(const Services& services, const RespondSettings& settings);

struct CancelSettings {
  std::optional<std::string> profile, as_of;
  std::string case_id;
  std::string reason;
  bool approved = false;  // withdraw even what was approved
};

// Withdraws the newest request of a case that is not closed. Failure::input: it is closed, or approved and `approved`
// is not given. Nothing is sent then.
Result<CaseMessageResult> cancel(const Services& services, const CancelSettings& settings);

}  // namespace atz::app
