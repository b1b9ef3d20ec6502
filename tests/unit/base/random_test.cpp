#include "atz/base/random.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <stdexcept>

#include "atz/base/clock.hpp"

using namespace atz;

namespace {
class SameByte final : public Random {
 public:
  explicit SameByte(std::uint8_t byte) : byte_(byte) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) {
      byte = byte_;
    }
  }

 private:
  std::uint8_t byte_;
};
}  // namespace

TEST_CASE("version 4 UUIDs have their version and variant whatever the bytes") {
  SameByte zeros(0x00);
  SameByte ones(0xFF);
  CHECK(uuid_v4(zeros) == "00000000-0000-4000-8000-000000000000");
  CHECK(uuid_v4(ones) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST_CASE("version 5 UUIDs are those of the standard") {
  // The DNS name space, RFC 4122 appendix C; the value is that of Python's uuid module.
  constexpr std::string_view kDns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  CHECK(uuid_v5(kDns, "www.example.com") == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  CHECK(uuid_v5(kDns, "") != uuid_v5(kDns, std::string_view("\0", 1)));
  CHECK_THROWS_AS(uuid_v5("not-a-uuid", "x"), std::invalid_argument);
}

TEST_CASE("base32 has the digits of Crockford in lower case") {
  SameByte most(31);
  SameByte wrapped(32);
  CHECK(random_base32(most, 3) == "zzz");
  CHECK(random_base32(wrapped, 2) == "00");
  CHECK(random_base32(most, 0).empty());
  SeededRandom random(1);
  std::set<char> seen;
  for (const char c : random_base32(random, 2000)) {
    seen.insert(c);
  }
  CHECK(std::string(seen.begin(), seen.end()) == "0123456789abcdefghjkmnpqrstvwxyz");
}

TEST_CASE("a seed decides every byte") {
  SeededRandom a(42);
  SeededRandom b(42);
  SeededRandom c(43);
  const std::string first = uuid_v4(a);
  CHECK(first == uuid_v4(b));
  CHECK(first != uuid_v4(c));
  CHECK(first != uuid_v4(a));
}

TEST_CASE("the system's randomness fills everything it is given") {
  SystemRandom random;
  std::array<std::uint8_t, 1000> bytes{};
  random.fill(bytes);
  CHECK(std::set<int>(bytes.begin(), bytes.end()).size() > 100);
  random.fill({});
}

TEST_CASE("a fixed clock moves only when told") {
  FixedClock clock(Instant(std::chrono::seconds(1000)));
  CHECK(clock.now() == Instant(std::chrono::seconds(1000)));
  clock.sleep_for(std::chrono::seconds(5));
  CHECK(clock.now() == Instant(std::chrono::seconds(1005)));
  clock.set(Instant(std::chrono::seconds(1)));
  CHECK(clock.now() == Instant(std::chrono::seconds(1)));
}

TEST_CASE("the system's clock does not wait for a time that has passed") {
  SystemClock clock;
  const Instant before = clock.now();
  clock.sleep_for(std::chrono::seconds(0));
  clock.sleep_for(std::chrono::seconds(-5));
  CHECK(clock.now() >= before);
}
