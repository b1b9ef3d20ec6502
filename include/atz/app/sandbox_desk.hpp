// The embedded payer from its other side: `atz sandbox review`, `serve`, `reset`.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/sandbox/sandbox.hpp"

namespace atz::app {

// What the embedded payer needs, its holidays included.
sandbox::Services payer_services(const Services& services, const Clock& clock, const seal::Vault& vault);

// Of every command at the desk: when it is there, and what time brought about since the payer was last in use.
struct DeskTime {
  Now now;
  std::vector<sandbox::Happened> happened;
};

struct ReviewSettings {
  std::optional<std::string> as_of;
  std::string case_or_home;
  bool automatic = false;  // what the structured answers that were sent say
  sandbox::Decision decision;
};

struct ReviewResult {
  DeskTime time;
  std::vector<sandbox::DeskCase> decided;
};

// Failure::usage: no such case, already decided, hours missing or not below what was asked.
Result<ReviewResult> review(const Services& services, const ReviewSettings& settings);

struct AskSettings {
  std::optional<std::string> as_of;
  std::string case_id;
  std::string text;
  std::optional<std::string> due;  // YYYY-MM-DD
  std::string kind;                // key of the document-type table; may be empty
  std::optional<int> line;
  bool by_update = false;
};

struct AskResult {
  DeskTime time;
  sandbox::Asked asked;
};

// Failure::usage: no such case, nothing open about it, an unknown kind of document, a day that has passed.
Result<AskResult> ask(const Services& services, const AskSettings& settings);

struct LettersResult {
  DeskTime time;
  std::vector<sandbox::Letter> letters;
};
// `case_or_home` "": all.
Result<LettersResult> letters(const Services& services, const std::optional<std::string>& as_of,
                              const std::string& case_or_home);

// A decision script. Failure::input with file:line:column for what is wrong in it.
Result<std::vector<sandbox::ScriptRule>> read_script(const Services& services, const std::string& file);
// The embedded payer follows it from now on; without rules it follows none.
Result<DeskTime> install_script(const Services& services, const std::vector<sandbox::ScriptRule>& rules);

struct NotifySettings {
  std::string folder;  // empty: the usual one, where `atz receive` looks
  bool off = false;
};
struct NotifyResult {
  DeskTime time;
  std::string folder;  // absolute; empty: no more
};
// From now on the embedded payer leaves a notification of every change of a case in a folder, whoever makes the change.
Result<NotifyResult> notify(const Services& services, const NotifySettings& settings);

// Sets the embedded payer's clock, or moves it on; what comes due on the way happens. Failure::usage: going back.
Result<DeskTime> set_clock(const Services& services, const std::string& to);
Result<DeskTime> advance_clock(const Services& services, std::chrono::seconds by);

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
  bool signs_in_ = true;
  std::unique_ptr<sandbox::Server> server_;  // last: stops first
};

// Forgets the embedded payer's cases, members and clock, and what the ledger knows of them.
Result<void> reset_sandbox(const Services& services);

}  // namespace atz::app
