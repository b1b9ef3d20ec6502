#include "atz/seal/jws.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace atz::seal {
namespace {

std::string member(const PublicKey& key, std::string_view name) {
  for (const auto& [own, value] : key.jwk()) {
    if (own == name) return value;
  }
  return {};
}

PublicKey again(const PublicKey& key) {
  auto read = key.algorithm() == SignatureAlgorithm::rs384 ? PublicKey::rsa(member(key, "n"), member(key, "e"))
                                                           : PublicKey::p384(member(key, "x"), member(key, "y"));
  REQUIRE(read.has_value());
  return *read;
}

std::string with(std::string text, std::size_t at) {
  text[at] = static_cast<char>(text[at] ^ 1);
  return text;
}

// A folder for the openssl command to work in.
class Bench {
 public:
  Bench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "atz-jws-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
  }
  ~Bench() { std::filesystem::remove_all(folder_); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] bool openssl(const std::string& arguments) const {
    return std::system(("cd " + folder_.string() + " && openssl " + arguments + " >/dev/null 2>&1").c_str()) == 0;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("only the two algorithms that SMART names exist") {
  CHECK(signature_algorithm("RS384") == SignatureAlgorithm::rs384);
  CHECK(signature_algorithm("ES384") == SignatureAlgorithm::es384);
  for (const char* other : {"none", "HS384", "RS256", "ES256", "PS384", "es384", ""}) {
    CHECK_FALSE(signature_algorithm(other).has_value());
  }
}

TEST_CASE("what is signed verifies with the public half only, and only unchanged") {
  for (const auto algorithm : {SignatureAlgorithm::rs384, SignatureAlgorithm::es384}) {
    CAPTURE(name_of(algorithm));
    const PrivateKey key = PrivateKey::generate(algorithm);
    const PrivateKey other = PrivateKey::generate(algorithm);
    CHECK(key.algorithm() == algorithm);
    // ECDSA signatures differ each time: some have a half that begins with zeros.
    for (int i = 0; i < (algorithm == SignatureAlgorithm::es384 ? 300 : 2); ++i) {
      const std::string signature = key.sign("header.claims");
      CHECK(signature.size() == (algorithm == SignatureAlgorithm::es384 ? 96U : 384U));
      REQUIRE(again(key.public_key()).verifies("header.claims", signature));
    }
    const std::string signature = key.sign("header.claims");
    CHECK_FALSE(key.public_key().verifies("header.claimz", signature));
    CHECK_FALSE(other.public_key().verifies("header.claims", signature));
    CHECK_FALSE(key.public_key().verifies("header.claims", with(signature, 0)));
    CHECK_FALSE(key.public_key().verifies("header.claims", with(signature, signature.size() - 1)));
    CHECK_FALSE(key.public_key().verifies("header.claims", signature.substr(1)));
    CHECK_FALSE(key.public_key().verifies("header.claims", signature + "x"));
    CHECK_FALSE(key.public_key().verifies("header.claims", ""));
    CHECK_FALSE(key.public_key().verifies("header.claims", std::string(signature.size(), '\0')));
  }
}

TEST_CASE("a key written as PEM is the same key when it is read") {
  for (const auto algorithm : {SignatureAlgorithm::rs384, SignatureAlgorithm::es384}) {
    const PrivateKey key = PrivateKey::generate(algorithm);
    const Secret pem = key.pem();
    CHECK(pem.reveal().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    const auto read = PrivateKey::from_pem(pem);
    REQUIRE(read.has_value());
    CHECK(read->algorithm() == algorithm);
    CHECK(read->public_key().thumbprint() == key.public_key().thumbprint());
    CHECK(key.public_key().verifies("text", read->sign("text")));
  }
}

TEST_CASE("the thumbprint of RFC 7638, 3.1") {
  const auto key = PublicKey::rsa(
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_"
      "BJECPebWKRXjBZCiFV4n3oknjhM"
      "stn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
      "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5h"
      "ajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
      "kEgU8awapJzKnqDKgw",
      "AQAB");
  REQUIRE(key.has_value());
  CHECK(key->thumbprint() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

TEST_CASE("numbers that make no key") {
  const PublicKey good = PrivateKey::generate(SignatureAlgorithm::es384).public_key();
  const std::string x = member(good, "x"), y = member(good, "y");
  CHECK(PublicKey::p384(x, y).has_value());
  CHECK_FALSE(PublicKey::p384(y, x).has_value());  // no point of the curve
  CHECK_FALSE(PublicKey::p384(x, "").has_value());
  CHECK_FALSE(PublicKey::p384(x, y + "=").has_value());
  CHECK_FALSE(PublicKey::p384(x, y.substr(0, 60)).has_value());
  CHECK_FALSE(PublicKey::p384("not/url+safe", y).has_value());
  CHECK_FALSE(PublicKey::rsa(base64url(std::string(127, '\xff')), "AQAB").has_value());  // 1016 bits
  CHECK_FALSE(PublicKey::rsa("", "AQAB").has_value());
  CHECK_FALSE(PublicKey::rsa(base64url(std::string(3000, '\xff')), "AQAB").has_value());
}

TEST_CASE("the openssl command agrees") {
  const Bench bench;
  if (!bench.openssl("version")) {
    MESSAGE("SKIPPED: needs the openssl command (Debian package openssl)");
    return;
  }
  SUBCASE("keys of ours sign for it") {
    for (const auto algorithm : {SignatureAlgorithm::rs384, SignatureAlgorithm::es384}) {
      const PrivateKey key = PrivateKey::generate(algorithm);
      bench.write("key.pem", key.pem().reveal());
      bench.write("text", "header.claims");
      REQUIRE(bench.openssl("dgst -sha384 -sign key.pem -out signature text"));
      if (algorithm == SignatureAlgorithm::rs384) {
        CHECK(key.public_key().verifies("header.claims", bench.read("signature")));
        CHECK(key.sign("header.claims") == bench.read("signature"));
      }
    }
  }
  SUBCASE("keys of its making, in both forms of PEM") {
    REQUIRE(bench.openssl("ecparam -name secp384r1 -genkey -noout -out ec.pem"));
    REQUIRE(bench.openssl("genrsa -traditional -out rsa.pem 2048"));
    for (const char* name : {"ec.pem", "rsa.pem"}) {
      const auto key = PrivateKey::from_pem(Secret(bench.read(name)));
      REQUIRE(key.has_value());
      CHECK(key->public_key().verifies("text", key->sign("text")));
    }
  }
  SUBCASE("keys that are refused, each with its reason") {
    const auto reason = [&](const std::string& make) -> std::string {
      REQUIRE(bench.openssl(make));
      const auto key = PrivateKey::from_pem(Secret(bench.read("key.pem")));
      REQUIRE_FALSE(key.has_value());
      CHECK(key.error().failure == Failure::input);
      return key.error().message;
    };
    const std::string kind = "the key is neither RSA of 2048 bits or more nor EC of the curve P-384";
    CHECK(reason("genrsa -out key.pem 1024") == kind);
    CHECK(reason("ecparam -name prime256v1 -genkey -noout -out key.pem") == kind);
    CHECK(reason("genpkey -algorithm ed25519 -out key.pem") == kind);
    CHECK(reason("genrsa -aes128 -passout pass:words -out key.pem 2048") == "the key is locked with a password");
    REQUIRE(bench.openssl("genrsa -out private.pem 2048"));
    CHECK(reason("rsa -in private.pem -pubout -out key.pem") == "this is no private key in PEM");
  }
  CHECK_FALSE(PrivateKey::from_pem(Secret("hello")).has_value());
  CHECK_FALSE(PrivateKey::from_pem(Secret()).has_value());
}

TEST_CASE("base64url has no padding and its own two characters") {
  CHECK(base64url("\xfb\xff\xfe") == "-__-");
  CHECK(base64url("a") == "YQ");
  CHECK(from_base64url("-__-").value() == "\xfb\xff\xfe");
  CHECK(from_base64url("YQ").value() == "a");
  CHECK(from_base64url("").value().empty());
  for (const char* bad : {"YQ==", "+//+", "Y", "YQ\n", "Y Q"}) CHECK_FALSE(from_base64url(bad).has_value());
  CHECK(sha256_base64url("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");  // RFC 7636, appendix B
}

}  // namespace atz::seal
