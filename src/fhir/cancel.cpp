// Withdrawing a request: an update that cancels its lines. Nothing is deleted, on the wire or at the payer.
#include <algorithm>

#include "fhir/claim_update.hpp"
#include "fhir/element.hpp"
#include "fhir/update_view.hpp"

namespace atz::fhir {
namespace {

bool is_named(const Json& item, const std::vector<int>& lines) {
  const Json* sequence = child(item, "sequence");
  return lines.empty() || (sequence != nullptr && sequence->is_number_integer() &&
                           std::find(lines.begin(), lines.end(), sequence->get<int>()) != lines.end());
}

std::string words_of(const CancelInput& input) {
  std::string words = input.lines.empty() ? "Request withdrawn" : "Withdrawn, line";
  for (std::size_t i = 0; i < input.lines.size(); ++i)
    words += (i == 0 ? " " : " and ") + std::to_string(input.lines[i]);
  if (!input.prior.case_id.empty()) words += ", case " + input.prior.case_id;
  return input.reason.empty() ? words + "." : words + ". " + input.reason;
}

}  // namespace

std::string build_cancel(const CancelInput& input) {
  FollowUp update(input.profile, input.prior, input.claim_identifier, input.bundle_identifier, input.created);
  std::vector<Json*> named;
  for (auto& item : update.items()) {
    if (is_named(item, input.lines) && !is_cancelled(item)) named.push_back(&item);
  }
  for (Json* item : named) {
    withdraw(*item);
    // The number is that of one line; of several it would be wrong for all but one.
    set_numbers(*item, input.prior.case_id, named.size() == 1 ? input.prior.authorization_number : std::string{});
  }
  if (input.lines.empty()) update.withdraw_whole();
  update.add_messages(words_of(input));
  return update.bytes();
}

}  // namespace atz::fhir
