// A case file as plain structs: one home, its members and what is asked for them.
// Fields are in the order of the file format. Text is as written unless a comment says otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/case.hpp"
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
  Field<std::string> date;                    // "submission": the line begins and ends on the day of sending
  Field<std::string> frequency, rate;
};

struct PlanStatement {
  bool present = false;
  diag::Span span;
  Field<std::string> system;
  Address location;
  Field<Rational> weekly_hours;
  Field<Date> checked_on, reviewed_on;
  // What the plan authorizes of other services, such as Community Support (SP022).
  struct OtherService {
    diag::Span span;
    Field<std::string> code;
    Field<Rational> weekly_hours;
  };
  std::vector<OtherService> other_services;
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

// Document types that rules ask for.
inline constexpr std::string_view kStaffingPatternDocument = "staffing-pattern";
inline constexpr std::string_view kOrderDocument = "physician-order";
inline constexpr std::string_view kNoticeDocument = "30-day-notice";

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

// What an extension says: why the authorization is asked for again. An add-on alone changes nothing in regular hours.
enum class ExtensionReason { continuation, change, add_on };

// The physician's order behind a Medical Add-On. Rules MA003 to MA008 and MA011.
struct Order {
  bool present = false;
  diag::Span span;
  Field<Date> signed_on;
  Field<std::string> by;
  Field<std::string> credential;  // MD, DO, PA, PA-C
  Field<std::string> npi;
  Field<std::string> condition, procedures;
  Field<std::string> span_text;  // key `span`: "indefinite", a last day, or "3 months" counted from signed_on
  struct Frequency {
    bool present = false;
    diag::Span span;
    Field<std::int64_t> times;
    Field<std::string> per;  // day, week, month
  } frequency;
};

// An add-on that was approved before, when this one renews or changes it. Rules MA014 to MA016.
struct RunningAddOn {
  bool present = false;
  diag::Span span;
  Field<Date> end;  // its last covered day
  Field<Date> order_signed_on;
};

struct PlanningTeam {
  bool present = false;
  diag::Span span;
  Field<Date> met_on;
  std::vector<Field<std::string>> members;  // who was there: roles or names
};

// What ends or interrupts a service of a member with serious mental illness. Rules ST001 to ST024.
struct Termination {
  bool present = false;
  diag::Span span;
  Field<std::string> action;  // terminate, interrupt
  Field<Date> last_day;
  Field<Date> return_on;  // of an interruption
  Field<bool> imminent_harm;
  Field<std::string> imminent_harm_reason;
  Field<bool> services_already_ended;
};

// The 30-day written notice to the member. Its file is among the member's documents as well.
struct Notice {
  bool present = false;
  diag::Span span;
  Field<Date> given_on;
  Field<std::string> file;
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
  Field<bool> emancipated;  // a minor who counts as an adult (ST016)
  Field<bool> meets_smi;    // ST017
  // An extension or add-on belongs to a case that the payer has already.
  Field<std::string> case_id;  // key `case`; opaque
  Field<Date> current_end;     // last covered day of the case's regular hours
  Field<ExtensionReason> reason;
  Field<std::string> because;  // what changed, in words
  Order order;
  RunningAddOn running_add_on;
  PlanningTeam planning_team;
  Field<std::string> service_type;  // of a termination: number, program or text of the service type table
  Notice notice;
  Termination termination;
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

// What a member's request is for; an extension without a readable reason counts as a continuation.
Purpose purpose_of(const Home& home, const Member& member);

// `date: submission` becomes the period of that one day, in Maine. Call it once the day of sending is known.
void settle_submission_dates(Home& home, Date submitted);

// The last day of an order's time span, inclusive; nullopt when it has none ("indefinite"), or cannot be told.
std::optional<Date> last_day_of(const Order& order);
// Whether the span's text is one that can be told: "indefinite", a date, or a number of days, weeks, months or years.
bool is_order_span(std::string_view text);

}  // namespace atz::model
