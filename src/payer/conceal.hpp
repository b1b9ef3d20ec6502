// Takes our own secrets out of what a payer says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "atz/model/profile.hpp"
#include "atz/seal/seal.hpp"

namespace atz::payer {

// Puts *** in the place of a secret, as it is and as it comes in a form, in JSON and, for a client's, in a Basic
// header. Secrets with fewer characters than `shortest` stay: inside of a whole document they would be found where they
// are something else. In a sentence that is only shown, any secret counts.
constexpr std::size_t kSurelySecret = 8;
void conceal(std::string& text, std::string_view secret, std::size_t shortest = kSurelySecret);
void conceal_client(std::string& text, const model::PayerProfile::Auth& auth, const seal::Secret& secret,
                    std::size_t shortest = kSurelySecret);

}  // namespace atz::payer
