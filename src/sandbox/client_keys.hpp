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

  struct Checked {
    std::optional<std::string> fault;  // empty: it is the client's own, and for this endpoint
    std::string jti;                   // which may be used once until it ...
    Instant expires{};
  };
  [[nodiscard]] Checked check(std::string_view assertion, std::string_view client_id, std::string_view endpoint,
                              Instant now) const;

 private:
  std::map<std::string, seal::PublicKey, std::less<>> keys_;  // by kid
};

}  // namespace atz::sandbox
