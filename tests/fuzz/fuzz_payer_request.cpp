// A message to the embedded payer: "submit", "inquire", "submit-attachment", "outer", "subscription", "patients" in the
// first line, then the body.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/reply.hpp"
#include "payer.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

struct Address {
  std::string_view word, path;
};
constexpr std::array kAddresses = {
    Address{"submit", "/fhir/Claim/$submit"},
    Address{"inquire", "/fhir/Claim/$inquire"},
    Address{"submit-attachment", "/fhir/$submit-attachment"},
    Address{"outer", "/fhir"},
    Address{"subscription", "/fhir/Subscription"},
    Address{"patients", "/fhir/Patient/_search"},
    Address{"token", "/fhir/token"},
};

Payer& payer() {
  static Payer instance(Payer::Beginning::with_cases);
  return instance;
}

std::vector<std::string> case_ids(const sandbox::Reply& reply, std::string_view word) {
  std::vector<std::string> ids;
  const auto profile = model::sandbox_profile();
  if (word == "submit" || word == "submit-attachment") {
    const auto read = fhir::read_submit_reply(reply.status, reply.body, profile);
    if (read && read->reply) ids.push_back(read->reply->case_id);
  } else if (word == "outer") {
    const auto json = nlohmann::json::parse(reply.body, nullptr, false);
    const std::size_t entries = json.is_object() && json.contains("entry") ? json["entry"].size() : 0;
    const auto read = fhir::read_outer_reply(reply.body, entries, profile);
    for (const auto& entry : read ? *read : std::vector<fhir::EntryReply>{}) {
      if (entry.reply) ids.push_back(entry.reply->case_id);
    }
  }
  return ids;
}

void check_answer(const sandbox::Reply& reply) {
  require(reply.status >= 200 && reply.status < 500, "the payer answers what it was sent, whatever that is");
  const auto json = nlohmann::json::parse(reply.body, nullptr, false);
  require(!json.is_discarded() && json.is_object(), "the payer answers with JSON");
  require(reply.content_type != sandbox::kFhirJson || json.contains("resourceType"), "the payer answers with FHIR");
  if (reply.status >= 400 && reply.content_type == sandbox::kFhirJson)
    require(!fhir::read_outcome(reply.body).empty(), "a refusal says why");
}

void run(std::string_view input) {
  const auto [word, body] = split_head(input);
  const auto address = std::find_if(kAddresses.begin(), kAddresses.end(),
                                    [name = word](const Address& one) { return one.word == name; });
  if (address == kAddresses.end()) return;
  payer().reset();
  const auto first = payer().call("POST", address->path, body);
  check_answer(first);
  const std::size_t cases = payer().case_count();
  if (word == "token") return;  // a new one each time
  const auto again = payer().call("POST", address->path, body);
  check_answer(again);
  require(payer().case_count() == cases, "the same bytes again open no other case");
  const auto ids = case_ids(first, word);
  if (first.status == 200 && !ids.empty()) {
    require(again.status == 200, "what was accepted is accepted again");
    require(case_ids(again, word) == ids, "the same bytes again have the same case IDs");
  }
  // A request that can be read survives being stored.
  if (word != "submit") return;
  for (const bool tolerant : {false, true}) {
    const auto read = fhir::read_submit(body, tolerant);
    if (const auto* request = std::get_if<fhir::ReceivedRequest>(&read)) {
      const std::string stored = fhir::to_json(*request);
      const auto back = fhir::received_request_from_json(stored);
      require(back.has_value() && fhir::to_json(*back) == stored, "a stored request is read back as it was");
    }
  }
}

constexpr std::string_view kSubscription = R"(subscription
{"resourceType":"Subscription","status":"requested","reason":"Answers",
"criteria":"http://hl7.org/fhir/us/davinci-pas/SubscriptionTopic/PASSubscriptionTopic","_criteria":{"extension":[{
"url":"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria",
"valueString":"org-identifier=2000000002"}]},"channel":{"type":"rest-hook","endpoint":"http://127.0.0.1:9/hook",
"payload":"application/fhir+json","_payload":{"extension":[{
"url":"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content",
"valueCode":"full-resource"}]},"header":["Authorization: Bearer of-the-hook"]}})";

std::vector<Seed> seeds() {
  std::vector<Seed> all;
  const auto add = [&](const std::string& name, const std::string& word, const std::string& body) {
    all.push_back({name, word + "\n" + body});
  };
  std::vector<std::string> fresh;
  for (const auto& request : example_requests("maple-street.yaml", "maple-street-20261207-fresh")) {
    fresh.push_back(request.bytes);
  }
  add("submit", "submit", fresh.front());
  add("transaction", "outer", in_one(fhir::OuterKind::transaction, "Claim/$submit", fresh));
  add("batch", "outer", in_one(fhir::OuterKind::batch, "Claim/$submit", {fresh[1]}));
  const auto& first = payer().requests().front();
  add("replay", "submit", first.bytes);
  const auto profile = model::sandbox_profile();
  const fhir::PriorRequest prior{"900000101", "", first.bytes};
  const fhir::PriorRequest known_by_number{"900000103", "", ""};
  add("update", "submit",
      example_requests("maple-street-extension.yaml", "maple-street-20270111-extra", &prior).front().bytes);
  add("add-on", "submit",
      example_requests("maple-street-add-on.yaml", "maple-street-20270111-addon", &known_by_number).front().bytes);
  add("termination", "submit", example_requests("lantern-termination.yaml", "lantern-20261201-termi").front().bytes);
  add("cancel", "submit", fhir::build_cancel({profile, prior, {}, "moved away", "c-1", "c-1-S1", begin_of_time()}));
  model::InformationRequest question;
  question.control_number = "ACN-55021";
  const fhir::AnswerInput answer{profile,           {},    prior,    &question,      {}, {},
                                 "It is attached.", "a-1", "a-1-S1", begin_of_time()};
  add("answer", "submit-attachment", fhir::build_attachments(answer));
  add("answer-update", "submit", fhir::build_answer_update(answer));
  const std::string inquiry = fhir::build_inquiry({profile,
                                                   "i-1",
                                                   begin_of_time(),
                                                   first.member_id,
                                                   "Sampleton",
                                                   "Testa",
                                                   "1988-02-29",
                                                   "female",
                                                   "2000000002",
                                                   "Pinecone Example Home Supports",
                                                   "900000102",
                                                   "",
                                                   "T2016",
                                                   {},
                                                   {}});
  add("inquiry", "inquire", inquiry);
  add("inquiries", "outer", in_one(fhir::OuterKind::batch, "Claim/$inquire", {inquiry, inquiry}));
  add("patients", "patients", "identifier=https%3A%2F%2Fpayer.example%2Fns%2Fmember-id%7C" + first.member_id);
  add("names", "patients", "family=Sampleton&given=Testa&birthdate=1988-02-29");
  add("token", "token", "grant_type=client_credentials&client_id=fuzz&client_secret=fuzz&scope=system%2FClaim.crus");
  all.push_back({"subscription", std::string(kSubscription)});
  return all;
}

}  // namespace

Target payer_request_target() {
  return {"payer_request", Grammar::head_json, run, seeds};
}

}  // namespace atz::fuzz
