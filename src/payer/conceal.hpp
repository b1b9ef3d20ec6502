// Takes our own secrets out of what a payer says.
#pragma once

#include <string>
#include <string_view>

#include "atz/model/profile.hpp"
#include "atz/seal/seal.hpp"

namespace atz::payer {

// Puts *** in the place of a secret, as it is and as it comes in a form, in JSON and, for a client's, in a Basic
// header. Secrets of less than eight characters stay: they would be found where they are something else.
void conceal(std::string& text, std::string_view secret);
void conceal_client(std::string& text, const model::PayerProfile::Auth& auth, const seal::Secret& secret);

}  // namespace atz::payer
