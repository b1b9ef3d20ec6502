// Subscriptions and their outbox. A notification is made in the transaction that makes the change, so that none is lost
// and none is about something that did not happen.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "atz/base/random.hpp"
#include "atz/fhir/notification.hpp"
#include "sandbox/intake.hpp"
#include "sandbox/store.hpp"
#include "sandbox/store_values.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kMostKept = 1000;  // of a subscription in error
constexpr const char* kUsualVersion = "2.2.1";

#define ATZ_SUBSCRIPTION_COLUMNS "id, client, status, number, failures, held, channel"

std::string channel_of(const Subscription& subscription) {
  return Json{{"folder", subscription.folder},     {"endpoint", subscription.endpoint},
              {"headers", subscription.headers},   {"organizations", subscription.organizations},
              {"resource", subscription.resource}, {"error", subscription.error}}
      .dump();
}

Result<Subscription> subscription_from(const Row& row, const std::string& channel) {
  Subscription found;
  found.id = row.text(0);
  found.client = row.text(1);
  found.status = row.text(2);
  found.number = row.integer(3);
  found.failures = row.integer(4);
  found.held = row.integer(5);
  const auto json = Json::parse(channel, nullptr, false);
  if (!json.is_object())
    return fail(Failure::state, "The embedded payer's store holds a subscription that can't be read.");
  found.folder = json.value("folder", "");
  found.endpoint = json.value("endpoint", "");
  found.headers = json.value("headers", std::vector<std::string>{});
  found.organizations = json.value("organizations", std::vector<std::string>{});
  found.resource = json.value("resource", "");
  found.error = json.value("error", "");
  return found;
}

// "urn:trnorg:9000012345" -> "9000012345"
std::string trace_organization(const std::string& system) {
  return system.substr(system.rfind(':') + 1);
}

// The filter names who sends: by the NPI, the number of the trace numbers, or the client's own name.
bool wants(const Subscription& subscription, const CaseState& state, const fhir::ReceivedRequest& request) {
  if (subscription.status == "off") return false;
  if (subscription.client.empty()) return true;
  if (subscription.client != state.client) return false;
  const auto& names = subscription.organizations;
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return name == state.npi || name == state.client || name == trace_organization(request.claim_system);
  });
}

}  // namespace

std::string Store::new_subscription_id() {
  return uuid_v4(random_);
}

Result<void> Store::save_subscription(const Subscription& subscription, Instant at) {
  const std::string sealed = seal(channel_of(subscription), "subscriptions.channel", subscription.id);
  return database_.run(
      "INSERT INTO subscriptions(id, client, at, status, number, failures, held, channel) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(id) DO UPDATE SET status = ?4, number = ?5, failures = ?6, "
      "held = ?7, channel = ?8",
      {subscription.id, subscription.client, seconds(at), subscription.status, subscription.number,
       subscription.failures, subscription.held, Blob{sealed}});
}

Result<void> Store::drop_subscription(const std::string& id) {
  return database_.run("DELETE FROM subscriptions WHERE id = ?", {id});  // its notifications go with it
}

Result<std::vector<Subscription>> Store::subscriptions() {
  const auto rows = database_.query("SELECT " ATZ_SUBSCRIPTION_COLUMNS " FROM subscriptions ORDER BY at, id");
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<Subscription> found;
  for (const Row& row : *rows) {
    const auto channel = unseal(row.text(6), "subscriptions.channel", row.text(0));
    if (!channel) return tl::make_unexpected(channel.error());
    auto one = subscription_from(row, *channel);
    if (!one) return tl::make_unexpected(one.error());
    found.push_back(std::move(*one));
  }
  return found;
}

Result<std::optional<Subscription>> Store::subscription(const std::string& id) {
  auto all = subscriptions();
  if (!all) return tl::make_unexpected(all.error());
  const auto found = std::find_if(all->begin(), all->end(), [&](const Subscription& one) { return one.id == id; });
  if (found == all->end()) return std::optional<Subscription>();
  return std::optional(std::move(*found));
}

Result<void> Store::post(const Subscription& subscription, const Outgoing& outgoing, Instant at) {
  const std::string sealed = seal(outgoing.body, "outbox.body", subscription.id);
  auto posted = database_.run(
      "INSERT INTO outbox(subscription, at, handshake, number, body) VALUES(?, ?, ?, ?, ?)",
      {subscription.id, seconds(at), std::int64_t{outgoing.handshake ? 1 : 0}, outgoing.number, Blob{sealed}});
  if (!posted || subscription.status != "error") return posted;
  // Perhaps nobody ever takes them. Who comes back sees by the numbers that the oldest are missing, and asks.
  return database_.run(
      "DELETE FROM outbox WHERE subscription = ?1 AND id <= "
      "(SELECT id FROM outbox WHERE subscription = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
      {subscription.id, kMostKept});
}

