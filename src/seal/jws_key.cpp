// Keys from and to PEM and the members of a JWK.
#include "seal/jws_key.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <array>

namespace atz::seal {
namespace {

constexpr std::size_t kGeneratedRsaBits = 3072;
constexpr std::size_t kMostNumberBytes = 2048;  // RSA of 16384 bits, the most that OpenSSL verifies with

tl::unexpected<Error> no_key(std::string message) {
  ERR_clear_error();
  return fail(Failure::input, std::move(message));
}

Result<std::string> number(std::string_view text) {
  auto bytes = from_base64url(text);
  if (!bytes || bytes->empty() || bytes->size() > kMostNumberBytes)
    return no_key("a number of the key is not base64url");
  return bytes;
}

BigNumber big_number(std::string_view bytes) {
  BigNumber result(BN_bin2bn(openssl_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
  must(result != nullptr);
  return result;
}

Pkey public_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  must(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
  Pkey result(key);
  const PkeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  must(check != nullptr);
  return EVP_PKEY_public_check(check.get()) == 1 ? std::move(result) : nullptr;
}

std::string number_of(const EVP_PKEY* key, const char* name, int length) {
  BIGNUM* found = nullptr;
  must(EVP_PKEY_get_bn_param(key, name, &found) == 1);
  const BigNumber owner(found);
  std::string bytes(static_cast<std::size_t>(length == 0 ? BN_num_bytes(found) : length), '\0');
  must(BN_bn2binpad(found, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) >= 0);
  return base64url(bytes);
}

// OpenSSL would ask at the terminal for the password of a key that has one.
int no_password(char*, int, int, void*) {
  return -1;
}

}  // namespace

std::optional<SignatureAlgorithm> algorithm_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= kLeastRsaBits) return SignatureAlgorithm::rs384;
  std::array<char, 32> group{};
  if (EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
      std::string_view(group.data()) == "secp384r1") {
    return SignatureAlgorithm::es384;
  }
  return std::nullopt;
}

std::string_view name_of(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::rs384 ? "RS384" : "ES384";
}

std::optional<SignatureAlgorithm> signature_algorithm(std::string_view name) {
  for (const auto algorithm : {SignatureAlgorithm::rs384, SignatureAlgorithm::es384}) {
    if (name == name_of(algorithm)) return algorithm;
  }
  return std::nullopt;
}

Result<PublicKey> PublicKey::rsa(std::string_view n, std::string_view e) {
  const auto modulus = number(n), exponent = number(e);
  if (!modulus) return tl::make_unexpected(modulus.error());
  if (!exponent) return tl::make_unexpected(exponent.error());
  const BigNumber big_modulus = big_number(*modulus), big_exponent = big_number(*exponent);
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  must(builder != nullptr && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, big_modulus.get()) == 1 &&
       OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, big_exponent.get()) == 1);
  Pkey key = public_key("RSA", builder.get());
  if (key == nullptr || !algorithm_of(key.get())) return no_key("this is no RSA key of 2048 bits or more");
  return PublicKey(std::make_shared<const Held>(Held{std::move(key), SignatureAlgorithm::rs384}));
}

Result<PublicKey> PublicKey::p384(std::string_view x, std::string_view y) {
  const auto first = number(x), second = number(y);
  if (!first) return tl::make_unexpected(first.error());
  if (!second) return tl::make_unexpected(second.error());
  if (first->size() != kCoordinateBytes || second->size() != kCoordinateBytes)
    return no_key("the coordinates of a P-384 key have 48 bytes");
  const std::string point = "\x04" + *first + *second;  // uncompressed
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  must(builder != nullptr &&
       OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-384", 0) == 1 &&
       OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
  Pkey key = public_key("EC", builder.get());
  if (key == nullptr) return no_key("these coordinates are no point of P-384");
  return PublicKey(std::make_shared<const Held>(Held{std::move(key), SignatureAlgorithm::es384}));
}

SignatureAlgorithm PublicKey::algorithm() const {
  return held_->algorithm;
}

PublicKey::Members PublicKey::jwk() const {
  const EVP_PKEY* key = held_->key.get();
  if (held_->algorithm == SignatureAlgorithm::rs384) {
    return {{"e", number_of(key, OSSL_PKEY_PARAM_RSA_E, 0)},
            {"kty", "RSA"},
            {"n", number_of(key, OSSL_PKEY_PARAM_RSA_N, 0)}};
  }
  return {{"crv", "P-384"},
          {"kty", "EC"},
          {"x", number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, kCoordinateBytes)},
          {"y", number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, kCoordinateBytes)}};
}

std::string PublicKey::thumbprint() const {
  // The RFC's exact bytes: these members, by name, without blanks. None holds a character that JSON would escape.
  std::string json;
  for (const auto& [name, value] : jwk()) json += (json.empty() ? "{\"" : ",\"") + name + "\":\"" + value + "\"";
  return sha256_base64url(json + "}");
}

Result<PrivateKey> PrivateKey::from_pem(const Secret& pem) {
  const std::string_view text = pem.reveal();
  const Bio input(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  must(input != nullptr);
  Pkey key(PEM_read_bio_PrivateKey(input.get(), nullptr, no_password, nullptr));
  if (key == nullptr) {
    const bool locked = text.find("ENCRYPTED") != std::string_view::npos;
    return no_key(locked ? "the key is locked with a password" : "this is no private key in PEM");
  }
  const auto algorithm = algorithm_of(key.get());
  if (!algorithm) return no_key("the key is neither RSA of 2048 bits or more nor EC of the curve P-384");
  return PrivateKey(PublicKey(std::make_shared<const PublicKey::Held>(PublicKey::Held{std::move(key), *algorithm})));
}

PrivateKey PrivateKey::generate(SignatureAlgorithm algorithm) {
  Pkey key(algorithm == SignatureAlgorithm::rs384 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", kGeneratedRsaBits)
                                                  : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384"));
  must(key != nullptr);
  return PrivateKey(PublicKey(std::make_shared<const PublicKey::Held>(PublicKey::Held{std::move(key), algorithm})));
}

Secret PrivateKey::pem() const {
  const Bio output(BIO_new(BIO_s_secmem()));
  must(output != nullptr && PEM_write_bio_PKCS8PrivateKey(output.get(), public_.held_->key.get(), nullptr, nullptr, 0,
                                                          nullptr, nullptr) == 1);
  char* text = nullptr;
  const long length = BIO_get_mem_data(output.get(), &text);
  must(length > 0);
  return Secret(std::string_view(text, static_cast<std::size_t>(length)));
}

}  // namespace atz::seal
