// The embedded payer: speaks the same HTTP, OAuth and FHIR as any payer, on loopback, and keeps its cases in its own
// sealed file.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
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

// A client that has no other name.
inline constexpr const char* kClientId = "atz-sandbox";

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

enum class Verdict {
  approve,
  partial,  // `hours` of the first open line; other lines are approved
  deny,     // needs a note
  voided,
  agrees,      // a termination: the member was reached and agrees ...
  disagrees,   // ... or does not ...
  unanswered,  // ... or was not reached, and a message was left
};

struct Decision {
  Verdict verdict = Verdict::approve;
  std::optional<model::Hours> hours;
  std::optional<int> line;  // only this one (sequence)
  std::string note;         // the rationale
};

// Decides by itself what comes in: the first rule that fits a line decides it.
struct ScriptRule {
  struct Match {
    std::string home, member, line;  // home ID, label, "T2016 SC"; "": any
    std::optional<model::Purpose> request;
  } match;
  bool asks = false;  // instead of deciding: the note is the question
  Decision decision;
  std::optional<model::Date> due;  // of the question
  std::optional<int> due_days;     // the same, counted from the day on which it is asked
  std::chrono::seconds after{0};   // from receipt; 0: at once
};

struct ServerOptions {
  int port = 0;              // 0: any free one
  bool tolerant = false;     // accept what public test kits send; `replay` duplicates instead of strict
  std::string members_file;  // CSV: id,last,first,born,gender; empty: well-formed members are enrolled on first sight
  std::vector<Fault> faults;
  std::string client_id, client_secret;  // empty: "atz-sandbox", and a secret made for this run
  std::chrono::seconds patience{10};     // for a request's head; thrice between requests, six times for a body
  bool requires_sign_in = true;
  std::string jwks;  // public keys (JWKS, JSON) of a client that signs in by private_key_jwt; may be empty
  std::string pas_version = "2.2.1";  // style of its answers: 2.2.1, 2.1.0, 2.0.1
  std::string notify_folder;          // as Desk::notify(), from now on; empty: as it was
  bool offers_transaction = true;     // CapabilityStatement and behaviour, to try the fall-backs
  bool offers_batch = true;
  bool reports = true;                              // the client has the Reports right
  std::optional<std::vector<ScriptRule>> script{};  // empty: the one that Desk::set_script() left
};

struct Services {
  Files& files;
  const Clock& clock;  // already the sandbox's idea of now
  Random& random;
  const seal::Vault& vault;
  std::string state_dir;
  // Business days, for what is due within business hours; asked only when one is needed. Empty: no holidays.
  std::function<model::BusinessCalendar()> calendar = {};
  // Signed assertions are made and judged by machines, whose clocks do not stand when this payer's does.
  const Clock* machine_clock = nullptr;  // null: `clock`
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

// A case as the reviewer sees it: the request that is before them, else the last one.
struct DeskCase {
  std::string case_id, home_id, label, batch;
  model::Purpose purpose = model::Purpose::first;
  model::CaseStatus status = model::CaseStatus::in_review;
  model::Hours requested{};  // of its first line
  std::optional<model::Hours> approved;
  std::string code;  // "T2016 SC"
  std::string note;  // what was said last
};

// A question for the provider.
struct Inquiry {
  std::string text;
  std::optional<model::Date> due;           // empty: in seven days
  std::string kind_code, kind_text, loinc;  // of the wanted document: X12 755, words, LOINC; may be empty
  std::optional<int> line;
  bool by_update = false;  // the answer is to come as an update of the Claim
};

struct Asked {
  DeskCase about;
  std::string control_number;
  model::Date due{};
};

struct Letter {
  std::string case_id, home_id, label;
  model::Date sent_on{};
  std::string kind;  // "approval", "partial approval", "denial", "ten-day letter"
  std::string by;    // "fax", "US Mail"
  struct Recipient {
    std::string role;  // "provider", "member", "guardian", "case manager"
    std::string name;  // personal; "" when the request did not tell
  };
  std::vector<Recipient> to;
  std::string text;
  std::optional<model::Date> hearing_by, keep_services_by, answer_by;
};

// Something that time brought about.
struct Happened {
  Instant at{};
  std::string case_id, home_id, label, text;
};

// The reviewer's desk, on the same store. One decision is one durable transaction. Before anything else, what was due
// since the store was last in use happens, each at its own time.
class Desk {
 public:
  static Result<std::unique_ptr<Desk>> open(const Services& services);
  // Whether it would open, with this key; time passes for nothing in it.
  static Result<void> try_open(const Services& services);
  virtual ~Desk() = default;
  [[nodiscard]] virtual const std::vector<Happened>& happened() const = 0;  // on opening
  [[nodiscard]] virtual Result<std::vector<DeskCase>> list() const = 0;
  // A case ID, or a home ID for every open case of it; Failure::usage with the known ones when nothing matches.
  [[nodiscard]] virtual Result<std::vector<DeskCase>> find(const std::string& case_or_home) const = 0;
  // On the open lines. Failure::usage when the case is already decided, hours are not below what was asked (partial),
  // or a call is reported for a case that is no termination.
  virtual Result<DeskCase> decide(const std::string& case_id, const Decision& decision) = 0;
  // What the structured answers alone say: decided or asked, or left open with the reason in `note`.
  virtual Result<DeskCase> judge(const std::string& case_id) = 0;
  // From now on a notification of every change is left as a file in this folder (absolute); "": no more. It holds for
  // every process that uses the store.
  virtual Result<void> notify(const std::string& folder) = 0;
  // Delivers what has to be told, to the folder and to hooks; what could not be delivered, in words, is tried again at
  // the next event.
  virtual Result<std::vector<std::string>> deliver() = 0;
  virtual Result<void> set_script(const std::vector<ScriptRule>& rules) = 0;  // none: no script
  virtual Result<Asked> ask(const std::string& case_id, const Inquiry& inquiry) = 0;
  // Of a case, of a home, or ("") all; Failure::usage for a case or home that is not known.
  [[nodiscard]] virtual Result<std::vector<Letter>> letters(const std::string& case_or_home) const = 0;
};

// Forgets all cases, members and the clock.
Result<void> reset(const Services& services);

// Brings the store, where there is one, to the newest key of the vault; what the former key sealed is gone from the
// file afterwards. A server that still runs with the former key answers nothing any more until it is started again.
Result<void> rekey(const Services& services);

}  // namespace atz::sandbox
