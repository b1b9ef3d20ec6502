// Asking about many cases: how many requests that takes, and that what one answer lacks costs the others nothing.
#include "atz/app/inquire.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>

#include "atz/fhir/payer_side.hpp"

namespace atz::app {
namespace {

using Fate = payer::Exchange::Fate;

constexpr const char* kNothing = R"({"resourceType":"Parameters"})";
constexpr const char* kNotSupported =
    R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-supported"}]})";

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

// What the payer does, and what it was asked.
struct Script {
  bool offers_batch = true;
  bool takes_batch = true;
  int entry_status = 200;         // of each call in a batch
  std::string entry = kNothing;   // its body
  std::size_t dies_after = 1000;  // requests
  std::vector<std::size_t> batches;
  std::size_t singles = 0;
};

class ScriptedClient final : public payer::Client {
 public:
  explicit ScriptedClient(Script& script) : script_(script) {}
  Result<void> sign_in() override { return {}; }
  payer::Exchange get(const std::string&) override {
    auto statement = fhir::write_capabilities("http://127.0.0.1/fhir", Instant{}, "2.2.1");
    if (!script_.offers_batch) {
      const std::string code = R"({"code":"batch"})";
      statement.replace(statement.find(code), code.size(), R"({"code":"none"})");
    }
    return answered(200, statement);
  }
  payer::Exchange post(const std::string& path, std::string_view body, std::size_t) override {
    if (script_.batches.size() + script_.singles >= script_.dies_after) {
      payer::Exchange lost;
      lost.fate = Fate::unknown;
      lost.error = {Failure::unknown_outcome, "The connection was lost.", {}};
      return lost;
    }
    if (!path.empty()) {
      ++script_.singles;
      return answered(200, kNothing);
    }
    if (!script_.takes_batch) return answered(400, kNotSupported);
    script_.batches.push_back(count(body, "Claim/$inquire"));
    return answered(
        200, fhir::write_outer_reply(
                 false, std::vector<fhir::AnsweredEntry>(script_.batches.back(), {script_.entry_status, script_.entry}),
                 Instant{}));
  }
  payer::Exchange post_form(const std::string&, const Fields&) override { return {}; }
  void on_slow(std::function<void()>) override {}
  void on_cancelled(std::function<bool()>) override {}

 private:
  static payer::Exchange answered(int status, std::string body) {
    payer::Exchange exchange;
    exchange.fate = Fate::answered;
    exchange.http_status = status;
    exchange.body = std::move(body);
    return exchange;
  }
  Script& script_;
};

class World {
 public:
  explicit World(std::size_t cases) : folder_(make_folder()), files_(real_files()), clock_(Instant{}), random_(7) {
    vault_ = std::make_unique<seal::Vault>(seal::Secret(std::string(32, 'k')));
    auto opened = ledger::Ledger::open(*files_, folder_ + "/state", *vault_, random_, ledger::Access::write);
    REQUIRE(opened);
    ledger_ = std::move(*opened);
    ledger::BatchIntent batch;
    batch.batch_id = "home-20261207-aaaaa";
    batch.home_id = "home";
    batch.profile = "many";
    batch.mode = "batch";
    std::vector<ledger::MemberOutcome> outcomes;
    for (std::size_t i = 0; i < cases; ++i) {
      ledger::MemberIntent member;
      member.label = fmt::format("M{}", i);
      member.claim_identifier = batch.batch_id + "-" + member.label;
      member.bundle_identifier = member.claim_identifier + "-S1";
      member.content = member.label;
      member.body = "{}";
      member.member_id = fmt::format("99{:06}A", i);
      batch.members.push_back(member);
      ledger::MemberOutcome outcome;
      outcome.label = member.label;
      outcome.delivery = model::Delivery::accepted;
      outcome.case_id = fmt::format("9{:08}", i);
      outcome.status = model::CaseStatus::in_review;
      outcomes.push_back(outcome);
    }
    REQUIRE(ledger_->record_intent(batch));
    REQUIRE(ledger_->record_outcome(batch.batch_id, outcomes, Instant{}));
  }
  ~World() {
    ledger_.reset();
    std::filesystem::remove_all(folder_);
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  std::vector<Found> ask(Script& script) {
    Services services{
        *files_,
        clock_,
        random_,
        folder_ + "/config",
        folder_ + "/state",
        {},
        [&](const auto&, auto, auto&, auto&) { return Result<std::unique_ptr<payer::Client>>(make(script)); },
        [](const std::string&) {},
        [] { return false; },
        {}};
    model::PayerProfile profile;
    profile.name = "many";
    profile.embedded = false;
    profile.base_url = "http://127.0.0.1/fhir";
    profile.auth.mode = model::AuthMode::none;
    auto session = Session::open(services, profile, *vault_, clock_, Session::Ask::again);
    REQUIRE(session);
    const auto records = ledger_->cases("many");
    REQUIRE(records);
    std::vector<const ledger::CaseRecord*> wanted;
    for (const auto& record : *records) wanted.push_back(&record);
    auto found = inquire(**session, services, *ledger_, wanted, Instant{});
    REQUIRE(found);
    return std::move(*found);
  }

 private:
  static std::unique_ptr<payer::Client> make(Script& script) { return std::make_unique<ScriptedClient>(script); }
  static std::string make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "atz-inquire-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
  }

