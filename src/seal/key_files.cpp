// Keys and secrets kept in files that nobody else may read.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/seal/seal.hpp"
#include "seal/sodium.hpp"
#include "seal/vault_keys.hpp"

namespace atz::seal {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::uint64_t kMostSecretBytes = 65536;
constexpr const char* kRestore = "Restore the key file from a backup; what was sealed cannot be read without it.";
constexpr unsigned kOthers = 077;  // any right of group or others

bool is_private(const FileInfo& info) {
  return (info.mode & kOthers) == 0;
}

tl::unexpected<Error> not_private(Failure failure, const std::string& path, const FileInfo& info) {
  return fail(failure, fmt::format("{} can be used by others (mode {:04o}, must be 0600)", printable(path), info.mode),
              fmt::format("Type: chmod 600 {}", printable(shell_word(path))));
}

// Moves text into a secret and wipes what it was in.
Secret take(std::string& text, std::size_t length) {
  Secret secret(std::string_view(text).substr(0, length));
  sodium_memzero(text.data(), text.size());
  return secret;
}

// A key file is 32 bytes of key until the key is changed for the first time. After that: "atzk", the number of former
// digest keys, whether a change is under way (0 or 1), the key, the former digest keys (oldest first), and during a
// change the former key.
constexpr std::string_view kMark = "atzk";
constexpr std::size_t kHeaderSize = kMark.size() + 2;
constexpr std::size_t kMostChanges = 255;
constexpr std::size_t kMostFileBytes = kHeaderSize + (kMostChanges + 2) * kKeySize;

struct KeyFile {
  Secret key;
  std::vector<Secret> former_digests;
  std::optional<Secret> former_key;
};

std::optional<KeyFile> parse(std::string_view bytes) {
  KeyFile file;
  if (bytes.size() == kKeySize) {
    file.key = Secret(bytes);
    return file;
  }
  if (bytes.size() < kHeaderSize || bytes.substr(0, kMark.size()) != kMark) return std::nullopt;
  const auto changes = static_cast<unsigned char>(bytes[kMark.size()]);
  const auto changing = static_cast<unsigned char>(bytes[kMark.size() + 1]);
  bytes.remove_prefix(kHeaderSize);
  if (changes == 0 || changing > 1 || bytes.size() != (1U + changes + changing) * kKeySize) return std::nullopt;
  const auto next = [&] {
    Secret key(bytes.substr(0, kKeySize));
    bytes.remove_prefix(kKeySize);
    return key;
  };
  file.key = next();
  for (unsigned i = 0; i < changes; ++i) file.former_digests.push_back(next());
  if (changing == 1) file.former_key = next();
  return file;
}

Vault vault_of(const KeyFile& file) {
  if (file.former_digests.empty()) return Vault(file.key);
  Vault::Keys keys;
  keys.sealing = sealing_key_of(file.key);
  for (const auto& digest : file.former_digests) keys.digest.emplace_back(digest.reveal());
  keys.digest.push_back(digest_key_of(file.key));
  if (file.former_key) keys.former_sealing = sealing_key_of(*file.former_key);
  return Vault(std::move(keys));
}

Result<void> write_key_file(Files& files, const std::string& path, const KeyFile& file) {
  std::string bytes(kMark);
  bytes.reserve(kMostFileBytes);  // so that no half-filled copy is left behind
  bytes += static_cast<char>(file.former_digests.size());
  bytes += file.former_key ? '\1' : '\0';
  bytes += file.key.reveal();
  for (const auto& digest : file.former_digests) bytes += digest.reveal();
  if (file.former_key) bytes += file.former_key->reveal();
  auto written = files.write_atomic(path, bytes, 0600);
  sodium_memzero(bytes.data(), bytes.size());
  return written;
}

Result<KeyFile> read_key_file(const Files& files, const std::string& key_file) {
  start_sodium();
  const FileInfo info = files.info(key_file);
  if (info.kind == FileInfo::Kind::regular && !is_private(info)) {
    return not_private(Failure::state, key_file, info);
  }
  auto bytes = files.read(key_file, kMostFileBytes);
  if (!bytes) {
    return fail(bytes.error().failure == Failure::io ? Failure::io : Failure::state, bytes.error().message, kRestore);
  }
  auto file = parse(*bytes);
  sodium_memzero(bytes->data(), bytes->size());
  if (!file) {
    return fail(Failure::state,
                fmt::format("{} is not a key file: its {} bytes are no key", printable(key_file), bytes->size()),
                kRestore);
  }
  return std::move(*file);
}

Result<Vault> read_vault(const Files& files, const std::string& key_file) {
  const auto file = read_key_file(files, key_file);
  if (!file) return tl::make_unexpected(file.error());
  return vault_of(*file);
}

}  // namespace

