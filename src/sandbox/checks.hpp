// What the payer checks of a well-formed request before it takes it. Pure: no store, no clock.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/profile.hpp"
#include "sandbox/case_state.hpp"
#include "sandbox/incoming.hpp"

namespace atz::sandbox {

using Errors = std::vector<fhir::BusinessError>;

inline constexpr std::string_view kClaim = "Bundle.entry[0].resource";
inline constexpr std::string_view kHcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
inline constexpr int kLongestMonths = 12;

// A first request. All faults at once, in the order of the request. `today` is the Maine date of submission.
Errors check_request(const Incoming& incoming, model::Date today, const model::PayerProfile& payer);

// A request to end a service (SMI termination).
Errors check_termination(const Incoming& incoming, model::Date today, const model::PayerProfile& payer);

// What an update wants of a case, or why it is refused.
struct LineChange {
  enum class Kind { add, change, withdraw } kind = Kind::add;
  const fhir::ReceivedLine* line = nullptr;  // of the request
  model::Purpose purpose = model::Purpose::first;
};
struct UpdatePlan {
  std::vector<LineChange> changes;  // none: papers or a message only
  Errors errors;
};
struct UpdateContext {
  const CaseState& state;
  const fhir::ReceivedRequest& former;  // the newest message of the case
  int chain = 1;                        // that the update belongs to
  bool continues = true;                // it replaces `former`; else it is a new Claim that names the case
  model::Date today{};
  bool tolerant = false;  // only what has no case to change is refused
};
UpdatePlan plan_update(const Incoming& incoming, const UpdateContext& context);

// Parts that several requests share.
void check_parties(const Incoming& incoming, const model::PayerProfile& payer, bool with_house, Errors& errors);
void check_diagnoses(const fhir::ReceivedRequest& request, Errors& errors);
void check_quantity(const fhir::ReceivedLine& line, const std::string& path, Errors& errors);
void check_hours(const fhir::ReceivedLine& line, const std::string& path, Errors& errors);
bool is_base(const fhir::ReceivedLine& line);    // T2016
bool is_add_on(const fhir::ReceivedLine& line);  // T2016 SC
// Of an update only what it adds counts.
void check_document(const fhir::ReceivedRequest& request, std::string_view word, std::string text, Errors& errors);
void check_questionnaire(const fhir::ReceivedRequest& request, std::string_view name, std::string_view title,
                         Errors& errors);
void check_home_papers(const fhir::ReceivedRequest& request, Errors& errors);
void check_add_on_papers(const fhir::ReceivedRequest& request, Errors& errors);

bool well_formed_member_id(std::string_view id);        // eight digits and A, or TEMP and eight digits
bool valid_npi(std::string_view npi);                   // ten digits, 1 or 2 first, check digit
std::string plain_location(std::string_view location);  // its digits

}  // namespace atz::sandbox
