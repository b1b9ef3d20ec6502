#include "fhir/x12.hpp"

#include <algorithm>
#include <array>

namespace atz::fhir {
namespace {

struct Row {
  X12 list;
  std::string_view code, text;
};

constexpr Row kRows[] = {
    {X12::entity, "1P", "Provider"},
    {X12::entity, "FA", "Facility"},
    {X12::entity, "PR", "Payer"},
    {X12::entity, "SJ", "Service provider"},
    {X12::entity, "X3", "Review organization"},

    {X12::action, "A1", "Approved as requested"},
    {X12::action, "A2", "Approved in part"},
    {X12::action, "A3", "Not approved"},
    {X12::action, "A4", "Waiting for a decision"},
    {X12::action, "A5", "Earlier decision stands"},
    {X12::action, "A6", "Approved with changes"},
    {X12::action, "C", "Cancelled"},
    {X12::action, "CT", "Call the payer"},
    {X12::action, "NA", "No authorization needed"},

    {X12::unit, "DY", "Days"},
    {X12::unit, "FL", "Units"},
    {X12::unit, "HS", "Hours"},
    {X12::unit, "MN", "Months"},
    {X12::unit, "VS", "Visits"},

    {X12::report_type, "06", "Assessment"},
    {X12::report_type, "08", "Plan of treatment"},
    {X12::report_type, "09", "Progress report"},
    {X12::report_type, "15", "Reason for admission"},
    {X12::report_type, "77", "Support data"},
    {X12::report_type, "AS", "Admission summary"},
    {X12::report_type, "B3", "Physician's order"},
    {X12::report_type, "DS", "Discharge summary"},
    {X12::report_type, "OZ", "Other"},
    {X12::report_type, "PY", "Physician's report"},

    {X12::transmission, "BM", "By mail"},
    {X12::transmission, "EL", "Electronic"},
    {X12::transmission, "FX", "By fax"},
    {X12::transmission, "VO", "By voice"},

    {X12::reason, "0A", "Testing not included"},
    {X12::reason, "0F", "Not medically necessary"},
    {X12::reason, "0G", "Level of care does not fit"},
    {X12::reason, "0H", "No authorization needed"},
    {X12::reason, "0L", "More than the plan allows"},
    {X12::reason, "0M", "Service is not covered"},
    {X12::reason, "0N", "No earlier approval"},
    {X12::reason, "0P", "Information that was asked for did not arrive"},
    {X12::reason, "0Q", "The same request is already there"},
    {X12::reason, "0U", "More information on the member is needed"},
    {X12::reason, "0V", "Needs a medical review"},
    {X12::reason, "0W", "Review is not finished"},
    {X12::reason, "17", "Time limit"},
    {X12::reason, "18", "Notification received"},

    {X12::followup, "C", "Correct it and send it again"},
    {X12::followup, "N", "Can't be sent again"},
    {X12::followup, "P", "Send the original again"},
    {X12::followup, "R", "May be sent again"},
    {X12::followup, "S", "Do not send it again: it was passed on"},
    {X12::followup, "W", "Wait 30 days and send it again"},
    {X12::followup, "X", "Wait 10 days and send it again"},
    {X12::followup, "Y", "Do not send it again: the payer will answer"},

    {X12::reject, "04", "Quantity is too large"},
    {X12::reject, "15", "Something required is missing"},
    {X12::reject, "33", "Input is wrong"},
    {X12::reject, "41", "No access to this"},
    {X12::reject, "42", "The payer can't answer now"},
    {X12::reject, "43", "Provider's number is missing or wrong"},
    {X12::reject, "44", "Provider's name is missing or wrong"},
    {X12::reject, "51", "Provider is not known"},
    {X12::reject, "52", "Provider was not enrolled on these dates"},
    {X12::reject, "56", "A date is wrong"},
    {X12::reject, "57", "Service dates are wrong"},
    {X12::reject, "58", "Birth date is missing or wrong"},
    {X12::reject, "64", "Member's number is missing or wrong"},
    {X12::reject, "65", "Member's name is missing or wrong"},
    {X12::reject, "67", "Member not found"},
    {X12::reject, "71", "Birth date does not match the member's"},
    {X12::reject, "72", "Member ID is missing or wrong"},
    {X12::reject, "75", "Member ID not found"},
    {X12::reject, "78", "Member is not in this plan"},
    {X12::reject, "91", "The same request is already there"},
    {X12::reject, "95", "Member is not eligible"},
    {X12::reject, "AA", "Authorization number not found"},
    {X12::reject, "AF", "Diagnosis is missing or wrong"},
    {X12::reject, "AG", "Procedure code is missing or wrong"},
    {X12::reject, "T4", "Payer is missing or wrong"},

    {X12::relationship, "18", "Self"},

    {X12::certification, "1", "Urgent appeal"},
    {X12::certification, "2", "Appeal"},
    {X12::certification, "3", "Cancellation"},
    {X12::certification, "4", "Extension"},
    {X12::certification, "I", "First request"},
    {X12::certification, "R", "Renewal"},
    {X12::certification, "S", "Revision"},

    {X12::level_of_service, "03", "Emergency"},
    {X12::level_of_service, "E", "Elective"},
    {X12::level_of_service, "U", "Urgent"},

    {X12::service_type, "1", "Medical care"},
    {X12::service_type, "3", "Consultation"},
    {X12::service_type, "42", "Home health care"},
    {X12::service_type, "54", "Long-term care"},
    {X12::service_type, "A4", "Psychiatric care"},
    {X12::service_type, "MH", "Mental health care"},

    {X12::request_type, "AR", "Admission review"},
    {X12::request_type, "HS", "Review of services"},
    {X12::request_type, "IN", "First reservation of services"},
    {X12::request_type, "SC", "Review of specialty care"},
};

}  // namespace

std::string x12_system(X12 list) {
  const std::string number = std::to_string(static_cast<int>(list));
  return (list == X12::reason ? "https://codesystem.x12.org/external/" : "https://codesystem.x12.org/005010/") + number;
}

std::string_view x12_text(X12 list, std::string_view code) {
  const auto* row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.list == list && r.code == code; });
  return row == std::end(kRows) ? std::string_view{} : row->text;
}

}  // namespace atz::fhir