Result<Vault> open_vault(Files& files, const std::string& key_file, bool may_create, Random& random) {
  const FileInfo info = files.info(key_file);
  if (info.kind != FileInfo::Kind::missing || info.is_symlink) {
    return read_vault(files, key_file);
  }
  if (!may_create) {
    return fail(Failure::state, fmt::format("the key file {} is missing", printable(key_file)), kRestore);
  }
  if (auto made = files.make_private_directory(path::parent(key_file)); !made) {
    return tl::make_unexpected(made.error());
  }
  start_sodium();
  std::array<std::uint8_t, kKeySize> key{};
  random.fill(key);
  const auto written =
      files.write_new(key_file, std::string_view(reinterpret_cast<const char*>(key.data()), key.size()), 0600);
  sodium_memzero(key.data(), key.size());
  if (!written) {
    return tl::make_unexpected(written.error());
  }
  // Whether ours or that of another first run that was quicker: what is on disk counts.
  return read_vault(files, key_file);
}

Result<bool> is_key_changing(const Files& files, const std::string& key_file) {
  const auto file = read_key_file(files, key_file);
  if (!file) return tl::make_unexpected(file.error());
  return file->former_key.has_value();
}

Result<Vault> begin_key_change(Files& files, const std::string& key_file, Random& random) {
  auto file = read_key_file(files, key_file);
  if (!file) return tl::make_unexpected(file.error());
  if (file->former_key) return vault_of(*file);
  if (file->former_digests.size() == kMostChanges) {
    return fail(Failure::usage,
                fmt::format("the key was changed {} times, and that is as often as it can be", kMostChanges),
                "Begin a new state folder (ATZ_STATE_DIR) when no case is open any more, and keep this one.");
  }
  std::array<std::uint8_t, kKeySize> key{};
  random.fill(key);
  KeyFile next;
  next.key = Secret(std::string_view(reinterpret_cast<const char*>(key.data()), key.size()));
  sodium_memzero(key.data(), key.size());
  next.former_digests = std::move(file->former_digests);
  next.former_digests.push_back(digest_key_of(file->key));
  next.former_key = std::move(file->key);
  if (auto written = write_key_file(files, key_file, next); !written) return tl::make_unexpected(written.error());
  return vault_of(next);
}

Result<Vault> finish_key_change(Files& files, const std::string& key_file) {
  auto file = read_key_file(files, key_file);
  if (!file) return tl::make_unexpected(file.error());
  if (!file->former_key) return vault_of(*file);
  file->former_key.reset();
  if (auto written = write_key_file(files, key_file, *file); !written) return tl::make_unexpected(written.error());
  return vault_of(*file);
}

Result<Secret> read_secret_file(const Files& files, const std::string& path) {
  const FileInfo info = files.info(path);
  if (info.kind == FileInfo::Kind::missing) {
    return fail(
        Failure::input, "The file that a secret or key is to be read from does not exist.",
        "Check secret_file and key_file in the profile. The name is not shown here: it may be the secret itself.");
  }
  if (info.kind == FileInfo::Kind::regular && !is_private(info)) {
    return not_private(Failure::usage, path, info);
  }
  auto text = files.read(path, kMostSecretBytes);
  if (!text) {
    return tl::make_unexpected(text.error());
  }
  const std::size_t last = text->find_last_not_of("\r\n");
  const std::size_t length = last == std::string::npos ? 0 : last + 1;
  Secret secret = take(*text, length);
  if (secret.empty()) {
    return fail(Failure::input, fmt::format("{} is empty, a secret was expected", printable(path)));
  }
  return secret;
}

}  // namespace atz::seal
