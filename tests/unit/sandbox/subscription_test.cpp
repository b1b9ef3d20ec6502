// Who subscribes is told of every change of its cases: over HTTP to a listener on this computer, and in a folder.
#include <doctest/doctest.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "atz/fhir/notification.hpp"
#include "sandbox/courier.hpp"
#include "sandbox/hook.hpp"
#include "sandbox/store.hpp"
#include "unit/sandbox/life.hpp"

namespace atz::sandbox::test {
namespace {

using Json = nlohmann::ordered_json;
using fhir::Notification;

// What the other side runs: takes notifications, or refuses them.
class Hookside {
 public:
  Hookside() {
    server_.Post("/hook", [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      response.status = status_;
      ++calls_;
      std::this_thread::sleep_for(slowness_);
      if (status_ / 100 == 2) {
        auto read = fhir::read_notification(request.body, model::sandbox_profile());
        if (read) taken_.push_back(std::move(*read));
        authorization_ = request.get_header_value("Authorization");
        type_ = request.get_header_value("Content-Type");
      }
      changed_.notify_all();
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Hookside() {
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  void answer_with(int status) {
    const std::lock_guard lock(mutex_);
    status_ = status;
  }
  void take(std::chrono::milliseconds time) {
    const std::lock_guard lock(mutex_);
    slowness_ = time;
  }
  // The next notification that was taken; fails the test when none comes.
  Notification next() {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, std::chrono::seconds(60), [&] { return !taken_.empty(); }));
    auto front = std::move(taken_.front());
    taken_.pop_front();
    return front;
  }
  void wait_for_calls(int count) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, std::chrono::seconds(60), [&] { return calls_ >= count; }));
  }
  [[nodiscard]] bool idle() {
    const std::lock_guard lock(mutex_);
    return taken_.empty();
  }
  std::string authorization() {
    const std::lock_guard lock(mutex_);
    return authorization_;
  }
  std::string type() {
    const std::lock_guard lock(mutex_);
    return type_;
  }

