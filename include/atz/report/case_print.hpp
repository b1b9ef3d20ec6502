// One case whole, as the portal prints it: what was asked, what was sent, what became of it, what comes next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/case.hpp"
#include "atz/model/week.hpp"
#include "atz/report/paper.hpp"

namespace atz::report {

// Texts are as they were sent or received; empty where there is nothing.
struct CasePrint {
  Instant as_of{};
  std::string payer;
  bool sandbox = true;
  std::string case_id, home_id, label;
  std::string status;  // of the newest request, "in review"

  struct Person {  // shown only where names may be shown
    std::string id, name, born, gender, phone, address;
  } member;
  struct Contact {
    std::string role, name, phone, address;
  };
  std::vector<Contact> contacts;
  struct Agency {
    std::string name, number, phone, fax, address;
  } agency;
  std::string home_name, location, home_address;
  std::vector<std::string> diagnoses;  // the first is primary

  struct Line {
    int sequence = 0;
    std::string code;  // "T2016 SC"
    std::optional<model::Hours> hours_asked, hours_approved;
    std::string hours_approved_text;  // digits of the payer's, when they are no quarter hours
    std::int64_t units_asked = 0;
    std::optional<std::int64_t> units_approved;
    model::DateSpan asked;
    std::optional<model::DateSpan> approved;
    std::string decision;  // "approved", "denied" ...; empty: none yet
    std::string authorization_number;
    std::optional<model::Date> decided_on;
    std::vector<std::string> reasons;
  };
  struct Answer {
    std::string link, question;
    std::vector<std::string> values;
  };
  struct Questionnaire {
    std::string name, title, status;
    std::vector<Answer> answers;
  };
  struct Document {
    std::string title, type, media_type;
    std::size_t bytes = 0;
    std::string sha256;
  };
  struct Question {  // of the reviewer's, still open
    std::string number, text;
    std::optional<model::Date> due;
  };
  struct Event {
    Instant at{};
    std::string what;
  };
  struct Step {
    std::optional<model::Date> day;
    std::string what;
  };
  struct Request {
    std::string purpose;  // as words of the model: "first", "change", "add_on"
    std::string batch_id, trace;
    std::string delivery, status;
    model::Date submitted_on{}, expected_by{};
    bool decided = false;
    int attempt = 1;
    std::vector<Line> lines;
    std::vector<std::string> messages, notes, letters;
    std::vector<Questionnaire> questionnaires;
    std::vector<Document> documents;
    std::vector<Question> questions;
    std::vector<Event> events;
    std::vector<Step> next;
  };
  std::vector<Request> requests;  // oldest first
};

// The same without what people wrote freely, which may name somebody: messages, free-text answers, names of files (the
// document's type instead), the text of answers and withdrawals.
CasePrint without_free_text(CasePrint print);

// `with_names`: names, IDs, birth dates, phones and addresses of people in full, and what was written freely; else
// label and the end of the ID, and as without_free_text.
Paper case_paper(const CasePrint& print, bool with_names);

// "First authorization", "Extension (hours change)" ...
std::string purpose_title(const std::string& purpose);

}  // namespace atz::report
