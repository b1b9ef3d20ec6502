#include "payer/sign_in.hpp"

#include <fmt/format.h>

#include <utility>

#include "atz/base/text.hpp"
#include "payer/assertion.hpp"
#include "payer/authorize.hpp"
#include "payer/conceal.hpp"
#include "payer/token_command.hpp"

namespace atz::payer {

namespace {

using Fate = Exchange::Fate;
using Mode = model::AuthMode;
using std::chrono::seconds;

constexpr seconds kLeastLife{30};  // of a token that is used once more

// Nothing is ever accepted during sign-in, so a lost answer is only temporary trouble.
Error sign_in_trouble(Error error) {
  if (error.failure == Failure::unknown_outcome) error.failure = Failure::temporary;
  if (error.failure == Failure::refused) error.failure = Failure::sign_in;
  return error;
}

// nullopt: a complete answer came.
std::optional<Error> trouble_of(const Exchange& answer, const std::string& place) {
  if (answer.fate != Fate::answered) return sign_in_trouble(answer.error);
  if (answer.http_status == 429 || answer.http_status == 503) return answer.error;
  if (answer.http_status < 500) return std::nullopt;
  return Error{Failure::temporary, fmt::format("{} is in trouble (HTTP {}).", place, answer.http_status),
               "Nothing was sent. Run the same command again later."};
}

Result<void> check_means(const model::PayerProfile& profile, SignInMeans& means) {
  const model::PayerProfile::Auth& auth = profile.auth;
  if (auth.mode == Mode::none) return {};
  if (auth.mode == Mode::token_command) {
    if (!auth.token_command.empty() && !auth.token_command.front().empty()) return {};
    return fail(Failure::usage, fmt::format("Profile {} has no auth.token_command.", profile.name));
  }
  if (auth.client_id.empty())
    return fail(Failure::usage, fmt::format("Profile {} has no auth.client_id.", profile.name));
  if (auth.mode == Mode::authorization_code) {
    if (!auth.redirect_uri.empty()) return {};
    return fail(Failure::usage, fmt::format("Profile {} has no auth.redirect_uri.", profile.name),
                "It is the address that was registered with the payer.");
  }
  if (auth.mode == Mode::private_key_jwt) {
    if (means.credentials.key.empty()) {
      return fail(Failure::sign_in, fmt::format("There is no private key for payer {}.", profile.name),
                  "Make one with atz profile keygen, register its public half with the payer, and name its file in "
                  "auth.key_file.");
    }
    auto key = seal::PrivateKey::from_pem(means.credentials.key);
    if (!key) {
      return fail(Failure::usage,
                  fmt::format("The private key of payer {} cannot be used: {}.", profile.name, key.error().message),
                  "auth.key_file names a PEM file without a password; atz profile keygen makes one.");
    }
    means.key = std::move(*key);
    means.credentials.key = seal::Secret();
    return {};
  }
  if (!means.credentials.secret.empty()) return {};
  return fail(Failure::sign_in, fmt::format("There is no client secret for payer {}.", profile.name),
              "Put it into a file that only you can read, and name that file in auth.secret_file.");
}

std::string host_of(const Url& url) {
  return to_lower(url.place.substr(0, url.place.rfind(':')));
}

}  // namespace

Result<SignInMeans> sign_in_means(const model::PayerProfile& profile, Credentials credentials) {
  SignInMeans means;
  means.credentials = std::move(credentials);
  if (auto checked = check_means(profile, means); !checked) return tl::make_unexpected(checked.error());
  if (profile.auth.mode == Mode::none || profile.auth.mode == Mode::token_command) return means;
  if (!profile.auth.token_url.empty()) {
    auto url = parse_url(profile.auth.token_url, "auth.token_url");
    if (!url) return tl::make_unexpected(url.error());
    means.token_url = std::move(*url);
  }
  if (profile.auth.mode == Mode::authorization_code && !profile.auth.authorize_url.empty()) {
    auto url = parse_url(profile.auth.authorize_url, "auth.authorize_url");
    if (!url) return tl::make_unexpected(url.error());
    means.authorize_url = std::move(*url);
  }
  return means;
}

SignIn::SignIn(model::PayerProfile profile, Url base, SignInMeans means, Clock& clock, Random& random,
               const Limits& limits, const Hooks& hooks, Send send)
    : profile_(std::move(profile)),
      base_(std::move(base)),
      means_(std::move(means)),
      clock_(clock),
      random_(random),
      limits_(limits),
      hooks_(hooks),
      send_(std::move(send)) {}

std::string_view SignIn::authorization() const {
  return token_ ? token_->authorization.reveal() : std::string_view();
}

Result<void> SignIn::ensure() {
  if (profile_.auth.mode == Mode::none) return {};
  const auto good = [&] { return token_ && token_->good_until - clock_.now() >= kLeastLife; };
  if (good()) return {};
  TokenStore* const store = means_.credentials.tokens.get();
  if (store != nullptr && !std::exchange(looked_, true)) {
    token_ = store->load();
    kept_ = true;
    if (good()) return {};
  }
  auto token = fetch();
  if (!token) return tl::make_unexpected(token.error());
  token_ = std::move(*token);
  kept_ = false;
  // Keeping it is a convenience: a token that can't be kept is good for this run all the same.
  if (store != nullptr) (void)store->keep(*token_);
  return {};
}

bool SignIn::give_up_token() {
  const bool another = token_.has_value() && (profile_.auth.mode != Mode::authorization_code || kept_);
  token_.reset();
  if (means_.credentials.tokens) means_.credentials.tokens->forget();
  return another;
}

void SignIn::conceal_secrets(std::string& text) const {
  conceal_client(text, profile_.auth, means_.credentials.secret);
  const std::string_view header = authorization();
  conceal(text, header.substr(header.find(' ') + 1));
}

Result<Token> SignIn::fetch() {
  return profile_.auth.mode == Mode::token_command ? run_command() : from_endpoint();
}

Result<Token> SignIn::run_command() {
  const Instant asked_at = clock_.now();
  const auto token = run_token_command(profile_.auth.token_command, limits_.command, hooks_.cancelled);
  if (!token) return tl::make_unexpected(token.error());
  return bearer(token->reveal(), asked_at + kDefaultLife);
}

Result<Token> SignIn::from_endpoint() {
  if (auto found = discover(); !found) return tl::make_unexpected(found.error());
  const model::PayerProfile::Auth& auth = profile_.auth;
  const seal::Secret& secret = means_.credentials.secret;
  TokenFields fields;
  if (auto added = add_grant(fields); !added) return tl::make_unexpected(added.error());
  const seal::Secret authorization = ClientAuthentication::header(auth, secret);
  const seal::Secret body = fields.as(auth.token_body);
  Request request;
  request.method = Request::Method::post;
  request.url = *means_.token_url;
  request.body = body.reveal();
  request.content_type =
      auth.token_body == model::TokenBody::json ? "application/json" : "application/x-www-form-urlencoded";
  request.accept = "application/json";
  request.authorization = authorization.reveal();
  request.timeout = limits_.base;
  const Instant asked_at = clock_.now();
  Exchange answer = send_(std::move(request));
  if (answer.fate != Fate::answered || answer.http_status == 429 || answer.http_status == 503)
    return tl::make_unexpected(sign_in_trouble(std::move(answer.error)));
  return read_token(answer, asked_at, profile_, secret);
}

Result<void> SignIn::add_grant(TokenFields& fields) {
  const model::PayerProfile::Auth& auth = profile_.auth;
  if (auth.mode == Mode::authorization_code) {
    const Authorization authorization = begin_authorization(random_);
    const auto code = ask_for_code(means_.credentials, profile_, means_.authorize_url->text, authorization);
    if (!code) return tl::make_unexpected(code.error());
    fields.add("grant_type", "authorization_code");
    fields.add("code", *code);
    fields.add("redirect_uri", auth.redirect_uri);
    fields.add("code_verifier", authorization.verifier);
  } else {
    fields.add("grant_type", "client_credentials");
    if (!auth.scope.empty()) fields.add("scope", auth.scope);
  }
  if (means_.key) {
    fields.add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    fields.add("client_assertion", client_assertion(*means_.key, auth, means_.token_url->text, clock_.now(), random_));
  }
  ClientAuthentication::add_to(fields, auth, means_.credentials.secret);
  return {};
}

// Fills in what the profile does not say.
Result<void> SignIn::discover() {
  const bool needs_page = profile_.auth.mode == Mode::authorization_code;
  if (means_.token_url && (means_.authorize_url || !needs_page)) return {};
  Request request;
  request.url = below(base_, ".well-known/smart-configuration");
  request.accept = "application/json";
  request.timeout = limits_.base;
  const Exchange answer = send_(std::move(request));
  if (auto trouble = trouble_of(answer, base_.place)) return tl::make_unexpected(std::move(*trouble));
  const Endpoints named = read_endpoints(answer.http_status == 200 ? answer.body : std::string());
  if (!means_.token_url) {
    auto url = endpoint(named.token, "token endpoint", "auth.token_url");
    if (!url) return tl::make_unexpected(url.error());
    means_.token_url = std::move(*url);
  }
  if (needs_page && !means_.authorize_url) {
    auto url = endpoint(named.authorize, "authorization endpoint", "auth.authorize_url");
    if (!url) return tl::make_unexpected(url.error());
    means_.authorize_url = std::move(*url);
  }
  return {};
}

Result<Url> SignIn::endpoint(const std::string& text, std::string_view what, std::string_view setting) const {
  if (text.empty()) {
    return fail(Failure::sign_in, fmt::format("Payer {} does not say where to sign in.", profile_.name),
                fmt::format("Ask the payer for the {} and write it to {} in the profile.", what, setting));
  }
  const std::string help = fmt::format("Write the right one to {} in the profile.", setting);
  auto url = parse_url(text, fmt::format("The {} that the payer names", what));
  if (!url) return fail(Failure::sign_in, url.error().message, help);
  if (url->loopback && !base_.loopback) {
    return fail(Failure::sign_in, fmt::format("Payer {} names a {} on this computer.", profile_.name, what), help);
  }
  // A secret or a signed statement for one payer must not be had by another who only says where it is to be sent.
  const bool both_here = url->loopback && base_.loopback;
  if (!both_here && host_of(*url) != host_of(base_)) {
    return fail(Failure::sign_in,
                fmt::format("Payer {} names a {} at another host: {}.", profile_.name, what, printable(url->place)),
                fmt::format("When the payer confirms that this is right, write it to {} in the profile; nothing was "
                            "sent there.",
                            setting));
  }
  return url;
}

}  // namespace atz::payer