 private:
  httplib::Server server_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Notification> taken_;
  std::string authorization_, type_;
  std::chrono::milliseconds slowness_{0};
  int status_ = 200;
  int calls_ = 0;
  int port_ = 0;
};

std::string subscription(const std::string& endpoint, const std::function<void(Json&)>& edit = {}) {
  const std::string backport = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
  Json json = {{"resourceType", "Subscription"},
               {"status", "requested"},
               {"reason", "Answers for our homes"},
               {"criteria", "http://hl7.org/fhir/us/davinci-pas/SubscriptionTopic/PASSubscriptionTopic"},
               {"_criteria",
                {{"extension",
                  {{{"url", backport + "backport-filter-criteria"}, {"valueString", "org-identifier=2000000002"}}}}}},
               {"channel",
                {{"type", "rest-hook"},
                 {"endpoint", endpoint},
                 {"payload", "application/fhir+json"},
                 {"_payload",
                  {{"extension", {{{"url", backport + "backport-payload-content"}, {"valueCode", "full-resource"}}}}}},
                 {"header", {"Authorization: Bearer of-the-hook"}}}}};
  if (edit) edit(json);
  return json.dump();
}

httplib::Result call(Caller& caller, const std::string& method, const std::string& path, const std::string& body = "") {
  httplib::Headers headers{{"Authorization", "Bearer " + caller.token}};
  if (!body.empty()) headers.emplace("Content-Type", "application/fhir+json");
  return caller.raw(method, path, body, headers);
}

std::string create(Caller& caller, const std::string& body) {
  const auto made = caller.post("/fhir/Subscription", body);
  REQUIRE(made);
  REQUIRE_MESSAGE(made->status == 201, made->body);
  const std::string id = json_of(made)["id"];
  CHECK(made->get_header_value("Location").ends_with("/fhir/Subscription/" + id));
  return "/fhir/Subscription/" + id;
}

void wait_for_status(Caller& caller, const std::string& path, const std::string& status) {
  for (int i = 0; i < 100'000; ++i) {
    if (json_of(call(caller, "GET", path))["status"] == status) return;
  }
  FAIL("the subscription never was ", status);
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder)) names.push_back(file.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("a hook gets a handshake, then every change of a case, numbered") {
  World world;
  Hookside hook;
  const auto server = world.serve();
  Caller caller(*server);
  const std::string path = create(caller, subscription(hook.url()));
  const auto handshake = hook.next();
  CHECK(handshake.kind == Notification::Kind::handshake);
  CHECK(handshake.events_so_far == 0);
  CHECK(hook.authorization() == "Bearer of-the-hook");
  CHECK(hook.type() == "application/fhir+json");
  wait_for_status(caller, path, "active");
  const auto shown = call(caller, "GET", path);
  CHECK(shown->body.find("of-the-hook") == std::string::npos);

  const auto made = caller.open(requests()[0].bytes);
  CHECK(hook.idle());  // what opens a case is answered at once
  const auto desk = world.desk();
  REQUIRE(desk->ask(made.case_id, {"Who sleeps in at night?", {}, {}, {}, {}, {}, false}));
  REQUIRE(desk->deliver());
  const auto asked = hook.next();
  CHECK(asked.last_number() == 1);
  CHECK("/fhir/" + asked.subscription == path);
  REQUIRE(asked.cases.size() == 1);
  CHECK(asked.cases[0].case_id == made.case_id);
  CHECK(asked.cases[0].status == model::CaseStatus::info_requested);
  REQUIRE(asked.cases[0].requests.size() == 1);
  CHECK(asked.cases[0].requests[0].text == "Who sleeps in at night?");
  CHECK(asked.cases[0].patient_member_id == "99000001A");
  CHECK(asked.cases[0].claim_identifier == made.claim_identifier);

  // Nobody delivers here: the server does when it is idle.
  REQUIRE(approve(*desk, made.case_id, "as asked"));
  const auto decided = hook.next();
  CHECK(decided.last_number() == 2);
  CHECK(decided.cases[0].status == model::CaseStatus::approved);
}

TEST_CASE("a hook that fails is tried again at the next event, and after some failures the subscription is in error") {
  World world;
  Hookside hook;
  const auto server = world.serve();
  Caller caller(*server);
  const std::string path = create(caller, subscription(hook.url()));
  hook.next();
  wait_for_status(caller, path, "active");
  const auto first = caller.open(requests()[0].bytes);
  const auto second = caller.open(requests()[1].bytes);
  const auto third = caller.open(requests()[2].bytes);
  const auto desk = world.desk();
  hook.answer_with(503);
  const auto deliver = [&] {
    const auto troubles = desk->deliver();
    REQUIRE(troubles);
    return troubles->size();
  };
  REQUIRE(approve(*desk, first.case_id, ""));
  deliver();
  hook.wait_for_calls(2);
  CHECK(deliver() == 0);  // it waits for the next event
  REQUIRE(approve(*desk, second.case_id, ""));
  deliver();
  hook.wait_for_calls(3);
  REQUIRE(deny(*desk, third.case_id, "no plan was found"));
  deliver();
  wait_for_status(caller, path, "error");
  CHECK(json_of(call(caller, "GET", path))["error"] == "HTTP 503");
  // Its owner asks for it anew: the handshake comes, and nothing was lost.
  hook.answer_with(204);
  const auto put = call(caller, "PUT", path, subscription(hook.url()));
  REQUIRE(put);
  CHECK(put->status == 200);
  for (std::int64_t number = 1; number <= 3; ++number) CHECK(hook.next().last_number() == number);
  CHECK(hook.next().kind == Notification::Kind::handshake);
  wait_for_status(caller, path, "active");
}

TEST_CASE("a handshake that fails puts the subscription into error; deleted ones are told nothing") {
  World world;
  Hookside hook;
  hook.answer_with(500);
  const auto server = world.serve();
  Caller caller(*server);
  const std::string path = create(caller, subscription(hook.url()));
  wait_for_status(caller, path, "error");
  const auto gone = call(caller, "DELETE", path);
  REQUIRE(gone);
  CHECK(gone->status == 204);
  for (const char* method : {"GET", "DELETE"}) CHECK(call(caller, method, path)->status == 404);
  CHECK(call(caller, "PUT", path, subscription(hook.url()))->status == 404);
  const auto made = caller.open(requests()[0].bytes);
  const auto desk = world.desk();
  REQUIRE(approve(*desk, made.case_id, ""));
  hook.answer_with(200);
  REQUIRE(desk->deliver());
  CHECK(hook.idle());
}

TEST_CASE("what a Subscription may not ask for") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  for (const char* endpoint : {"https://127.0.0.1/hook", "http://192.0.2.7/hook", "http://localhost.example/hook",
                               "http://127.0.0.1@192.0.2.7/hook", "http://127.0.0.1.example/", "ftp://127.0.0.1/"}) {
    const auto refused = caller.post("/fhir/Subscription", subscription(endpoint));
    REQUIRE(refused);
    CHECK_MESSAGE(refused->status == 422, endpoint);
    CHECK(issues_of(refused).front().expressions == std::vector<std::string>{"Subscription.channel.endpoint"});
  }
  const auto topic = caller.post("/fhir/Subscription",
                                 subscription("http://127.0.0.1:9/", [](Json& json) { json["criteria"] = "Claim?x"; }));
  CHECK(topic->status == 422);
  CHECK(is_fhir(topic));
  CHECK(caller.post("/fhir/Subscription", "{")->status == 400);
  const auto not_signed_in = caller.raw("GET", "/fhir/Subscription/7", "", {});
  CHECK(not_signed_in->status == 401);
  CHECK(call(caller, "GET", "/fhir/Subscription/7")->status == 404);
  CHECK(call(caller, "GET", "/fhir/Subscription/a/b")->status == 404);
  const auto method = call(caller, "DELETE", "/fhir/Subscription");
  CHECK(method->status == 405);
  CHECK(method->get_header_value("Allow") == "POST");
  const auto patch = call(caller, "PATCH", "/fhir/Subscription/7", "{}");
  CHECK(patch->status == 405);
  CHECK(patch->get_header_value("Allow") == "GET, PUT, DELETE");
  const auto type = caller.raw("PUT", "/fhir/Subscription/7", "x",
                               {{"Authorization", "Bearer " + caller.token}, {"Content-Type", "text/plain"}});
  CHECK(type->status == 415);
  const auto metadata = json_of(caller.get("/fhir/metadata"));
  CHECK(metadata.dump().find("\"Subscription\"") != std::string::npos);
}