  std::string folder_;
  std::unique_ptr<Files> files_;
  FixedClock clock_;
  SeededRandom random_;
  std::unique_ptr<seal::Vault> vault_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

TEST_CASE("a hundred cases travel in one request") {
  World world(202);
  Script script;
  const auto found = world.ask(script);
  CHECK(script.batches == std::vector<std::size_t>{100, 100, 2});
  CHECK(script.singles == 0);
  REQUIRE(found.size() == 202);
  for (const auto& one : found) CHECK((one && !*one));
}

TEST_CASE("a payer without batches is asked one by one") {
  World world(3);
  Script script;
  script.offers_batch = false;
  CHECK(world.ask(script).size() == 3);
  CHECK(script.batches.empty());
  CHECK(script.singles == 3);
}

TEST_CASE("a payer that offers batches but takes none of these is asked one by one, and not offered another") {
  World world(150);
  Script script;
  script.takes_batch = false;
  const auto found = world.ask(script);
  CHECK(script.batches.empty());
  CHECK(script.singles == 150);
  for (const auto& one : found) CHECK(one);
}

TEST_CASE("an inquiry that failed inside a batch does not say that there is no such case") {
  constexpr const char* kNotFound =
      R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found"}]})";
  const auto failure_of = [](int status, const std::string& body) {
    World world(2);
    Script script;
    script.entry_status = status;
    script.entry = body;
    const auto found = world.ask(script);
    CAPTURE(status);
    REQUIRE_FALSE(found.front());
    return found.front().error().failure;
  };
  CHECK(failure_of(500, "") == Failure::temporary);
  CHECK(failure_of(503, kNotFound) == Failure::temporary);
  CHECK(failure_of(429, "") == Failure::temporary);
  CHECK(failure_of(401, "") == Failure::refused);
  CHECK(failure_of(404, kNotSupported) == Failure::refused);
  CHECK(failure_of(200, R"({"resourceType":"Patient"})") == Failure::refused);
}

TEST_CASE("what was learned before the payer went away is kept") {
  World world(150);
  Script script;
  script.dies_after = 1;
  const auto found = world.ask(script);
  REQUIRE(found.size() == 150);
  for (std::size_t i = 0; i < 100; ++i) CHECK(found[i]);
  for (std::size_t i = 100; i < 150; ++i) {
    REQUIRE_FALSE(found[i]);
    CHECK(found[i].error().failure == Failure::temporary);
  }
}

TEST_CASE("a payer that went away is not asked again for every case") {
  World world(5);
  Script script;
  script.offers_batch = false;
  script.dies_after = 2;
  const auto found = world.ask(script);
  CHECK(script.singles == 2);
  CHECK(found[1]);
  CHECK_FALSE(found[2]);
  CHECK_FALSE(found[4]);
}

}  // namespace
}  // namespace atz::app
