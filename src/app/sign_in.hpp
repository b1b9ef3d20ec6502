// What a profile's client signs in with, taken from where it is kept.
#pragma once

#include "atz/app/services.hpp"

namespace atz::app {

// Failure::sign_in when a file of the profile is missing or can be used by others. `vault` outlives what is made of it.
Result<payer::Credentials> credentials_of(const Services& services, const model::PayerProfile& profile,
                                          const seal::Vault& vault);

}  // namespace atz::app