TEST_CASE("addresses of hooks") {
  const auto plain = parse_hook("http://127.0.0.1:8080/inbox?from=payer");
  REQUIRE(plain);
  CHECK(plain->host == "127.0.0.1");
  CHECK(plain->port == 8080);
  CHECK(plain->path == "/inbox?from=payer");
  CHECK(parse_hook("http://localhost")->host == "127.0.0.1");
  CHECK(parse_hook("http://localhost")->port == 80);
  CHECK(parse_hook("http://[::1]:1/x#part")->host == "::1");
  CHECK(parse_hook("http://[::1]:1/x#part")->path == "/x");
  for (const char* bad : {"", "http://", "http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:x/",
                          "http://127.0.0.1:/", "http://127.0.0.1 /", "http://127.0.0.1/\n", "HTTP://127.0.0.1/"}) {
    CHECK_MESSAGE(!parse_hook(bad), bad);
  }
}

TEST_CASE("only one's own cases, and only those that the filter names") {
  World world;
  Hookside hook;
  const auto server = world.serve();
  Caller caller(*server);
  create(caller, subscription(hook.url(), [](Json& json) {
           json["_criteria"]["extension"][0]["valueString"] = "org-identifier=2000000010";
         }));
  hook.next();
  const auto made = caller.open(requests()[0].bytes);
  ServerOptions other;
  other.client_id = "another";
  const auto second = world.serve(other);
  Caller stranger(*second);
  Hookside strange;
  create(stranger, subscription(strange.url()));
  strange.next();
  const auto desk = world.desk();
  REQUIRE(approve(*desk, made.case_id, ""));
  REQUIRE(desk->deliver());
  CHECK(hook.idle());
  CHECK(strange.idle());
}

