#include "atz/fhir/notification.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;
using Json = nlohmann::ordered_json;

namespace {

Instant time_of(const char* text) {
  return model::parse_instant(text).value.value();
}

struct Told : Fixture {
  ReceivedRequest request = received();
  std::string response = write_submit_reply(request, answer(request, "A1"), profile);
  Instant at = time_of("2026-12-10T09:00:00-05:00");

  [[nodiscard]] std::string event(std::int64_t number) const {
    return write_notification({Notification::Kind::event, "sub-1", "active", number, at}, response);
  }
  [[nodiscard]] Notification read(const std::string& body) const {
    auto result = read_notification(body, profile);
    if (!result) FAIL(result.error().message);
    return *result;
  }
  [[nodiscard]] Error fault(const std::string& body) const {
    const auto result = read_notification(body, profile);
    REQUIRE_FALSE(result);
    return result.error();
  }
};

Json parameter(const char* name, const char* key, const Json& value) {
  return {{"name", name}, {key, value}};
}

// Nothing but IDs, in the order and with the numbers that some payers write.
Json ids_only() {
  Json event = {
      {"name", "notification-event"},
      {"part",
       {parameter("event-number", "valueInteger", 7),
        parameter("timestamp", "valueInstant", "2020-05-29T11:44:33.188-05:00"),
        parameter("focus", "valueReference", {{"reference", "https://payer.example/ClaimResponse/900000101"}})}}};
  Json state = {{"resourceType", "Parameters"},
                {"parameter",
                 {parameter("subscription", "valueReference", {{"reference", "Subscription/7"}}),
                  parameter("status", "valueCode", "active"), parameter("type", "valueCode", "event-notification"),
                  parameter("events-since-subscription-start", "valueUnsignedInt", 7), event}}};
  return {{"resourceType", "Bundle"}, {"type", "history"}, {"entry", {{{"resource", state}}}}};
}

std::vector<std::string> faults_of(const Json& subscription) {
  const auto read = read_subscription(subscription.dump());
  if (std::holds_alternative<ReceivedSubscription>(read)) return {};
  const auto& fault = std::get<Fault>(read);
  CHECK(fault.http_status == 422);
  std::vector<std::string> places;
  for (const auto& issue : fault.issues) places.push_back(issue.expressions.front());
  return places;
}

Json subscription() {
  const std::string backport = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
  return {{"resourceType", "Subscription"},
          {"status", "requested"},
          {"reason", "Answers for our homes"},
          {"criteria", "http://hl7.org/fhir/us/davinci-pas/SubscriptionTopic/PASSubscriptionTopic"},
          {"_criteria",
           {{"extension",
             {{{"url", backport + "backport-filter-criteria"}, {"valueString", "org-identifier=2000000002,X1"}}}}}},
          {"channel",
           {{"type", "rest-hook"},
            {"endpoint", "http://127.0.0.1:9/hook"},
            {"payload", "application/fhir+json"},
            {"_payload",
             {{"extension", {{{"url", backport + "backport-payload-content"}, {"valueCode", "full-resource"}}}}}},
            {"header", {"Authorization: Bearer secret-word"}}}}};
}

}  // namespace

TEST_CASE("a notification is read as it was written") {
  const Told told;
  const auto read = told.read(told.event(3));
  dump("notification", told.event(3));
  CHECK(read.kind == Notification::Kind::event);
  CHECK(read.type == "event-notification");
  CHECK(read.subscription == "Subscription/sub-1");
  CHECK(read.events_so_far == 3);
  REQUIRE(read.events.size() == 1);
  CHECK(read.first_number() == 3);
  CHECK(read.last_number() == 3);
  CHECK(read.events[0].at == told.at);
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].case_id == "900000101");
  CHECK(read.cases[0].status == model::CaseStatus::approved);
  CHECK(read.cases[0].patient_member_id == "99000001A");
  CHECK(told.event(3) == told.event(3));

  const auto handshake =
      told.read(write_notification({Notification::Kind::handshake, "sub-1", "requested", 0, told.at}, ""));
  CHECK(handshake.kind == Notification::Kind::handshake);
  CHECK(handshake.events_so_far == 0);
  CHECK(handshake.cases.empty());
}

