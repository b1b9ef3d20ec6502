// A client that signs in by private_key_jwt: its public keys, and what is asked of its signed statements (RFC 7523,
// SMART Backend Services).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "atz/base/clock.hpp"
#include "atz/base/result.hpp"
#include "atz/seal/jws.hpp"

namespace atz::sandbox {

class ClientKeys {
 public:
  // A JWKS. Keys of other kinds are passed over; a key without a kid goes by its thumbprint. Failure::usage: not a
  // JWKS, a kid twice, or no key that can be used.
  static Result<ClientKeys> read(std::string_view jwks);

  // nullopt: it is the client's own, for this endpoint, and new; else why not. Not for several threads at once.
  std::optional<std::string> refuse(std::string_view assertion, std::string_view client_id, std::string_view endpoint,
                                    Instant now);

 private:
  std::optional<std::string> refuse_use(const std::string& jti, Instant until, Instant now);

  std::map<std::string, seal::PublicKey, std::less<>> keys_;  // by kid
  std::map<std::string, Instant> used_;                       // by the SHA-256 of jti, until it has expired
};

}  // namespace atz::sandbox
