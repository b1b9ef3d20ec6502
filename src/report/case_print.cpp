#include "atz/report/case_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "atz/base/rational.hpp"
#include "atz/base/text.hpp"
#include "atz/report/mask.hpp"

namespace atz::report {
namespace {

std::string day(model::Date date) {
  return model::weekday_name(date) + " " + model::format_date(date);
}

std::string span_text(const std::optional<model::DateSpan>& span) {
  return span ? fmt::format("{} to {}", model::format_date(span->first), model::format_date(span->last)) : "";
}

std::string hours_text(const std::optional<model::Hours>& hours) {
  return hours ? model::format_hours(*hours) : "";
}

// "2026-12-07 10:05"
std::string minute_text(Instant at) {
  std::string text = model::format_instant(at).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string bytes_text(std::size_t bytes) {
  return fmt::format("{} bytes", bytes);
}

std::string phone_and_address(const std::string& phone, const std::string& address) {
  return phone + (phone.empty() || address.empty() ? "" : ", ") + address;
}

// The number and words of a question; a link that is a word says no more than its question.
std::string label_of(const CasePrint::Answer& answer) {
  if (answer.question.empty()) return answer.link;
  const bool numbered = !answer.link.empty() && answer.link.front() >= '0' && answer.link.front() <= '9';
  return numbered ? answer.link + " " + answer.question : answer.question;
}

constexpr const char* kWithheld = "(withheld; --show-phi)";

// A date, Yes or No, or a number too short for one of a telephone or a member.
bool says_nobody(const std::string& value) {
  constexpr std::size_t kMostCharacters = 6;  // "168.25"
  const std::string word = to_lower(value);
  for (const char* plain : {"yes", "no", "true", "false"}) {
    if (word == plain) return true;
  }
  return model::parse_date(value).has_value() || (value.size() <= kMostCharacters && parse_decimal(value).has_value());
}

// What was sent doesn't say which answers are free text and which were chosen from a list, and a short free text can be
// a name. So an answer of a questionnaire is shown only when it can't be one: dates, short numbers, Yes and No. The two
// that atz writes itself are shown but for their free parts: the place in the plan, and notes of times out of the home.
void withhold(const std::string& questionnaire, CasePrint::Answer& answer) {
  const std::string note = "Note ";
  for (auto& value : answer.values) {
    if (questionnaire == "staffing-pattern") {
      if (answer.link == "out" && value.compare(0, note.size(), note) == 0) value = note + kWithheld;
    } else if (questionnaire == "plan-statement") {
      if (answer.link == "location") value = kWithheld;
    } else if (!says_nobody(value)) {
      value = kWithheld;
    }
  }
}

// "answer sent (accepted): plan.pdf (person-centered-plan)" -> "answer sent (accepted)"
void withhold(CasePrint::Event& event) {
  for (const std::string_view kind : {"answer sent", "withdrawal sent"}) {
    if (event.what.compare(0, kind.size(), kind) != 0) continue;
    const auto end = event.what.find("): ", kind.size());
    event.what = end == std::string::npos ? std::string(kind) : event.what.substr(0, end + 1);
  }
}

class Writer {
 public:
  Writer(const CasePrint& print, bool with_names)
      : print_(print),
        with_names_(with_names),
        paper_(fmt::format("Case {}", print.case_id), model::format_date(model::maine_date(print.as_of)),
               foot_of(print)) {}

  Paper write() {
    head();
    for (const auto& request : print_.requests) write_request(request);
    return std::move(paper_);
  }

 private:
  static std::string foot_of(const CasePrint& print) {
    return fmt::format("Case {}, home {}, as known on {} in Maine", print.case_id, print.home_id,
                       minute_text(print.as_of));
  }

  void head() {
    paper_.fact("Status", print_.status);
    paper_.fact("Payer", print_.payer + (print_.sandbox ? " (a sandbox: nothing here is real)" : ""));
    paper_.heading("Member");
    if (with_names_) {
      paper_.fact("Name", print_.member.name);
      paper_.fact("MaineCare ID", print_.member.id);
      paper_.fact("Label", print_.label);
      paper_.fact("Born", print_.member.born);
      paper_.fact("Gender", print_.member.gender);
      paper_.fact("Phone", print_.member.phone);
      paper_.fact("Address", print_.member.address);
      for (const auto& contact : print_.contacts)
        paper_.fact(contact.role, contact.name + (contact.phone.empty() && contact.address.empty()
                                                      ? ""
                                                      : ", " + phone_and_address(contact.phone, contact.address)));
    } else {
      paper_.fact("Label", print_.label);
      paper_.fact("MaineCare ID", masked_id(print_.member.id));
    }
    paper_.fact("Diagnoses", join(print_.diagnoses, ", "));
    paper_.heading("Agency and home");
    paper_.fact("Agency", print_.agency.name);
    paper_.fact("NPI", print_.agency.number);
    paper_.fact("Phone", print_.agency.phone);
    paper_.fact("Fax", print_.agency.fax);
    paper_.fact("Address", print_.agency.address);
    paper_.fact("Home", print_.home_id + (print_.home_name.empty() ? "" : " (" + print_.home_name + ")"));
    paper_.fact("Location", print_.location);
    if (with_names_) paper_.fact("Address of the home", print_.home_address);
  }

  void write_request(const CasePrint::Request& request) {
    paper_.heading(fmt::format("{}, sent on {}", purpose_title(request.purpose), day(request.submitted_on)));
    paper_.fact("Status", request.status);
    paper_.fact("Delivery", request.delivery);
    if (!request.decided) paper_.fact("Answer expected by", day(request.expected_by) + " (not a promise)");
    paper_.fact("Batch", request.batch_id);
    paper_.fact("Trace number", request.trace);
    write_lines(request);
    if (!request.questions.empty()) {
      paper_.heading("Open questions", 2);
      for (const auto& question : request.questions)
        paper_.fact(question.due ? "Answer by " + day(*question.due) : "Asked",
                    question.text + (question.number.empty() ? "" : " (" + question.number + ")"));
    }
    write_texts("What the payer says", request.notes);
    write_texts("Letters", request.letters);
    if (!request.next.empty()) {
      paper_.heading("What comes next", 2);
      for (const auto& step : request.next) paper_.fact(step.day ? day(*step.day) : "Now", step.what);
    }
    write_sent(request);
    paper_.heading("History", 2);
    std::vector<std::vector<std::string>> rows;
    for (const auto& event : request.events) rows.push_back({minute_text(event.at), event.what});
    paper_.table({"TIME IN MAINE", "WHAT"}, std::move(rows));
  }

  void write_lines(const CasePrint::Request& request) {
    paper_.heading("Asked and decided", 2);
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : request.lines) {
      rows.push_back({std::to_string(line.sequence), line.code, "asked", hours_text(line.hours_asked),
                      std::to_string(line.units_asked), span_text(line.asked)});
      if (line.decision.empty()) continue;
      const std::string hours =
          line.hours_approved_text.empty() ? hours_text(line.hours_approved) : line.hours_approved_text;
      rows.push_back({"", "", line.decision, hours, line.units_approved ? std::to_string(*line.units_approved) : "",
                      span_text(line.approved)});
    }
    paper_.table({"LINE", "CODE", "", "HOURS A WEEK", "UNITS", "DAYS"}, std::move(rows));
    for (const auto& line : request.lines) {
      const std::string of = request.lines.size() > 1 ? fmt::format(" (line {})", line.sequence) : "";
      if (line.decided_on) paper_.fact("Decided on" + of, day(*line.decided_on));
      paper_.fact("Authorization number" + of, line.authorization_number);
      for (const auto& reason : line.reasons) paper_.fact("Reason" + of, reason);
    }
    const bool approved = std::any_of(request.lines.begin(), request.lines.end(),
                                      [](const auto& line) { return !line.authorization_number.empty(); });
    if (approved) paper_.paragraph("An approval is not a promise of payment.");  // GN011
  }

  void write_texts(const char* title, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    paper_.heading(title, 2);
    for (const auto& text : texts) paper_.paragraph(text);
  }

  void write_sent(const CasePrint::Request& request) {
    write_texts("Message to the reviewer", request.messages);
    for (const auto& questionnaire : request.questionnaires) {
      paper_.heading(fmt::format("Questionnaire: {}{}", questionnaire.title,
                                 questionnaire.status.empty() ? "" : " (" + questionnaire.status + ")"),
                     2);
      for (const auto& answer : questionnaire.answers) paper_.fact(label_of(answer), join(answer.values, ", "));
    }
    if (!request.documents.empty()) paper_.heading("Documents", 2);
    std::vector<std::vector<std::string>> rows;
    for (const auto& document : request.documents) {
      rows.push_back({document.type, bytes_text(document.bytes), "sha256 " + document.sha256});
      if (with_names_) rows.back().insert(rows.back().begin(), document.title);
    }
    std::vector<std::string> columns{"KIND", "SIZE", "CONTENT"};
    if (with_names_) columns.insert(columns.begin(), "FILE");
    paper_.table(std::move(columns), std::move(rows));
  }

  const CasePrint& print_;
  bool with_names_;
  Paper paper_;
};

}  // namespace

std::string purpose_title(const std::string& purpose) {
  switch (model::purpose(purpose).value_or(model::Purpose::first)) {
    case model::Purpose::first:
      return "First authorization";
    case model::Purpose::continuation:
      return "Extension";
    case model::Purpose::change:
      return "Extension with other hours";
    case model::Purpose::add_on:
      return "Medical Add-On";
    case model::Purpose::termination:
      return "SMI termination";
  }
  return purpose;
}

CasePrint without_free_text(CasePrint print) {
  for (auto& request : print.requests) {
    for (auto& message : request.messages) message = kWithheld;
    for (auto& questionnaire : request.questionnaires) {
      for (auto& answer : questionnaire.answers) withhold(questionnaire.name, answer);
    }
    for (auto& document : request.documents) document.title = document.type;
    for (auto& event : request.events) withhold(event);
  }
  return print;
}

Paper case_paper(const CasePrint& print, bool with_names) {
  if (with_names) return Writer(print, true).write();
  const CasePrint shown = without_free_text(print);
  return Writer(shown, false).write();
}

}  // namespace atz::report