TEST_CASE("every entry of a history says what was asked and answered, and the focus is in the message") {
  const Told told;
  const auto json = Json::parse(told.event(1));
  CHECK(json["type"] == "history");
  REQUIRE(json["entry"].size() == 2);
  for (const auto& entry : json["entry"]) {
    CHECK(entry.contains("fullUrl"));
    CHECK(entry["request"].contains("method"));
    CHECK(entry["request"].contains("url"));
    CHECK(entry["response"].contains("status"));
  }
  CHECK(told.event(1).find("{\"reference\":\"" + json["entry"][1]["fullUrl"].get<std::string>() + "\"}") !=
        std::string::npos);
}

TEST_CASE("the answer's entries may stand in the notification itself, with relative references") {
  const Told told;
  Json flat = Json::parse(told.event(4));
  const Json nested = flat["entry"][1]["resource"];
  flat["entry"].erase(1);
  for (const auto& entry : nested["entry"]) flat["entry"].push_back(entry);
  const auto read = told.read(flat.dump());
  REQUIRE(read.cases.size() == 1);
  CHECK(read.cases[0].patient_member_id == "99000001A");
  CHECK(read.last_number() == 4);

  std::string relative = flat.dump();
  const std::string url = told.request.patient_url;
  for (auto at = relative.find(url); at != std::string::npos; at = relative.find(url)) {
    const bool full = relative.substr(at - 11, 11) == "\"fullUrl\":\"";
    relative.replace(at, url.size(), full ? "https://payer.example/fhir/Patient/7" : "Patient/7");
  }
  const std::string response_url = nested["entry"][0]["fullUrl"];
  relative =
      replaced(relative, "\"fullUrl\":\"" + response_url, "\"fullUrl\":\"https://payer.example/fhir/ClaimResponse/8");
  const auto foreign = told.read(relative);
  REQUIRE(foreign.cases.size() == 1);
  CHECK(foreign.cases[0].patient_member_id == "99000001A");
}

TEST_CASE("R5's status resource, its type of Bundle and an answer alone are taken too") {
  const Told told;
  Json body = Json::parse(told.event(5));
  body["type"] = "subscription-notification";
  body["entry"][0]["resource"] = {
      {"resourceType", "SubscriptionStatus"},
      {"status", "active"},
      {"type", "event-notification"},
      {"eventsSinceSubscriptionStart", "5"},
      {"subscription", {{"reference", "Subscription/9"}}},
      {"notificationEvent", {{{"eventNumber", "5"}, {"timestamp", "2026-12-10T09:00:00Z"}}}}};
  const auto read = told.read(body.dump());
  CHECK(read.subscription == "Subscription/9");
  CHECK(read.last_number() == 5);
  CHECK(read.cases.size() == 1);
  const auto alone = told.read(told.response);
  CHECK(alone.kind == Notification::Kind::event);
  CHECK(alone.last_number() == 0);
  CHECK(alone.cases.size() == 1);
}

TEST_CASE("a message that brings only IDs says what it is about") {
  const Told told;
  const auto read = told.read(ids_only().dump());
  CHECK(read.kind == Notification::Kind::event);
  CHECK(read.cases.empty());
  CHECK(read.last_number() == 7);
  CHECK(read.events[0].at.has_value());  // parts of a second do not matter
  CHECK(read.mentions == std::vector<std::string>{"900000101"});
}

TEST_CASE("unknown types and odd numbers are no error") {
  const Told told;
  Json body = ids_only();
  body["entry"][0]["resource"]["parameter"].erase(4);
  body["entry"][0]["resource"]["parameter"][2]["valueCode"] = "query-status";
  CHECK(told.read(body.dump()).kind == Notification::Kind::heartbeat);
  for (const char* number : {"\"x\"", "-1", "99999999999999999999", "\"\"", "1.5", "{}"}) {
    Json odd = ids_only();
    odd["entry"][0]["resource"]["parameter"][4]["part"][0]["valueInteger"] = Json::parse(number);
    CHECK_MESSAGE(told.read(odd.dump()).last_number() == 0, number);
  }
}

