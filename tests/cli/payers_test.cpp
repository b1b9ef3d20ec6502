// Payers: setting them up, trying them, and the same home at payers that offer different things.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <csignal>

#include <set>

#include "life.hpp"
#include "program.hpp"

using atz::test::Background;
using atz::test::holds;
using atz::test::Program;

namespace {

using Edits = std::vector<std::pair<std::string, std::string>>;

Background serve(const Program& atz, const std::vector<std::string>& more, const Edits& edits = {}) {
  std::vector<std::string> words{"sandbox", "serve", "--as-of", "2026-12-07"};
  words.insert(words.end(), more.begin(), more.end());
  auto server = atz.start(words);
  atz.add_profile(server.read_until("min_inquiry_interval: 0\n"), edits);
  return server;
}

nlohmann::json check_of(const nlohmann::json& document, const std::string& what) {
  for (const auto& check : document["checks"]) {
    if (check["what"] == what) return check;
  }
  return {};
}

// What a payer's mode and version must not change.
nlohmann::json essence(const Program& atz) {
  const auto status = atz.run({"status", "--offline", "--profile", "local", "--format", "json"}).json();
  auto cases = nlohmann::json::array();
  for (auto one : status["cases"]) {
    for (const char* key : {"batch", "claim_identifier", "bundle_identifier", "sent_at", "changed_at", "asked_at"})
      one.erase(key);
    cases.push_back(std::move(one));
  }
  return cases;
}

// Submit, one approval, one partial approval, one question, and what the ledger says of it then.
nlohmann::json play(const std::vector<std::string>& served, const Edits& edits, const std::string& mode) {
  Program atz;
  const auto server = serve(atz, served, edits);
  const auto sent = atz.run({"submit", "--profile", "local", "--format", "json", atz.home()});
  REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
  CHECK(sent.json()["mode"] == mode);
  CHECK(atz.run({"status", "--profile", "local"}).code == 8);
  REQUIRE(atz.run({"sandbox", "review", "900000101", "approve"}).code == 0);
  REQUIRE(atz.run({"sandbox", "review", "900000102", "partial", "--hours", "60", "--note", "Sixty are enough."}).code ==
          0);
  REQUIRE(atz.run({"sandbox", "ask", "900000103", "--text", "Who is there at night?"}).code == 0);
  const auto status = atz.run({"status", "--profile", "local"});
  CHECK_MESSAGE(status.code == 1, status.out, status.err);
  const auto again = atz.run({"submit", "--profile", "local", "--format", "json", atz.path("home.yaml")});
  CHECK_MESSAGE(again.json()["sent"] == false, again.out);
  return essence(atz);
}

}  // namespace

