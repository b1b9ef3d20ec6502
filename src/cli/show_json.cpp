#include "cli/show_json.hpp"

#include "atz/report/mask.hpp"

namespace atz::cli {
namespace {

using report::CasePrint;

std::optional<model::Date> first_of(const std::optional<model::DateSpan>& span) {
  return span ? std::optional(span->first) : std::nullopt;
}

std::optional<model::Date> last_of(const std::optional<model::DateSpan>& span) {
  return span ? std::optional(span->last) : std::nullopt;
}

Json texts(const std::vector<std::string>& all) {
  Json json = Json::array();
  for (const auto& text : all) json.push_back(text);
  return json;
}

Json line_json(const CasePrint::Line& line) {
  return {{"line", line.sequence},
          {"code", line.code},
          {"weekly_hours_requested", hours_or_null(line.hours_asked)},
          {"weekly_hours_approved", hours_or_null(line.hours_approved)},
          {"units_requested", line.units_asked},
          {"units_approved", line.units_approved ? Json(*line.units_approved) : Json(nullptr)},
          {"start_requested", model::format_date(line.asked.first)},
          {"end_requested", model::format_date(line.asked.last)},
          {"start_approved", date_or_null(first_of(line.approved))},
          {"end_approved", date_or_null(last_of(line.approved))},
          {"decision", text_or_null(line.decision)},
          {"decided_on", date_or_null(line.decided_on)},
          {"authorization_no", text_or_null(line.authorization_number)},
          {"reasons", texts(line.reasons)}};
}

Json sent_json(const CasePrint::Request& request) {
  Json questionnaires = Json::array();
  for (const auto& one : request.questionnaires) {
    Json answers = Json::array();
    for (const auto& answer : one.answers)
      answers.push_back({{"link", answer.link}, {"question", answer.question}, {"values", texts(answer.values)}});
    questionnaires.push_back({{"name", one.name}, {"title", one.title}, {"status", one.status}, {"answers", answers}});
  }
  Json documents = Json::array();
  for (const auto& one : request.documents) {
    documents.push_back({{"title", one.title},
                         {"type", one.type},
                         {"media_type", one.media_type},
                         {"bytes", one.bytes},
                         {"sha256", one.sha256}});
  }
  return {{"messages", texts(request.messages)}, {"questionnaires", questionnaires}, {"documents", documents}};
}

Json request_json(const CasePrint::Request& request) {
  Json lines = Json::array();
  for (const auto& line : request.lines) lines.push_back(line_json(line));
  Json questions = Json::array();
  for (const auto& one : request.questions)
    questions.push_back({{"number", text_or_null(one.number)}, {"text", one.text}, {"due", date_or_null(one.due)}});
  Json events = Json::array();
  for (const auto& one : request.events) events.push_back({{"at", model::format_instant(one.at)}, {"what", one.what}});
  Json next = Json::array();
  for (const auto& one : request.next) next.push_back({{"day", date_or_null(one.day)}, {"what", one.what}});
  return {{"request", request.purpose},
          {"batch", request.batch_id},
          {"trace", request.trace},
          {"submitted_on", model::format_date(request.submitted_on)},
          {"expected_by", model::format_date(request.expected_by)},
          {"delivery", request.delivery},
          {"status", request.status},
          {"lines", lines},
          {"questions", questions},
          {"notes", texts(request.notes)},
          {"letters", texts(request.letters)},
          {"next", next},
          {"sent", sent_json(request)},
          {"history", events}};
}

Json member_json(const CasePrint& print, bool with_names) {
  const auto& member = print.member;
  Json json = {{"label", print.label},
               {"id", text_or_null(with_names ? member.id : report::masked_id(member.id))},
               {"diagnoses", texts(print.diagnoses)}};
  if (!with_names) return json;
  Json contacts = Json::array();
  for (const auto& one : print.contacts) {
    contacts.push_back({{"role", one.role},
                        {"name", one.name},
                        {"phone", text_or_null(one.phone)},
                        {"address", text_or_null(one.address)}});
  }
  json["name"] = member.name;
  json["born"] = text_or_null(member.born);
  json["gender"] = text_or_null(member.gender);
  json["phone"] = text_or_null(member.phone);
  json["address"] = text_or_null(member.address);
  json["contacts"] = contacts;
  return json;
}

}  // namespace

Json case_print_json(const CasePrint& all, bool with_names) {
  const CasePrint print = with_names ? all : report::without_free_text(all);
  Json requests = Json::array();
  for (const auto& request : print.requests) requests.push_back(request_json(request));
  return {{"schema", "atz/show/1"},
          {"as_of", model::format_instant(print.as_of)},
          {"payer", print.payer},
          {"case_id", print.case_id},
          {"home", print.home_id},
          {"location", print.location},
          {"status", print.status},
          {"member", member_json(print, with_names)},
          {"agency",
           {{"name", print.agency.name},
            {"npi", print.agency.number},
            {"phone", text_or_null(print.agency.phone)},
            {"fax", text_or_null(print.agency.fax)}}},
          {"requests", requests}};
}

}  // namespace atz::cli
