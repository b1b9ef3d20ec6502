// The endpoints of Subscription: whoever creates one is told of the changes of its own cases.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/http.hpp"
#include "sandbox/office.hpp"

namespace atz::sandbox {

struct SubscriptionCall {
  std::string_view method;  // POST, GET, PUT, DELETE
  std::string_view id;      // "" with POST
  std::string_view body;
  const std::string& client;
  const std::string& base_url;
};
// Failures are the store's.
Result<Reply> answer_subscription(Store& store, Instant now, const SubscriptionCall& call);

}  // namespace atz::sandbox
