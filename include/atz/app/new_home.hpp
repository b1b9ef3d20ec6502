// `atz new home`: a commented case file to start from.
#pragma once

#include <string>

#include "atz/app/services.hpp"
#include "atz/model/calendar.hpp"

namespace atz::app {

struct NewHomeSettings {
  bool demo = false;    // every field filled with fake data: `check` and `submit` pass at once
  std::string id;       // home id; empty: "maple-street" for a demo, "my-home" else
  model::Date today{};  // dates in the file are reckoned from here
};

// The text of the file. Without `demo`, what only a person can know is marked CHANGE-ME.
Result<std::string> new_home(const NewHomeSettings& settings);

}  // namespace atz::app
