#include "app/sign_in.hpp"

namespace atz::app {
namespace {

Result<seal::Secret> secret_in(const Services& services, const std::string& file) {
  auto read = seal::read_secret_file(services.files, file);
  if (!read) return fail(Failure::sign_in, read.error().message, read.error().help);
  return read;
}

}  // namespace

Result<payer::Credentials> credentials_of(const Services& services, const model::PayerProfile& profile,
                                          const seal::Vault& vault) {
  using Mode = model::AuthMode;
  const Mode mode = profile.auth.mode;
  payer::Credentials credentials;
  const bool by_secret = mode == Mode::client_secret_basic || mode == Mode::client_secret_post;
  if (by_secret || (mode == Mode::authorization_code && !profile.auth.secret_file.empty())) {
    auto secret = secret_in(services, profile.auth.secret_file);
    if (!secret) return tl::make_unexpected(secret.error());
    credentials.secret = std::move(*secret);
  }
  if (mode == Mode::private_key_jwt) {
    auto key = secret_in(services, profile.auth.key_file);
    if (!key) return tl::make_unexpected(key.error());
    credentials.key = std::move(*key);
  }
  if (mode == Mode::authorization_code) credentials.ask = services.ask;
  if (profile.auth.cache_token && mode != Mode::none) {
    credentials.tokens = payer::token_file(services.files, vault, services.random, token_folder(services), profile);
  }
  return credentials;
}

}  // namespace atz::app
