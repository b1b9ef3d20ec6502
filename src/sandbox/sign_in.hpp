// OAuth 2 client credentials: one client, who has a secret and perhaps keys; opaque tokens that live five minutes.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "atz/base/clock.hpp"
#include "atz/base/random.hpp"
#include "atz/seal/seal.hpp"
#include "sandbox/client_keys.hpp"
#include "sandbox/form.hpp"
#include "sandbox/http.hpp"

namespace atz::sandbox {

inline constexpr std::chrono::seconds kTokenLife{300};
inline constexpr std::string_view kReportScope = "system/DailyAuthorizationReport.r";

class SignIn {
 public:
  // False: it has been used before. It may be forgotten after `until`.
  using Spend = std::function<Result<bool>(const std::string& digest, Instant until, Instant now)>;

  // `reports`: every token may read the Daily Authorization Report; else none may.
  SignIn(std::string client_id, seal::Secret secret, const Clock& clock, Random& random, bool reports = false)
      : client_id_(std::move(client_id)),
        secret_(std::move(secret)),
        clock_(clock),
        random_(random),
        reports_(reports) {}

  // The client may sign in with these keys too, at `token_endpoint`. The times in its assertions are those of
  // `machine_clock`, which runs on where the payer's own stands. `spend` keeps the digests of those that were used,
  // also over a restart.
  void accept_keys(ClientKeys keys, std::string token_endpoint, const Clock& machine_clock, Spend spend);
  [[nodiscard]] bool accepts_keys() const { return keys_.has_value(); }

  [[nodiscard]] const std::string& client_id() const { return client_id_; }
  [[nodiscard]] const seal::Secret& secret() const { return secret_; }

  // The token endpoint: `authorization` is the header's value, `body` a form.
  Reply token(std::string_view authorization, std::string_view body);
  // nullopt: the bearer token is good; else the 401 to answer.
  std::optional<Reply> refuse(std::string_view authorization);
  // Whether a token that is good has that scope.
  bool may(std::string_view authorization, std::string_view scope);

 private:
  [[nodiscard]] bool is_client(std::string_view id, std::string_view secret) const;
  std::optional<Reply> refuse_secret(std::string_view authorization, const Form& form) const;
  std::optional<Reply> refuse_assertion(std::string_view authorization, const Form& form);
  Reply give_token(const std::string& scope);

  std::string client_id_;
  seal::Secret secret_;
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  const bool reports_;
  std::optional<ClientKeys> keys_;
  std::string token_endpoint_;
  const Clock* machine_clock_ = nullptr;
  Spend spend_;
  struct Token {
    Instant expires{};
    std::string scope;
  };
  std::map<std::string, Token> tokens_;  // by the token's SHA-256: comparing them tells nothing about a token
};

}  // namespace atz::sandbox
