// Lost answers, killed programs, half accepted homes: in the end every member has exactly one case.
#include <doctest/doctest.h>

#include <csignal>
#include <set>

#include "program.hpp"

using atz::test::Background;
using atz::test::Program;

namespace {

Background serve_on(const Program& atz, const std::string& day, std::vector<std::string> more,
                    const std::vector<std::pair<std::string, std::string>>& edits = {}) {
  std::vector<std::string> words{"sandbox", "serve", "--as-of", day};
  words.insert(words.end(), more.begin(), more.end());
  auto server = atz.start(words);
  atz.add_profile(server.read_until("min_inquiry_interval: 0\n"), edits);
  return server;
}

Background serve(const Program& atz, std::vector<std::string> more,
                 const std::vector<std::pair<std::string, std::string>>& edits = {}) {
  return serve_on(atz, "2026-12-07", std::move(more), edits);
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

// The demo home, approved for the year that ends on 2027-01-31, and its extension in next.yaml.
void approve_and_write_extension(const Program& atz) {
  REQUIRE(atz.run({"new", "home", "--demo", "--as-of", "2026-01-04", "-o", atz.path("home.yaml")}).code == 0);
  {
    auto server = serve_on(atz, "2026-01-04", {});
    REQUIRE(atz.run({"submit", "--profile", "local", atz.path("home.yaml")}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "maple-street", "approve"}).code == 0);
    REQUIRE(atz.run({"status", "--profile", "local"}).code == 0);
  }
  REQUIRE(atz.run({"new", "extension", "--demo", "--as-of", "2027-01-11", "-o", atz.path("next.yaml")}).code == 0);
  std::string text = atz.read("next.yaml");
  for (const char* digit : {"1", "2", "3"}) {
    text = atz::test::replaced(text, std::string("90000020") + digit, std::string("90000010") + digit);
  }
  atz.write("next.yaml", text);
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

  TEST_CASE("the answer to a withdrawal gets lost: recover finds that it arrived") {
    Program atz;
    auto server = serve(atz, {"--fault", "drop-after@Claim/$submit"}, {kNotReplaySafe});
    REQUIRE(atz.run({"submit", "--profile", "local", atz.home()}).code == 0);
    const auto lost = atz.run({"cancel", "--profile", "local", "900000102", "--reason", "moved out"});
    CHECK_MESSAGE(lost.code == 6, lost.out, lost.err);
    CHECK(atz.run({"status", "--offline", "--profile", "local"}).code == 6);
    // Nothing else about the home leaves before it is known.
    CHECK(atz.run({"cancel", "--profile", "local", "900000101", "--reason", "moved out"}).code == 6);
    const auto recover = atz.run({"recover", "--profile", "local", "--format", "json"});
    CHECK_MESSAGE(recover.code == 0, recover.out, recover.err);
    CHECK(recover.json()["batches"][0]["outcome"] == "found");
    const auto status = atz.run({"status", "--profile", "local", "--format", "json"});
    CHECK(status.json()["cases"][1]["status"] == "voided");
    CHECK(status.json()["cases"][0]["status"] == "in_review");
  }

  TEST_CASE("an answer to a question never arrived: recover says so, and --resend sends the same bytes") {
    Program atz;
    auto server = serve(atz, {"--fault", "drop-before@$submit-attachment"}, {kNotReplaySafe});
    REQUIRE(atz.run({"submit", "--profile", "local", atz.home()}).code == 0);
    REQUIRE(atz.run({"sandbox", "ask", "900000101", "--text", "Why at night?"}).code == 0);
    const auto lost = atz.run({"respond", "--profile", "local", "900000101", "--note", "Gets up twice."});
    CHECK_MESSAGE(lost.code == 6, lost.out, lost.err);
    CHECK(atz.run({"recover", "--profile", "local"}).code == 6);
    const auto resent = atz.run({"recover", "--profile", "local", "--resend", "--format", "json"});
    CHECK_MESSAGE(resent.code == 0, resent.out, resent.err);
    CHECK(resent.json()["batches"][0]["outcome"] == "resent");
    const auto status = atz.run({"status", "--profile", "local", "--format", "json"});
    CHECK(status.json()["cases"][0]["status"] == "in_review");
  }

  TEST_CASE("an extension never arrived: that the case is there does not count as proof that it did") {
    Program atz;
    approve_and_write_extension(atz);
    auto server = serve_on(atz, "2027-01-11", {"--fault", "drop-before"}, {kNotReplaySafe});
    const auto lost = atz.run({"submit", "--profile", "local", atz.path("next.yaml")});
    CHECK_MESSAGE(lost.code == 6, lost.out, lost.err);
    const auto recover = atz.run({"recover", "--profile", "local", "--format", "json"});
    CHECK(recover.code == 6);
    CHECK(recover.json()["batches"][0]["outcome"] == "absent");
    const auto resent = atz.run({"recover", "--profile", "local", "--resend"});
    CHECK_MESSAGE(resent.code == 0, resent.out, resent.err);
    const auto status = atz.run({"status", "--profile", "local", "--format", "json"}).json();
    REQUIRE(status["cases"].size() == 6);
    for (std::size_t i = 3; i < 6; ++i) CHECK(status["cases"][i]["status"] == "in_review");
  }

  TEST_CASE("the answer to an extension gets lost: recover finds it under its trace number") {
    Program atz;
    approve_and_write_extension(atz);
    auto server = serve_on(atz, "2027-01-11", {"--fault", "drop-after"}, {kNotReplaySafe});
    REQUIRE(atz.run({"submit", "--profile", "local", atz.path("next.yaml")}).code == 6);
    const auto recover = atz.run({"recover", "--profile", "local", "--format", "json"});
    CHECK_MESSAGE(recover.code == 0, recover.out, recover.err);
    CHECK(recover.json()["batches"][0]["outcome"] == "found");
    CHECK(atz.run({"submit", "--profile", "local", "--format", "json", atz.path("next.yaml")}).json()["sent"] == false);
  }
}
