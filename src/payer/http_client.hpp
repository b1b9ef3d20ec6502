// The Client over one Transport: adds sign-in and patience to single transfers.
#pragma once

#include <string>

#include "atz/payer/client.hpp"
#include "payer/sign_in.hpp"
#include "payer/transfer.hpp"

namespace atz::payer {

class HttpClient final : public Client {
 public:
  HttpClient(const model::PayerProfile& profile, Url base, SignInMeans means, Transport transport, Clock& clock,
             Random& random, const Limits& limits);

  Result<void> sign_in() override { return sign_in_.ensure(); }
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
  bool wait(std::chrono::seconds duration);

  Url base_;
  Transport transport_;
  Clock& clock_;
  Random& random_;
  Limits limits_;
  Hooks hooks_;
  SignIn sign_in_;  // its requests go through this client
};

}  // namespace atz::payer
