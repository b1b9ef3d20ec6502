// A case file as plain structs: one home, its members and what is asked for them.
// Fields are in the order of the file format. Text is as written unless a comment says otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/field.hpp"
#include "atz/model/staffing.hpp"

namespace atz::model {

enum class RequestKind { service_notification, service_notification_extension, smi_termination };

struct Address {
  bool present = false;
  diag::Span span;  // of the key
  Field<std::string> line, line2, city, state, zip;
};

struct PersonName {
  bool present = false;
  diag::Span span;
  Field<std::string> last, first, middle;
};

struct Period {
  bool present = false;
  diag::Span span;
  Field<Date> start, end;  // both inclusive
  [[nodiscard]] bool complete() const { return start && end; }
  [[nodiscard]] DateSpan days() const { return {*start, *end}; }  // only when complete
};

struct Provider {
  bool present = false;
  diag::Span span;
  Field<std::string> name;
  Field<std::string> npi;  // digits as written, checked by ID006
  Field<std::string> type;
  Field<std::string> ein;
  Field<std::string> phone, fax;
  Field<std::string> id_kind;  // "npi" (default) or "other"
  Address address;
};

struct House {
  bool present = false;
  diag::Span span;
  Field<std::string> id;  // name on the command line
  Field<std::string> name;
  Field<std::string> location;  // NPI+3 as written
  Address address;
  std::vector<Field<std::string>> roster;  // labels of everyone who lives there
  diag::Span roster_span;
  bool roster_present = false;
};

// Guardian or case manager. `none: true` only for the scalar "none".
struct LetterRecipient {
  bool present = false;
  bool none = false;
  diag::Span span;
  Field<std::string> name;
  Field<std::string> phone;
  Address address;
};

struct Service {
  diag::Span span;                            // the whole entry
  Field<std::string> code;                    // upper case, without the modifiers that were glued to it
  std::vector<Field<std::string>> modifiers;  // upper case; "T2016SC" gives code T2016 and modifier SC here
  Field<std::int64_t> units;                  // days for T2016, unless settings.quantity_means says hours
  Field<Rational> weekly_hours;               // hours a week as written, e.g. 271/4; quarter hours by HS008
  Period period;                              // absent: the member's or the home's
  Field<std::string> frequency, rate;
};

struct PlanStatement {
  bool present = false;
  diag::Span span;
  Field<std::string> system;
  Address location;
  Field<Rational> weekly_hours;
  Field<Date> checked_on, reviewed_on;
};

struct Answer {
  std::string link;  // "3.1.1"
  diag::Span key_span;
  std::vector<Field<std::string>> values;  // one for a scalar, any number for a list
  bool is_list = false;
};

struct QuestionnaireAnswers {
  std::string name;             // "home-support"
  diag::Span span;              // of the name
  Field<std::string> version;   // reserved key "version"
  Field<std::string> status;    // reserved key "status": "completed" (default) or "in-progress"
  std::vector<Answer> answers;  // in file order
};

struct Document {
  diag::Span span;
  Field<std::string> file;    // relative to the case file
  Field<std::string> type;    // key of the document-type table
  Field<std::string> member;  // label; absent: for the whole home
  Field<std::string> title;
};

struct Priority {
  bool present = false;
  diag::Span span;
  Field<bool> expedited;
  Field<std::string> reason;
  Field<Date> called_on;
};

struct Attestation {
  bool present = false;
  diag::Span span;
  Field<bool> precertification;
  Field<std::string> by;
  Field<Date> on;
};

struct Ignore {
  diag::Span span;
  Field<std::string> rule, reason;
};

struct Member {
  diag::Span span;  // the label's value, or the entry's first key when there is none: where "this member" is pointed at
  Field<std::string> label;
  Field<RequestKind> request;  // absent: the home's
  Field<std::string> id;       // MaineCare ID, upper case
  PersonName name;
  Field<Date> born;
  Field<std::string> gender;               // male, female, other, unknown
  std::vector<Field<std::string>> waiver;  // one entry for a scalar
  Field<std::string> phone;
  Address address;  // absent: the home's
  LetterRecipient guardian, case_manager;
  Field<bool> receives_home_support;
  Field<std::string> receives_home_support_reason;
  Field<Date> service_started_on;
  Period period;                              // absent: the home's
  std::vector<Field<std::string>> diagnoses;  // upper case with the dot after the third character; the first is primary
  diag::Span diagnoses_span;
  std::vector<Service> services;
  diag::Span services_span;
  PlanStatement plan;
  std::vector<QuestionnaireAnswers> questionnaires;
  diag::Span questionnaires_span;
  Field<std::string> routinely_out;  // "none", or absent
  Field<std::string> min_ratio;      // "1:2" = one staff person for two members
  std::vector<WeekSpan> may_be_alone;
  StaffingPattern staffing;  // the member's own (individual) pattern; present = false for a combined one
  std::vector<Document> documents;
  std::vector<Ignore> ignore;
};

struct Home {
  Field<std::int64_t> format;  // key "atz", must be 1
  Field<RequestKind> request;
  Field<std::string> type, subcontract;  // GN005; absent: the data defaults
  Priority priority;
  Provider provider;  // merged with atz.yaml: a field of the case file wins
  House house;
  Period period;
  std::vector<Member> members;
  diag::Span members_span;
  StaffingPattern staffing;
  std::vector<Document> documents;
  Attestation attest;
  std::vector<Ignore> ignore;

  // The period that counts for a line: its own, else the member's, else the home's.
  [[nodiscard]] const Period& period_of(const Member& member, const Service& service) const;
  [[nodiscard]] RequestKind kind_of(const Member& member) const;  // service_notification when nothing readable is given
};

}  // namespace atz::model
