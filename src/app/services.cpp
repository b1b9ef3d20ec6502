#include "atz/app/services.hpp"

#include <algorithm>
#include <array>

namespace atz::app {
namespace {

bool has_sealed(const Services& services) {
  constexpr std::array kStores = {"ledger.db", "sandbox.db"};
  return std::any_of(kStores.begin(), kStores.end(), [&](const char* name) {
    return services.files.info(path::join(services.state_dir, name)).kind != FileInfo::Kind::missing;
  });
}

}  // namespace

std::string key_path(const Services& services) {
  return path::join(services.state_dir, "key");
}

std::string token_folder(const Services& services) {
  return path::join(services.state_dir, "tokens");
}

Connect real_connect() {
  return [](const model::PayerProfile& profile, payer::Credentials credentials, Clock& clock, Random& random) {
    return payer::Client::create(profile, std::move(credentials), clock, random, payer::limits_of(profile));
  };
}

Result<seal::Vault> open_vault(const Services& services, bool may_create) {
  // Looked at first: another first run makes the key before anything that is sealed with it.
  const bool may = may_create && !has_sealed(services);
  return seal::open_vault(services.files, key_path(services), may, services.random);
}

bool has_vault(const Services& services) {
  const FileInfo key = services.files.info(key_path(services));
  return key.kind != FileInfo::Kind::missing || key.is_symlink || has_sealed(services);
}

}  // namespace atz::app
