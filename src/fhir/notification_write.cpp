#include "atz/base/random.hpp"
#include "atz/fhir/notification.hpp"
#include "fhir/bundle.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/notification.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kNamespace = "6f3a1f0e-0b39-4b55-8e1c-2f1f0a7c5d11";

std::string url_of(const OutgoingNotification& notification, const char* role) {
  const char* kind = notification.kind == Notification::Kind::handshake ? "handshake" : "event";
  return "urn:uuid:" + uuid_v5(kNamespace, notification.subscription + "\n" + kind + "\n" +
                                               std::to_string(notification.number) + "\n" + role);
}

Json parameter(const char* name, const char* key, Json value) {
  Json json = Json::object();
  json["name"] = name;
  json[key] = std::move(value);
  return json;
}

// Every entry of a history has both.
void add_exchange(Json& entry, const char* method, const std::string& url, const char* status) {
  entry["request"]["method"] = method;
  entry["request"]["url"] = url;
  entry["response"]["status"] = status;
}

Json state_of(const OutgoingNotification& notification) {
  Json json = start_resource("Parameters", backport::kStatus);
  Json list = Json::array();
  list.push_back(
      parameter("subscription", "valueReference", reference_to("Subscription/" + notification.subscription)));
  list.push_back(parameter("topic", "valueCanonical", kPasTopic));
  list.push_back(parameter("status", "valueCode", notification.status));
  const bool event = notification.kind == Notification::Kind::event;
  list.push_back(parameter("type", "valueCode", event ? "event-notification" : "handshake"));
  // 64-bit numbers travel as text in R4.
  const std::string number = std::to_string(notification.number);
  list.push_back(parameter("events-since-subscription-start", "valueString", number));
  if (event) {
    Json parts = Json::array();
    parts.push_back(parameter("event-number", "valueString", number));
    parts.push_back(parameter("timestamp", "valueInstant", model::format_instant(notification.at)));
    parts.push_back(parameter("focus", "valueReference", reference_to(url_of(notification, "answer"))));
    list.push_back(parameter("notification-event", "part", std::move(parts)));
  }
  json["parameter"] = std::move(list);
  return json;
}

}  // namespace

std::string write_notification(const OutgoingNotification& notification, std::string_view answer) {
  Json bundle = start_bundle(backport::kNotification, {}, {});
  bundle["type"] = "history";
  bundle["timestamp"] = model::format_instant(notification.at);
  Json entries = Json::array();
  Json state = entry_of(url_of(notification, "state"), state_of(notification));
  add_exchange(state, "GET", "Subscription/" + notification.subscription + "/$status", "200");
  entries.push_back(std::move(state));
  if (auto parsed = parse_json(answer); parsed && !answer.empty()) {
    Json entry = entry_of(url_of(notification, "answer"), std::move(*parsed));
    add_exchange(entry, "POST", "Bundle", "201");
    entries.push_back(std::move(entry));
  }
  bundle["entry"] = std::move(entries);
  return to_bytes(bundle);
}

}  // namespace atz::fhir
