// Keys and secrets kept in files that nobody else may read.
#include <array>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/seal/seal.hpp"
#include "seal/sodium.hpp"

namespace atz::seal {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::uint64_t kMostSecretBytes = 65536;
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

Result<Vault> read_vault(const Files& files, const std::string& key_file) {
  const FileInfo info = files.info(key_file);
  if (info.kind == FileInfo::Kind::regular && !is_private(info)) {
    return not_private(Failure::state, key_file, info);
  }
  if (info.kind == FileInfo::Kind::regular && info.size != kKeySize) {
    return fail(
        Failure::state,
        fmt::format("{} is not a key file: it has {} bytes, a key has {}", printable(key_file), info.size, kKeySize),
        "Restore the key file from a backup; what was sealed cannot be read without it.");
  }
  auto bytes = files.read(key_file, kKeySize);
  if (!bytes) {
    return fail(bytes.error().failure == Failure::io ? Failure::io : Failure::state, bytes.error().message,
                bytes.error().help);
  }
  if (bytes->size() != kKeySize) {
    return fail(Failure::state, fmt::format("{} changed while it was read", printable(key_file)), "Try again.");
  }
  return Vault(take(*bytes, kKeySize));
}

}  // namespace

Result<Vault> open_vault(Files& files, const std::string& key_file, bool may_create, Random& random) {
  const FileInfo info = files.info(key_file);
  if (info.kind != FileInfo::Kind::missing || info.is_symlink) {
    return read_vault(files, key_file);
  }
  if (!may_create) {
    return fail(Failure::state, fmt::format("the key file {} is missing", printable(key_file)),
                "Restore it from a backup; what was sealed cannot be read without it.");
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

Result<Secret> read_secret_file(const Files& files, const std::string& path) {
  const FileInfo info = files.info(path);
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
