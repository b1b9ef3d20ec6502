// Sealing and keyed digests of personal data; secrets that leave memory when they are done with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "atz/base/file.hpp"
#include "atz/base/random.hpp"
#include "atz/base/result.hpp"

namespace atz::seal {

// Text that is locked into memory where the system allows it, zeroed when destroyed or moved from,
// and never copied by accident. Never print one.
class Secret {
 public:
  Secret();
  explicit Secret(std::string_view text);
  Secret(Secret&&) noexcept;
  Secret& operator=(Secret&&) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();
  [[nodiscard]] std::string_view reveal() const;  // valid while the secret lives
  [[nodiscard]] bool empty() const { return reveal().empty(); }

 private:
  struct Guarded;
  std::unique_ptr<Guarded> data_;
};

// One 32-byte key; from it separate keys for sealing and for digests are derived. When the key is changed, everything
// is sealed anew, but a digest can't be taken anew from what is long gone: it is digested once more with the new key,
// so a vault knows the digest keys of its former keys. While a change is under way it also opens what the former key
// sealed.
class Vault {
 public:
  explicit Vault(const Secret& key_bytes);  // exactly 32 bytes
  Vault(Vault&&) noexcept;
  Vault& operator=(Vault&&) noexcept;
  ~Vault();

  // XChaCha20-Poly1305 with a random nonce; `context` (a table and column, say) must be the same on opening.
  [[nodiscard]] std::string seal(std::string_view plain, std::string_view context, Random& random) const;
  // Failure::state when the key, the context or the bytes are not those that were sealed.
  [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view context) const;
  // Keyed BLAKE2b-256 of `data` within a `context`, as 64 lower-case hex digits: equal inputs have equal digests,
  // and nobody without the key can test a guess.
  [[nodiscard]] std::string digest(std::string_view data, std::string_view context) const;

  // How often the key was changed, and the digest as it was after the first `changes` of them (0 to key_changes()).
  [[nodiscard]] int key_changes() const;
  [[nodiscard]] std::string digest_after(int changes, std::string_view data, std::string_view context) const;
  // What a digest of `changes` changes is after all of them: carry(n, digest_after(n, data, context)) is
  // digest(data, context).
  [[nodiscard]] std::string carry_digest(int changes, std::string digest) const;

  struct Keys;  // of the room's own files
  explicit Vault(Keys keys);

 private:
  std::unique_ptr<Keys> keys_;
};

// Reads the key file (0600, else Failure::state with the chmod to type), or creates it with a fresh key when missing
// and `may_create`. Directory 0700.
Result<Vault> open_vault(Files& files, const std::string& key_file, bool may_create, Random& random);

// Whether a change of keys was begun and not finished: the key file then holds both keys.
Result<bool> is_key_changing(const Files& files, const std::string& key_file);
// Puts a fresh key beside the present one, or goes on with a change that was interrupted; the vault seals with the new
// one and opens both. After everything has been sealed anew, finish_key_change throws the former key away. Each is
// atomic; whoever else holds the vault must be kept out meanwhile.
Result<Vault> begin_key_change(Files& files, const std::string& key_file, Random& random);
Result<Vault> finish_key_change(Files& files, const std::string& key_file);

// A secret kept in a 0600 file; trailing newlines are not part of it. Wider modes are refused (Failure::usage). Of a
// file that is missing the name is not repeated: people write the secret itself there.
Result<Secret> read_secret_file(const Files& files, const std::string& path);

std::string sha256_hex(std::string_view bytes);          // 64 lower-case hex digits
std::string base64(std::string_view bytes);              // standard alphabet, padded
Result<std::string> from_base64(std::string_view text);  // strict: Failure::input
bool equal_in_constant_time(std::string_view a, std::string_view b);

// umask 077, no core dumps, not traceable where the system offers it. Called once, first thing in main.
void harden_process();

}  // namespace atz::seal