TEST_CASE("a folder gets a file for every change, whoever makes it") {
  World world;
  const std::string folder = world.folder.path() + "/inbox";
  ServerOptions options;
  options.notify_folder = folder;
  std::string case_id;
  {
    const auto server = world.serve(options);
    Caller caller(*server);
    case_id = caller.open(requests()[0].bytes).case_id;
  }
  REQUIRE(names_in(folder).size() == 1);  // the handshake
  {
    const auto desk = world.desk();
    REQUIRE(desk->ask(case_id, {"Who sleeps in at night?", {}, {}, {}, {}, {}, false}));
    REQUIRE(approve(*desk, case_id, ""));
    const auto troubles = desk->deliver();
    REQUIRE(troubles);
    CHECK(troubles->empty());
  }
  const auto names = names_in(folder);
  REQUIRE(names.size() == 3);
  CHECK(names[0].starts_with("handshake-"));
  CHECK(names[1].ends_with("-000001.json"));
  CHECK(names[2].ends_with("-000002.json"));
  const auto read = fhir::read_notification(read_bytes(folder + "/" + names[2]), model::sandbox_profile());
  REQUIRE(read);
  CHECK(read->cases.at(0).status == model::CaseStatus::approved);
  for (const auto canary : kCanaries)
    CHECK(read_bytes(world.state_dir() + "/sandbox.db").find(canary) == std::string::npos);
  // No more.
  const auto desk = world.desk();
  REQUIRE(desk->notify(""));
  REQUIRE(desk->deliver());
  CHECK(names_in(folder).size() == 3);
}

TEST_CASE("what time brings is told as it was at its time") {
  Life life;
  const std::string folder = life.world.folder.path() + "/inbox";
  REQUIRE(life.desk->notify(folder));
  const auto taken = life.send(first());
  REQUIRE(
      life.desk->ask(taken.case_id, {"Who sleeps in at night?", model::make_date(2026, 12, 9), {}, {}, {}, {}, false}));
  life.move_to("2026-12-10T09:00:00");
  REQUIRE(life.desk->deliver());
  const auto names = names_in(folder);
  REQUIRE(names.size() == 3);
  const auto read = fhir::read_notification(read_bytes(folder + "/" + names[2]), model::sandbox_profile());
  REQUIRE(read);
  CHECK(read->events.at(0).at == at("2026-12-10T00:00:00"));
}

TEST_CASE("who ends the server does not wait for a slow hook to take everything") {
  World world;
  Hookside hook;
  auto server = world.serve();
  Caller caller(*server);
  create(caller, subscription(hook.url()));
  hook.next();
  const auto store = Store::open(world.services());
  REQUIRE(store);
  hook.take(std::chrono::seconds(1));
  {
    auto transaction = (*store)->write();
    REQUIRE(transaction);
    const auto one = (*store)->subscriptions()->at(0);
    for (int i = 0; i < 60; ++i) REQUIRE((*store)->post_handshake(one, world.clock.now()));
    REQUIRE(transaction->commit());
  }
  hook.wait_for_calls(2);
  const auto begin = std::chrono::steady_clock::now();
  server.reset();
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
  const auto transaction = (*store)->read();
  CHECK((*store)->outbox_waits() == true);  // for the next start
}

