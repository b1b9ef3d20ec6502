#include "atz/app/session.hpp"

#include <fmt/format.h>

#include "app/capabilities.hpp"
#include "atz/app/sandbox_desk.hpp"

namespace atz::app {

Session::Session(model::PayerProfile profile) : profile_(std::move(profile)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const Services& services, const model::PayerProfile& profile,
                                               const seal::Vault& vault, Clock& clock, Ask ask) {
  std::unique_ptr<Session> session(new Session(profile));
  seal::Secret secret;
  if (profile.embedded) {
    sandbox::ServerOptions options;
    options.reports = profile.reports;
    options.pas_version = profile.pas_version;
    auto server = sandbox::Server::start(payer_services(services, clock, vault), options);
    if (!server) return tl::make_unexpected(server.error());
    session->server_ = std::move(*server);
    session->profile_.base_url = session->server_->base_url();
    session->profile_.auth.client_id = session->server_->client_id();
    secret = seal::Secret(session->server_->client_secret().reveal());
  } else if (!profile.auth.secret_file.empty()) {
    auto read = seal::read_secret_file(services.files, profile.auth.secret_file);
    if (!read) return fail(Failure::sign_in, read.error().message, read.error().help);
    secret = std::move(*read);
  }
  auto client = services.connect(session->profile_, std::move(secret), clock, services.random);
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
