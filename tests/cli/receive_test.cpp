// `atz receive` with the real binary: what the embedded payer tells by itself, and what else may lie in the folder.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "life.hpp"

using namespace atz::test;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder)) return names;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.is_regular_file()) names.push_back(file.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The example home is sent, and the embedded payer leaves what it tells in "inbox".
struct Told : Program {
  Told() {
    REQUIRE(run({"sandbox", "clock", "set", "2026-12-07T10:05"}).code == 0);
    REQUIRE(run({"sandbox", "notify", "inbox"}).code == 0);
    REQUIRE(run({"submit", home()}).code == 0);
  }
  void review(const std::vector<std::string>& words) const {
    std::vector<std::string> all{"sandbox", "review"};
    all.insert(all.end(), words.begin(), words.end());
    const auto reviewed = run(all);
    REQUIRE_MESSAGE(reviewed.code == 0, reviewed.err);
  }
  [[nodiscard]] Outcome receive(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{"receive", "inbox", "--format", "json"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  [[nodiscard]] std::vector<std::string> inbox(const std::string& below = "") const {
    return names_in(path("inbox" + below));
  }
  // The file of the payer's event of that number.
  [[nodiscard]] std::string event(int number) const {
    char tail[16];
    snprintf(tail, sizeof tail, "-%06d.json", number);
    for (const auto& name : inbox()) {
      if (name.rfind("notification-", 0) == 0 && name.size() > 12 && name.substr(name.size() - 12) == tail)
        return "inbox/" + name;
    }
    FAIL("there is no event ", number);
    return {};
  }
};

void make_older(const std::string& path) {
  const utimbuf old{1'000'000'000, 1'000'000'000};
  REQUIRE(utime(path.c_str(), &old) == 0);
}

json outcomes(const json& result) {
  json all = json::array();
  for (const auto& file : result["files"]) all.push_back(file["outcome"]);
  return all;
}

}  // namespace

TEST_SUITE("receive") {
  TEST_CASE("a decision and a question come in, once, and status tells of them") {
    const Told atz;
    const auto handshake = atz.receive();
    REQUIRE_MESSAGE(handshake.code == 0, handshake.err);
    CHECK(handshake.json()["cases"].empty());
    CHECK(atz.inbox().empty());
    CHECK(atz.inbox("/done").size() == 1);
    atz.review({"900000101", "approve"});
    REQUIRE(atz.run({"sandbox", "ask", "900000102", "--text", "Who sleeps in at night?"}).code == 0);
    CHECK(atz.inbox().size() == 2);

    const auto received = atz.receive();
    CHECK(received.code == 1);  // a question
    const auto result = received.json();
    REQUIRE(result["cases"].size() == 2);
    CHECK(result["cases"][0]["case_id"] == "900000101");
    CHECK(result["cases"][0]["status"] == "approved");
    CHECK(result["cases"][0]["authorization_no"] == "PA7700451");
    CHECK(result["cases"][1]["status"] == "info_requested");
    CHECK(result["cases"][1]["questions"][0]["text"] == "Who sleeps in at night?");
    CHECK(outcomes(result) == json::array({"taken", "taken"}));
    CHECK(result["files"][0]["first_event"] == 1);
    CHECK(result["files"][1]["last_event"] == 2);
    CHECK(result["lost"].empty());
    CHECK(atz.inbox().empty());

    const auto offline = atz.run({"status", "--offline", "--format", "json"});
    CHECK(case_of(offline, "A")["status"] == "approved");
    CHECK(case_of(offline, "B")["status"] == "info_requested");
    const auto changes = atz.run({"status", "--changes", "--format", "json"});
    CHECK(changes.code == 1);
    CHECK(changes.json()["cases"].size() == 2);
    CHECK(atz.run({"status", "--changes"}).out.empty());
    // The question can be answered, like one that came with an inquiry.
    CHECK(atz.run({"respond", "900000102", "--note", "D2 sleeps in"}).code == 0);
  }

  TEST_CASE("the table is the one of status, without names") {
    const Told atz;
    atz.review({"900000103", "deny", "--note", "no plan was found"});
    const auto received = atz.run({"receive", "inbox"});
    CHECK(received.code == 1);
    CHECK(holds(received.out, "900000103"));
    CHECK(holds(received.out, "no plan was found"));
    CHECK(holds(received.out, "to do: read the rationale; the member may appeal"));
    CHECK(holds(received.err, "2 notifications taken in, 1 case changed"));
    for (const char* name : {"Sampleton", "Placeholder", "Mockley", "99000003A"}) {
      CHECK_FALSE(holds(received.out + received.err, name));
    }
  }

  TEST_CASE("the same notification twice changes nothing, under whatever name") {
    const Told atz;
    atz.review({"900000101", "approve"});
    const auto bytes = atz.read(atz.event(1));
    REQUIRE(atz.receive().code == 0);
    const auto before = bytes_of_ledger(atz);
    atz.write("inbox/again.json", bytes);
    const auto again = atz.receive();
    CHECK(again.code == 0);
    CHECK(outcomes(again.json()) == json::array({"known"}));
    CHECK(again.json()["cases"].empty());
    CHECK(bytes_of_ledger(atz) == before);
    const auto input = atz.run({"receive", "-", "--format", "json"}, bytes);
    CHECK(input.code == 0);
    CHECK(outcomes(input.json()) == json::array({"known"}));
    CHECK(input.json()["files"][0]["file"] == "-");
  }

  TEST_CASE("with --keep files stay, and are taken in once all the same") {
    const Told atz;
    atz.review({"900000101", "approve"});
    const auto names = atz.inbox();
    CHECK(atz.receive({"--keep"}).json()["cases"].size() == 1);
    CHECK(atz.inbox() == names);
    CHECK(outcomes(atz.receive({"--keep"}).json()) == json::array({"known", "known"}));
  }

  TEST_CASE("an answer about another person is a hard stop: nothing of it is taken in") {
    const Told atz;
    REQUIRE(atz.receive().code == 0);
    atz.review({"900000101", "approve"});
    atz.review({"900000102", "approve"});
    const auto name = atz.event(1);
    atz.write(name, replaced(atz.read(name), "99000001A", "99000007A"));
    const auto before = bytes_of_ledger(atz);
    const auto stopped = atz.receive();
    CHECK(stopped.code == 9);
    CHECK(holds(stopped.err, "another person than maple-street A (case 900000101)"));
    CHECK_FALSE(holds(stopped.out + stopped.err, "99000007A"));
    CHECK(stopped.json()["error"].is_string());
    CHECK(bytes_of_ledger(atz) == before);
    CHECK(atz.inbox("/refused").size() == 2);  // and why
    CHECK(atz.inbox().size() == 1);            // the other one waits for the next run
    const auto next = atz.receive();
    CHECK(next.json()["cases"][0]["case_id"] == "900000102");
    CHECK(next.json()["lost"][0]["first_event"] == 1);  // the first never came as it should
  }

  TEST_CASE("somebody else's case is not ours") {
    Told atz;
    REQUIRE(atz.receive().code == 0);
    atz.review({"900000101", "approve"});
    atz.set("ATZ_STATE_DIR", atz.path("other-state"));
    const auto received = atz.receive();
    CHECK(received.code == 1);
    CHECK(outcomes(received.json()) == json::array({"refused"}));
    CHECK(holds(received.err, "case 900000101 was not sent from here"));
    const auto refused = atz.inbox("/refused");
    REQUIRE(refused.size() == 2);
    CHECK(holds(atz.read("inbox/refused/" + refused[1]), "was not sent from here"));
    CHECK(atz.inbox().empty());
  }

  TEST_CASE("what was not ours is not known when it is put back, and its number was not lost") {
    Told atz;
    REQUIRE(atz.receive().code == 0);
    atz.review({"900000101", "approve"});
    atz.review({"900000102", "approve"});
    const auto name = atz.event(1);
    const auto bytes = atz.read(name);
    atz.set("ATZ_STATE_DIR", atz.path("other-state"));
    const auto first = atz.receive().json();
    CHECK(outcomes(first) == json::array({"refused", "refused"}));
    CHECK(first["lost"].empty());
    for (int i = 0; i < 2; ++i) {
      atz.write(name, bytes);
      const auto again = atz.receive();
      CHECK(again.code == 1);
      CHECK(outcomes(again.json()) == json::array({"refused"}));
    }
    CHECK(atz.inbox("/refused").size() == 4);
  }

  TEST_CASE("a message that counts the events is looked at after the last of them") {
    const Told atz;
    REQUIRE(atz.receive().code == 0);
    const auto heartbeat = [&](const std::string& count) {
      const auto bytes = atz.read(atz.event(1));
      const auto at = bytes.find("Subscription/");
      return R"({"resourceType": "Bundle", "type": "history", "entry": [{"resource":
        {"resourceType": "Parameters", "parameter": [
          {"name": "subscription", "valueReference": {"reference": ")" +
             bytes.substr(at, bytes.find_first_of("\"/", at + 13) - at) + R"("}},
          {"name": "type", "valueCode": "heartbeat"},
          {"name": "events-since-subscription-start", "valueString": ")" +
             count + R"("}]}}]})";
    };
    atz.review({"900000101", "approve"});
    atz.review({"900000102", "approve"});
    atz.write("inbox/0.json", heartbeat("2"));
    atz.write("inbox/later.json", heartbeat("4"));
    const auto received = atz.receive().json();
    CHECK(outcomes(received) == json::array({"taken", "taken", "taken", "taken"}));
    REQUIRE(received["lost"].size() == 1);
    CHECK(received["lost"][0]["first_event"] == 3);
    CHECK(received["lost"][0]["last_event"] == 4);
  }

  TEST_CASE("a file that can't be moved does not hold up the others") {
    const Told atz;
    atz.write("inbox/done", "in the way");
    atz.review({"900000101", "approve"});
    atz.review({"900000102", "approve"});
    const auto received = atz.receive();
    CHECK(received.code != 0);
    CHECK(received.json()["cases"].size() == 2);
    CHECK(received.json()["error"].is_string());
    CHECK(holds(received.err, "3 of 3 files could not be moved"));
    CHECK(holds(received.err, "--keep"));
    CHECK(atz.inbox().size() == 4);
    fs::remove(atz.path("inbox/done"));
    CHECK(outcomes(atz.receive().json()) == json::array({"known", "known", "known"}));
    CHECK(atz.inbox().empty());
  }

  TEST_CASE("too much on standard input, and a date for a live payer") {
    Program atz;
    const auto much = atz.run({"receive", "-"}, std::string(32 * 1024 * 1024 + 1, ' '));
    CHECK(much.code == 1);
    CHECK(holds(much.err, "more than 32 MiB"));
    atz.add_profile(
        "real:\n  base_url: https://payer.example/fhir\n  live: true\n  auth: {mode: client-secret-basic, client_id: "
        "us, secret_file: s, token_url: https://payer.example/token}\n");
    const auto live = atz.run({"receive", "--profile", "real", "--as-of", "2026-12-08"});
    CHECK(live.code == 2);
    CHECK(holds(live.err, "can't be used with the live payer"));
    CHECK(atz.run({"receive", "--profile", "real"}).code == 0);
  }

  TEST_CASE("missing numbers are reported once, and a late one is still taken in") {
    const Told atz;
    for (const char* text : {"one?", "two?", "three?"}) {
      REQUIRE(atz.run({"sandbox", "ask", "900000101", "--text", text}).code == 0);
    }
    REQUIRE(atz.run({"sandbox", "ask", "900000102", "--text", "four?"}).code == 0);
    const auto late = atz.event(2);
    fs::rename(atz.path(late), atz.path("late.json"));
    fs::remove(atz.path(atz.event(3)));
    const auto received = atz.receive();
    CHECK(received.code == 1);
    REQUIRE(received.json()["lost"].size() == 1);
    CHECK(received.json()["lost"][0]["first_event"] == 2);
    CHECK(received.json()["lost"][0]["last_event"] == 3);
    CHECK(holds(received.err, "notifications 2 to 3 were lost"));
    CHECK(holds(received.err, "run atz status"));
    fs::rename(atz.path("late.json"), atz.path(late));
    const auto later = atz.receive().json();
    CHECK(later["lost"].empty());
    CHECK(outcomes(later) == json::array({"taken"}));
    REQUIRE(later["cases"].empty());  // two questions instead of one are no new status
    CHECK(atz.run({"status"}).code == 1);
  }

  TEST_CASE("an older notification does not undo what is known") {
    const Told atz;
    REQUIRE(atz.run({"sandbox", "ask", "900000101", "--text", "Who sleeps in at night?"}).code == 0);
    atz.review({"900000101", "approve"});
    const auto first = atz.event(1);
    fs::rename(atz.path(first), atz.path("late.json"));
    CHECK(atz.receive().code == 1);  // a gap
    fs::rename(atz.path("late.json"), atz.path(first));
    const auto later = atz.receive().json();
    CHECK(later["cases"].empty());
    CHECK(later["files"][0]["remark"] == "older than what is known already");
    CHECK(case_of(atz.run({"status", "--offline", "--format", "json"}), "A")["status"] == "approved");
  }

  TEST_CASE("garbage goes to refused with a reason, and nothing is overwritten there") {
    const Told atz;
    REQUIRE(atz.receive().code == 0);
    for (const char* bytes : {"{\"resourceType\":\"Patient\"}", "{\"resourceType\":\"Bundle\"}"}) {
      atz.write("inbox/x.json", bytes);
      atz.write("inbox/notes.txt", "not for us");
      const auto received = atz.receive();
      CHECK(received.code == 1);
      CHECK(outcomes(received.json()) == json::array({"refused"}));
      CHECK(holds(received.err, "x.json: it is no notification"));
    }
    CHECK(atz.inbox() == std::vector<std::string>{"notes.txt"});
    CHECK(atz.inbox("/refused") == std::vector<std::string>{"x-2.json", "x-2.json.txt", "x.json", "x.json.txt"});
    CHECK(atz.read("inbox/refused/x.json") == "{\"resourceType\":\"Patient\"}");
    CHECK(holds(atz.read("inbox/refused/x.json.txt"), "another kind than Bundle"));
  }

  TEST_CASE("a file that is still being written is left for the next run") {
    const Told atz;
    REQUIRE(atz.receive().code == 0);
    atz.review({"900000101", "approve"});
    const auto name = atz.event(1);
    const auto whole = atz.read(name);
    atz.write(name, whole.substr(0, whole.size() / 2));
    const auto early = atz.receive();
    CHECK(early.code == 0);
    CHECK(outcomes(early.json()) == json::array({"waiting"}));
    CHECK(holds(early.err, "1 still being written"));
    CHECK(atz.inbox().size() == 1);
    atz.write(name, whole);
    CHECK(atz.receive().json()["cases"].size() == 1);
    // A minute later nobody is writing any more.
    atz.write("inbox/half.json", whole.substr(0, whole.size() / 2));
    make_older(atz.path("inbox/half.json"));
    CHECK(outcomes(atz.receive().json()) == json::array({"refused"}));
    CHECK(atz.run({"receive", "-"}, whole.substr(0, 100)).code == 1);
  }

  TEST_CASE("a notification without content says which case has to be asked about") {
    const Told atz;
    REQUIRE(atz.receive().code == 0);
    const std::string body = R"({"resourceType": "Bundle", "type": "history", "entry": [{"resource":
      {"resourceType": "Parameters", "parameter": [
        {"name": "subscription", "valueReference": {"reference": "Subscription/old"}},
        {"name": "type", "valueCode": "event-notification"},
        {"name": "notification-event", "part": [{"name": "event-number", "valueString": "1"},
          {"name": "focus", "valueReference": {"reference": "ClaimResponse/900000102"}}]}]}}]})";
    const auto told = atz.run({"receive", "-", "--format", "json"}, body);
    CHECK(told.code == 1);
    CHECK(told.json()["to_ask"] == json::array({"900000102"}));
    CHECK(holds(told.err, "it tells only that maple-street B (case 900000102) changed: run atz status"));
    const auto unknown =
        atz.run({"receive", "-", "--format", "json"}, replaced(replaced(body, "900000102", "7"), "\"1\"", "\"2\""));
    CHECK(unknown.json()["to_ask"].empty());
    CHECK(holds(unknown.err, "not which one"));
  }

  TEST_CASE("folders: the usual one, one that is not there, none") {
    Program atz;
    CHECK(atz.run({"receive"}).code == 0);
    CHECK_FALSE(fs::exists(atz.path("state")));
    const auto missing = atz.run({"receive", "nowhere"});
    CHECK(missing.code == 1);
    CHECK(holds(missing.err, "There is no folder nowhere"));
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    REQUIRE(atz.run({"sandbox", "notify"}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "900000101", "approve"}).code == 0);
    CHECK(atz.run({"receive"}).code == 0);
    CHECK(names_in(atz.path("state/notifications/done")).size() == 2);
    struct stat status {};
    REQUIRE(stat(atz.path("state/notifications/done").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    REQUIRE(atz.run({"sandbox", "notify", "--off"}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "900000102", "approve"}).code == 0);
    CHECK(names_in(atz.path("state/notifications")).empty());
    CHECK(atz.run({"sandbox", "notify", "--off", "x"}).code == 2);
  }

  TEST_CASE("a served payer tells of what its desk and its clock bring, and of answers that come in") {
    Program atz;
    REQUIRE(atz.run({"sandbox", "clock", "set", "2026-12-07T10:05"}).code == 0);
    auto served = atz.start({"sandbox", "serve", "--notify", "inbox"});
    atz.add_profile(served.read_until("min_inquiry_interval: 0\n"));
    REQUIRE(atz.run({"submit", "--profile", "local", atz.home()}).code == 0);
    REQUIRE(atz.run({"sandbox", "ask", "900000101", "--text", "Who sleeps in at night?"}).code == 0);
    REQUIRE(atz.run({"receive", "inbox", "--profile", "local"}).code == 1);
    REQUIRE(atz.run({"respond", "900000101", "--profile", "local", "--note", "D2 sleeps in"}).code == 0);
    json told;
    for (int i = 0; i < 500 && (told.is_null() || told["cases"].empty()); ++i)
      told = atz.run({"receive", "inbox", "--profile", "local", "--format", "json"}).json();
    served.kill(SIGINT);
    CHECK(served.wait() == 0);
    told = atz.run({"receive", "inbox", "--profile", "local", "--format", "json"}).json();
    CHECK(told["lost"].empty());
    const auto offline = atz.run({"status", "--offline", "--profile", "local", "--format", "json"});
    CHECK(case_of(offline, "A")["status"] == "in_review");
  }
}
