// From a request that was read to a case, a replay or a refusal; and from inquiries to the state of cases.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/model/profile.hpp"
#include "sandbox/incoming.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {

struct IntakeRules {
  bool tolerant = false;     // what public test kits send; duplicates are only replayed, never refused
  bool listed_only = false;  // a members file was given: nobody else is known
};

// What becomes of one Claim/$submit.
struct Taken {
  enum class Kind {
    accepted,  // a case was opened
    known,     // nothing new: a stored reply, or the present state of a case with the same content
    refused,   // `errors`: no case
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
      : store_(store), clock_(clock), rules_(rules), payer_(model::sandbox_profile()) {}

  [[nodiscard]] const IntakeRules& rules() const { return rules_; }
  // Within an open writing transaction of the store; what it writes counts only when that is committed.
  Result<Taken> take(const std::string& client, const Incoming& incoming);
  // Within an open transaction: the reply's body.
  Result<std::string> inquire(const std::string& client, const fhir::ReceivedInquiry& inquiry);

 private:
  Result<std::optional<Taken>> known(const MessageKey& key, const std::string& body_digest, const std::string& client,
                                     const fhir::ReceivedRequest& request);
  Result<void> check_member(const Incoming& incoming, std::vector<fhir::BusinessError>& errors);
  Result<void> check_duplicates(const std::string& client, const Incoming& incoming,
                                std::vector<fhir::BusinessError>& errors);
  Result<FullCase> open_case(const std::string& client, const fhir::ReceivedRequest& request);

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

}  // namespace atz::sandbox