TEST_CASE("what is no notification is told apart from what is not all there yet") {
  const Told told;
  const std::string whole = told.event(1);
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
    CHECK(told.fault(whole.substr(0, length)).failure == Failure::temporary);
  }
  for (const char* body :
       {"{}", "[]", "7", R"({"resourceType":"Patient"})", R"({"resourceType":"Bundle"})",
        R"({"resourceType":"Bundle","type":"history","entry":[]})",
        R"({"resourceType":"Bundle","type":"history","entry":[{"resource":{"resourceType":"Parameters"}}]})",
        R"({"resourceType":"Bundle","type":"collection","entry":7})"}) {
    CHECK_MESSAGE(told.fault(body).failure == Failure::input, body);
  }
}

TEST_CASE("a subscription as the guide wants it") {
  const auto read = read_subscription(subscription().dump());
  REQUIRE(std::holds_alternative<ReceivedSubscription>(read));
  const auto& found = std::get<ReceivedSubscription>(read);
  CHECK(found.endpoint == "http://127.0.0.1:9/hook");
  CHECK(found.organizations == std::vector<std::string>{"2000000002", "X1"});
  CHECK(found.headers == std::vector<std::string>{"Authorization: Bearer secret-word"});
  const auto shown = write_subscription(found.resource, "id-1", "error", "no answer");
  CHECK(shown.find("secret-word") == std::string::npos);
  CHECK(Json::parse(shown)["id"] == "id-1");
  CHECK(Json::parse(shown)["status"] == "error");
  CHECK(Json::parse(shown)["error"] == "no answer");
  dump("subscription", write_subscription(found.resource, "id-1", "active", ""));
}

TEST_CASE("what is wrong with a subscription is told, all at once") {
  using Edit = void (*)(Json&);
  const std::pair<Edit, const char*> cases[] = {
      {[](Json& json) { json["criteria"] = "Claim?status=active"; }, "Subscription.criteria"},
      {[](Json& json) { json.erase("criteria"); }, "Subscription.criteria"},
      {[](Json& json) { json.erase("reason"); }, "Subscription.reason"},
      {[](Json& json) { json["status"] = "active"; }, "Subscription.status"},
      {[](Json& json) { json.erase("_criteria"); }, "Subscription.criteria.extension"},
      {[](Json& json) { json["_criteria"]["extension"][0]["valueString"] = "patient=7"; },
       "Subscription.criteria.extension"},
      {[](Json& json) { json["_criteria"]["extension"][0]["valueString"] = "org-identifier=,"; },
       "Subscription.criteria.extension"},
      {[](Json& json) { json["channel"]["type"] = "email"; }, "Subscription.channel.type"},
      {[](Json& json) { json["channel"]["payload"] = "application/json"; }, "Subscription.channel.payload"},
      {[](Json& json) { json["channel"]["_payload"]["extension"][0]["valueCode"] = "id-only"; },
       "Subscription.channel.payload.extension"},
      {[](Json& json) { json["channel"].erase("endpoint"); }, "Subscription.channel.endpoint"},
      {[](Json& json) { json["channel"]["header"][0] = "a: b\r\nc: d"; }, "Subscription.channel.header"},
      {[](Json& json) { json["channel"]["header"][0] = "no colon"; }, "Subscription.channel.header"},
      {[](Json& json) { json["channel"]["header"][0] = "Host: example.com"; }, "Subscription.channel.header"},
      {[](Json& json) { json["channel"]["header"][0] = "content-LENGTH:0"; }, "Subscription.channel.header"},
      {[](Json& json) { json["channel"]["header"][0] = "Transfer-Encoding: chunked"; }, "Subscription.channel.header"},
      {[](Json& json) { json["channel"]["header"][0] = " connection : close"; }, "Subscription.channel.header"},
  };
  for (const auto& [edit, place] : cases) {
    Json json = subscription();
    edit(json);
    CHECK(faults_of(json) == std::vector<std::string>{place});
  }
  Json spelled = subscription();
  spelled["_criteria"]["extension"][0]["valueString"] = "orgIdentifier=http://hl7.org/fhir/sid/us-npi|2000000002";
  CHECK(faults_of(spelled).empty());
  Json bare = {{"resourceType", "Subscription"}};
  CHECK(faults_of(bare).size() == 8);
  for (const char* body : {"{", R"({"resourceType":"Patient"})"}) {
    const auto read = read_subscription(body);
    REQUIRE(std::holds_alternative<Fault>(read));
    CHECK(std::get<Fault>(read).http_status == 400);
  }
}
