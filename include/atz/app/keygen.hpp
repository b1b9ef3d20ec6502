// A key pair with which an agency signs in to a payer (private_key_jwt).
#pragma once

#include <optional>
#include <string>

#include "atz/app/services.hpp"
#include "atz/seal/jws.hpp"

namespace atz::app {

struct KeygenSettings {
  std::string file;  // "": payer-key.pem in the configuration folder
  seal::SignatureAlgorithm algorithm = seal::SignatureAlgorithm::es384;
};

struct NewKey {
  std::string file;  // of the private half: PEM, 0600
  std::string key_id;
  seal::SignatureAlgorithm algorithm;
  seal::PublicKey::Members members;  // of its JWK, without kid, use and alg
};

// Failure::usage when the file is there already: a key that a payer knows is never overwritten.
Result<NewKey> make_key(const Services& services, const KeygenSettings& settings);

}  // namespace atz::app
