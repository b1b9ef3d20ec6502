#include "atz/app/session.hpp"

#include <fmt/format.h>

#include "app/sign_in.hpp"
#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

Result<fhir::Capabilities> ask_capabilities(payer::Client& client, const std::string& name) {
  const payer::Exchange answer = client.get("metadata");
  if (answer.fate != payer::Exchange::Fate::answered) return tl::make_unexpected(answer.error);
  if (answer.http_status == 401 || answer.http_status == 403) {
    return fail(Failure::sign_in,
                fmt::format("{} does not let us read its capabilities (HTTP {})", name, answer.http_status));
  }
  if (answer.http_status / 100 == 5) {
    return fail(Failure::temporary,
                fmt::format("{} is in trouble (HTTP {}); nothing was sent", name, answer.http_status),
                "Run the same command again later.");
  }
  auto read = fhir::read_capabilities(answer.body);
  if (!read) {
    return fail(Failure::refused, fmt::format("{} does not look like a FHIR payer: {}", name, read.error().message),
                "Check base_url in its profile.");
  }
  if (!read->fhir_version.starts_with("4.0")) {
    return fail(Failure::refused,
                fmt::format("{} speaks FHIR {}, atz speaks 4.0", name, printable(read->fhir_version)));
  }
  return *read;
}

}  // namespace

Session::Session(model::PayerProfile profile) : profile_(std::move(profile)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const Services& services, const model::PayerProfile& profile,
                                               const seal::Vault& vault, Clock& clock) {
  std::unique_ptr<Session> session(new Session(profile));
  payer::Credentials credentials;
  if (profile.embedded) {
    sandbox::ServerOptions options;
    options.reports = profile.reports;
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
  auto capabilities = ask_capabilities(*session->client_, profile.name);
  if (!capabilities) return tl::make_unexpected(capabilities.error());
  session->capabilities_ = std::move(*capabilities);
  return session;
}

}  // namespace atz::app
