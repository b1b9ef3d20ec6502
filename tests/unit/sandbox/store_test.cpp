#include "sandbox/store.hpp"

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

namespace fs = std::filesystem;

void fill(World& world) {
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(fhir::OuterKind::transaction, requests());
  REQUIRE(deny(*world.desk(), "900000103", "Sampleton of 1988-02-29 said so").has_value());
  REQUIRE(approve(*world.desk(), "900000101", "").has_value());
}

std::string all_bytes(const std::string& folder) {
  std::string bytes;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += read_bytes(entry.path().string());
  }
  return bytes;
}

}  // namespace

TEST_CASE("a stolen store tells nothing about a person") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(fhir::OuterKind::transaction, requests());
  REQUIRE(deny(*world.desk(), "900000103", "Sampleton of 1988-02-29 said so").has_value());
  const std::string bytes = all_bytes(world.state_dir());
  CHECK(bytes.find("900000101") != std::string::npos);  // it is the store that was searched
  for (const auto canary : kCanaries) {
    CHECK_MESSAGE(bytes.find(canary) == std::string::npos, std::string(canary));
  }
  CHECK(bytes.find(seal::sha256_hex("99000001A")) == std::string::npos);
  CHECK(bytes.find(server->client_secret().reveal()) == std::string::npos);
  CHECK(bytes.find(caller.token) == std::string::npos);
}

TEST_CASE("the store is private") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(fhir::OuterKind::transaction, requests());
  struct stat status {};
  REQUIRE(::stat(world.state_dir().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0700);
  int files = 0;
  for (const auto& entry : fs::directory_iterator(world.state_dir())) {
    REQUIRE(::stat(entry.path().c_str(), &status) == 0);
    CHECK_MESSAGE((status.st_mode & 0777U) == 0600, entry.path().string());
    ++files;
  }
  CHECK(files >= 1);
}

TEST_CASE("another key, a broken file and a newer version are state errors") {
  World world;
  fill(world);
  world.keys = vault('x');
  const auto locked = Store::open(world.services());
  REQUIRE_FALSE(locked.has_value());
  CHECK(locked.error().failure == Failure::state);
  world.keys = vault();
  CHECK(Store::open(world.services()).has_value());

  const std::string file = world.state_dir() + "/sandbox.db";
  {
    auto database = Database::open(file);
    REQUIRE(database);
    REQUIRE(database->script("PRAGMA user_version = 99").has_value());
  }
  const auto newer = Store::open(world.services());
  REQUIRE_FALSE(newer.has_value());
  CHECK(newer.error().failure == Failure::state);

  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file + suffix);
  std::ofstream(file) << std::string(8192, 'x');
  const auto broken = Store::open(world.services());
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().failure == Failure::state);
  CHECK_FALSE(Server::start(world.services(), {}).has_value());
  CHECK(reset(world.services()).has_value());
  CHECK(Store::open(world.services()).has_value());
}

TEST_CASE("reset forgets cases, members and the clock, also under a running server") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(fhir::OuterKind::transaction, requests());
  SandboxClock clock(*world.files, world.state_dir());
  REQUIRE(clock.move_to(at("2026-12-07")).has_value());
  REQUIRE(reset(world.services()).has_value());
  CHECK_FALSE(clock.standing()->has_value());
  CHECK(world.desk()->list()->empty());
  CHECK(json_of(caller.get("/fhir/Patient?identifier=99000001A")).value("total", -1) == 0);
  CHECK(caller.open(requests()[0].bytes).case_id == "900000101");
  // Nothing to forget is no error.
  World fresh;
  CHECK(reset(fresh.services()).has_value());
}

TEST_CASE("a signed statement is spent once, by whichever process, until it has expired") {
  World world;
  const auto spend = [&](const std::string& digest, int life) {
    auto store = Store::open(world.services());
    REQUIRE(store.has_value());
    auto transaction = (*store)->write();
    REQUIRE(transaction.has_value());
    const auto now = world.clock.now();
    const auto first = (*store)->spend_assertion(digest, now + std::chrono::seconds(life), now);
    REQUIRE(first.has_value());
    REQUIRE(transaction->commit().has_value());
    return *first;
  };
  CHECK(spend("a", 60));
  CHECK_FALSE(spend("a", 60));
  CHECK(spend("b", 60));
  REQUIRE(reset(world.services()).has_value());
  CHECK_FALSE(spend("a", 60));
  world.clock.sleep_for(std::chrono::seconds(59));
  CHECK_FALSE(spend("a", 1));
  world.clock.sleep_for(std::chrono::seconds(1));
  CHECK(spend("a", 1));
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  World world;
  auto store = std::move(Store::open(world.services()).value());
  {
    auto transaction = store->write();
    REQUIRE(transaction);
    CHECK(store->next_case_id().value() == "900000101");
    MemberRecord member;
    member.id = "99000001A";
    REQUIRE(store->save_member(member).has_value());
  }
  auto transaction = store->write();
  REQUIRE(transaction);
  CHECK_FALSE(store->member("99000001A")->has_value());
  CHECK(store->next_case_id().value() == "900000101");
  CHECK(store->next_case_id().value() == "900000102");
  CHECK(store->next_authorization_number().value() == "PA7700451");
  CHECK(transaction->commit().has_value());
}

TEST_CASE("a serving and a reviewing store take turns") {
  World world;
  auto one = std::move(Store::open(world.services()).value());
  auto two = std::move(Store::open(world.services()).value());
  const auto count = [](Store& store) {
    for (int i = 0; i < 50; ++i) {
      auto transaction = store.write();
      REQUIRE(transaction);
      REQUIRE(store.next_case_id().has_value());
      REQUIRE(transaction->commit().has_value());
    }
  };
  std::thread other([&] { count(*two); });
  count(*one);
  other.join();
  auto transaction = one->write();
  REQUIRE(transaction);
  CHECK(one->next_case_id().value() == "900000201");
}

TEST_CASE("clients that submit at once get different cases") {
  World world;
  const auto server = world.serve();
  std::vector<std::thread> clients;
  std::atomic<int> accepted{0};
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&, i] {
      Caller caller(*server);
      const auto members = requests(
          [&](model::Home& home) {
            for (std::size_t n = 0; n < 3; ++n) {
              home.members[n].id.value = "990001" + std::to_string(i) + std::to_string(n) + "A";
            }
          },
          Batch{"maple-street-20261207-aaaa" + std::to_string(i)});
      const auto result =
          caller.post("/fhir", outer(fhir::OuterKind::transaction, members, "batch-" + std::to_string(i)));
      if (result && result->status == 200) ++accepted;
    });
  }
  for (auto& client : clients) client.join();
  CHECK(accepted == 4);
  const auto cases = world.desk()->list().value();
  REQUIRE(cases.size() == 12);
  CHECK(cases.front().case_id == "900000101");
  CHECK(cases.back().case_id == "900000112");
}

}  // namespace atz::sandbox::test
