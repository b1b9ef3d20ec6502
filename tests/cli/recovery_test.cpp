// Lost answers, killed programs, half accepted homes: in the end every member has exactly one case.
#include <doctest/doctest.h>

#include <csignal>
#include <set>

#include "program.hpp"

using atz::test::Background;
using atz::test::Program;

namespace {

Background serve(const Program& atz, std::vector<std::string> more,
                 const std::vector<std::pair<std::string, std::string>>& edits = {}) {
  std::vector<std::string> words{"sandbox", "serve", "--as-of", "2026-12-07"};
  words.insert(words.end(), more.begin(), more.end());
  auto server = atz.start(words);
  atz.add_profile(server.read_until("min_inquiry_interval: 0\n"), edits);
  return server;
}

const std::pair<std::string, std::string> kNotReplaySafe{"replay_safe: true", "replay_safe: false"};

std::set<std::string> case_ids(const Program& atz) {
  auto status = atz.run({"status", "--offline", "--profile", "local", "--format", "json"});
  std::set<std::string> ids;
  const auto json = status.json();
  for (const auto& one : json["cases"]) {
    CHECK(one["delivery"] == "accepted");
    ids.insert(one["case_id"].get<std::string>());
  }
  return ids;
}

// How many cases the payer holds for the home.
std::size_t cases_at_payer(const Program& atz) {
  return atz.run({"sandbox", "review", "maple-street", "--auto", "--format", "json"}).json()["cases"].size();
}

}  // namespace

