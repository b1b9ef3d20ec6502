// Names that notifications and subscriptions share.
#pragma once

#include <string_view>

#include "fhir/json.hpp"

namespace atz::fhir {

namespace backport {
inline constexpr std::string_view kNotification =
    "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-notification-r4";
inline constexpr std::string_view kStatus =
    "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-status-r4";
inline constexpr std::string_view kFilter =
    "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria";
inline constexpr std::string_view kPayloadContent =
    "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content";
}  // namespace backport

inline constexpr std::string_view kPasTopic =
    "http://hl7.org/fhir/us/davinci-pas/SubscriptionTopic/PASSubscriptionTopic";
inline constexpr std::string_view kPasSubscription =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-subscription";

// What a CapabilityStatement says about the Subscriptions of the embedded payer.
Json subscription_capability();

}  // namespace atz::fhir
