#include "sandbox/sign_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

constexpr std::size_t kMostTokens = 10'000;
constexpr std::size_t kTokenLength = 52;  // base32 characters: 260 bits
constexpr std::string_view kJwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::string_view kDefaultScope = "system/Claim.crus";

Reply oauth_error(int status, std::string_view error, std::string_view description) {
  Reply reply;
  reply.status = status;
  reply.content_type = kPlainJson;
  reply.body = nlohmann::ordered_json{{"error", error}, {"error_description", description}}.dump();
  reply.headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
  if (status == 401) reply.headers.emplace_back("WWW-Authenticate", "Basic realm=\"atz sandbox\", charset=\"UTF-8\"");
  return reply;
}

// The rest of a header value after a scheme's name, whose case does not matter.
std::optional<std::string_view> after_scheme(std::string_view header, std::string_view scheme) {
  if (header.size() <= scheme.size() || header[scheme.size()] != ' ' ||
      to_lower(header.substr(0, scheme.size())) != scheme) {
    return std::nullopt;
  }
  return trim(header.substr(scheme.size() + 1));
}

struct Credentials {
  std::string id, secret;
};

// Both parts are form-encoded before they are joined and base64-encoded (RFC 6749, 2.3.1).
std::optional<Credentials> basic_credentials(std::string_view encoded) {
  const auto joined = seal::from_base64(encoded);
  if (!joined) return std::nullopt;
  const auto colon = joined->find(':');
  if (colon == std::string::npos) return std::nullopt;
  auto id = form_decode(std::string_view(*joined).substr(0, colon));
  auto secret = form_decode(std::string_view(*joined).substr(colon + 1));
  if (!id || !secret) return std::nullopt;
  return Credentials{std::move(*id), std::move(*secret)};
}

// The right to reports is the user's, whether the client asks for it or not.
std::string granted(std::string_view asked, bool reports) {
  std::vector<std::string> scopes = split(asked, ' ');
  std::erase_if(scopes, [](const std::string& scope) { return scope.empty() || scope == kReportScope; });
  if (reports) scopes.emplace_back(kReportScope);
  return join(scopes, " ");
}

bool has_scope(std::string_view scopes, std::string_view scope) {
  const auto all = split(scopes, ' ');
  return std::find(all.begin(), all.end(), scope) != all.end();
}

