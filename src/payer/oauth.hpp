// OAuth 2 client credentials: what goes to the token endpoint and what comes back. No connection here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "atz/base/clock.hpp"
#include "atz/model/profile.hpp"
#include "atz/payer/client.hpp"
#include "atz/seal/seal.hpp"

namespace atz::payer {

struct Token {
  seal::Secret authorization;  // "Bearer ...", the value of the header
  Instant good_until;
};

// Value of the Authorization header for the token endpoint; empty for AuthMode::client_secret_post. Identifier and
// secret are percent-encoded first (RFC 6749 2.3.1).
seal::Secret client_authorization(const model::PayerProfile::Auth& auth, const seal::Secret& secret);

// The form for the token endpoint.
seal::Secret token_form(const model::PayerProfile::Auth& auth, const seal::Secret& secret);

// `token_endpoint` of a smart-configuration document, or Failure::sign_in.
Result<std::string> read_token_endpoint(std::string_view document, const std::string& payer);

// The token in an answer of the token endpoint that was asked at `asked_at`: Failure::sign_in with the server's error
// code and description when refused, Failure::temporary when the endpoint is in trouble. Whatever the answer
// repeats of the secret is left out of messages. The answer's body is zeroed.
Result<Token> read_token(Exchange& answer, Instant asked_at, const model::PayerProfile& profile,
                         const seal::Secret& secret);

}  // namespace atz::payer
