// `atz plan`: what a submission would send. No network, nothing written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/check.hpp"
#include "atz/app/now.hpp"
#include "atz/fhir/request.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

enum class Action {
  fresh,    // not at the payer yet
  changed,  // at the payer with other content, and those days are still taken
  sent,     // the same content is at the payer
};
std::string_view to_string(Action action);  // "new", "changed", "sent"

struct MemberPlan {
  std::size_t index = 0;  // into home.members
  std::string label;
  model::Purpose purpose = model::Purpose::first;
  std::optional<fhir::PriorRequest> prior;  // the case that it rides on
  Action action = Action::fresh;
  std::string content;  // model::canonical_request
  std::string digest;   // keyed; empty as long as there is no key (nothing was ever sent from here)
  std::vector<ledger::LineIntent> lines;
  std::vector<std::string> attachments;       // titles
  fhir::MemberRequest request;                // its bytes would be posted
  std::optional<ledger::CaseRecord> earlier;  // why it is changed or sent
};

// One home, checked and ready to be compared and sent.
struct HomePlan {
  CheckedFile checked;
  model::PayerProfile profile;
  Now now;
  std::string home_id;
  std::string batch_id;
  std::optional<model::DateSpan> window;  // submission days that suit every line
  std::vector<MemberPlan> members;        // of those who receive home support, in file order
  [[nodiscard]] bool has(Action action) const;
};

struct PlanSettings {
  CheckSettings check;
  Effect effect = Effect::none;
};

// Reads and checks one home. With findings of severity error the plan holds no members.
Result<HomePlan> prepare(const Services& services, const PlanSettings& settings, const std::string& path);

// Finds the cases that extensions and add-ons ride on; null: there is no ledger yet. A case that was not sent from here
// is known by its number only.
Result<void> find_priors(HomePlan& plan, const ledger::Ledger* ledger);

// Fills in digests and actions by what the ledger knows; null: there is no ledger yet.
Result<void> compare_with_ledger(HomePlan& plan, const ledger::Ledger* ledger);

// Builds the requests of all members (or only of those at `attempts[i] > 0`) under plan.batch_id.
Result<void> build_requests(const Services& services, HomePlan& plan, const std::vector<int>& attempts);

// The body that `submit` would post in transaction mode for the members that are new.
std::string outer_body(const HomePlan& plan, fhir::OuterKind kind);

// A fresh batch ID: home, Maine date, five random characters.
std::string new_batch_id(const std::string& home_id, model::Date today, Random& random);

}  // namespace atz::app
