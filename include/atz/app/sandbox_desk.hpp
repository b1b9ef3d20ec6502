// The embedded payer from its other side: `atz sandbox review`, `serve`, `reset`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/sandbox/sandbox.hpp"

namespace atz::app {

enum class Verdict { approve, partial, deny };

struct ReviewSettings {
  std::optional<std::string> as_of;
  std::string case_or_home;
  bool automatic = false;  // every open case of the home is approved as requested
  Verdict verdict = Verdict::approve;
  std::optional<model::Hours> hours;  // for partial
  std::string note;
};

struct ReviewResult {
  Now now;
  std::vector<sandbox::DeskCase> decided;
};

// Failure::usage: no such case, already decided, hours missing or not below what was asked.
Result<ReviewResult> review(const Services& services, const ReviewSettings& settings);

// The embedded payer in the foreground, for other clients.
struct ServeSettings {
  std::optional<std::string> as_of;
  sandbox::ServerOptions server;  // client and secret are filled in
};

class Serving {
 public:
  static Result<std::unique_ptr<Serving>> start(const Services& services, ServeSettings settings);
  ~Serving();
  // A profile for profiles.yaml that reaches this server, as YAML.
  [[nodiscard]] std::string profile_yaml() const;
  [[nodiscard]] const sandbox::Server& server() const { return *server_; }

 private:
  Serving() = default;
  std::unique_ptr<Clock> clock_;
  std::optional<seal::Vault> vault_;
  std::string secret_file_;
  std::unique_ptr<sandbox::Server> server_;  // last: stops first
};

// Forgets the embedded payer's cases, members and clock, and what the ledger knows of them.
Result<void> reset_sandbox(const Services& services);

}  // namespace atz::app
