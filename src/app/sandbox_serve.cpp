#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kSecretLength = 32;

// While the server runs, other commands may move the clock: it is looked up each time.
class ServedClock final : public Clock {
 public:
  explicit ServedClock(const Services& services) : services_(services), stored_(services.files, services.state_dir) {}

  [[nodiscard]] Instant now() const override {
    const auto standing = stored_.standing();
    return standing && *standing ? **standing : services_.clock.now();
  }
  void sleep_for(std::chrono::seconds duration) override { services_.clock.sleep_for(duration); }

 private:
  const Services& services_;
  sandbox::SandboxClock stored_;
};

// Kept between runs, so that a profile stays valid.
Result<std::string> client_secret(const Services& services, const std::string& file) {
  if (services.files.info(file).kind == FileInfo::Kind::missing) {
    if (auto written = services.files.write_atomic(file, random_base32(services.random, kSecretLength) + "\n", 0600);
        !written) {
      return tl::make_unexpected(written.error());
    }
  }
  auto secret = seal::read_secret_file(services.files, file);
  if (!secret) return tl::make_unexpected(secret.error());
  return std::string(secret->reveal());
}

}  // namespace

Serving::~Serving() = default;

Result<std::unique_ptr<Serving>> Serving::start(const Services& services, ServeSettings settings) {
  auto now = resolve_now(services, model::sandbox_profile(), settings.as_of, Effect::moves_clock);
  if (!now) return tl::make_unexpected(now.error());
  auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  std::unique_ptr<Serving> serving(new Serving());
  serving->vault_ = std::move(*vault);
  serving->clock_ = std::make_unique<ServedClock>(services);
  std::string& client = settings.server.client_id;
  if (client.empty()) client = sandbox::kClientId;
  const std::string file = "sandbox-client-secret" + (client == sandbox::kClientId ? "" : "-" + client);
  serving->secret_file_ = services.files.absolute(path::join(services.state_dir, file));
  auto secret = client_secret(services, serving->secret_file_);
  if (!secret) return tl::make_unexpected(secret.error());
  settings.server.client_secret = *secret;
  auto server = sandbox::Server::start(payer_services(services, *serving->clock_, *serving->vault_), settings.server);
  if (!server) return tl::make_unexpected(server.error());
  serving->server_ = std::move(*server);
  serving->signs_in_ = settings.server.requires_sign_in;
  return serving;
}

std::string Serving::profile_yaml() const {
  const std::string auth = signs_in_ ? fmt::format("{{mode: client-secret-basic, client_id: {}, secret_file: \"{}\"}}",
                                                   server_->client_id(), secret_file_)
                                     : "{mode: none}";
  return fmt::format(
      "local:\n"
      "  base_url: {}\n"
      "  auth: {}\n"
      "  replay_safe: true\n"
      "  min_inquiry_interval: 0\n",
      server_->base_url(), auth);
}

}  // namespace atz::app
