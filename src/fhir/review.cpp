#include "fhir/review.hpp"

#include <algorithm>

#include "fhir/canonical.hpp"
#include "fhir/element.hpp"
#include "fhir/x12.hpp"

namespace atz::fhir {
namespace {

using model::ReviewAction;

struct Row {
  std::string_view code;
  ReviewAction action;
  bool grant;
};

constexpr Row kActions[] = {
    {"A1", ReviewAction::certified, true},
    {"A2", ReviewAction::partly_certified, true},
    {"A3", ReviewAction::denied, false},
    {"A4", ReviewAction::pended, false},
    {"A5", ReviewAction::upheld, false},
    {"A6", ReviewAction::modified, true},
    {"C", ReviewAction::cancelled, false},
    {"CT", ReviewAction::contact_payer, false},
    {"NA", ReviewAction::no_action_required, true},
};

const Row* find_row(std::string_view code) {
  const auto* row =
      std::find_if(std::begin(kActions), std::end(kActions), [&](const Row& r) { return r.code == code; });
  return row == std::end(kActions) ? nullptr : row;
}

std::string action_code(const Json& review) {
  const Json* code = extension(review, ext::kReviewActionCode);
  if (code == nullptr) return {};
  const Json* value = child(*code, "valueCodeableConcept");
  const std::string known = code_of(value, x12_system(X12::action));
  return known.empty() ? code_of(value) : known;
}

}  // namespace

Review review_of(const Json& holder) {
  for (const Json* adjudication : elements(holder, "adjudication")) {
    const Json* action = extension(*adjudication, ext::kReviewAction);
    if (action == nullptr) continue;
    Review review;
    review.code = action_code(*action);
    if (const Json* number = extension(*action, "number")) review.number = text_of(*number, "valueString");
    for (const Json* reason : extensions(*action, "reasonCode")) {
      const Json* concept_node = child(*reason, "valueCodeableConcept");
      const std::string code = code_of(concept_node);
      std::string words(x12_text(X12::reason, code));
      if (words.empty()) words = words_of(concept_node);
      if (!code.empty() || !words.empty()) review.reasons.push_back({code, words == code ? std::string{} : words});
    }
    return review;
  }
  return {};
}

ReviewAction action_of(std::string_view code) {
  const Row* row = find_row(code);
  return row == nullptr ? ReviewAction::other : row->action;
}

bool is_grant(std::string_view code) {
  const Row* row = find_row(code);
  return row != nullptr && row->grant;
}

}  // namespace atz::fhir