TEST_SUITE("recovery") {
  TEST_CASE("the connection drops after processing: recover finds three cases") {
    Program atz;
    auto server = serve(atz, {"--fault", "drop-after"}, {kNotReplaySafe});
    const auto home = atz.home();
    auto submit = atz.run({"submit", "--profile", "local", "--format", "json", home});
    CHECK_MESSAGE(submit.code == 6, submit.out, submit.err);
    for (const auto& one : nlohmann::json(submit.json()["cases"])) CHECK(one["delivery"] == "unknown");
    CHECK(atz.run({"status", "--profile", "local"}).code == 6);
    auto recover = atz.run({"recover", "--profile", "local", "--format", "json"});
    CHECK_MESSAGE(recover.code == 0, recover.err);
    CHECK(recover.json()["batches"][0]["outcome"] == "found");
    CHECK(case_ids(atz).size() == 3);
    CHECK(cases_at_payer(atz) == 3);
    CHECK(atz.run({"recover", "--profile", "local"}).code == 0);
  }

  TEST_CASE("the next submit settles a lost answer by itself") {
    Program atz;
    auto server = serve(atz, {"--fault", "drop-after"}, {kNotReplaySafe});
    const auto home = atz.home();
    REQUIRE(atz.run({"submit", "--profile", "local", home}).code == 6);
    auto again = atz.run({"submit", "--profile", "local", "--format", "json", home});
    CHECK_MESSAGE(again.code == 0, again.err);
    CHECK(again.json()["sent"] == false);
    CHECK(case_ids(atz).size() == 3);
    CHECK(cases_at_payer(atz) == 3);
  }

  TEST_CASE("where replay is safe, the same bytes go out again and the stored answer comes back") {
    Program atz;
    auto server = serve(atz, {"--fault", "truncate"});
    auto submit = atz.run({"submit", "--profile", "local", "--format", "json", atz.home()});
    CHECK_MESSAGE(submit.code == 0, submit.err);
    CHECK(case_ids(atz).size() == 3);
    CHECK(cases_at_payer(atz) == 3);
  }

  TEST_CASE("nothing arrived: recover says so, and --resend sends the same bytes") {
    Program atz;
    auto server = serve(atz, {"--fault", "drop-before"}, {kNotReplaySafe});
    REQUIRE(atz.run({"submit", "--profile", "local", atz.home()}).code == 6);
    auto recover = atz.run({"recover", "--profile", "local", "--format", "json"});
    CHECK(recover.code == 6);
    CHECK(recover.json()["batches"][0]["outcome"] == "absent");
    auto resent = atz.run({"recover", "--profile", "local", "--resend", "--format", "json"});
    CHECK_MESSAGE(resent.code == 0, resent.err);
    CHECK(resent.json()["batches"][0]["outcome"] == "resent");
    CHECK(case_ids(atz).size() == 3);
    CHECK(cases_at_payer(atz) == 3);
  }

  TEST_CASE("killed between sending and reply: recover ends with exactly three cases") {
    Program atz;
    // The payer processes and then keeps the answer back; submit is killed while it waits.
    auto server = serve(atz, {"--fault", "delay:3600"});
    {
      auto submit = atz.start({"submit", "--profile", "local", atz.home()});
      // The payer's own books tell when the request has been processed.
      while (atz.run({"sandbox", "review", "no-such-home", "--auto"}).err.find("maple-street") == std::string::npos) {
      }
      submit.kill(SIGKILL);
      CHECK(submit.wait() == 128 + SIGKILL);
    }
    CHECK(atz.run({"status", "--offline", "--profile", "local", "--format", "json"}).json()["cases"][0]["delivery"] ==
          "sending");
    auto recover = atz.run({"recover", "--profile", "local"});
    CHECK_MESSAGE(recover.code == 0, recover.err);
    CHECK(case_ids(atz).size() == 3);
    CHECK(cases_at_payer(atz) == 3);
  }

  TEST_CASE("an HTML page, a foreign answer and a server error are never taken for success") {
    for (const char* fault : {"html", "foreign", "error-after"}) {
      CAPTURE(fault);
      Program atz;
      auto server = serve(atz, {"--fault", fault}, {kNotReplaySafe});
      const auto home = atz.home();
      CHECK(atz.run({"submit", "--profile", "local", home}).code == 6);
      CHECK(atz.run({"recover", "--profile", "local"}).code == 0);
      CHECK(case_ids(atz).size() == 3);
      CHECK(cases_at_payer(atz) == 3);
    }
  }

  TEST_CASE("a payer that is away accepted nothing: run again") {
    Program atz;
    auto server = serve(atz, {});
    server.kill(SIGTERM);
    server.wait();
    const auto home = atz.home();
    auto submit = atz.run({"submit", "--profile", "local", "--as-of", "2026-12-07", home});
    CHECK(submit.code == 5);
    CHECK(atz.run({"status", "--offline", "--profile", "local", "--format", "json"}).json()["cases"].empty());
    auto back = serve(atz, {});
    CHECK(atz.run({"submit", "--profile", "local", home}).code == 0);
    CHECK(case_ids(atz).size() == 3);
  }

  TEST_CASE("without transactions a home goes out in parts only where the profile allows it") {
    Program atz;
    auto server = serve(atz, {"--no-transaction"});
    const auto home = atz.home();
    auto refused = atz.run({"submit", "--profile", "local", home});
    CHECK(refused.code == 9);
    CHECK(refused.err.find("allow_partial") != std::string::npos);
    CHECK(atz.run({"status", "--offline", "--profile", "local", "--format", "json"}).json()["cases"].empty());
    atz.add_profile(atz.read("config/profiles.yaml") + "  allow_partial: true\n");
    auto batch = atz.run({"submit", "--profile", "local", "--format", "json", home});
    CHECK_MESSAGE(batch.code == 0, batch.err);
    CHECK(batch.json()["mode"] == "batch");
    CHECK(case_ids(atz).size() == 3);
  }

  TEST_CASE("half accepted: the same file goes on with the missing member under the same batch") {
    for (const char* mode : {"batch", "single"}) {
      CAPTURE(mode);
      Program atz;
      atz.write("members.csv",
                "id,last,first,born,gender\n99000001A,Sampleton,Testa,1988-02-29,female\n"
                "99000002A,Placeholder,Fakename,1979-06-01,male\n");
      const std::string more = std::string("  allow_partial: true\n  bundle_mode: ") + mode + "\n";
      auto server = serve(atz, {"--members", atz.path("members.csv")});
      atz.add_profile(atz.read("config/profiles.yaml") + more);
      const auto home = atz.home();
      auto first = atz.run({"submit", "--profile", "local", "--format", "json", home});
      CHECK_MESSAGE(first.code == 7, first.out, first.err);
      const auto batch = first.json()["batch"];
      server.kill(SIGTERM);
      server.wait();
      auto open = serve(atz, {});
      atz.add_profile(atz.read("config/profiles.yaml") + more);
      auto second = atz.run({"submit", "--profile", "local", "--format", "json", home});
      CHECK_MESSAGE(second.code == 0, second.out, second.err);
      CHECK(second.json()["batch"] == batch);
      CHECK(case_ids(atz).size() == 3);
      CHECK(cases_at_payer(atz) == 3);
    }
  }

  TEST_CASE("two submits at once: one works, the other is told") {
    Program atz;
    auto server = serve(atz, {"--fault", "delay:3600"});
    auto first = atz.start({"submit", "--profile", "local", atz.home()});
    while (atz.run({"sandbox", "review", "no-such-home", "--auto"}).err.find("maple-street") == std::string::npos) {
    }
    CHECK(atz.run({"submit", "--profile", "local", atz.path("home.yaml")}).code == 11);
    // Ctrl-C while waiting: the outcome is unknown, and said so.
    first.kill(SIGINT);
    CHECK(first.wait() == 6);
    CHECK(atz.run({"recover", "--profile", "local"}).code == 0);
    CHECK(case_ids(atz).size() == 3);
  }
}
