#include "payer/oauth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "payer/conceal.hpp"
#include "payer/url.hpp"

namespace atz::payer {

namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxQuote = 300;
constexpr std::string_view kBasic = "Basic ";
constexpr std::int64_t kLongestLife = 86'400;

// Discarded when it is not JSON; what is nested too deep is left out.
Json parse(std::string_view text) {
  return Json::parse(
      text, [](int depth, Json::parse_event_t, Json&) { return depth < kMaxDepth; }, false);
}

std::string text_of(const Json& document, const char* key) {
  if (!document.is_object()) return {};
  const auto found = document.find(key);
  return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void append_encoded(std::string& text, std::string_view value) {
  const Scratch encoded(percent_encode(value));
  text += encoded.text;
}

std::string quote(std::string text, const model::PayerProfile& profile, const seal::Secret& secret) {
  conceal_client(text, profile.auth, secret, 1);
  return one_line(std::move(text));
}

std::string help_for(const std::string& code, const model::PayerProfile::Auth& auth) {
  const bool by_key = auth.mode == model::AuthMode::private_key_jwt;
  if (code == "invalid_client" && by_key) {
    return "Check auth.client_id, whether the payer has the public half of the key in auth.key_file (as atz profile "
           "keygen "
           "printed it), and this computer's clock.";
  }
  if (code == "invalid_client" || code == "unauthorized_client") {
    return by_key ? "Check auth.client_id, and whether the payer has enabled this client."
                  : "Check auth.client_id and the secret in auth.secret_file, and whether the payer has enabled this "
                    "client.";
  }
  if (code == "invalid_scope") return "Check auth.scope in the profile: the payer says which scope to ask for.";
  if (code == "invalid_grant" && auth.mode == model::AuthMode::authorization_code) {
    return "A code is good for one use and a short time: run the command again and sign in anew.";
  }
  return "Check the auth settings of the profile.";
}

Error refusal(const Exchange& answer, const Json& document, const model::PayerProfile& profile,
              const seal::Secret& secret) {
  std::string message = fmt::format("Sign-in to payer {} was refused (HTTP {}", profile.name, answer.http_status);
  const std::string code = quote(text_of(document, "error"), profile, secret);
  const std::string description = quote(text_of(document, "error_description"), profile, secret);
  if (!code.empty()) message += ", " + code;
  message += ")";
  if (!description.empty()) message += ": " + description;
  if (code.empty() && answer.http_status == 404) return {Failure::sign_in, message + ".", "Check auth.token_url."};
  return {Failure::sign_in, message + ".", help_for(code, profile.auth)};
}

bool is_bearer(const Json& document) {
  const std::string type = to_lower(text_of(document, "token_type"));
  return type.empty() || type == "bearer";
}

std::chrono::seconds life_of(const Json& document) {
  std::int64_t life = kDefaultLife.count();
  const auto found = document.find("expires_in");
  if (found != document.end() && found->is_number_integer()) {
    life = found->get<std::int64_t>();
  } else if (const std::string text = text_of(document, "expires_in"); all_digits(text) && text.size() < 10) {
    life = std::stol(text);
  }
  return std::chrono::seconds(std::clamp<std::int64_t>(life, 0, kLongestLife));
}

}  // namespace

TokenFields::~TokenFields() {
  for (Field& field : fields_) wipe(field.value);
}

std::size_t TokenFields::room() const {
  std::size_t room = 2;
  for (const Field& field : fields_) room += field.name.size() + 6 * field.value.size() + 8;
  return room;
}

seal::Secret TokenFields::as(model::TokenBody body) const {
  const bool json = body == model::TokenBody::json;
  Scratch text;
  text.text.reserve(room());
  for (const Field& field : fields_) {
    if (json) {
      Json value(field.value);
      const Scratch quoted(value.dump(-1, ' ', false, Json::error_handler_t::replace));
      wipe(value.get_ref<std::string&>());
      text.text.append(text.text.empty() ? "{\"" : ",\"").append(field.name).append("\":").append(quoted.text);
    } else {
      text.text.append(text.text.empty() ? "" : "&").append(field.name).append("=");
      append_encoded(text.text, field.value);
    }
  }
  if (json) text.text += "}";
  return seal::Secret(text.text);
}

seal::Secret ClientAuthentication::header(const model::PayerProfile::Auth& auth, const seal::Secret& secret) {
  const bool with_code = auth.mode == model::AuthMode::authorization_code && !secret.empty();
  if (auth.mode != model::AuthMode::client_secret_basic && !with_code) return {};
  Scratch pair;
  pair.text.reserve(3 * (auth.client_id.size() + secret.reveal().size()) + 1);
  append_encoded(pair.text, auth.client_id);
  pair.text += ':';
  append_encoded(pair.text, secret.reveal());
  const Scratch encoded(seal::base64(pair.text));
  Scratch value;
  value.text.reserve(encoded.text.size() + kBasic.size());
  value.text.append(kBasic).append(encoded.text);
  return seal::Secret(value.text);
}

void ClientAuthentication::add_to(TokenFields& fields, const model::PayerProfile::Auth& auth,
                                  const seal::Secret& secret) {
  if (auth.mode == model::AuthMode::client_secret_post) {
    fields.add("client_id", auth.client_id);
    fields.add("client_secret", secret.reveal());
  }
  if (auth.mode == model::AuthMode::authorization_code && secret.empty()) fields.add("client_id", auth.client_id);
}

Endpoints read_endpoints(std::string_view document) {
  const Json json = parse(document);
  return {text_of(json, "token_endpoint"), text_of(json, "authorization_endpoint")};
}

bool is_header_safe(std::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

Token bearer(std::string_view token, Instant good_until) {
  Scratch value;
  value.text.reserve(token.size() + 7);
  value.text.append("Bearer ").append(token);
  return {seal::Secret(value.text), good_until};
}

std::string one_line(std::string text) {
  if (const auto bad = first_invalid_utf8(text)) text.resize(*bad);
  text = std::string(trim(text));
  text.resize(std::min(text.size(), text.find_first_of("\r\n")));
  if (text.size() > kMaxQuote) {
    std::size_t end = kMaxQuote;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += "...";
  }
  return printable(text);
}

Result<Token> read_token(Exchange& answer, Instant asked_at, const model::PayerProfile& profile,
                         const seal::Secret& secret) {
  const int status = answer.http_status;
  Json document = parse(answer.body);
  wipe(answer.body);
  if (status >= 500 || status == 429 || status == 408) {
    return fail(Failure::temporary,
                fmt::format("The sign-in server of payer {} is in trouble (HTTP {}).", profile.name, status),
                "Nothing was sent. Run the same command again later.");
  }
  if (status != 200) return tl::make_unexpected(refusal(answer, document, profile, secret));

  Scratch token(text_of(document, "access_token"));
  if (token.text.empty() || !is_bearer(document) || !is_header_safe(token.text)) {
    return fail(Failure::sign_in,
                fmt::format("The sign-in server of payer {} gave an answer without a usable token.", profile.name),
                "Check auth.token_url in the profile.");
  }
  wipe(document["access_token"].get_ref<std::string&>());
  return bearer(token.text, asked_at + life_of(document));
}

}  // namespace atz::payer
