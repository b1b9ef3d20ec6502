// Randomness as an injected service, and the identifiers made from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace atz {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

class SystemRandom final : public Random {  // getrandom(2)
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

class SeededRandom final : public Random {  // for tests: the same bytes every time, not for secrets
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::uint64_t state_;
};

// Lower-case UUIDs. Version 4 from random bytes; version 5 (SHA-1 of name space and name, RFC 4122),
// so that the same input gives the same identifier on any machine.
std::string uuid_v4(Random& random);
std::string uuid_v5(std::string_view namespace_uuid, std::string_view name);

// `length` characters of Crockford's base32 in lower case (no i, l, o, u).
std::string random_base32(Random& random, std::size_t length);

}  // namespace atz
