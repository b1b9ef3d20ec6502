// Data that Maine may change: compiled-in YAML files, overridable in atz.d/ beside atz.yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/questionnaire.hpp"
#include "atz/model/rate.hpp"

namespace atz::model {

struct ProcedureCode {
  std::string code;                    // "T2016"
  std::vector<std::string> modifiers;  // {"SC"}
  std::string text, unit, program, source;
  bool built_in = false;  // not from atz.d
};
struct DiagnosisCode {
  std::string code;  // "F84.0"
  std::string text;
  bool header = false;    // not codable by itself (ID013)
  bool built_in = false;  // not from atz.d
};
struct ServiceType {
  std::string number, text, program;
  std::vector<std::string> not_primary = {};  // diagnoses that do not count as primary: "F70-F89", "F06.7" (ST009)
};
struct RequestType {
  std::string key, portal_text;
};  // service-notification -> "Service Notification"
struct DocumentType {
  std::string key;          // staffing-pattern
  std::string portal_text;  // Staffing Pattern
  std::string x12_755;      // report type code on the wire
  std::string loinc;        // "" = no fitting code
};
struct StatusWord {
  std::string text, status;
};  // the portal's words -> ours
struct WaiverProgram {
  std::string key, text;
  std::vector<std::string> codes;
  int min_age = 0;
};  // section-21
struct OutKind {
  std::string key, text;
  bool needs_note = false;
  bool routine = true;
  std::vector<std::string> codes;
};
struct Contact {
  std::string key, name, phone, note;
};

struct Tables {
  std::string request_class = "Outpatient";  // GN005
  std::string subcontract = "Maine ASO";
  std::vector<ProcedureCode> procedures;
  std::vector<DiagnosisCode> diagnoses;  // sorted by code
  std::vector<ServiceType> service_types;
  std::vector<RequestType> request_types;
  std::vector<DocumentType> document_types;
  std::vector<StatusWord> status_words;
  std::vector<WaiverProgram> waivers;
  std::vector<OutKind> out_kinds;
  std::vector<HolidayRule> holidays;
  std::vector<RateRow> rates;
  std::vector<Contact> contacts;
  std::vector<Questionnaire> questionnaires;

  [[nodiscard]] const Questionnaire* questionnaire(std::string_view name) const;
  [[nodiscard]] const DocumentType* document_type(std::string_view key) const;
  [[nodiscard]] const DiagnosisCode* diagnosis(std::string_view code) const;
  [[nodiscard]] const RequestType* request_type(std::string_view key) const;
  [[nodiscard]] const Contact* contact(std::string_view key) const;
  [[nodiscard]] const OutKind* out_kind(std::string_view key) const;
  [[nodiscard]] const WaiverProgram* waiver(std::string_view key) const;
};

}  // namespace atz::model
