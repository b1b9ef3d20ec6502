// OAuth 2 client credentials: one client, opaque tokens that live five minutes.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "atz/base/clock.hpp"
#include "atz/base/random.hpp"
#include "atz/seal/seal.hpp"
#include "sandbox/http.hpp"

namespace atz::sandbox {

inline constexpr std::chrono::seconds kTokenLife{300};

class SignIn {
 public:
  SignIn(std::string client_id, seal::Secret secret, const Clock& clock, Random& random)
      : client_id_(std::move(client_id)), secret_(std::move(secret)), clock_(clock), random_(random) {}

  [[nodiscard]] const std::string& client_id() const { return client_id_; }
  [[nodiscard]] const seal::Secret& secret() const { return secret_; }

  // The token endpoint: `authorization` is the header's value, `body` a form.
  Reply token(std::string_view authorization, std::string_view body);
  // nullopt: the bearer token is good; else the 401 to answer.
  std::optional<Reply> refuse(std::string_view authorization);

 private:
  [[nodiscard]] bool is_client(std::string_view id, std::string_view secret) const;

  std::string client_id_;
  seal::Secret secret_;
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::map<std::string, Instant> expiries_;  // by the token's SHA-256: comparing them tells nothing about a token
};

}  // namespace atz::sandbox
