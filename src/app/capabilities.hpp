// What a payer offers: its CapabilityStatement, asked for once a day.
#pragma once

#include "atz/app/services.hpp"
#include "atz/fhir/reply.hpp"

namespace atz::app {

enum class Freshness { up_to_a_day, now };

struct Offer {
  fhir::Capabilities capabilities;
  bool kept = false;                 // read on an earlier run
  std::optional<Instant> served_at;  // the payer's clock when it answered
};

// Kept in the state folder per profile and address; the embedded payer is asked each time. Failure::refused for what is
// no FHIR 4.0 server that speaks JSON, Failure::sign_in and Failure::temporary as they are.
Result<Offer> capabilities_of(const Services& services, payer::Client& client, const model::PayerProfile& profile,
                              Instant now, Freshness freshness);

// Forgets what was kept: the payer turned out not to offer what it said.
void forget_capabilities(const Services& services, const model::PayerProfile& profile);

}  // namespace atz::app
