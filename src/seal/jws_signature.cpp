// Signing and verifying. ES384: a JWS has r and s one after the other, OpenSSL has them in DER.
#include "seal/jws_key.hpp"

namespace atz::seal {
namespace {

std::string raw_from_der(std::string_view der) {
  const unsigned char* at = openssl_bytes(der);
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  must(signature != nullptr);
  std::string raw(2 * kCoordinateBytes, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(raw.data());
  must(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, kCoordinateBytes) == kCoordinateBytes &&
       BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + kCoordinateBytes, kCoordinateBytes) == kCoordinateBytes);
  return raw;
}

std::string der_from_raw(std::string_view raw) {
  const Signature signature(ECDSA_SIG_new());
  BigNumber r(BN_bin2bn(openssl_bytes(raw), kCoordinateBytes, nullptr));
  BigNumber s(BN_bin2bn(openssl_bytes(raw) + kCoordinateBytes, kCoordinateBytes, nullptr));
  must(signature != nullptr && r != nullptr && s != nullptr);
  must(ECDSA_SIG_set0(signature.get(), r.get(), s.get()) == 1);
  static_cast<void>(r.release());  // the signature owns them now
  static_cast<void>(s.release());
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(signature.get(), &der);
  must(length > 0);
  std::string result(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return result;
}

}  // namespace

bool PublicKey::verifies(std::string_view text, std::string_view signature) const {
  const bool ec = held_->algorithm == SignatureAlgorithm::es384;
  if (ec && signature.size() != 2 * kCoordinateBytes) return false;
  const std::string bytes = ec ? der_from_raw(signature) : std::string(signature);
  const DigestContext context(EVP_MD_CTX_new());
  must(context != nullptr &&
       EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha384(), nullptr, held_->key.get()) == 1);
  const bool good =
      EVP_DigestVerify(context.get(), openssl_bytes(bytes), bytes.size(), openssl_bytes(text), text.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

std::string PrivateKey::sign(std::string_view text) const {
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY* key = public_.held_->key.get();
  must(context != nullptr && EVP_DigestSignInit(context.get(), nullptr, EVP_sha384(), nullptr, key) == 1);
  std::string bytes(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
  std::size_t length = bytes.size();
  must(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &length, openssl_bytes(text),
                      text.size()) == 1);
  bytes.resize(length);
  return algorithm() == SignatureAlgorithm::es384 ? raw_from_der(bytes) : bytes;
}

}  // namespace atz::seal
