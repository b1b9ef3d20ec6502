// A token between two runs, in a sealed file.
#include <fmt/format.h>

#include <charconv>

#include "atz/payer/client.hpp"
#include "payer/scratch.hpp"

namespace atz::payer {

namespace {

constexpr std::uint64_t kMostBytes = 128ULL * 1024;
constexpr std::size_t kNameLength = 32;

// Each part with its length, so that no two profiles have the same text. What another sign-in would have asked for is
// another token.
std::string binding_of(const model::PayerProfile& profile) {
  std::string text = fmt::format("token mode {}", static_cast<int>(profile.auth.mode));
  const auto& auth = profile.auth;
  const auto add = [&](const std::string& part) { text += fmt::format(" {}:{}", part.size(), part); };
  for (const std::string& part : {profile.name, profile.base_url, auth.client_id, auth.scope, auth.token_url,
                                  auth.secret_file, auth.key_file, auth.key_id})
    add(part);
  for (const auto& word : auth.token_command) add(word);
  return text;
}

class TokenFile final : public TokenStore {
 public:
  TokenFile(Files& files, const seal::Vault& vault, Random& random, std::string folder,
            const model::PayerProfile& profile)
      : files_(files), vault_(vault), random_(random), folder_(std::move(folder)), binding_(binding_of(profile)) {
    path_ = path::join(folder_, vault_.digest(binding_, "token file").substr(0, kNameLength));
  }

  // Whatever is wrong with the file: without it the user signs in as if there were none.
  std::optional<Token> load() override {
    const auto sealed = files_.read(path_, kMostBytes);
    if (!sealed) return std::nullopt;
    auto opened = vault_.open(*sealed, binding_);
    if (!opened) return std::nullopt;
    const Scratch plain(std::move(*opened));
    const auto blank = plain.text.find(' ');
    if (blank == std::string::npos) return std::nullopt;
    std::int64_t until = 0;
    if (std::from_chars(plain.text.data(), plain.text.data() + blank, until).ec != std::errc()) return std::nullopt;
    return Token{seal::Secret(std::string_view(plain.text).substr(blank + 1)), Instant(std::chrono::seconds(until))};
  }

  Result<void> keep(const Token& token) override {
    if (auto made = files_.make_private_directory(folder_); !made) return made;
    Scratch plain;
    plain.text.reserve(token.authorization.reveal().size() + 24);
    plain.text.append(std::to_string(token.good_until.time_since_epoch().count())).append(" ");
    plain.text.append(token.authorization.reveal());
    return files_.write_atomic(path_, vault_.seal(plain.text, binding_, random_), 0600);
  }

  void forget() override {
    // One that cannot be removed is refused again the next time; that costs a request and nothing else.
    static_cast<void>(files_.remove(path_));
  }

 private:
  Files& files_;
  const seal::Vault& vault_;
  Random& random_;
  std::string folder_;
  std::string binding_;
  std::string path_;
};

}  // namespace

std::unique_ptr<TokenStore> token_file(Files& files, const seal::Vault& vault, Random& random, std::string folder,
                                       const model::PayerProfile& profile) {
  return std::make_unique<TokenFile>(files, vault, random, std::move(folder), profile);
}

}  // namespace atz::payer
