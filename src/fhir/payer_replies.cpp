// The embedded payer's answers to single and bundled calls.
#include "fhir/bundle.hpp"
#include "fhir/claim_response.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"

namespace atz::fhir {
namespace {

// "200 OK", in the words of HTTP.
std::string status_line(int status) {
  constexpr std::pair<int, const char*> kWords[] = {{200, "OK"},
                                                    {201, "Created"},
                                                    {400, "Bad Request"},
                                                    {401, "Unauthorized"},
                                                    {403, "Forbidden"},
                                                    {404, "Not Found"},
                                                    {405, "Method Not Allowed"},
                                                    {409, "Conflict"},
                                                    {422, "Unprocessable Entity"},
                                                    {500, "Internal Server Error"}};
  for (const auto& [code, words] : kWords) {
    if (code == status) return std::to_string(code) + " " + words;
  }
  return std::to_string(status);
}

Json searchset_of(const std::string& base_url, const std::vector<std::string>& patient_json) {
  Json bundle = start_bundle({}, {}, {});
  bundle["type"] = "searchset";
  Json entries = Json::array();
  for (const auto& text : patient_json) {
    auto patient = parse_json(text);
    if (!patient) continue;
    Json entry = Json::object();
    if (const std::string id = text_of(*patient, "id"); !id.empty()) entry["fullUrl"] = base_url + "/Patient/" + id;
    entry["resource"] = std::move(*patient);
    entry["search"]["mode"] = "match";
    entries.push_back(std::move(entry));
  }
  bundle["total"] = entries.size();
  put_node(bundle, "entry", std::move(entries));
  return bundle;
}

}  // namespace

std::string write_submit_reply(const ReceivedRequest& request, const AnsweredCase& answer,
                               const model::PayerProfile& profile) {
  const Json number = identifier(request.bundle_system, request.bundle_identifier);
  return to_bytes(response_bundle(ReplyKind::submit, request, answer, number, answer.created, profile));
}

std::string write_inquiry_reply(const ReceivedInquiry& inquiry, const std::vector<CaseForInquiry>& cases, Instant now,
                                const model::PayerProfile& profile) {
  const Json number = identifier(profile.namespaces.submission, inquiry.bundle_identifier);
  if (quirks_of(profile.pas_version).inquiry_parameters) {
    Json parameters = Json::object();
    parameters["resourceType"] = "Parameters";
    Json list = Json::array();
    for (const auto& found : cases) {
      Json parameter = Json::object();
      parameter["name"] = "return";
      parameter["resource"] = response_bundle(ReplyKind::inquiry, *found.request, *found.answer, number, now, profile);
      list.push_back(std::move(parameter));
    }
    put_node(parameters, "parameter", std::move(list));
    return to_bytes(parameters);
  }
  Json all = start_bundle({}, {}, {});
  all["identifier"] = number;
  all["type"] = "collection";
  all["timestamp"] = model::format_instant(now);
  Json entries = Json::array();
  for (const auto& found : cases) {
    Json bundle = response_bundle(ReplyKind::inquiry, *found.request, *found.answer, number, now, profile);
    for (auto& entry : bundle["entry"]) {
      bool twice = false;
      for (const auto& other : entries) twice = twice || text_of(other, "fullUrl") == text_of(entry, "fullUrl");
      if (!twice) entries.push_back(std::move(entry));
    }
  }
  put_node(all, "entry", std::move(entries));
  return to_bytes(all);
}

std::string write_outer_reply(bool transaction, const std::vector<AnsweredEntry>& entries, Instant now) {
  Json head = start_bundle({}, {}, {});
  head["type"] = transaction ? "transaction-response" : "batch-response";
  head["timestamp"] = model::format_instant(now);
  std::string out = to_bytes(head);
  out.pop_back();
  out += ",\"entry\":[";
  bool first = true;
  for (const auto& entry : entries) {
    if (!first) out += ',';
    first = false;
    // An error of one entry belongs into response.outcome; everything else is the entry's resource.
    const bool failed = entry.http_status >= 400;
    out += '{';
    if (!failed) out += "\"resource\":" + entry.body + ",";
    out += "\"response\":{\"status\":\"" + status_line(entry.http_status) + "\"";
    if (failed && !entry.body.empty()) out += ",\"outcome\":" + entry.body;
    out += "}}";
  }
  return out + "]}";
}

std::string write_patient_searchset(const std::string& base_url, const std::vector<std::string>& patient_json) {
  return to_bytes(searchset_of(base_url, patient_json));
}

}  // namespace atz::fhir
