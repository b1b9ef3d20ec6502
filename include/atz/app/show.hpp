// `atz show`: one case whole, from what was sent and learned. Asks nobody.
#pragma once

#include <optional>
#include <string>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/report/case_print.hpp"

namespace atz::app {

struct ShowSettings {
  std::optional<std::string> profile, as_of;
  std::string case_id;
};

struct ShowResult {
  Now now;
  report::CasePrint print;
};

// Every request with that Case ID, oldest first. Failure::usage for a Case ID that is not known here.
Result<ShowResult> show(const Services& services, const ShowSettings& settings);

}  // namespace atz::app
