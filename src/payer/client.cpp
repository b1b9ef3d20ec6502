#include "atz/payer/client.hpp"

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

Result<std::unique_ptr<Client>> Client::create(const model::PayerProfile& profile, Credentials credentials,
                                               Clock& clock, Random& random, const Limits& limits) {
  auto transport = Transport::create(profile.tls, limits);
  if (!transport) return tl::make_unexpected(transport.error());
  auto base = parse_url(profile.base_url, "base_url");
  if (!base) return tl::make_unexpected(base.error());
  if (base->text.find('?') != std::string::npos) return fail(Failure::usage, "base_url must not contain a query.");
  auto means = sign_in_means(profile, std::move(credentials));
  if (!means) return tl::make_unexpected(means.error());
  return std::make_unique<HttpClient>(profile, std::move(*base), std::move(*means), std::move(*transport), clock,
                                      random, limits);
}

}  // namespace atz::payer
