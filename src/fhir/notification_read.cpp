// A notification as payers write it: the backport's Parameters or R5's SubscriptionStatus, whole answers or IDs only.
#include "fhir/notification.hpp"

#include <algorithm>
#include <charconv>

#include "atz/fhir/notification.hpp"
#include "atz/model/calendar.hpp"
#include "fhir/element.hpp"

namespace atz::fhir {
namespace {

constexpr std::size_t kMostMentions = 1000;  // the rest of a longer message would name nothing that we look for

// A number that R4 has no type for, so that it comes as text or as a number.
std::optional<std::int64_t> count_in(const Json& node, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const std::string digits = number_or_text(node, key);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (!digits.empty() && error == std::errc() && end == digits.data() + digits.size() && value >= 0) return value;
  }
  return std::nullopt;
}

// Parts of a second are of no use to us.
std::optional<Instant> instant_in(std::string text) {
  if (const auto dot = text.find('.'); dot != std::string::npos) {
    const auto end = text.find_first_not_of("0123456789", dot + 1);
    text.erase(dot, end == std::string::npos ? end : end - dot);
  }
  return model::parse_instant(text).value;
}

constexpr std::initializer_list<const char*> kNumberValues = {"valueString",      "valueInteger64",   "valueInteger",
                                                              "valueUnsignedInt", "valuePositiveInt", "valueDecimal"};

const Json* named(const Json& holder, const char* list, std::string_view name) {
  for (const Json* one : elements(holder, list)) {
    if (text_of(*one, "name") == name) return one;
  }
  return nullptr;
}

class Reader {
 public:
  explicit Reader(const Json& bundle) : bundle_(bundle) {}

  Notification read() {
    out_.at = instant_in(text_of(bundle_, "timestamp"));
    for (const Json* entry : elements(bundle_, "entry")) {
      const Json* resource = child(*entry, "resource");
      const std::string type = resource_type(resource);
      if (type == "Parameters" && !seen_ && is_state(*resource)) {
        read_parameters(*resource);
      } else if (type == "SubscriptionStatus" && !seen_) {
        read_status(*resource);
      } else {
        mention(text_of(*entry, "fullUrl"));
        mention(text_of(child_or_null(*entry, "request"), "url"));
      }
    }
    return std::move(out_);
  }

  [[nodiscard]] bool has_state() const { return seen_; }

 private:
  static bool is_state(const Json& parameters) {
    return named(parameters, "parameter", "type") != nullptr ||
           named(parameters, "parameter", "subscription") != nullptr;
  }

  void read_parameters(const Json& parameters) {
    seen_ = true;
    const auto value = [&](std::string_view name) -> const Json& {
      static const Json kNone;
      const Json* found = named(parameters, "parameter", name);
      return found == nullptr ? kNone : *found;
    };
    out_.subscription = reference_in(value("subscription"), "valueReference");
    out_.topic = first_text(value("topic"), {"valueCanonical", "valueUri", "valueUrl", "valueString"});
    out_.type = first_text(value("type"), {"valueCode", "valueString"});
    out_.events_so_far = count_in(value("events-since-subscription-start"), kNumberValues);
    for (const Json* event : elements(parameters, "parameter")) {
      if (text_of(*event, "name") != "notification-event") continue;
      NotificationEvent row;
      for (const Json* part : elements(*event, "part")) {
        const std::string name = text_of(*part, "name");
        if (name == "event-number") row.number = count_in(*part, kNumberValues).value_or(0);
        if (name == "timestamp")
          row.at = instant_in(first_text(*part, {"valueInstant", "valueDateTime", "valueString"}));
        if (name == "focus" || name == "additional-context") mention_reference(child(*part, "valueReference"));
      }
      out_.events.push_back(row);
    }
  }

  // R5 and R4B have a resource for it.
  void read_status(const Json& status) {
    seen_ = true;
    out_.subscription = reference_in(status, "subscription");
    out_.topic = text_of(status, "topic");
    out_.type = text_of(status, "type");
    out_.events_so_far = count_in(status, {"eventsSinceSubscriptionStart"});
    for (const Json* event : elements(status, "notificationEvent")) {
      NotificationEvent row;
      row.number = count_in(*event, {"eventNumber"}).value_or(0);
      row.at = instant_in(text_of(*event, "timestamp"));
      mention_reference(child(*event, "focus"));
      for (const Json* more : elements(*event, "additionalContext")) mention_reference(more);
      out_.events.push_back(row);
    }
  }

  static std::string first_text(const Json& node, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
      if (auto text = text_of(node, key); !text.empty()) return text;
    }
    return {};
  }

  static std::string reference_in(const Json& node, const char* key) {
    const Json& reference = child_or_null(node, key);
    if (auto text = text_of(reference, "reference"); !text.empty()) return text;
    return text_of(child_or_null(reference, "identifier"), "value");
  }

  void mention_reference(const Json* reference) {
    if (reference == nullptr) return;
    mention(text_of(*reference, "reference"));
    mention(text_of(child_or_null(*reference, "identifier"), "value"));
  }

  // "https://payer.example/fhir/ClaimResponse/900000101" -> "900000101"
  void mention(const std::string& url) {
    const std::string path = url.substr(0, url.find("/_history/"));
    const auto slash = path.rfind('/');
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    auto& all = out_.mentions;
    if (!name.empty() && all.size() < kMostMentions && std::find(all.begin(), all.end(), name) == all.end())
      all.push_back(name);
  }

  const Json& bundle_;
  Notification out_;
  bool seen_ = false;
};

Notification::Kind kind_of(const Notification& read) {
  if (!read.events.empty() || !read.cases.empty()) return Notification::Kind::event;
  if (read.type == "handshake") return Notification::Kind::handshake;
  return read.type == "event-notification" ? Notification::Kind::event : Notification::Kind::heartbeat;
}

tl::unexpected<Error> no_notification(const std::string& what) {
  return fail(Failure::input, "it is no notification: " + what,
              "Expected is a Bundle of type history that begins with the subscription's Parameters, as the payer sent "
              "it.");
}

}  // namespace

std::int64_t Notification::first_number() const {
  std::int64_t first = 0;
  for (const auto& event : events) {
    if (event.number > 0 && (first == 0 || event.number < first)) first = event.number;
  }
  return first;
}

std::int64_t Notification::last_number() const {
  std::int64_t last = 0;
  for (const auto& event : events) last = std::max(last, event.number);
  return last;
}

Result<Notification> read_notification(std::string_view body, const model::PayerProfile& profile) {
  const auto parsed = parse_json(body);
  if (!parsed) return fail(Failure::temporary, "it is no complete JSON: " + parsed.error());
  const std::string type = resource_type(&*parsed);
  if (type != "Bundle")
    return no_notification(type.empty() ? "it is no FHIR resource" : "it is a resource of another kind than Bundle");
  Reader reader(*parsed);
  Notification out = reader.read();
  auto answers = read_inquiry_reply(body, profile);
  if (!answers) return no_notification(answers.error().message);
  out.cases = std::move(answers->cases);
  out.issues = std::move(answers->issues);
  const std::string bundle_type = text_of(*parsed, "type");
  const bool told = bundle_type == "history" || bundle_type == "subscription-notification";
  if (!reader.has_state() && out.cases.empty())
    return no_notification(told ? "the Bundle holds neither the subscription's state nor an answer about a case"
                                : "the Bundle holds no answer about a case");
  out.kind = kind_of(out);
  return out;
}

}  // namespace atz::fhir
