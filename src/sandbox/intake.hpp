// From a message that was read to a case, a change of one, a replay or a refusal; and from inquiries to the state of
// cases.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/model/profile.hpp"
#include "atz/sandbox/sandbox.hpp"
#include "sandbox/checks.hpp"
#include "sandbox/incoming.hpp"
#include "sandbox/office.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {

struct IntakeRules {
  bool tolerant = false;     // what public test kits send; duplicates are only replayed, never refused
  bool listed_only = false;  // a members file was given: nobody else is known
  MakeCalendar calendar = {};
  std::optional<std::vector<ScriptRule>> script{};  // empty: the store's
  std::string pas_version = "2.2.1";                // style of the answers
};

// What becomes of one message.
struct Taken {
  enum class Kind {
    accepted,  // a case was opened or changed
    known,     // nothing new: a stored reply, or the present state of a case with the same content
    refused,   // `errors`: nothing was changed
    conflict,  // `issue`: an identifier was used for something else
  } kind = Kind::accepted;
  int http_status = 200;
  std::string body;  // of the answer to a call by itself
  std::string case_id;
  std::vector<fhir::BusinessError> errors;
  fhir::Issue issue;
};

class Intake {
 public:
  Intake(Store& store, const Clock& clock, IntakeRules rules)
      : store_(store), clock_(clock), rules_(std::move(rules)), payer_(model::sandbox_profile()) {
    payer_.pas_version = rules_.pas_version;
  }

  [[nodiscard]] const IntakeRules& rules() const { return rules_; }
  // These work within an open writing transaction of the store; what they write counts only when that is committed.
  // Claim/$submit: first requests, updates, withdrawals, answers, requests to end a service.
  Result<Taken> take(const std::string& client, const Incoming& incoming);
  // $submit-attachment. `canonical`: the body, for replays.
  Result<Taken> take_attachments(const std::string& client, const fhir::ReceivedAttachments& attachments,
                                 std::string_view canonical);
  // Within an open transaction: the reply's body.
  Result<std::string> inquire(const std::string& client, const fhir::ReceivedInquiry& inquiry);

 private:
  [[nodiscard]] Office office() const { return {store_, clock_.now(), rules_.calendar}; }
  Result<std::optional<Taken>> known(const MessageKey& key, const std::string& body_digest, const std::string& client,
                                     const fhir::ReceivedRequest& request);
  Taken refused(const fhir::ReceivedRequest& request, Errors errors) const;
  Result<void> follow_script(FullCase& full, const std::vector<LineState>& lines);
  Result<FullCase> load(const std::string& case_id);

  // First requests and requests to end a service.
  Result<Taken> take_first(const std::string& client, const Incoming& incoming);
  Result<void> check_member(const Incoming& incoming, Errors& errors);
  Result<void> check_duplicates(const std::string& client, const Incoming& incoming, Errors& errors);
  Result<void> check_open_termination(const std::string& client, const Incoming& incoming, Errors& errors);
  Result<FullCase> open_case(const std::string& client, const fhir::ReceivedRequest& request);
  Result<void> enroll(const std::string& client, const fhir::ReceivedRequest& request);

  // What is about a case that there is.
  struct Target {
    FullCase full;
    int chain = 1;
    bool continues = true;  // an update of its newest Claim; else a new Claim that names the case
  };
  Result<std::optional<Target>> find_target(const std::string& client, const Incoming& incoming, Errors& errors);
  Result<Taken> take_update(const std::string& client, const Incoming& incoming);
  Result<void> apply(Target& target, const UpdatePlan& plan, const fhir::ReceivedRequest& request);
  Result<void> take_answers(FullCase& full, const fhir::ReceivedRequest& request, Errors& errors);

  Store& store_;
  const Clock& clock_;
  IntakeRules rules_;
  model::PayerProfile payer_;
};

// The case as the wire shows it: the present state of every line that the Claim's chain of versions has.
fhir::AnsweredCase answer_of(const FullCase& full, int chain, const fhir::ReceivedRequest& request);
LineState line_of(const fhir::ReceivedLine& line);  // a new one, waiting for a decision

// The house and the member's label, from "<home-id>-<YYYYMMDD>-<5 characters>" and "<batch>-<label>"; else from the
// house's name and the trace number.
struct Origin {
  std::string home_id, label;
};
Origin origin_of(const fhir::ReceivedRequest& request);

// Whether the message is about a case that the payer gave a number to.
bool names_case(const fhir::ReceivedRequest& request);

}  // namespace atz::sandbox