TEST_SUITE("payers") {
  TEST_CASE("the same home ends in the same ledger, whatever the payer offers and however it writes") {
    const Edits partial{{"replay_safe: true", "replay_safe: true\n  allow_partial: true"}};
    const auto expected = play({}, {}, "transaction");
    REQUIRE(expected.size() == 3);
    CHECK(expected[0]["status"] == "approved");
    CHECK(expected[1]["status"] == "partially_approved");
    CHECK(expected[2]["status"] == "info_requested");
    for (const char* version : {"2.2.1", "2.1.0", "2.0.1"}) {
      CAPTURE(version);
      const std::vector<std::string> style{"--pas-version", version};
      const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), style.begin(), style.end());
        return more;
      };
      CHECK(play(with({}), {}, "transaction") == expected);
      CHECK(play(with({"--no-transaction"}), partial, "batch") == expected);
      CHECK(play(with({"--no-transaction", "--no-batch"}), partial, "single") == expected);
    }
  }

  TEST_CASE("a payer that takes only single requests is asked about many cases one by one") {
    Program atz;
    const auto server = serve(atz, {"--no-transaction", "--no-batch"},
                              {{"replay_safe: true", "replay_safe: true\n  allow_partial: true"}});
    REQUIRE(atz.run({"submit", "--profile", "local", atz.home()}).code == 0);
    const auto status = atz.run({"status", "--profile", "local", "--format", "json"});
    CHECK(status.code == 8);
    CHECK(status.json()["cases"].size() == 3);
  }

  TEST_CASE("a home that may not be half accepted is not sent where there are no transactions") {
    Program atz;
    const auto server = serve(atz, {"--no-transaction"});
    const auto sent = atz.run({"submit", "--profile", "local", atz.home()});
    CHECK(sent.code == 9);
    CHECK(holds(sent.err, "allow_partial"));
    const auto tested = atz.run({"profile", "test", "local", "--format", "json"});
    CHECK(tested.code == 1);
    CHECK(check_of(tested.json(), "whole homes")["level"] == "problem");
  }

  TEST_CASE("what a payer offers is kept for a day, and forgotten when it turns out wrong") {
    Program atz;
    std::string port;
    {
      const auto server = serve(atz, {}, {{"replay_safe: true", "replay_safe: true\n  allow_partial: true"}});
      const auto address = atz.run({"profile", "show", "local", "--format", "json"}).json();
      const auto url = address["settings"]["base_url"].get<std::string>();
      port = url.substr(url.rfind(':') + 1, url.rfind('/') - url.rfind(':') - 1);
      REQUIRE(atz.run({"status", "--profile", "local"}).code == 0);
      REQUIRE(atz.run({"profile", "test", "local"}).code == 0);
    }
    // The same address, but no transactions any more: atz still believes in them, is refused, and goes on as a batch.
    auto server = atz.start({"sandbox", "serve", "--as-of", "2026-12-07", "--no-transaction", "--port", port});
    server.read_until("min_inquiry_interval: 0\n");
    const auto sent = atz.run({"submit", "--profile", "local", "--format", "json", atz.home()});
    CHECK_MESSAGE(sent.code == 0, sent.err);
    CHECK(sent.json()["mode"] == "batch");
    CHECK(holds(sent.err, "takes no transaction"));
    const auto offered = atz.run({"profile", "test", "local", "--format", "json"}).json();
    CHECK(check_of(offered, "whole homes")["found"] == "batches, no transactions");
  }

  TEST_CASE("profile test tells what the payer can do and what follows") {
    Program atz;
    const auto server = serve(atz, {"--pas-version", "2.0.1"});
    const auto tested = atz.run({"profile", "test", "--profile", "local", "--format", "json"});
    CHECK(tested.code == 0);
    const auto document = tested.json();
    CHECK(check_of(document, "sign-in")["level"] == "ok");
    CHECK(check_of(document, "PAS version")["level"] == "warning");
    CHECK(check_of(document, "whole homes")["then"] ==
          "a home travels as one transaction (the payer offers it: a home is accepted whole or not at all)");
    const auto human = atz.run({"profile", "test", "local"});
    CHECK(holds(human.out, "2.0.1, but the profile says 2.2.1"));
    CHECK(holds(human.err, "Payer 'local' at http://127.0.0.1:"));
  }

  TEST_CASE("profile test ends with the exit code of what went wrong") {
    Program atz;
    CHECK(atz.run({"profile", "test"}).code == 0);
    CHECK(atz.run({"profile", "test", "nobody"}).code == 2);
    REQUIRE(atz.run({"profile", "add", "gone", "--base-url", "http://127.0.0.1:9", "--set", "auth.mode=none"}).code ==
            0);
    CHECK(atz.run({"profile", "test", "gone"}).code == 5);
    const auto server = serve(atz, {}, {{"client_id: atz-sandbox", "client_id: somebody"}});
    CHECK(atz.run({"profile", "test", "local"}).code == 4);
  }

  TEST_CASE("profile add writes a profile that works, and leaves the file as it is otherwise") {
    Program atz;
    const auto server = serve(atz, {});
    const auto local = atz.run({"profile", "show", "local", "--format", "json"}).json();
    const std::string before = "# ours\n" + atz.read("config/profiles.yaml");
    atz.write("config/profiles.yaml", before);
    const auto added = atz.run({"profile", "add", "second", "--like", "local", "--set", "bundle_mode=batch", "--set",
                                "allow_partial=yes", "--set", "insurer.name=Example # 2"});
    REQUIRE_MESSAGE(added.code == 0, added.err);
    CHECK(atz.read("config/profiles.yaml").rfind(before, 0) == 0);
    CHECK(holds(added.out, "second:\n  base_url: http://127.0.0.1"));
    const auto shown = atz.run({"profile", "show", "second", "--format", "json"}).json();
    CHECK(shown["settings"]["insurer.name"] == "Example # 2");
    CHECK(shown["settings"]["auth.secret_file"] == local["settings"]["auth.secret_file"]);
    const auto sent = atz.run({"submit", "--profile", "second", "--format", "json", atz.home()});
    CHECK_MESSAGE(sent.code == 0, sent.err);
    CHECK(sent.json()["mode"] == "batch");
    const auto list = atz.run({"profile", "list", "--format", "json"}).json();
    std::set<std::string> names;
    for (const auto& one : list["profiles"]) names.insert(one["name"].get<std::string>());
    CHECK(names == std::set<std::string>{"atrezzo-sandbox", "local", "sandbox", "second"});
  }

  TEST_CASE("a live payer's day is today") {
    Program atz;
    REQUIRE(atz.run({"profile", "add", "real", "--base-url", "https://p.example", "--live", "--set", "auth.mode=none"})
                .code == 0);
    const std::vector<std::vector<std::string>> refused{
        {"status"},  {"status", "--offline"}, {"receive"},           {"due"},
        {"recover"}, {"report", "daily"},     {"show", "900000101"}, {"profile", "test"}};
    for (auto words : refused) {
      CAPTURE(words.front());
      words.insert(words.end(), {"--profile", "real", "--as-of", "2026-12-07"});
      const auto outcome = atz.run(words);
      CHECK(outcome.code == 2);
      CHECK_MESSAGE(holds(outcome.err, "--as-of can't be used with the live payer"), outcome.err);
    }
    CHECK(atz.run({"check", "--profile", "real", "--as-of", "2026-12-07", atz.home()}).code != 2);
  }

  TEST_CASE("profile add refuses what makes no profile, and writes nothing then") {
    Program atz;
    const auto refused = [&](const std::vector<std::string>& more, const std::string& words) {
      std::vector<std::string> line{"profile", "add"};
      line.insert(line.end(), more.begin(), more.end());
      const auto outcome = atz.run(line);
      CHECK(outcome.code == 2);
      CHECK_MESSAGE(holds(outcome.err, words), outcome.err);
    };
    refused({"sandbox", "--base-url", "https://p"}, "already");
    refused({"Two Words", "--base-url", "https://p"}, "is no name");
    refused({"new"}, "where the payer is");
    refused({"new", "--base-url", "https://p"}, "client_id");
    refused({"new", "--base-url", "https://p", "--set", "auth.mode=guess"}, "guess");
    refused({"new", "--base-url", "https://p", "--set", "auth.mod=none"}, "Did you mean 'auth.mode'?");
    refused({"new", "--base-url", "https://p", "--set", "auth=none"}, "no setting 'auth'");
    refused({"new", "--base-url", "https://p", "--set", "nothing"}, "SETTING=VALUE");
    refused({"new", "--base-url", "http://p", "--live", "--set", "auth.mode=none"}, "https");
    refused({"new", "--like", "sandbox"}, "inside atz");
    refused({"new", "--like", "nobody"}, "no payer profile");
    struct stat info {};
    CHECK(::stat(atz.path("config/profiles.yaml").c_str(), &info) != 0);
    REQUIRE(atz.run({"profile", "add", "new", "--base-url", "https://p", "--set", "auth.mode=none"}).code == 0);
    REQUIRE(::stat(atz.path("config/profiles.yaml").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777U) == 0600U);
  }

  TEST_CASE("the vendor's sandbox says that it is untested, and what it still needs") {
    Program atz;
    const auto shown = atz.run({"profile", "show", "atrezzo-sandbox"});
    CHECK(holds(shown.err, "Untested"));
    CHECK(holds(shown.out, "mode: authorization-code"));
    const auto tested = atz.run({"profile", "test", "atrezzo-sandbox"});
    CHECK(tested.code != 0);
    CHECK_MESSAGE(holds(tested.err, "client_id"), tested.err);
  }

  TEST_CASE("doctor finds files that others can use, and a damaged ledger") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto well = atz.run({"doctor", "--format", "json"});
    CHECK_MESSAGE(well.code == 0, well.out);
    CHECK(check_of(well.json(), "ledger")["found"] == "sound: everything in it can be read");
    REQUIRE(::chmod(atz.path("state/key").c_str(), 0644) == 0);
    const auto open = atz.run({"doctor", "--format", "json"});
    CHECK(open.code == 1);
    CHECK(holds(check_of(open.json(), "state")["then"].get<std::string>(), "chmod go-rwx"));
    REQUIRE(::chmod(atz.path("state/key").c_str(), 0600) == 0);
    // The head of every seventh page: noticed, but for pages that hold nothing.
    const std::string cases = atz.run({"status", "--offline"}).out;
    int noticed = 0;
    REQUIRE(atz.run({"status"}).code == 8);  // folds the log of the submission into the file
    const auto sound = atz.read("state/ledger.db");
    constexpr std::size_t kPage = 4096;
    for (std::size_t at = 0; at + 64 < sound.size(); at += 7 * kPage) {
      auto bytes = sound;
      for (std::size_t i = at; i < at + 64; ++i) bytes[i] = static_cast<char>(~bytes[i]);
      atz.write("state/ledger.db", bytes);
      REQUIRE(::chmod(atz.path("state/ledger.db").c_str(), 0600) == 0);
      const auto damaged = atz.run({"doctor"});
      CAPTURE(at);
      if (damaged.code == 1) {
        ++noticed;
        CHECK(holds(damaged.out, "problem  ledger"));
      } else {
        CHECK(atz.run({"status", "--offline"}).out == cases);
      }
    }
    CHECK(noticed > 10);
  }

  TEST_CASE("doctor signs in at the payer, and says when it cannot") {
    Program atz;
    const auto server = serve(atz, {});
    REQUIRE(::chmod(atz.path("config/profiles.yaml").c_str(), 0600) == 0);
    REQUIRE(::chmod(atz.path("config").c_str(), 0700) == 0);
    const auto well = atz.run({"doctor", "--profile", "local", "--format", "json"});
    CHECK(check_of(well.json(), "payer")["level"] == "ok");
    server.kill(SIGKILL);
    const auto gone = atz.run({"doctor", "--profile", "local", "--format", "json"});
    CHECK(gone.code == 1);
    CHECK(check_of(gone.json(), "payer")["level"] == "problem");
    CHECK(atz.run({"doctor", "--profile", "local", "--offline"}).code == 0);
  }
}
