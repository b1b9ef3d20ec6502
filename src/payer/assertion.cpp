#include "payer/assertion.hpp"

#include <nlohmann/json.hpp>

namespace atz::payer {

namespace {

// SMART allows five minutes; a server whose clock is behind ours must not find it longer.
constexpr std::chrono::seconds kLife{240};

}  // namespace

std::string client_assertion(const seal::PrivateKey& key, const model::PayerProfile::Auth& auth,
                             const std::string& token_endpoint, Instant now, Random& random) {
  const nlohmann::ordered_json header = {{"alg", seal::name_of(key.algorithm())},
                                         {"kid", auth.key_id.empty() ? key.public_key().thumbprint() : auth.key_id},
                                         {"typ", "JWT"}};
  const nlohmann::ordered_json claims = {{"iss", auth.client_id},
                                         {"sub", auth.client_id},
                                         {"aud", token_endpoint},
                                         {"iat", now.time_since_epoch().count()},
                                         {"exp", (now + kLife).time_since_epoch().count()},
                                         {"jti", uuid_v4(random)}};
  const std::string text = seal::base64url(header.dump()) + "." + seal::base64url(claims.dump());
  return text + "." + seal::base64url(key.sign(text));
}

}  // namespace atz::payer
