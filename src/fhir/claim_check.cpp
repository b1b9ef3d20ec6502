#include "fhir/claim_check.hpp"

#include <set>

#include "atz/base/text.hpp"
#include "fhir/bundle_check.hpp"
#include "fhir/canonical.hpp"
#include "fhir/update_view.hpp"
#include "fhir/x12.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kClaimPath = "Bundle.entry[0].resource";

std::string claim_path(std::string_view list, std::size_t i) {
  return std::string(kClaimPath) + "." + std::string(list) + "[" + std::to_string(i) + "]";
}

void check_sequences(const Json& claim, Faults& faults) {
  for (const char* list : {"careTeam", "supportingInfo", "diagnosis", "insurance", "item"}) {
    std::set<std::string> seen;
    const auto parts = elements(claim, list);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string number = number_or_text(*parts[i], "sequence");
      if (!number.empty() && !seen.insert(number).second) {
        faults.add("duplicate", claim_path(list, i) + ".sequence", "Two entries of the list have the same sequence.");
      }
    }
  }
}

bool in(char c, char low, char high) {
  return c >= low && c <= high;
}

// Letter, digit, digit or A or B, then a dot and up to four more.
bool is_icd10(std::string_view code) {
  if (code.size() < 3 || !in(code[0], 'A', 'Z') || !in(code[1], '0', '9')) return false;
  if (!in(code[2], '0', '9') && code[2] != 'A' && code[2] != 'B') return false;
  if (code.size() == 3) return true;
  if (code[3] != '.' || code.size() < 5 || code.size() > 8) return false;
  for (const char c : code.substr(4)) {
    if (!in(c, '0', '9') && !in(c, 'A', 'Z')) return false;
  }
  return true;
}

void check_diagnoses(const Json& claim, bool tolerant, Faults& faults) {
  const auto diagnoses = elements(claim, "diagnosis");
  int principal = 0;
  for (std::size_t i = 0; i < diagnoses.size(); ++i) {
    for (const Json* type : elements(*diagnoses[i], "type"))
      principal += has_code(type, codesystem::kPas, "principal") ? 1 : 0;
    const Json* concept_node = child(*diagnoses[i], "diagnosisCodeableConcept");
    if (concept_node == nullptr) continue;
    const std::string code = code_of(concept_node, codesystem::kIcd10Cm);
    const std::string path = claim_path("diagnosis", i) + ".diagnosisCodeableConcept";
    if (code.empty()) {
      if (!tolerant) faults.add("code-invalid", path, "An ICD-10-CM code is required.");
    } else if (!is_icd10(code)) {
      faults.add("code-invalid", path, "This has not the form of an ICD-10-CM code with its dot.");
    }
  }
  if (diagnoses.size() > kMaxDiagnoses) {
    faults.add("structure", std::string(kClaimPath) + ".diagnosis", "At most 12 diagnoses can be processed.");
  }
  if (tolerant) return;
  if (diagnoses.empty())
    faults.add("required", std::string(kClaimPath) + ".diagnosis", "At least one diagnosis is required.");
  if (!diagnoses.empty() && principal != 1) {
    faults.add("invariant", std::string(kClaimPath) + ".diagnosis", "Exactly one diagnosis must be the principal one.");
  }
}

}  // namespace

bool is_update(const RequestView& view) {
  return has_profile(*view.claim, profile::kClaimUpdate) || !elements(*view.claim, "related").empty();
}

void check_x12_text(const std::string& text, std::size_t limit, const std::string& path, Faults& faults) {
  if (first_invalid_utf8(text)) return;
  if (count_characters(text) > limit) {
    faults.add("too-long", path, "At most " + std::to_string(limit) + " characters can be processed.");
  }
  if (without_x12_delimiters(text) != text) {
    faults.add("value", path, "The characters ~ * : ^ | and control characters can't be processed here.");
  }
}

void check_supporting_info(const Json& claim, bool tolerant, Faults& faults) {
  const auto infos = elements(claim, "supportingInfo");
  int events = 0;
  int admissions = 0;
  int discharges = 0;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const Json& info = *infos[i];
    const std::string path = claim_path("supportingInfo", i);
    const std::string category = code_of(child(info, "category"), codesystem::kPas);
    const bool timed = child(info, "timingDate") != nullptr || child(info, "timingPeriod") != nullptr;
    const bool dated = category == "patientEvent" || category == "admissionDates" || category == "dischargeDates";
    events += category == "patientEvent" ? 1 : 0;
    admissions += category == "admissionDates" ? 1 : 0;
    discharges += category == "dischargeDates" ? 1 : 0;
    if (dated && !timed) faults.add("required", path + ".timing", "This kind of information needs a date.");
    if (category == "dischargeDates" && child(info, "timingPeriod") != nullptr && !tolerant) {
      faults.add("structure", path + ".timingPeriod", "A discharge has one date.");
    }
    if ((category == "additionalInformation" || category == "freeFormMessage") && timed) {
      faults.add("structure", path + ".timing", "This kind of information has no date.");
    }
    if (category == "freeFormMessage") {
      const std::string message = text_of(info, "valueString");
      if (message.empty()) faults.add("required", path + ".valueString", "The message is missing.");
      if (!tolerant) check_x12_text(message, kMaxMessageCharacters, path + ".valueString", faults);
    }
    if (category != "additionalInformation") continue;
    if (text_of(child_or_null(info, "valueReference"), "reference").empty()) {
      faults.add("required", path + ".valueReference", "A reference to the document or the answers is required.");
    }
    const auto details = extensions(info, ext::kDocumentInformation);
    if (details.size() != 1) {
      if (!tolerant) faults.add("required", path + ".extension", "documentInformation is required once.");
      continue;
    }
    const Json* report = extension(*details.front(), "reportTypeCode");
    if (report == nullptr || code_of(child(*report, "valueCodeableConcept"), x12_system(X12::report_type)).empty()) {
      faults.add("required", path + ".extension", "documentInformation must have a reportTypeCode.");
    }
    if (const Json* control = extension(*details.front(), "controlNumber"); control != nullptr && !tolerant) {
      if (!is_trace_number(text_of(*control, "valueString"))) {
        faults.add("value", path + ".extension",
                   "A control number has 1 to 50 letters, digits, dashes, dots or underscores.");
      }
    }
  }
  if (events > 1 || admissions > 1 || discharges > 1) {
    faults.add("structure", std::string(kClaimPath) + ".supportingInfo",
               "Event, admission and discharge may be given once each.");
  }
}

void check_claim(const RequestView& view, RequestProfile profile, bool tolerant, Faults& faults) {
  const Json& claim = *view.claim;
  if (resource_type(&claim) != "Claim") return;
  check_sequences(claim, faults);
  check_parties(view, tolerant, faults);
  if (!tolerant) {
    const auto identifiers = elements(claim, "identifier");
    for (std::size_t i = 0; i < identifiers.size(); ++i) {
      if (!is_trace_number(text_of(*identifiers[i], "value"))) {
        faults.add("value", claim_path("identifier", i) + ".value",
                   "A trace number has 1 to 50 letters, digits, dashes, dots or underscores.");
      }
    }
  }
  if (profile == RequestProfile::inquiry) return;
  if (claims_of(view.bundle).size() > 1 && !is_update(view))
    faults.add("invariant", "Bundle.entry", "Only an update may hold a second Claim.");
  check_diagnoses(claim, tolerant, faults);
  check_supporting_info(claim, tolerant, faults);
  check_items(view, tolerant, faults);
  if (!tolerant) check_update(view, faults);
}

}  // namespace atz::fhir
