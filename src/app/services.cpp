#include "atz/app/services.hpp"

namespace atz::app {

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
  return seal::open_vault(services.files, key_path(services), may_create, services.random);
}

bool has_vault(const Services& services) {
  return services.files.info(key_path(services)).kind != FileInfo::Kind::missing;
}

}  // namespace atz::app