TEST_CASE("what comes into the outbox when a turn has just ended does not stay there") {
  World world;
  const std::string folder = world.folder.path() + "/inbox";
  const auto store = Store::open(world.services());
  REQUIRE(store);
  const auto add = [&](std::int64_t number) {
    auto transaction = (*store)->write();
    REQUIRE(transaction);
    auto one = (*store)->subscriptions()->at(0);
    one.number = number;
    REQUIRE((*store)->post_handshake(one, world.clock.now()));
    REQUIRE(transaction->commit());
  };
  {
    auto transaction = (*store)->write();
    REQUIRE(transaction);
    REQUIRE((*store)->set_notify_folder(folder, world.clock.now()));
    REQUIRE(transaction->commit());
  }
  int asked = 0;
  const auto stop = [&] {
    if (++asked == 3) add(1);  // the first is delivered, and nobody has the turn
    return false;
  };
  REQUIRE(deliver_notifications(**store, world.services(), stop));
  CHECK(asked >= 4);
  CHECK(names_in(folder).size() == 2);
}

TEST_CASE("a subscription in error keeps no endless outbox") {
  World world;
  const auto store = Store::open(world.services());
  REQUIRE(store);
  auto transaction = (*store)->write();
  REQUIRE(transaction);
  Subscription one;
  one.id = "x";
  one.status = "error";
  REQUIRE((*store)->save_subscription(one, world.clock.now()));
  for (one.number = 1; one.number <= 1003; ++one.number) REQUIRE((*store)->post_handshake(one, world.clock.now()));
  const auto kept = (*store)->outbox("x");
  REQUIRE(kept);
  CHECK(kept->size() == 1000);
  CHECK(kept->front().number == 4);
}

TEST_CASE("notifications have the style of the payer's version, whoever makes the change") {
  World world;
  const std::string folder = world.folder.path() + "/inbox";
  ServerOptions options;
  options.notify_folder = folder;
  std::size_t member = 0;
  for (const char* version : {"2.0.1", "2.2.1"}) {
    options.pas_version = version;
    auto server = world.serve(options);
    Caller caller(*server);
    const auto taken = caller.open(requests().at(member++).bytes);
    const auto desk = world.desk();
    REQUIRE(desk->ask(taken.case_id, {"Who sleeps in at night?", {}, {}, {}, {}, {}, false}));
    REQUIRE(desk->deliver());
    server.reset();  // what its own courier has taken on is delivered too
    const auto names = names_in(folder);
    const auto body = read_bytes(folder + "/" + names.back());
    const bool old = body.find("\"outcome\":\"queued\"") != std::string::npos;
    CHECK(old == (options.pas_version == "2.0.1"));
    const auto read = fhir::read_notification(body, model::sandbox_profile());
    REQUIRE(read);
    CHECK(read->cases.at(0).requests.at(0).text == "Who sleeps in at night?");
  }
}

TEST_CASE("a change that is not committed is not told") {
  Life life;
  const std::string folder = life.world.folder.path() + "/inbox";
  REQUIRE(life.desk->notify(folder));
  const auto taken = life.send(first());
  CHECK_FALSE(deny(*life.desk, taken.case_id, "").has_value());  // without a reason
  REQUIRE(life.desk->deliver());
  CHECK(names_in(folder).size() == 1);
}

TEST_CASE("a folder that can't be written waits for the next event") {
  Life life;
  const std::string folder = life.world.folder.path() + "/inbox";
  { std::ofstream in_the_way(folder); }
  REQUIRE(life.desk->notify(folder));
  auto troubles = life.desk->deliver();
  REQUIRE(troubles);
  REQUIRE(troubles->size() == 1);
  CHECK(troubles->front().find(folder) == 0);
  std::filesystem::remove(folder);
  troubles = life.desk->deliver();
  REQUIRE(troubles);
  CHECK(troubles->empty());
  CHECK_FALSE(std::filesystem::exists(folder));
  const auto taken = life.send(first());
  REQUIRE(approve(*life.desk, taken.case_id, ""));
  REQUIRE(life.desk->deliver());
  CHECK(names_in(folder).size() == 2);
}

}  // namespace atz::sandbox::test
