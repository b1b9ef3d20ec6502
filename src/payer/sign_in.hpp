// How a client comes to its token, in each of the ways that a profile may name.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "atz/payer/client.hpp"
#include "atz/seal/jws.hpp"
#include "payer/oauth.hpp"
#include "payer/transfer.hpp"

namespace atz::payer {

// What signing in takes, looked over when the client is made.
struct SignInMeans {
  Credentials credentials;
  std::optional<seal::PrivateKey> key;
  // From the profile, or from discovery once they were needed.
  std::optional<Url> token_url, authorize_url;
};
Result<SignInMeans> sign_in_means(const model::PayerProfile& profile, Credentials credentials);

class SignIn {
 public:
  using Send = std::function<Exchange(Request)>;  // patiently, and without a token
  SignIn(model::PayerProfile profile, Url base, SignInMeans means, Clock& clock, Random& random, const Limits& limits,
         const Hooks& hooks, Send send);
  SignIn(const SignIn&) = delete;
  SignIn& operator=(const SignIn&) = delete;

  // A token that is good for 30 s more, unless the profile needs none.
  Result<void> ensure();
  [[nodiscard]] std::string_view authorization() const;  // "": none
  // After an answer of 401: forgets the token, here and where it is kept. Whether another one may do better: a person
  // who has just signed in is not asked again.
  bool give_up_token();
  // Takes the secrets of this sign-in out of what the payer says about a failure.
  void conceal_secrets(std::string& text) const;

 private:
  Result<Token> fetch();
  Result<Token> run_command();
  Result<Token> from_endpoint();
  Result<void> add_grant(TokenFields& fields);
  Result<void> discover();
  Result<Url> endpoint(const std::string& text, std::string_view what, std::string_view setting) const;

  model::PayerProfile profile_;
  Url base_;
  SignInMeans means_;
  Clock& clock_;
  Random& random_;
  Limits limits_;
  const Hooks& hooks_;
  Send send_;
  std::optional<Token> token_;
  bool looked_ = false;  // whether a token has been kept
  bool kept_ = false;    // the token is from an earlier run
};

}  // namespace atz::payer
