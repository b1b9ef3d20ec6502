// A payer that is ready to talk: the embedded one started, signed in, its capabilities read.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/sandbox/sandbox.hpp"

namespace atz::app {

class Session {
 public:
  enum class Ask { once_a_day, again };  // what the payer offers
  // `vault` and `clock` outlive the session. Failure classes: sign_in, temporary, refused (no FHIR payer), usage
  // (profile), io.
  static Result<std::unique_ptr<Session>> open(const Services& services, const model::PayerProfile& profile,
                                               const seal::Vault& vault, Clock& clock, Ask ask = Ask::once_a_day);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] const model::PayerProfile& profile() const { return profile_; }
  [[nodiscard]] payer::Client& client() { return *client_; }
  [[nodiscard]] const fhir::Capabilities& capabilities() const { return capabilities_; }
  // Whether inquiries travel together: until the payer has refused that once.
  [[nodiscard]] bool takes_batches() const { return capabilities_.batch; }
  void no_more_batches() { capabilities_.batch = false; }
  // The payer's clock when it told what it offers; nullopt when that was kept from an earlier run, or it did not say.
  [[nodiscard]] std::optional<Instant> served_at() const { return served_at_; }

 private:
  explicit Session(model::PayerProfile profile);

  model::PayerProfile profile_;
  std::unique_ptr<sandbox::Server> server_;  // declared before the client: it is stopped after the client is gone
  std::unique_ptr<payer::Client> client_;
  fhir::Capabilities capabilities_;
  std::optional<Instant> served_at_;
};

}  // namespace atz::app
