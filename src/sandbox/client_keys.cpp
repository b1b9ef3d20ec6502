#include "sandbox/client_keys.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;
using std::chrono::seconds;

constexpr std::size_t kMostAssertionBytes = 8192;
constexpr std::size_t kMostJtiBytes = 256;
constexpr seconds kLongestLife{300};  // SMART App Launch, Backend Services
constexpr int kMaxDepth = 8;

Json parse(std::string_view text) {
  return Json::parse(
      text, [](int depth, Json::parse_event_t, Json&) { return depth < kMaxDepth; }, false);
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Instant> time_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  const auto value = found->get<std::int64_t>();
  if (value < 0 || value > std::int64_t{1} << 40) return std::nullopt;
  return Instant(seconds(value));
}

// nullopt: of a kind that is not used here.
std::optional<Result<seal::PublicKey>> key_of(const Json& jwk) {
  const std::string type = text_of(jwk, "kty");
  if (type == "RSA") return seal::PublicKey::rsa(text_of(jwk, "n"), text_of(jwk, "e"));
  if (type == "EC" && text_of(jwk, "crv") == "P-384") {
    return seal::PublicKey::p384(text_of(jwk, "x"), text_of(jwk, "y"));
  }
  return std::nullopt;
}

bool is_for(const Json& claims, std::string_view endpoint) {
  const auto audience = claims.find("aud");
  if (audience == claims.end()) return false;
  if (audience->is_string()) return audience->get<std::string>() == endpoint;
  return audience->is_array() && audience->size() == 1 && audience->front().is_string() &&
         audience->front().get<std::string>() == endpoint;
}

struct Parts {
  std::string_view text;  // header and claims as they were signed
  Json header, claims;
  std::string signature;
};

std::optional<Parts> take_apart(std::string_view assertion) {
  const auto first = assertion.find('.');
  const auto last = assertion.rfind('.');
  if (assertion.size() > kMostAssertionBytes || first == std::string_view::npos || first == last) return std::nullopt;
  const auto header = seal::from_base64url(assertion.substr(0, first));
  const auto claims = seal::from_base64url(assertion.substr(first + 1, last - first - 1));
  auto signature = seal::from_base64url(assertion.substr(last + 1));
  if (!header || !claims || !signature) return std::nullopt;
  Parts parts{assertion.substr(0, last), parse(*header), parse(*claims), std::move(*signature)};
  if (!parts.header.is_object() || !parts.claims.is_object()) return std::nullopt;
  return parts;
}

}  // namespace

Result<ClientKeys> ClientKeys::read(std::string_view jwks) {
  const Json json = parse(jwks);
  const auto list = json.is_object() ? json.find("keys") : json.end();
  if (list == json.end() || !list->is_array()) {
    return fail(Failure::usage, "The client's keys are no JWKS: an object with a list of `keys` was expected.",
                "atz profile keygen prints one.");
  }
  ClientKeys keys;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& jwk = (*list)[i];
    if (!jwk.is_object()) return fail(Failure::usage, fmt::format("Key {} of the JWKS is no object.", i + 1));
    if (jwk.contains("d")) {
      return fail(Failure::usage, fmt::format("Key {} of the JWKS is a private one.", i + 1),
                  "Only public keys are given away; make a new pair, this one has left its owner.");
    }
    auto key = key_of(jwk);
    if (!key) continue;
    if (!*key) {
      return fail(Failure::usage, fmt::format("Key {} of the JWKS cannot be used: {}.", i + 1, key->error().message));
    }
    std::string kid = text_of(jwk, "kid");
    if (kid.empty()) kid = (*key)->thumbprint();
    if (!keys.keys_.emplace(kid, **key).second) {
      return fail(Failure::usage, fmt::format("The JWKS has two keys with the kid {}.", printable(kid)));
    }
  }
  if (keys.keys_.empty()) {
    return fail(Failure::usage, "The JWKS has no key that can be used.", "RSA of 2048 bits or more, or EC P-384.");
  }
  return keys;
}

ClientKeys::Checked ClientKeys::check(std::string_view assertion, std::string_view client_id, std::string_view endpoint,
                                      Instant now) const {
  const auto refused = [](const char* why) { return Checked{why, {}, {}}; };
  const auto parts = take_apart(assertion);
  if (!parts) return refused("The assertion is no signed JWT.");
  const auto algorithm = seal::signature_algorithm(text_of(parts->header, "alg"));
  if (!algorithm) return refused("The assertion's alg must be RS384 or ES384.");
  if (parts->header.contains("crit"))
    return refused("The assertion has header members that must be understood, and are not.");
  const auto key = keys_.find(text_of(parts->header, "kid"));
  if (key == keys_.end()) return refused("The assertion's kid is not the kid of a registered key.");
  if (key->second.algorithm() != *algorithm) return refused("The assertion's alg does not fit the registered key.");
  if (!key->second.verifies(parts->text, parts->signature))
    return refused("The assertion's signature is not that of the key.");

  const Json& claims = parts->claims;
  if (text_of(claims, "iss") != client_id || text_of(claims, "sub") != client_id)
    return refused("The assertion's iss and sub must both be the client ID.");
  if (!is_for(claims, endpoint)) return refused("The assertion's aud must be this token endpoint's address.");
  const auto expires = time_of(claims, "exp");
  if (!expires) return refused("The assertion has no exp.");
  if (*expires <= now) return refused("The assertion has expired.");
  if (*expires > now + kLongestLife) return refused("The assertion's exp is more than 300 seconds ahead.");
  if (claims.contains("nbf")) {
    const auto from = time_of(claims, "nbf");
    if (!from || *from > now) return refused("The assertion is not valid yet.");
  }
  std::string jti = text_of(claims, "jti");
  if (jti.empty() || jti.size() > kMostJtiBytes) return refused("The assertion has no jti.");
  return {std::nullopt, std::move(jti), *expires};
}

}  // namespace atz::sandbox
