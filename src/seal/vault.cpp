#include <array>
#include <optional>
#include <stdexcept>

#include "atz/seal/seal.hpp"
#include "seal/sodium.hpp"
#include "seal/vault_keys.hpp"

namespace atz::seal {
namespace {

// Sealed bytes: format version, nonce, ciphertext with its tag.
constexpr char kFormat = 1;
constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kHeaderSize = 1 + kNonceSize;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kKeySize = crypto_kdf_KEYBYTES;

// Changing one of these makes everything sealed before unreadable.
constexpr char kKeyContext[crypto_kdf_CONTEXTBYTES + 1] = "atzvault";
constexpr std::uint64_t kSealingKey = 1;
constexpr std::uint64_t kDigestKey = 2;
constexpr std::string_view kCarried = "digest of an earlier key";

static_assert(kKeySize == 32);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32 && crypto_generichash_KEYBYTES == 32);

Secret derive(const Secret& key, std::uint64_t number) {
  std::array<unsigned char, 32> derived{};
  crypto_kdf_derive_from_key(derived.data(), derived.size(), number, kKeyContext, bytes_of(key.reveal()));
  Secret secret(std::string_view(reinterpret_cast<const char*>(derived.data()), derived.size()));
  sodium_memzero(derived.data(), derived.size());
  return secret;
}

std::optional<std::string> open_with(const Secret& key, std::string_view sealed, std::string_view context) {
  const auto* const in = bytes_of(sealed);
  std::string plain(sealed.size() - kHeaderSize - kTagSize, '\0');
  const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, in + kHeaderSize, sealed.size() - kHeaderSize,
      bytes_of(context), context.size(), in + 1, bytes_of(key.reveal()));
  return refused == 0 ? std::optional(std::move(plain)) : std::nullopt;
}

std::string digest_with(const Secret& secret, std::string_view data, std::string_view context) {
  // The length in front keeps ("ab", "c") and ("a", "bc") apart.
  std::array<unsigned char, 8> length{};
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<unsigned char>(std::uint64_t{context.size()} >> (8 * i));
  }
  const std::string_view key = secret.reveal();
  std::array<unsigned char, 32> digest{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, bytes_of(key), key.size(), digest.size());
  crypto_generichash_update(&state, length.data(), length.size());
  crypto_generichash_update(&state, bytes_of(context), context.size());
  crypto_generichash_update(&state, bytes_of(data), data.size());
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();  // the terminating NUL
  return hex;
}

std::string carry(const std::vector<Secret>& keys, int from, int to, std::string digest) {
  for (int change = from + 1; change <= to; ++change) {
    digest = digest_with(keys.at(static_cast<std::size_t>(change)), digest, kCarried);
  }
  return digest;
}

}  // namespace

Secret sealing_key_of(const Secret& key) {
  return derive(key, kSealingKey);
}

Secret digest_key_of(const Secret& key) {
  return derive(key, kDigestKey);
}

Vault::Vault(const Secret& key_bytes) {
  start_sodium();
  if (key_bytes.reveal().size() != kKeySize) {
    throw std::invalid_argument("a vault key has 32 bytes");
  }
  keys_ = std::make_unique<Keys>();
  keys_->sealing = sealing_key_of(key_bytes);
  keys_->digest.push_back(digest_key_of(key_bytes));
}

Vault::Vault(Keys keys) : keys_(std::make_unique<Keys>(std::move(keys))) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

std::string Vault::seal(std::string_view plain, std::string_view context, Random& random) const {
  std::string sealed(kHeaderSize + plain.size() + kTagSize, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
  sealed[0] = kFormat;
  random.fill({out + 1, kNonceSize});
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + kHeaderSize, nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(context), context.size(), nullptr, out + 1,
                                             bytes_of(keys_->sealing.reveal()));
  return sealed;
}

Result<std::string> Vault::open(std::string_view sealed, std::string_view context) const {
  if (sealed.size() >= kHeaderSize + kTagSize && sealed[0] == kFormat) {
    if (auto plain = open_with(keys_->sealing, sealed, context)) return std::move(*plain);
    if (keys_->former_sealing) {
      if (auto plain = open_with(*keys_->former_sealing, sealed, context)) return std::move(*plain);
    }
  }
  return fail(Failure::state, "sealed data cannot be opened: it was changed, or sealed with another key",
              "Restore the ledger and its key file together, from the same backup.");
}

std::string Vault::digest(std::string_view data, std::string_view context) const {
  return digest_after(key_changes(), data, context);
}

int Vault::key_changes() const {
  return static_cast<int>(keys_->digest.size()) - 1;
}

std::string Vault::digest_after(int changes, std::string_view data, std::string_view context) const {
  return carry(keys_->digest, 0, changes, digest_with(keys_->digest.front(), data, context));
}

std::string Vault::carry_digest(int changes, std::string digest) const {
  return carry(keys_->digest, changes, key_changes(), std::move(digest));
}

}  // namespace atz::seal
