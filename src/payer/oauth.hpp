// OAuth 2: what goes to a token endpoint and what comes back. No connection here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/model/profile.hpp"
#include "atz/payer/client.hpp"
#include "atz/seal/seal.hpp"
#include "payer/scratch.hpp"

namespace atz::payer {

// Fields of a request for a token, in order. All are zeroed when done with: some are secrets.
class TokenFields {
 public:
  TokenFields() = default;
  TokenFields(const TokenFields&) = delete;
  TokenFields& operator=(const TokenFields&) = delete;
  TokenFields(TokenFields&&) = default;
  TokenFields& operator=(TokenFields&&) = delete;
  ~TokenFields();
  void add(std::string_view name, std::string_view value) { fields_.push_back({name, std::string(value)}); }
  [[nodiscard]] seal::Secret as(model::TokenBody body) const;

 private:
  struct Field {
    std::string_view name;  // a literal
    std::string value;
  };
  [[nodiscard]] std::size_t room() const;
  std::vector<Field> fields_;
};

// What every request for a token by a client with a secret has: the scope aside.
struct ClientAuthentication {
  // Value of the Authorization header for the token endpoint: client_secret_basic, and authorization_code where there
  // is a secret; else empty. Identifier and secret are percent-encoded first (RFC 6749 2.3.1).
  static seal::Secret header(const model::PayerProfile::Auth& auth, const seal::Secret& secret);
  // What the body says instead.
  static void add_to(TokenFields& fields, const model::PayerProfile::Auth& auth, const seal::Secret& secret);
};

struct Endpoints {
  std::string token, authorize;  // "" when the document names none
};
// Of a smart-configuration document.
Endpoints read_endpoints(std::string_view document);

// A token that may stand in a header: visible ASCII only, anything else could break out of it.
bool is_header_safe(std::string_view token);
Token bearer(std::string_view token, Instant good_until);
inline constexpr std::chrono::seconds kDefaultLife{300};  // when nobody says how long: SMART's upper bound

// The token in an answer of the token endpoint that was asked at `asked_at`: Failure::sign_in with the server's error
// code and description when refused, Failure::temporary when the endpoint is in trouble. Whatever the answer
// repeats of the secret is left out of messages. The answer's body is zeroed.
Result<Token> read_token(Exchange& answer, Instant asked_at, const model::PayerProfile& profile,
                         const seal::Secret& secret);

// One line of a server's text that is fit to be shown.
std::string one_line(std::string text);

}  // namespace atz::payer
