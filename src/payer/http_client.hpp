// The Client over one Transport: adds sign-in and patience to single transfers.
#pragma once

#include <optional>
#include <string>

#include "atz/payer/client.hpp"
#include "payer/oauth.hpp"
#include "payer/transfer.hpp"

namespace atz::payer {

class HttpClient final : public Client {
 public:
  HttpClient(model::PayerProfile profile, Url base, std::optional<Url> token_url, seal::Secret secret,
             Transport transport, Clock& clock, Random& random, const Limits& limits);

  Result<void> sign_in() override;
  Exchange get(const std::string& path) override;
  Exchange post(const std::string& path, std::string_view body, std::size_t members) override;
  Exchange post_form(const std::string& path, const Fields& fields) override;
  void on_slow(std::function<void()> callback) override { hooks_.on_slow = std::move(callback); }
  void on_cancelled(std::function<bool()> callback) override { hooks_.cancelled = std::move(callback); }

 private:
  // Whose credentials go along: the token only ever reaches addresses below base_url.
  enum class Sender { anonymous, token };
  Exchange exchange(Request request, Sender sender);
  Reply attempt(Request request, Sender sender);
  Result<void> ensure_token();
  Result<void> renew_token();
  Result<Url> find_token_url();
  bool wait(std::chrono::seconds duration);

  model::PayerProfile profile_;
  Url base_;
  std::optional<Url> token_url_;  // from the profile, or from discovery once it was needed
  seal::Secret secret_;
  std::optional<Token> token_;
  Transport transport_;
  Clock& clock_;
  Random& random_;
  Limits limits_;
  Hooks hooks_;
};

}  // namespace atz::payer
