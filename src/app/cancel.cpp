#include <fmt/format.h>

#include <algorithm>

#include "app/case_desk.hpp"
#include "app/words.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

using model::CaseStatus;

bool is_closed(const ledger::CaseRecord& record) {
  return record.status == CaseStatus::denied || record.status == CaseStatus::voided;
}

// The newest open request; else the newest that is still there.
Result<const ledger::CaseRecord*> choose(const std::vector<ledger::CaseRecord>& requests, bool approved_too) {
  const auto open = std::find_if(requests.rbegin(), requests.rend(),
                                 [](const auto& record) { return !model::is_decided(record.status); });
  if (open != requests.rend()) return &*open;
  const auto newest =
      std::find_if(requests.rbegin(), requests.rend(), [](const auto& record) { return !is_closed(record); });
  if (newest == requests.rend()) {
    return fail(Failure::input,
                fmt::format("Case {} is closed: it is {}", requests.back().case_id,
                            words(model::to_string(requests.back().status))),
                "Nothing was sent: there is nothing left to withdraw.");
  }
  if (model::is_decided(newest->status) && !approved_too) {
    return fail(Failure::input,
                fmt::format("Case {} is {} already", newest->case_id, words(model::to_string(newest->status))),
                "Nothing was sent. To give up what was approved, say so with --approved.");
  }
  return &*newest;
}

// Where a payer extends the running line itself, to withdraw the line would take away what was approved before.
bool shares_a_line(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& requests) {
  const auto lines = sequences_of(record);
  return std::any_of(requests.begin(), requests.end(), [&](const auto& other) {
    if (other.id == record.id || is_closed(other)) return false;
    const auto theirs = sequences_of(other);
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](int line) { return std::find(lines.begin(), lines.end(), line) != lines.end(); });
  });
}

}  // namespace

Result<CaseMessageResult> cancel(const Services& services, const CancelSettings& settings) {
  if (trim(settings.reason).empty()) {
    return fail(Failure::usage, "A withdrawal needs a reason", "Give it with --reason.");
  }
  auto opened = CaseDesk::open(services, settings.profile, settings.as_of, settings.case_id);
  if (!opened) return tl::make_unexpected(opened.error());
  CaseDesk& desk = **opened;
  const auto chosen = choose(desk.requests(), settings.approved);
  if (!chosen) return tl::make_unexpected(chosen.error());
  const ledger::CaseRecord& record = **chosen;
  if (shares_a_line(record, desk.requests())) {
    return fail(
        Failure::input,
        fmt::format("The line that this request changed is the one that was approved before: withdrawing it would "
                    "end case {}",
                    record.case_id),
        "Nothing was sent. Phone the payer.");
  }
  // Other requests under the same Case ID stay as they are: then only these lines are withdrawn.
  const bool alone = std::all_of(desk.requests().begin(), desk.requests().end(), [&](const auto& other) {
    return other.id == record.id || other.status == CaseStatus::voided;
  });

  ledger::FollowUpIntent intent;
  intent.case_row = record.id;
  intent.kind = ledger::FollowUpKind::cancel;
  intent.claim_identifier = desk.new_trace(record);
  intent.bundle_identifier = intent.claim_identifier + "-S1";
  intent.url = "Claim/$submit";
  intent.text = std::string(trim(settings.reason));
  intent.created = desk.now().at;
  intent.body = fhir::build_cancel({desk.profile(), desk.prior(), alone ? std::vector<int>{} : sequences_of(record),
                                    intent.text, intent.claim_identifier, intent.bundle_identifier, intent.created});
  return desk.send(record, intent);
}

}  // namespace atz::app
