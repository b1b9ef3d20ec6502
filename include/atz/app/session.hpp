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
  // `vault` and `clock` outlive the session. Failure classes: sign_in, temporary, usage (profile), io.
  static Result<std::unique_ptr<Session>> open(const Services& services, const model::PayerProfile& profile,
                                               const seal::Vault& vault, Clock& clock);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] const model::PayerProfile& profile() const { return profile_; }
  [[nodiscard]] payer::Client& client() { return *client_; }
  [[nodiscard]] const fhir::Capabilities& capabilities() const { return capabilities_; }

 private:
  explicit Session(model::PayerProfile profile);

  model::PayerProfile profile_;
  std::unique_ptr<sandbox::Server> server_;  // declared before the client: it is stopped after the client is gone
  std::unique_ptr<payer::Client> client_;
  fhir::Capabilities capabilities_;
};

}  // namespace atz::app