Result<void> Store::post_handshake(const Subscription& subscription, Instant at) {
  const fhir::OutgoingNotification handshake{fhir::Notification::Kind::handshake, subscription.id, subscription.status,
                                             subscription.number, at};
  return post(subscription, {0, true, subscription.number, fhir::write_notification(handshake, "")}, at);
}

Result<std::vector<Outgoing>> Store::outbox(const std::string& subscription) {
  const auto rows = database_.query("SELECT id, handshake, number, body FROM outbox WHERE subscription = ? ORDER BY id",
                                    {subscription});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<Outgoing> found;
  for (const Row& row : *rows) {
    auto body = unseal(row.text(3), "outbox.body", subscription);
    if (!body) return tl::make_unexpected(body.error());
    found.push_back({row.integer(0), row.integer(1) != 0, row.integer(2), std::move(*body)});
  }
  return found;
}

Result<bool> Store::outbox_waits() {
  const auto row = database_.one(
      "SELECT 1 FROM outbox AS o JOIN subscriptions AS s ON s.id = o.subscription "
      "WHERE s.status <> 'off' AND o.id > s.held LIMIT 1");
  if (!row) return tl::make_unexpected(row.error());
  return row->has_value();
}

Result<void> Store::drop_from_outbox(std::int64_t id) {
  return database_.run("DELETE FROM outbox WHERE id = ?", {id});
}

Result<std::string> Store::notify_folder() {
  auto all = subscriptions();
  if (!all) return tl::make_unexpected(all.error());
  for (const Subscription& one : *all) {
    if (!one.folder.empty()) return one.folder;
  }
  return std::string();
}

Result<void> Store::set_notify_folder(const std::string& folder, Instant at) {
  auto all = subscriptions();
  if (!all) return tl::make_unexpected(all.error());
  for (const Subscription& one : *all) {
    if (one.folder.empty()) continue;
    if (one.folder == folder) return {};
    if (auto dropped = drop_subscription(one.id); !dropped) return dropped;
  }
  if (folder.empty()) return {};
  Subscription made;
  made.id = new_subscription_id();
  made.status = "active";
  made.folder = folder;
  if (auto saved = save_subscription(made, at); !saved) return saved;
  return post_handshake(made, at);
}

void Store::note_change(const std::string& case_id, int chain, Instant at) {
  for (auto& change : changes_) {
    if (change.case_id != case_id || change.chain != chain) continue;
    change.at = at;
    return;
  }
  changes_.push_back({case_id, chain, at});
}

Result<std::string> Store::pas_version() {
  const auto row = database_.one("SELECT value FROM meta WHERE key = 'pas_version'");
  if (!row) return tl::make_unexpected(row.error());
  return *row ? (*row)->text(0) : std::string(kUsualVersion);
}

Result<void> Store::set_pas_version(const std::string& version) {
  return database_.run("INSERT INTO meta VALUES('pas_version', ?1) ON CONFLICT(key) DO UPDATE SET value = ?1",
                       {std::string_view(version)});
}

Result<void> Store::announce() {
  const auto changes = std::exchange(changes_, {});
  const auto opened = std::exchange(opened_, {});
  if (changes.empty()) return {};
  auto all = subscriptions();
  if (!all) return tl::make_unexpected(all.error());
  if (all->empty()) return {};
  model::PayerProfile payer = model::sandbox_profile();
  auto version = pas_version();
  if (!version) return tl::make_unexpected(version.error());
  payer.pas_version = std::move(*version);
  std::vector<std::pair<std::string, int>> told;
  for (const auto& change : changes) {
    // What opens a case is answered at once, with all there is to say.
    if (std::find(opened.begin(), opened.end(), change.case_id) != opened.end()) continue;
    auto state_now = state(change.case_id);
    if (!state_now) return tl::make_unexpected(state_now.error());
    if (!*state_now) continue;
    const auto full = load(std::move(**state_now));
    if (!full) return tl::make_unexpected(full.error());
    const int chain = change.chain == 0 ? full->state.last_chain() : change.chain;
    if (std::find(told.begin(), told.end(), std::pair(change.case_id, chain)) != told.end()) continue;
    told.emplace_back(change.case_id, chain);
    const fhir::ReceivedRequest& request = full->request(chain);
    const std::string answer = fhir::write_submit_reply(request, answer_of(*full, chain, request), payer);
    for (Subscription& one : *all) {
      if (!wants(one, full->state, request)) continue;
      ++one.number;
      const fhir::OutgoingNotification event{fhir::Notification::Kind::event, one.id, "active", one.number, change.at};
      if (auto posted = post(one, {0, false, one.number, fhir::write_notification(event, answer)}, change.at); !posted)
        return posted;
      if (auto saved = save_subscription(one, change.at); !saved) return saved;
    }
  }
  return {};
}

}  // namespace atz::sandbox
