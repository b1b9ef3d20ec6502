// Looking over what a submission depends on, before it is needed: a payer, and this computer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"

namespace atz::app {

struct Checkup {
  enum class Level { good, note, warning, problem } level = Level::good;
  std::string what;   // "sign-in", "transactions"
  std::string found;  // in words
  std::string then;   // what atz does about it, or what to type; may be empty
};

struct ProfileTest {
  Now now;
  std::string profile, base_url;
  bool live = false;
  std::vector<Checkup> checks;
  // Where it ended when it could not be tested to the end: sign-in refused, not reachable, no FHIR payer.
  bool ok = true;
  Error error;
};

// Signs in, asks the payer anew what it offers, and tells what follows from it. Sends no request for anybody.
// A profile that does not exist or can't be read is an error.
Result<ProfileTest> test_profile(const Services& services, const std::optional<std::string>& profile,
                                 const std::optional<std::string>& as_of);

struct DoctorSettings {
  std::optional<std::string> profile;
  bool offline = false;  // do not talk to the payer
};

struct Doctor {
  std::vector<Checkup> checks;
};

// Versions, time zone data, clock (against the payer's), files and their modes, profiles, ledger. Changes nothing, and
// makes no state where there is none.
Doctor see_doctor(const Services& services, const DoctorSettings& settings);

}  // namespace atz::app