bool valid_scope(std::string_view scope) {  // RFC 6749, 3.3
  return std::all_of(scope.begin(), scope.end(),
                     [](char c) { return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\'; });
}

}  // namespace

bool SignIn::is_client(std::string_view id, std::string_view secret) const {
  const bool same_id = seal::equal_in_constant_time(id, client_id_);
  const bool same_secret = seal::equal_in_constant_time(secret, secret_.reveal());
  return same_id && same_secret;
}

void SignIn::accept_keys(ClientKeys keys, std::string token_endpoint, const Clock& machine_clock, Spend spend) {
  keys_ = std::move(keys);
  token_endpoint_ = std::move(token_endpoint);
  machine_clock_ = &machine_clock;
  spend_ = std::move(spend);
}

std::optional<Reply> SignIn::refuse_secret(std::string_view authorization, const Form& form) const {
  std::optional<Credentials> credentials;
  if (!authorization.empty()) {
    if (form.get("client_secret")) {
      return oauth_error(400, "invalid_request", "The client signs in twice, in the header and in the form.");
    }
    const auto encoded = after_scheme(authorization, "basic");
    if (encoded) credentials = basic_credentials(*encoded);
    const auto named = form.get("client_id");
    if (credentials && named && *named != credentials->id) credentials.reset();
  } else if (form.get("client_id") && form.get("client_secret")) {
    credentials = Credentials{*form.get("client_id"), *form.get("client_secret")};
  }
  if (credentials && is_client(credentials->id, credentials->secret)) return std::nullopt;
  return oauth_error(401, "invalid_client", "Unknown client or wrong secret.");
}

std::optional<Reply> SignIn::refuse_assertion(std::string_view authorization, const Form& form) {
  if (!authorization.empty() || form.get("client_secret")) {
    return oauth_error(400, "invalid_request", "The client signs in twice, by assertion and by secret.");
  }
  if (form.get("client_assertion_type") != kJwtBearer || !form.get("client_assertion")) {
    return oauth_error(400, "invalid_request", "client_assertion_type and client_assertion go together.");
  }
  if (!keys_) return oauth_error(401, "invalid_client", "No key of this client is registered.");
  if (form.get("client_id").value_or(client_id_) != client_id_) {
    return oauth_error(401, "invalid_client", "client_id is not that of the assertion.");
  }
  const Instant now = machine_clock_->now();
  const auto checked = keys_->check(*form.get("client_assertion"), client_id_, token_endpoint_, now);
  if (checked.fault) return oauth_error(401, "invalid_client", *checked.fault);
  const std::string whose = fmt::format("{}:{} {}", client_id_.size(), client_id_, checked.jti);
  const auto first = spend_(seal::sha256_hex(whose), checked.expires, now);
  if (!first) return oauth_error(503, "temporarily_unavailable", "The payer can't tell whether this was used before.");
  if (!*first) return oauth_error(401, "invalid_client", "The assertion has been used before (its jti).");
  return std::nullopt;
}

Reply SignIn::token(std::string_view authorization, std::string_view body) {
  const auto form = Form::parse(body);
  if (!form || form->repeats_a_name()) return oauth_error(400, "invalid_request", "The form can't be read.");
  const bool by_assertion = form->get("client_assertion") || form->get("client_assertion_type");
  auto refused = by_assertion ? refuse_assertion(authorization, *form) : refuse_secret(authorization, *form);
  if (refused) return std::move(*refused);
  const auto grant = form->get("grant_type");
  if (!grant) return oauth_error(400, "invalid_request", "grant_type is missing.");
  if (*grant != "client_credentials") {
    return oauth_error(400, "unsupported_grant_type", "Only client_credentials is offered.");
  }
  std::string scope = form->get("scope").value_or("");
  if (!valid_scope(scope)) return oauth_error(400, "invalid_scope", "The scope holds forbidden characters.");
  if (trim(scope).empty()) scope = kDefaultScope;
  return give_token(granted(scope, reports_));
}

Reply SignIn::give_token(const std::string& scope) {
  const std::string token = random_base32(random_, kTokenLength);
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (tokens_.size() >= kMostTokens) {
      std::erase_if(tokens_, [&](const auto& entry) { return entry.second.expires <= now; });
      if (tokens_.size() >= kMostTokens) tokens_.clear();  // a client that signs in for every call
    }
    tokens_[seal::sha256_hex(token)] = {now + kTokenLife, scope};
  }
  Reply reply;
  reply.content_type = kPlainJson;
  reply.headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
  reply.body = nlohmann::ordered_json{
      {"access_token", token},
      {"token_type", "bearer"},
      {"expires_in", kTokenLife.count()},
      {"scope",
       scope}}.dump();
  return reply;
}

bool SignIn::may(std::string_view authorization, std::string_view scope) {
  const auto token = after_scheme(authorization, "bearer");
  if (!token) return false;
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(seal::sha256_hex(*token));
  return found != tokens_.end() && clock_.now() < found->second.expires && has_scope(found->second.scope, scope);
}

std::optional<Reply> SignIn::refuse(std::string_view authorization) {
  const auto unauthorized = [](std::string_view code, std::string text, std::string challenge) {
    Reply reply = outcome_reply(401, code, std::move(text));
    reply.headers.emplace_back("WWW-Authenticate", std::move(challenge));
    return reply;
  };
  const auto token = after_scheme(authorization, "bearer");
  if (!token || token->empty()) {
    return unauthorized("login", "A bearer token is needed.", "Bearer realm=\"atz sandbox\"");
  }
  const std::string digest = seal::sha256_hex(*token);
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(digest);
  if (found != tokens_.end() && now < found->second.expires) return std::nullopt;
  const bool expired = found != tokens_.end();
  if (expired) tokens_.erase(found);
  return unauthorized(expired ? "expired" : "login", expired ? "The token has expired." : "The token is not known.",
                      "Bearer realm=\"atz sandbox\", error=\"invalid_token\"");
}

}  // namespace atz::sandbox
