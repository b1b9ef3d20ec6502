#include <algorithm>
#include <iterator>

#include "atz/base/text.hpp"
#include "atz/fhir/notification.hpp"
#include "fhir/element.hpp"
#include "fhir/faults.hpp"
#include "fhir/notification.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kFilterNames[] = {"org-identifier", "orgIdentifier"};  // the guide spells it both ways

// They belong to the connection that a notification takes, not to the notification.
constexpr std::string_view kOfTheConnection[] = {"connection", "content-length",    "expect", "host", "te",
                                                 "trailer",    "transfer-encoding", "upgrade"};

bool is_of_the_connection(std::string_view header) {
  const std::string name = to_lower(trim(header.substr(0, header.find(':'))));
  return std::find(std::begin(kOfTheConnection), std::end(kOfTheConnection), name) != std::end(kOfTheConnection);
}

bool may_be_header(std::string_view header) {
  const auto colon = header.find(':');
  if (colon == std::string_view::npos || trim(header.substr(0, colon)).empty()) return false;
  for (const char c : header) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f) return false;
  }
  return header.substr(0, colon).find(' ') == std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  std::variant<ReceivedSubscription, Fault> read() {
    read_head();
    read_filter();
    read_channel();
    if (!faults_.empty()) return Fault{422, faults_.take()};
    Json kept = json_;
    if (Json* channel = kept.contains("channel") ? &kept["channel"] : nullptr) channel->erase("header");
    kept.erase("error");
    out_.resource = to_bytes(kept);
    return std::move(out_);
  }

 private:
  void expect(const std::string& found, std::string_view wanted, const char* path) {
    if (found == wanted) return;
    const bool missing = found.empty();
    faults_.add(missing ? "required" : "not-supported", path, std::string("It must be ") + std::string(wanted) + ".");
  }

  void read_head() {
    out_.status = text_of(json_, "status");
    if (out_.status != "requested" && out_.status != "off")
      faults_.add(out_.status.empty() ? "required" : "value", "Subscription.status",
                  "The status must be requested, or off.");
    out_.reason = text_of(json_, "reason");
    if (trim(out_.reason).empty()) faults_.add("required", "Subscription.reason", "A reason is required.");
    expect(without_version(text_of(json_, "criteria")), kPasTopic, "Subscription.criteria");
  }

  void read_filter() {
    const char* path = "Subscription.criteria.extension";
    const auto filters = extensions(child_or_null(json_, "_criteria"), backport::kFilter);
    if (filters.empty()) faults_.add("required", path, "A filter org-identifier=... is required.");
    for (const Json* filter : filters) {
      const std::string text = text_of(*filter, "valueString");
      // Some write the filter as a query: "Bundle?org-identifier=...".
      const std::string plain = text.substr(text.find('?') == std::string::npos ? 0 : text.find('?') + 1);
      const auto equals = plain.find('=');
      const std::string name(trim(plain.substr(0, equals)));
      if (equals == std::string::npos || (name != kFilterNames[0] && name != kFilterNames[1])) {
        faults_.add("not-supported", path, "The only filter that is known is org-identifier=...");
        continue;
      }
      for (const auto& part : split(plain.substr(equals + 1), ',')) {
        // A token may carry its system in front: "http://hl7.org/fhir/sid/us-npi|2000000002".
        std::string value(trim(part));
        value.erase(0, value.find('|') == std::string::npos ? 0 : value.find('|') + 1);
        if (!value.empty()) out_.organizations.push_back(std::move(value));
      }
      if (out_.organizations.empty()) faults_.add("value", path, "The filter names no organization.");
    }
  }

  void read_channel() {
    const Json& channel = child_or_null(json_, "channel");
    expect(text_of(channel, "type"), "rest-hook", "Subscription.channel.type");
    expect(text_of(channel, "payload"), "application/fhir+json", "Subscription.channel.payload");
    const Json* content = extension(child_or_null(channel, "_payload"), backport::kPayloadContent);
    expect(content == nullptr ? "" : text_of(*content, "valueCode"), "full-resource",
           "Subscription.channel.payload.extension");
    out_.endpoint = text_of(channel, "endpoint");
    if (out_.endpoint.empty())
      faults_.add("required", "Subscription.channel.endpoint", "An endpoint is required for a rest-hook.");
    for (const Json* header : elements(channel, "header")) {
      if (!header->is_string() || !may_be_header(header->get<std::string>())) {
        faults_.add("value", "Subscription.channel.header", "A header must be of the form Name: value.");
      } else if (is_of_the_connection(header->get<std::string>())) {
        faults_.add("value", "Subscription.channel.header",
                    "Host, Content-Length, Transfer-Encoding, Connection and the like can't be set here.");
      } else {
        out_.headers.push_back(header->get<std::string>());
      }
    }
  }

  const Json& json_;
  Faults faults_;
  ReceivedSubscription out_;
};

}  // namespace

Json subscription_capability() {
  Json json = Json::object();
  json["type"] = "Subscription";
  json["supportedProfile"] = Json::array({kPasSubscription});
  json["interaction"] = Json::array();
  for (const char* code : {"create", "read", "update", "delete"}) {
    Json interaction = Json::object();
    interaction["code"] = code;
    json["interaction"].push_back(std::move(interaction));
  }
  return json;
}

std::variant<ReceivedSubscription, Fault> read_subscription(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed)
    return Fault{400, {{"error", "structure", "The body can't be read: " + parsed.error() + ".", {}, {}, {}}}};
  if (resource_type(&*parsed) != "Subscription")
    return Fault{400, {{"error", "structure", "The body must be a Subscription.", {}, {}, {}}}};
  return Reader(*parsed).read();
}

std::string write_subscription(std::string_view resource, const std::string& id, const std::string& status,
                               const std::string& error) {
  auto parsed = parse_json(resource);
  if (!parsed) return {};
  Json json = Json::object();
  json["resourceType"] = "Subscription";
  json["id"] = id;
  for (auto& [key, value] : parsed->items()) {
    if (key == "resourceType" || key == "id" || key == "status" || key == "error") continue;
    json[key] = std::move(value);
  }
  json["status"] = status;
  if (!error.empty()) json["error"] = error;
  return to_bytes(json);
}

}  // namespace atz::fhir
