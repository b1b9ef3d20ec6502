#include "sandbox/subscriptions.hpp"

#include <algorithm>

#include "atz/fhir/notification.hpp"
#include "sandbox/hook.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

constexpr std::size_t kMostSubscriptions = 20;  // of one client: one is enough for all of its cases

Reply shown(const Subscription& subscription, int status, const std::string& base_url) {
  Reply reply;
  reply.status = status;
  reply.body =
      fhir::write_subscription(subscription.resource, subscription.id, subscription.status, subscription.error);
  if (status == 201) reply.headers.emplace_back("Location", base_url + "/Subscription/" + subscription.id);
  return reply;
}

Reply unknown() {
  return outcome_reply(404, "not-found", "There is no such Subscription.");
}

// What the client wants; nullopt with `refused` filled when that can't be had.
std::optional<fhir::ReceivedSubscription> wanted(std::string_view body, Reply& refused) {
  auto read = fhir::read_subscription(body);
  if (const auto* fault = std::get_if<fhir::Fault>(&read)) {
    refused.status = fault->http_status;
    refused.body = fhir::write_outcome(fault->issues);
    return std::nullopt;
  }
  auto& found = std::get<fhir::ReceivedSubscription>(read);
  if (!parse_hook(found.endpoint)) {
    refused.status = 422;
    refused.body =
        outcome("not-supported", "This payer notifies on its own computer only: http://127.0.0.1, localhost or [::1].",
                "Subscription.channel.endpoint");
    return std::nullopt;
  }
  return std::move(found);
}

void take_over(Subscription& subscription, fhir::ReceivedSubscription&& found) {
  subscription.status = found.status;
  subscription.error.clear();
  subscription.failures = 0;
  subscription.held = 0;
  subscription.endpoint = std::move(found.endpoint);
  subscription.headers = std::move(found.headers);
  subscription.organizations = std::move(found.organizations);
  subscription.resource = std::move(found.resource);
}

class Registry {
 public:
  Registry(Store& store, Instant now, const SubscriptionCall& call) : store_(store), now_(now), call_(call) {}

  Result<Reply> answer() {
    if (call_.method == "POST") return create();
    auto transaction = store_.write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    auto found = store_.subscription(std::string(call_.id));
    if (!found) return tl::make_unexpected(found.error());
    // Somebody else's is answered as if there were none.
    if (!*found || (*found)->client != call_.client) return unknown();
    if (call_.method == "GET") return shown(**found, 200, call_.base_url);
    if (call_.method == "DELETE") {
      if (auto dropped = store_.drop_subscription((*found)->id); !dropped) return tl::make_unexpected(dropped.error());
      if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
      Reply reply;
      reply.status = 204;
      return reply;
    }
    return put(*transaction, std::move(**found), 200);
  }

 private:
  Result<Reply> create() {
    auto transaction = store_.write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    const auto all = store_.subscriptions();
    if (!all) return tl::make_unexpected(all.error());
    const auto own =
        std::count_if(all->begin(), all->end(), [&](const Subscription& one) { return one.client == call_.client; });
    if (static_cast<std::size_t>(own) >= kMostSubscriptions) {
      return outcome_reply(422, "too-costly", "There are enough Subscriptions of this client: delete one first.");
    }
    Subscription made;
    made.id = store_.new_subscription_id();
    made.client = call_.client;
    return put(*transaction, std::move(made), 201);
  }

  Result<Reply> put(Store::Transaction& transaction, Subscription subscription, int status) {
    Reply refused;
    auto found = wanted(call_.body, refused);
    if (!found) return refused;
    take_over(subscription, std::move(*found));
    if (auto saved = store_.save_subscription(subscription, now_); !saved) return tl::make_unexpected(saved.error());
    if (subscription.status == "requested") {
      if (auto posted = store_.post_handshake(subscription, now_); !posted) return tl::make_unexpected(posted.error());
    }
    if (auto done = transaction.commit(); !done) return tl::make_unexpected(done.error());
    return shown(subscription, status, call_.base_url);
  }

  Store& store_;
  Instant now_;
  const SubscriptionCall& call_;
};

}  // namespace

Result<Reply> answer_subscription(Store& store, Instant now, const SubscriptionCall& call) {
  return Registry(store, now, call).answer();
}

}  // namespace atz::sandbox
