// The signed statement by which a client shows who it is (RFC 7523, SMART Backend Services).
#pragma once

#include <string>

#include "atz/base/clock.hpp"
#include "atz/base/random.hpp"
#include "atz/model/profile.hpp"
#include "atz/seal/jws.hpp"

namespace atz::payer {

// A JWT, good for this token endpoint and for four minutes; each has an identifier of its own.
std::string client_assertion(const seal::PrivateKey& key, const model::PayerProfile::Auth& auth,
                             const std::string& token_endpoint, Instant now, Random& random);

}  // namespace atz::payer
