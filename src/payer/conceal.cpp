#include "payer/conceal.hpp"

#include <nlohmann/json.hpp>

#include "payer/oauth.hpp"
#include "payer/scratch.hpp"
#include "payer/url.hpp"

namespace atz::payer {

namespace {

constexpr std::string_view kInstead = "***";

void take_out(std::string& text, std::string_view secret) {
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), kInstead);
    at += kInstead.size();
  }
}

}  // namespace

void conceal(std::string& text, std::string_view secret, std::size_t shortest) {
  if (secret.empty() || secret.size() < shortest) return;
  take_out(text, secret);
  const Scratch encoded(percent_encode(secret));
  take_out(text, encoded.text);
  nlohmann::json value(secret);
  for (const bool ascii : {false, true}) {
    const Scratch quoted(value.dump(-1, ' ', ascii, nlohmann::json::error_handler_t::replace));
    take_out(text, std::string_view(quoted.text).substr(1, quoted.text.size() - 2));
  }
  wipe(value.get_ref<std::string&>());
}

void conceal_client(std::string& text, const model::PayerProfile::Auth& auth, const seal::Secret& secret,
                    std::size_t shortest) {
  if (secret.empty() || secret.reveal().size() < shortest) return;
  conceal(text, secret.reveal(), shortest);
  model::PayerProfile::Auth basic = auth;
  basic.mode = model::AuthMode::client_secret_basic;
  const seal::Secret header = ClientAuthentication::header(basic, secret);
  take_out(text, header.reveal().substr(header.reveal().find(' ') + 1));
}

}  // namespace atz::payer
