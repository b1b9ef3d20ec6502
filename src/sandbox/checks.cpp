#include "sandbox/checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

using Errors = std::vector<fhir::BusinessError>;

constexpr std::string_view kClaim = "Bundle.entry[0].resource";
constexpr int kLongestMonths = 12;
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
  std::string digits;
  for (const char c : location) {
    if (c != '-' && c != '+' && c != ' ') digits += c;
  }
  return digits.size() == 13 && all_digits(digits) && valid_npi(std::string_view(digits).substr(0, 10));
}

void check_parties(const Incoming& incoming, const model::PayerProfile& payer, Errors& errors) {
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
  if (!well_formed_location(request.location)) {
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

void check_period(const fhir::ReceivedLine& line, const std::string& path, model::Date today, Errors& errors) {
  const auto wrong = [&](std::string text) {
    errors.push_back(refusal("57", std::move(text), "2000F-DTP03", path + ".servicedPeriod", line.sequence));
  };
  if (line.period.last < line.period.first) return wrong("The period ends before it starts.");
  const auto window = model::first_authorization_window(line.period.first);
  if (line.period.first < today) {
    wrong(fmt::format("The period starts before the day of submission, {}.", model::format_date(today)));
  } else if (!window.contains(today)) {
    wrong(fmt::format("The period starts more than 30 days after the day of submission, {}; submit from {} on.",
                      model::format_date(today), model::format_date(window.first)));
  }
  if (const auto latest = model::last_day_of_period(line.period.first, kLongestMonths); line.period.last > latest) {
    wrong(fmt::format("The period is longer than {} months; its last day may be {}.", kLongestMonths,
                      model::format_date(latest)));
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

void check_line(const Incoming& incoming, const fhir::ReceivedLine& line, model::Date today, Errors& errors) {
  const std::string path = item_path(incoming, line.sequence);
  if (line.code_system != "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets" || line.code != "T2016" ||
      !line.modifiers.empty()) {
    errors.push_back(refusal("AG", "This payer authorizes T2016 without a modifier.", "2000F-SV101-02",
                             path + ".productOrService", line.sequence));
  }
  if (line.certification_type != "I") {
    errors.push_back(refusal("33", "A first request has the certification type I (initial).", "2000F-UM02",
                             path + ".extension", line.sequence));
  }
  check_period(line, path, today, errors);
  check_quantity(line, path, errors);
  if (!line.weekly_hours || line.weekly_hours->quarters <= 0) {
    errors.push_back(
        refusal("15", "The weekly support hours are missing.", "2000F-HSD02", path + ".extension", line.sequence));
  }
}

void check_papers(const fhir::ReceivedRequest& request, Errors& errors) {
  const auto mentions = [](std::string_view text, std::string_view word) {
    return to_lower(text).find(word) != std::string::npos;
  };
  const bool pattern = std::any_of(request.documents.begin(), request.documents.end(), [&](const auto& document) {
    return document.bytes > 0 && (mentions(document.type, "staffing") || mentions(document.title, "staffing"));
  });
  if (!pattern) {
    errors.push_back(
        refusal("15", "No staffing pattern is attached.", "2000E-PWK01", fmt::format("{}.supportingInfo", kClaim)));
  }
  const bool answered =
      std::any_of(request.questionnaires.begin(), request.questionnaires.end(), [&](const auto& questionnaire) {
        return mentions(questionnaire.canonical, "/home-support") && questionnaire.status == "completed" &&
               !questionnaire.answers.empty();
      });
  if (!answered) {
    errors.push_back(refusal("15", "The Home Support questionnaire is missing or not completed.", "2000E-PWK01",
                             fmt::format("{}.supportingInfo", kClaim)));
  }
}

}  // namespace

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

std::vector<fhir::BusinessError> check_request(const Incoming& incoming, model::Date today,
                                               const model::PayerProfile& payer) {
  const fhir::ReceivedRequest& request = incoming.request;
  Errors errors;
  if (request.is_update || (!request.request_kind.empty() && request.request_kind != "service-notification")) {
    errors.push_back(refusal("AA",
                             "This payer takes first requests (Service Notification); there is no case to change.",
                             "2000E-UM02", fmt::format("{}.subType", kClaim)));
    return errors;  // nothing else about it would mean anything
  }
  check_parties(incoming, payer, errors);
  check_diagnoses(request, errors);
  for (auto line = request.lines.begin(); line != request.lines.end(); ++line) {
    check_line(incoming, *line, today, errors);
    const bool twice = std::any_of(request.lines.begin(), line, [&](const fhir::ReceivedLine& earlier) {
      return earlier.code == line->code && earlier.modifiers == line->modifiers &&
             earlier.period.overlaps(line->period);
    });
    if (twice) {
      errors.push_back(refusal("91", "Two lines ask for the same service on the same days.", "2000F-SV101-02",
                               item_path(incoming, line->sequence), line->sequence));
    }
  }
  check_papers(request, errors);
  return errors;
}

}  // namespace atz::sandbox
