// What every message about a case begins with: profile, clock, ledger, the case as the payer has it now.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/follow_up.hpp"
#include "atz/app/case_messages.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/fhir/request.hpp"

namespace atz::app {

class CaseDesk {
 public:
  // Failure::usage with a suggestion when no request with that Case ID was sent from here.
  static Result<std::unique_ptr<CaseDesk>> open(const Services& services, const std::optional<std::string>& profile,
                                                const std::optional<std::string>& as_of, const std::string& case_id);

  [[nodiscard]] const Now& now() const { return now_; }
  [[nodiscard]] const model::PayerProfile& profile() const { return profile_; }
  [[nodiscard]] const casefile::Workspace& workspace() const { return *workspace_; }
  [[nodiscard]] const fhir::PriorRequest& prior() const { return prior_; }
  [[nodiscard]] const fhir::Capabilities& capabilities() const { return session_->capabilities(); }
  // Accepted requests of the case, oldest first, as the payer has them now.
  [[nodiscard]] const std::vector<ledger::CaseRecord>& requests() const { return requests_; }

  // A new trace number for a message about that request: like a submission's, with the label behind it.
  [[nodiscard]] std::string new_trace(const ledger::CaseRecord& record) const;
  // Sends, and brings the record up to date.
  Result<CaseMessageResult> send(const ledger::CaseRecord& record, const ledger::FollowUpIntent& intent);

 private:
  explicit CaseDesk(const Services& services) : services_(services) {}
  Result<void> load(const std::string& case_id);

  const Services& services_;
  std::shared_ptr<const casefile::Workspace> workspace_;
  model::PayerProfile profile_;
  Now now_;
  std::optional<seal::Vault> vault_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<CommandClock> clock_;
  std::unique_ptr<Session> session_;
  std::vector<ledger::CaseRecord> requests_;
  fhir::PriorRequest prior_;
};

}  // namespace atz::app
