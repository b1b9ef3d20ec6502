// Signatures and keys of JSON Web Tokens, as SMART Backend Services asks for them: RS384 and ES384 (RFC 7518). The JSON
// around them is made and read elsewhere.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/seal/seal.hpp"

namespace atz::seal {

enum class SignatureAlgorithm {
  rs384,  // RSASSA-PKCS1-v1_5 with SHA-384, keys of 2048 bits or more
  es384,  // ECDSA on P-384 with SHA-384
};
[[nodiscard]] std::string_view name_of(SignatureAlgorithm algorithm);  // "RS384", "ES384"
// nullopt for every other name, so that neither "none" nor a shared key gets through.
[[nodiscard]] std::optional<SignatureAlgorithm> signature_algorithm(std::string_view name);

class PublicKey {
 public:
  // Members of a JWK, base64url. Failure::input: not such numbers, a weak RSA key, no point of the curve.
  static Result<PublicKey> rsa(std::string_view n, std::string_view e);
  static Result<PublicKey> p384(std::string_view x, std::string_view y);

  [[nodiscard]] SignatureAlgorithm algorithm() const;
  // `signature` as a JWS has it: of ES384 the 96 bytes r and s.
  [[nodiscard]] bool verifies(std::string_view text, std::string_view signature) const;
  // Members that make the key (RFC 7517), by name: crv kty x y, or e kty n.
  using Members = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] Members jwk() const;
  [[nodiscard]] std::string thumbprint() const;  // RFC 7638 with SHA-256, base64url: a name that anybody can compute

 private:
  friend class PrivateKey;
  struct Held;
  explicit PublicKey(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
  std::shared_ptr<const Held> held_;
};

class PrivateKey {
 public:
  // Failure::input: no key, one with a password, or of another kind or size than the algorithms want.
  static Result<PrivateKey> from_pem(const Secret& pem);
  // P-384, or RSA of 3072 bits, from the system's randomness.
  static PrivateKey generate(SignatureAlgorithm algorithm);

  [[nodiscard]] SignatureAlgorithm algorithm() const { return public_.algorithm(); }
  [[nodiscard]] std::string sign(std::string_view text) const;  // bytes as a JWS has them
  [[nodiscard]] Secret pem() const;                             // PKCS #8
  [[nodiscard]] const PublicKey& public_key() const { return public_; }

 private:
  explicit PrivateKey(PublicKey key) : public_(std::move(key)) {}
  PublicKey public_;  // its key has the private half too
};

std::string base64url(std::string_view bytes);              // no padding
Result<std::string> from_base64url(std::string_view text);  // strict: Failure::input
std::string sha256_base64url(std::string_view bytes);

}  // namespace atz::seal
