// A key as OpenSSL holds it.
#pragma once

#include "atz/seal/jws.hpp"
#include "seal/openssl.hpp"

namespace atz::seal {

inline constexpr int kLeastRsaBits = 2048;
inline constexpr int kCoordinateBytes = 48;  // of P-384, and of each half of its signatures

struct PublicKey::Held {
  Pkey key;
  SignatureAlgorithm algorithm;
};

// nullopt: of no kind that is used here, or too short.
[[nodiscard]] std::optional<SignatureAlgorithm> algorithm_of(const EVP_PKEY* key);

}  // namespace atz::seal
