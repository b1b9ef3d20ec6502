#include "atz/app/session.hpp"

#include <fmt/format.h>

#include "app/capabilities.hpp"
#include "app/sign_in.hpp"
#include "atz/app/sandbox_desk.hpp"

namespace atz::app {

Session::Session(model::PayerProfile profile) : profile_(std::move(profile)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const Services& services, const model::PayerProfile& profile,
                                               const seal::Vault& vault, Clock& clock, Ask ask) {
  std::unique_ptr<Session> session(new Session(profile));
  payer::Credentials credentials;
  if (profile.embedded) {
    sandbox::ServerOptions options;
    options.reports = profile.reports;
    options.pas_version = profile.pas_version;
    auto server = sandbox::Server::start(payer_services(services, clock, vault), options);
    if (!server) return tl::make_unexpected(server.error());
    session->server_ = std::move(*server);
    session->profile_.base_url = session->server_->base_url();
    session->profile_.auth.client_id = session->server_->client_id();
    session->profile_.auth.mode = model::AuthMode::client_secret_basic;
    session->profile_.auth.token_body = model::TokenBody::form;
    credentials.secret = seal::Secret(session->server_->client_secret().reveal());
  } else {
    auto found = credentials_of(services, profile, vault);
    if (!found) return tl::make_unexpected(found.error());
    credentials = std::move(*found);
  }
  // Sign-in servers know no time but the real one, whatever day the command acts on.
  auto client = services.connect(session->profile_, std::move(credentials), services.clock, services.random);
  if (!client) return tl::make_unexpected(client.error());
  session->client_ = std::move(*client);
  session->client_->on_slow([note = services.note] { note("Still waiting for the payer's answer ..."); });
  session->client_->on_cancelled(services.cancelled);
  if (auto signed_in = session->client_->sign_in(); !signed_in) return tl::make_unexpected(signed_in.error());
  auto offer = capabilities_of(services, *session->client_, profile, clock.now(),
                               ask == Ask::again ? Freshness::now : Freshness::up_to_a_day);
  if (!offer) return tl::make_unexpected(offer.error());
  session->capabilities_ = std::move(offer->capabilities);
  session->served_at_ = offer->served_at;
  return session;
}

}  // namespace atz::app
