#include "sandbox/checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

constexpr std::size_t kMostDiagnoses = 12;

bool is_upper_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// ICD-10-CM as written on the wire: F84.0, C7A.010, F71.
bool well_formed_diagnosis(std::string_view code) {
  if (code.size() < 3 || code[0] < 'A' || code[0] > 'Z' || !is_digit(code[1])) return false;
  if (!is_digit(code[2]) && code[2] != 'A' && code[2] != 'B') return false;
  if (code.size() == 3) return true;
  const auto rest = code.substr(3);
  return rest[0] == '.' && rest.size() >= 2 && rest.size() <= 5 &&
         std::all_of(rest.begin() + 1, rest.end(), is_upper_or_digit);
}

// NPI and three digits, with or without a separator.
bool well_formed_location(std::string_view location) {
  const std::string digits = plain_location(location);
  return digits.size() == 13 && all_digits(digits) && valid_npi(std::string_view(digits).substr(0, 10));
}

}  // namespace

void check_parties(const Incoming& incoming, const model::PayerProfile& payer, bool with_house, Errors& errors) {
  const fhir::ReceivedRequest& request = incoming.request;
  const std::string patient = entry_path(incoming, request.patient_url);
  if (request.member_id_system != payer.namespaces.member_id || !well_formed_member_id(request.member_id)) {
    errors.push_back(refusal("72", "The member ID must be eight digits and the letter A, in this payer's name space.",
                             "2010C-NM109", patient + ".identifier[0].value"));
  }
  if (trim(request.last).empty()) {
    errors.push_back(refusal("65", "The last name is missing.", "2010C-NM103", patient + ".name[0].family"));
  }
  if (!model::parse_date(request.born)) {
    errors.push_back(refusal("58", "The birth date is missing.", "2010C-DMG02", patient + ".birthDate"));
  }
  if (request.insurer_id_system != payer.insurer.system || request.insurer_id != payer.insurer.payer_id) {
    errors.push_back(refusal("T4", "The request names another payer.", "2010A-NM109",
                             entry_path(incoming, request.insurer_url) + ".identifier[0].value"));
  }
  if (!valid_npi(request.provider_npi)) {
    errors.push_back(refusal("43", "The requesting provider's NPI is missing or its check digit is wrong.",
                             "2010B-NM109", entry_path(incoming, request.provider_url) + ".identifier[0].value"));
  }
  if (with_house && !well_formed_location(request.location)) {
    errors.push_back(refusal("43", "The house needs its provider location: NPI and three digits.", "2010EA-NM109",
                             fmt::format("{}.careTeam[0].provider", kClaim)));
  }
}

void check_diagnoses(const fhir::ReceivedRequest& request, Errors& errors) {
  if (request.diagnoses.empty() || request.diagnoses.size() > kMostDiagnoses) {
    errors.push_back(refusal("AF", fmt::format("One to {} diagnoses are needed.", kMostDiagnoses), "2000E-HI01",
                             fmt::format("{}.diagnosis", kClaim)));
  }
  for (std::size_t i = 0; i < request.diagnoses.size(); ++i) {
    if (well_formed_diagnosis(request.diagnoses[i])) continue;
    errors.push_back(refusal("AF", fmt::format("Diagnosis {} is no ICD-10-CM code.", i + 1),
                             fmt::format("2000E-HI{:02}", i + 1), fmt::format("{}.diagnosis[{}]", kClaim, i)));
  }
}

void check_quantity(const fhir::ReceivedLine& line, const std::string& path, Errors& errors) {
  if (line.quantity_unit != "DY" && line.quantity_unit != "FL") {
    errors.push_back(refusal("33", "The quantity must be given in days (unit DY).", "2000F-SV103", path + ".quantity",
                             line.sequence));
    return;
  }
  const int days = line.period.days();
  if (days < 1 || line.quantity == days) return;
  errors.push_back(refusal(line.quantity > days ? "04" : "33",
                           fmt::format("The quantity is {} and the period has {} days.", line.quantity, days),
                           "2000F-SV104", path + ".quantity", line.sequence));
}

void check_hours(const fhir::ReceivedLine& line, const std::string& path, Errors& errors) {
  if (line.weekly_hours && line.weekly_hours->quarters > 0) return;
  errors.push_back(
      refusal("15", "The weekly support hours are missing.", "2000F-HSD02", path + ".extension", line.sequence));
}

bool is_base(const fhir::ReceivedLine& line) {
  return line.code_system == kHcpcs && line.code == "T2016" && line.modifiers.empty();
}

bool is_add_on(const fhir::ReceivedLine& line) {
  return line.code_system == kHcpcs && line.code == "T2016" && line.modifiers == std::vector<std::string>{"SC"};
}

namespace {

bool mentions(std::string_view text, std::string_view word) {
  return to_lower(text).find(word) != std::string::npos;
}

}  // namespace

void check_document(const fhir::ReceivedRequest& request, std::string_view word, std::string text, Errors& errors) {
  const bool there = std::any_of(request.documents.begin(), request.documents.end(), [&](const auto& document) {
    const bool is_new = !request.is_update || !document.change.empty();
    return is_new && document.bytes > 0 && (mentions(document.type, word) || mentions(document.title, word));
  });
  if (there) return;
  errors.push_back(refusal("15", std::move(text), "2000E-PWK01", fmt::format("{}.supportingInfo", kClaim)));
}

void check_questionnaire(const fhir::ReceivedRequest& request, std::string_view name, std::string_view title,
                         Errors& errors) {
  const bool answered =
      std::any_of(request.questionnaires.begin(), request.questionnaires.end(), [&](const auto& questionnaire) {
        const bool is_new = !request.is_update || !questionnaire.change.empty();
        return is_new && mentions(questionnaire.canonical, fmt::format("/{}", name)) &&
               questionnaire.status == "completed" && !questionnaire.answers.empty();
      });
  if (answered) return;
  errors.push_back(refusal("15", fmt::format("The {} questionnaire is missing or not completed.", title), "2000E-PWK01",
                           fmt::format("{}.supportingInfo", kClaim)));
}

void check_home_papers(const fhir::ReceivedRequest& request, Errors& errors) {
  check_document(request, "staffing", "No staffing pattern is attached.", errors);
  check_questionnaire(request, "home-support", "Home Support", errors);
}

void check_add_on_papers(const fhir::ReceivedRequest& request, Errors& errors) {
  check_document(request, "order", "No physician's order is attached.", errors);
  check_questionnaire(request, "medical-add-on", "Medical Add-On", errors);
}

std::string plain_location(std::string_view location) {
  std::string digits;
  for (const char c : location) {
    if (c != '-' && c != '+' && c != ' ') digits += c;
  }
  return digits;
}

bool well_formed_member_id(std::string_view id) {
  if (id.size() == 9) return all_digits(id.substr(0, 8)) && id[8] == 'A';
  return id.size() == 12 && id.starts_with("TEMP") && all_digits(id.substr(4));
}

bool valid_npi(std::string_view npi) {
  if (npi.size() != 10 || !all_digits(npi) || (npi[0] != '1' && npi[0] != '2')) return false;
  int sum = 24;  // what the prefix 80840 adds to the Luhn sum
  for (std::size_t i = 0; i < npi.size(); ++i) {
    int digit = npi[i] - '0';
    if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

}  // namespace atz::sandbox
