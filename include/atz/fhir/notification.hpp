// What a payer tells by itself: the notifications of a Subscription (PAS 2.2.1, Subscriptions Backport 1.1), read with
// tolerance and written; and the Subscription that asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/base/result.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/model/profile.hpp"

namespace atz::fhir {

struct NotificationEvent {
  std::int64_t number = 0;  // counted from 1 within the subscription; 0: the payer gave none
  std::optional<Instant> at;
};

struct Notification {
  enum class Kind {
    handshake,
    heartbeat,  // nothing has happened; also a type that we do not know, when it brings no event
    event
  } kind = Kind::event;
  std::string type;          // as received: "event-notification"; "" for an answer without a subscription around it
  std::string subscription;  // as the payer refers to it, "Subscription/7"; may be empty
  std::string topic;
  std::optional<std::int64_t> events_so_far;  // since the subscription began, this one included
  std::vector<NotificationEvent> events;
  std::optional<Instant> at;          // of the whole message
  std::vector<CaseReply> cases;       // the full answers; empty when it brings nothing but IDs (PAS 2.0.1)
  std::vector<std::string> mentions;  // IDs and numbers of what the events are about, to find a case by
  std::vector<Issue> issues;
  [[nodiscard]] std::int64_t first_number() const;  // of its events; 0: none has a number
  [[nodiscard]] std::int64_t last_number() const;
};

// A Bundle of type history or subscription-notification whose first entry holds the subscription's state (Parameters
// of the backport, or SubscriptionStatus), followed by answers: nested Bundles or their entries. A Bundle of answers
// alone is taken too. Failure::temporary: no complete JSON, which may be a file that is still being written;
// Failure::input: JSON, but no such thing.
Result<Notification> read_notification(std::string_view body, const model::PayerProfile& profile);

struct OutgoingNotification {
  Notification::Kind kind = Notification::Kind::event;  // handshake or event
  std::string subscription;                             // its id
  std::string status;                                   // of the subscription: "requested", "active"
  std::int64_t number = 0;                              // of the event; a handshake: events so far
  Instant at{};
};
// `answer`: the bytes of a PAS response bundle; empty for a handshake. The same input gives the same bytes.
std::string write_notification(const OutgoingNotification& notification, std::string_view answer);

// What somebody wants to be told about.
struct ReceivedSubscription {
  std::string status, reason, endpoint;
  std::vector<std::string> organizations;  // whose cases: org-identifier of the filter
  std::vector<std::string> headers;        // "Name: value", to send with every notification; secret
  std::string resource;                    // as received, without the headers
};
// As PAS 2.2.1 wants it: topic, filter, rest-hook, whole resources in FHIR JSON. All faults at once, 422; 400 for what
// can't be read.
std::variant<ReceivedSubscription, Fault> read_subscription(std::string_view body);
// The resource as it stands at the payer. `error` is empty unless deliveries failed.
std::string write_subscription(std::string_view resource, const std::string& id, const std::string& status,
                               const std::string& error);

}  // namespace atz::fhir
