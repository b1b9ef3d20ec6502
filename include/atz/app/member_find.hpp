// `atz member find`: looks a member up at the payer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/fhir/reply.hpp"

namespace atz::app {

// ID003: the ID, or last name and birth date together.
struct MemberFindSettings {
  std::optional<std::string> profile, as_of;
  std::optional<std::string> id;
  std::optional<std::string> last, born;
};

struct MemberFindResult {
  Now now;
  std::string profile;
  bool live = false;
  std::vector<fhir::FoundMember> members;
};

// Failure::usage for half a question, Failure::refused when the payer offers no search.
Result<MemberFindResult> find_member(const Services& services, const MemberFindSettings& settings);

}  // namespace atz::app
