// Authorization code with PKCE: the address that a person opens, and what comes back from it by hand.
#pragma once

#include <string>
#include <string_view>

#include "atz/base/random.hpp"
#include "atz/model/profile.hpp"
#include "atz/payer/client.hpp"

namespace atz::payer {

// One try to sign in. What a code was asked for with has to be told again when it is exchanged.
struct Authorization {
  std::string state;
  std::string verifier;  // RFC 7636
};
Authorization begin_authorization(Random& random);

// The address to open, from the authorization endpoint. `aud` is the payer (SMART App Launch).
std::string authorize_address(const std::string& endpoint, const model::PayerProfile& profile,
                              const Authorization& authorization);

// The code in what was pasted: the code alone, or the whole address to which the browser was sent, whose `state` must
// be ours. Failure::sign_in with what the server said, or with what is wrong with the text.
Result<std::string> read_pasted(std::string_view pasted, const model::PayerProfile& profile,
                                const Authorization& authorization);

// Prints the address and asks for the code.
Result<std::string> ask_for_code(const Credentials& credentials, const model::PayerProfile& profile,
                                 const std::string& endpoint, const Authorization& authorization);

}  // namespace atz::payer
