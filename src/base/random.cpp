#include "atz/base/random.hpp"

#include <sys/random.h>
#include <uuid/uuid.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace atz {
namespace {

std::string to_text(const unsigned char* uuid) {
  std::array<char, UUID_STR_LEN> text{};
  uuid_unparse_lower(uuid, text.data());
  return text.data();
}

}  // namespace

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0) {
      if (errno == EINTR) {
        continue;
      }
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  // splitmix64, one step per 8 bytes.
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) {
      state_ += 0x9E3779B97F4A7C15U;
      word = state_;
      word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9U;
      word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
      word ^= word >> 31U;
    }
    bytes[i] = static_cast<std::uint8_t>(word >> (8U * (i % 8)));
  }
}

std::string uuid_v4(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);  // version 4
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);  // variant of RFC 4122
  return to_text(bytes.data());
}

std::string uuid_v5(std::string_view namespace_uuid, std::string_view name) {
  uuid_t space{};
  if (uuid_parse(std::string(namespace_uuid).c_str(), space) != 0) {
    throw std::invalid_argument("the name space of a version 5 UUID is not a UUID");
  }
  uuid_t uuid{};
  uuid_generate_sha1(uuid, space, name.data(), name.size());
  return to_text(uuid);
}

std::string random_base32(Random& random, std::size_t length) {
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string text;
  text.reserve(length);
  for (std::size_t i = 0; i < length; ++i) {
    std::array<std::uint8_t, 1> byte{};
    random.fill(byte);
    text += kDigits[byte[0] % kDigits.size()];  // 32 divides 256: no digit is likelier
  }
  return text;
}

}  // namespace atz
