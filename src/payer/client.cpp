#include "atz/payer/client.hpp"

#include <fmt/format.h>

#include <utility>

#include "payer/curl_library.hpp"
#include "payer/http_client.hpp"

namespace atz::payer {

Limits limits_of(const model::PayerProfile& profile) {
  constexpr int kMembersForTwice = 12;
  Limits limits;
  limits.base = std::chrono::seconds(profile.answer_seconds);
  limits.per_member = limits.base / kMembersForTwice;
  return limits;
}

Result<std::unique_ptr<Client>> Client::create(const model::PayerProfile& profile, seal::Secret secret, Clock& clock,
                                               Random& random, const Limits& limits) {
  auto transport = Transport::create(profile.tls, limits);
  if (!transport) return tl::make_unexpected(transport.error());
  auto base = parse_url(profile.base_url, "base_url");
  if (!base) return tl::make_unexpected(base.error());
  if (base->text.find('?') != std::string::npos) return fail(Failure::usage, "base_url must not contain a query.");

  std::optional<Url> token_url;
  if (profile.auth.mode != model::AuthMode::none) {
    if (profile.auth.client_id.empty()) {
      return fail(Failure::usage, fmt::format("Profile {} has no auth.client_id.", profile.name));
    }
    if (secret.empty()) {
      return fail(Failure::sign_in, fmt::format("There is no client secret for payer {}.", profile.name),
                  "Put it into a file that only you can read, and name that file in auth.secret_file.");
    }
    if (!profile.auth.token_url.empty()) {
      auto url = parse_url(profile.auth.token_url, "auth.token_url");
      if (!url) return tl::make_unexpected(url.error());
      token_url = std::move(*url);
    }
  }
  return std::make_unique<HttpClient>(profile, std::move(*base), std::move(token_url), std::move(secret),
                                      std::move(*transport), clock, random, limits);
}

}  // namespace atz::payer
