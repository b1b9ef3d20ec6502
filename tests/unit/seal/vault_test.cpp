#include <doctest/doctest.h>

#include <stdexcept>

#include "atz/seal/seal.hpp"

using namespace atz;
using namespace atz::seal;

namespace {
Vault vault_of(char byte) {
  return Vault(Secret(std::string(32, byte)));
}
}  // namespace

TEST_CASE("what is sealed opens with the same key and context") {
  const Vault vault = vault_of('k');
  SeededRandom random(1);
  for (const std::string& plain : {std::string(), std::string("x"), std::string("a\0b", 3), std::string(100000, 'z')}) {
    const std::string sealed = vault.seal(plain, "member.name", random);
    CHECK(sealed.size() == plain.size() + 41);
    CHECK(vault.open(sealed, "member.name").value() == plain);
  }
}

TEST_CASE("sealed twice, the bytes differ") {
  const Vault vault = vault_of('k');
  SeededRandom random(1);
  CHECK(vault.seal("same", "c", random) != vault.seal("same", "c", random));
}

TEST_CASE("another context or another key does not open") {
  const Vault vault = vault_of('k');
  SeededRandom random(1);
  const std::string sealed = vault.seal("text", "member.name", random);
  for (const char* context : {"", "member.nam", "member.name ", "member.born"}) {
    const auto refused = vault.open(sealed, context);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().failure == Failure::state);
  }
  CHECK(vault_of('l').open(sealed, "member.name").error().failure == Failure::state);
}

TEST_CASE("a change of any bit of any byte, a byte less or a byte more is noticed") {
  const Vault vault = vault_of('k');
  SeededRandom random(1);
  const std::string sealed = vault.seal("Example text", "c", random);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = sealed;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ (1U << bit));
      CHECK_FALSE(vault.open(changed, "c"));
    }
    CHECK_FALSE(vault.open(std::string_view(sealed).substr(0, i), "c"));
  }
  CHECK_FALSE(vault.open(sealed + '\0', "c"));
  CHECK_FALSE(vault.open("", "c"));
}

TEST_CASE("the format on disk stays: bytes that an earlier version sealed open") {
  const Vault vault = vault_of('k');
  SeededRandom random(7);
  const std::string sealed = vault.seal("Example", "context", random);
  CHECK(sealed[0] == 1);
  CHECK(base64(sealed) == "AdcNMlnk4ctjHGY89Nc8TAQCKrG6gECY5mGkGGv8vzehtsNyu9PetiiKMTcxDTD2");
  // Recomputed with Python's hashlib: BLAKE2b with key, salt and personalization.
  CHECK(vault.digest("Example", "context") == "6b03ad1469311c22dcd795c2e1bd709a84427f67e22807262cbca80eba9bfb40");
}

TEST_CASE("digests depend on key, context and data, and on where one ends and the other begins") {
  const Vault vault = vault_of('k');
  const std::string digest = vault.digest("data", "context");
  CHECK(digest.size() == 64);
  CHECK(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(vault.digest("data", "context") == digest);
  CHECK(vault.digest("datA", "context") != digest);
  CHECK(vault.digest("data", "contexT") != digest);
  CHECK(vault.digest("tdata", "contex") != digest);
  CHECK(vault.digest("contextdata", "") != digest);
  CHECK(vault_of('l').digest("data", "context") != digest);
}

TEST_CASE("a key has 32 bytes") {
  const Secret nothing;
  const Secret shorter(std::string(31, 'k'));
  const Secret longer(std::string(33, 'k'));
  CHECK_THROWS_AS(static_cast<void>(Vault{shorter}), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(Vault{longer}), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(Vault{nothing}), std::invalid_argument);
}

TEST_CASE("a moved vault still opens") {
  Vault vault = vault_of('k');
  SeededRandom random(1);
  const std::string sealed = vault.seal("text", "c", random);
  Vault other = vault_of('l');
  other = std::move(vault);
  CHECK(other.open(sealed, "c").value() == "text");
}
