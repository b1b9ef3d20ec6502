// `atz submit`: a home goes out as one request, and is never sent twice as new.
#pragma once

#include <string>
#include <vector>

#include "atz/app/plan.hpp"
#include "atz/app/recover.hpp"
#include "atz/diag/finding.hpp"

namespace atz::app {

struct SubmittedCase {
  std::string label;
  std::string case_id;  // empty as long as the payer gave none
  std::string trace;
  model::Delivery delivery = model::Delivery::sending;
  model::CaseStatus status = model::CaseStatus::submitted;
  model::Date expected_by{};
  std::string flag;
};

struct SubmitResult {
  HomePlan plan;
  std::string batch_id;  // of this submission, or of the one that holds the cases already
  std::string mode;      // "transaction", "batch", "single"
  bool sent = false;     // bytes left in this run
  std::vector<SubmittedCase> cases;
  std::vector<Settled> settled;         // earlier submissions whose outcome was unknown
  std::vector<diag::Finding> refusals;  // what the payer objects to, at its place in the case file
  bool ok = true;
  Error error;  // when not ok and the plan has no errors of its own
  [[nodiscard]] bool partly_accepted() const;
};

// Failure classes of the Result itself: everything that stops the command before anything is sent.
Result<SubmitResult> submit(const Services& services, const CheckSettings& settings, const std::string& path);

// HS012: whether sending `members` members to that payer from `now` on, with one repeat, would run past midnight in
// Maine.
bool runs_past_midnight(const model::PayerProfile& profile, Instant now, std::size_t members);

}  // namespace atz::app
