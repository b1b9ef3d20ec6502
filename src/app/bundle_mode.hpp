// How the members of a home travel: as one transaction, as one batch, or one by one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/model/profile.hpp"

namespace atz::app {

inline constexpr const char* kTransaction = "transaction";
inline constexpr const char* kBatch = "batch";
inline constexpr const char* kSingle = "single";

struct ModeChoice {
  std::string mode;
  std::string why;  // one sentence for the person who set the payer up
};

// What the profile demands, else the safest that the payer offers and the profile allows. A home that may not be half
// accepted travels only as a transaction: Failure::refused when the payer offers none.
Result<ModeChoice> choose_mode(const model::PayerProfile& profile, const fhir::Capabilities& offered);

// What to try when the payer has refused `mode` itself, and with it certainly did nothing; nullopt: nothing else is
// allowed.
std::optional<std::string> next_mode(const model::PayerProfile& profile, const fhir::Capabilities& offered,
                                     const std::string& mode);

// Whether an answer says that this kind of request is not taken at all: 404, 405, 501, or a 400 or 422 that says so.
bool refuses_mode(int http_status, const std::vector<fhir::Issue>& issues);

}  // namespace atz::app
