// The embedded payer: speaks the same HTTP, OAuth and FHIR as any payer, on loopback, and keeps its cases in its own
// sealed file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/base/file.hpp"
#include "atz/base/random.hpp"
#include "atz/base/result.hpp"
#include "atz/model/case.hpp"
#include "atz/model/profile.hpp"
#include "atz/seal/seal.hpp"

namespace atz::sandbox {

// The payer's clock: real time until it is set; then it stands until advanced, set or reset. A small file, cheap to
// read.
class SandboxClock {
 public:
  SandboxClock(Files& files, std::string state_dir);
  [[nodiscard]] Result<std::optional<Instant>> standing() const;  // nullopt: real time
  Result<void> move_to(Instant at);  // Failure::usage when that is before the standing time
  Result<void> reset();

 private:
  Files& files_;
  std::string path_;
};

// How the payer may be told to misbehave, each for the next `times` requests (0 = always).
struct Fault {
  enum class Kind {
    none,
    drop_after,   // processes, then closes the connection without an answer
    drop_before,  // closes the connection without processing
    error_before,
    error_after,  // 500 before or after processing
    unavailable,  // 503 with Retry-After
    throttle,     // 429 with Retry-After
    truncate,     // processes, sends half of the answer
    foreign,      // answers with another member's ClaimResponse
    html,         // processes, answers 200 with an HTML page
    delay,        // waits before answering
  } kind = Kind::none;
  int times = 1;
  int seconds = 0;        // delay, Retry-After
  std::string path = "";  // only POSTs whose path ends so ("$submit", "/fhir" for the batch endpoint); empty: any POST.
                          // Never the token endpoint.
};
std::optional<Fault> parse_fault(std::string_view text);  // "delay:3", "throttle:2*3", "html*0@$inquire"
std::vector<std::string_view> fault_names();

struct ServerOptions {
  int port = 0;              // 0: any free one
  bool tolerant = false;     // accept what public test kits send; `replay` duplicates instead of strict
  std::string members_file;  // CSV: id,last,first,born,gender; empty: well-formed members are enrolled on first sight
  std::vector<Fault> faults;
  std::string client_id, client_secret;  // empty: "atz-sandbox", and a secret made for this run
  bool requires_sign_in = true;
  bool offers_transaction = true;  // CapabilityStatement and behaviour, to try the fall-backs
  bool offers_batch = true;
};

struct Services {
  Files& files;
  const Clock& clock;  // already the sandbox's idea of now
  Random& random;
  const seal::Vault& vault;
  std::string state_dir;
};

class Server {
 public:
  // Listens on 127.0.0.1 only. Failure::io when the port is taken, Failure::state when the store can't be read.
  static Result<std::unique_ptr<Server>> start(const Services& services, const ServerOptions& options);
  virtual ~Server() = default;  // stops and joins
  [[nodiscard]] virtual int port() const = 0;
  [[nodiscard]] virtual std::string base_url() const = 0;  // http://127.0.0.1:PORT/fhir
  [[nodiscard]] virtual std::string client_id() const = 0;
  [[nodiscard]] virtual const seal::Secret& client_secret() const = 0;
  virtual void wait() = 0;  // until stop() from another thread or a signal handler's pipe
  virtual void stop() = 0;
};

// A case as the reviewer sees it.
struct DeskCase {
  std::string case_id, home_id, label, batch;
  model::CaseStatus status = model::CaseStatus::in_review;
  model::Hours requested{};  // of the T2016 line
  std::optional<model::Hours> approved;
  std::string code;
};

// The reviewer's desk, on the same store. One decision is one durable transaction.
class Desk {
 public:
  static Result<std::unique_ptr<Desk>> open(const Services& services);
  virtual ~Desk() = default;
  [[nodiscard]] virtual Result<std::vector<DeskCase>> list() const = 0;
  // A case ID, or a home ID for every open case of it; Failure::usage with the known ones when nothing matches.
  [[nodiscard]] virtual Result<std::vector<DeskCase>> find(const std::string& case_or_home) const = 0;
  // Failure::usage when the case is already decided, or hours are not below what was asked (partial).
  virtual Result<DeskCase> approve(const std::string& case_id, const std::string& note) = 0;
  virtual Result<DeskCase> partially_approve(const std::string& case_id, model::Hours hours,
                                             const std::string& note) = 0;
  virtual Result<DeskCase> deny(const std::string& case_id, const std::string& note) = 0;
};

// Forgets all cases, members and the clock.
Result<void> reset(const Services& services);

}  // namespace atz::sandbox
