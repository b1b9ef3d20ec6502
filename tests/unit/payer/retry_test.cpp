// 429 and 503: how long to wait, how often to come back, when to give up.
#include "payer/retry.hpp"

#include "unit/payer/fixture.hpp"

namespace atz::payer {

using Fate = Exchange::Fate;
using std::chrono::seconds;

namespace {

// Turns the first `times` requests away.
ScriptedServer::Handler busy_at_first(int times, int status, std::string headers = {}) {
  return [times, status, headers = std::move(headers), seen = 0](const Received&) mutable {
    return Answer{++seen <= times ? http(status, "{}", headers) : http(200, R"({"ok":true})")};
  };
}

seconds spent(const World& world, Instant begin) {
  return world.clock.now() - begin;
}

}  // namespace

TEST_CASE("Retry-After in seconds is waited for and the same bytes are sent again") {
  for (const int status : {429, 503}) {
    ScriptedServer server(busy_at_first(2, status, "Retry-After: 7\r\n"));
    World world(server);
    const Instant begin = world.clock.now();
    const Exchange exchange = world.client()->post("Claim/$submit", R"({"n":1})", 1);
    CHECK(exchange.fate == Fate::answered);
    CHECK(exchange.http_status == 200);
    CHECK(spent(world, begin) == seconds(14));
    const auto received = server.received();
    REQUIRE(received.size() == 3);
    CHECK(received[0].body == received[2].body);
    CHECK(received[0].target == received[2].target);
  }
}

TEST_CASE("whoever need not wait at all waits a second") {
  for (const char* wait : {"0", "Thu, 01 Jan 1970 00:00:00 GMT"}) {
    ScriptedServer server(busy_at_first(2, 429, std::string("Retry-After: ") + wait + "\r\n"));
    World world(server);
    const Instant begin = world.clock.now();
    CHECK(world.client()->post("Claim/$submit", "{}", 1).http_status == 200);
    CHECK(spent(world, begin) == seconds(2));
  }
}

TEST_CASE("a Retry-After that is none counts as missing") {
  for (const char* wait : {"-5", "soon", "1e9", ""}) {
    ScriptedServer server(busy_at_first(1, 429, std::string("Retry-After: ") + wait + "\r\n"));
    World world(server);
    const Instant begin = world.clock.now();
    CHECK(world.client()->post("Claim/$submit", "{}", 1).http_status == 200);
    CHECK(spent(world, begin) == seconds(2));
  }
}

TEST_CASE("without Retry-After: 2, 8 and 30 seconds, then the answer stands") {
  for (const int status : {429, 503}) {
    ScriptedServer server(busy_at_first(100, status));
    World world(server);
    const Instant begin = world.clock.now();
    const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
    CHECK(exchange.fate == Fate::answered);
    CHECK(exchange.http_status == status);
    CHECK(exchange.error.failure == Failure::temporary);
    CHECK(contains(exchange.error.message, "after 4 attempts"));
    CHECK(server.received().size() == 4);
    CHECK(spent(world, begin) >= seconds(40));
    CHECK(spent(world, begin) <= seconds(49));
  }
}

TEST_CASE("a GET is retried as well") {
  ScriptedServer server(busy_at_first(3, 503, "Retry-After: 1\r\n"));
  World world(server);
  CHECK(world.client()->get("metadata").http_status == 200);
  CHECK(server.received().size() == 4);
}

TEST_CASE("other server errors are not retried") {
  for (const int status : {408, 500, 502, 504}) {
    ScriptedServer server(busy_at_first(1, status, "Retry-After: 1\r\n"));
    World world(server);
    CHECK(world.client()->post("", "{}", 1).http_status == status);
    CHECK(server.received().size() == 1);
  }
}

TEST_CASE("a wait of 120 seconds is patience, one of 121 is for a person") {
  for (const int length : {120, 121}) {
    ScriptedServer server(busy_at_first(1, 429, "Retry-After: " + std::to_string(length) + "\r\n"));
    World world(server);
    const Instant begin = world.clock.now();
    const Exchange exchange = world.client()->post("", "{}", 1);
    if (length == 120) {
      CHECK(exchange.http_status == 200);
      CHECK(spent(world, begin) == seconds(120));
    } else {
      CHECK(exchange.fate == Fate::answered);
      CHECK(exchange.http_status == 429);
      CHECK(exchange.retry_after == seconds(121));
      CHECK(exchange.error.failure == Failure::temporary);
      CHECK(contains(exchange.error.message, "wait 121 s"));
      CHECK(server.received().size() == 1);
      CHECK(spent(world, begin) == seconds(0));
    }
  }
}

TEST_CASE("Ctrl-C during a wait") {
  ScriptedServer server(busy_at_first(100, 429, "Retry-After: 60\r\n"));
  World world(server);
  const Instant begin = world.clock.now();
  const auto client = world.client();
  client->on_cancelled([&] { return spent(world, begin) >= seconds(3); });
  const Exchange exchange = client->post("", "{}", 1);
  CHECK(exchange.http_status == 429);
  CHECK(exchange.error.failure == Failure::interrupted);
  CHECK(spent(world, begin) == seconds(3));
}

TEST_CASE("a lost answer after a 503 is unknown, not refused") {
  int seen = 0;
  ScriptedServer server([&](const Received&) {
    return ++seen == 1 ? Answer{http(503, "{}", "Retry-After: 1\r\n")} : Answer{"", Answer::Then::close};
  });
  World world(server);
  CHECK(world.client()->post("", "{}", 1).fate == Fate::unknown);
  CHECK(server.received().size() == 2);
}

TEST_CASE("a 429 after a 503 does not turn it into certainty") {
  int seen = 0;
  ScriptedServer server([&](const Received&) {
    return Answer{http(++seen == 1 ? 503 : 429, "{}", seen == 1 ? "" : "Retry-After: 600\r\n")};
  });
  World world(server);
  const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::answered);
  CHECK(exchange.http_status == 503);
  CHECK(exchange.retry_after == seconds(600));
}

TEST_CASE("a payer that is gone after its 503 does not turn it into certainty") {
  auto server = std::make_unique<ScriptedServer>([](const Received&) {
    return Answer{http(503, "{}", "Retry-After: 1\r\n"), Answer::Then::close};
  });
  World world(*server);
  const auto client = world.client();
  const Instant begin = world.clock.now();
  client->on_cancelled([&] {
    if (server && spent(world, begin) == seconds(0) && !server->received().empty()) {
      server->wait_until_closed(1);
    } else if (spent(world, begin) > seconds(0)) {
      server.reset();
    }
    return false;
  });
  const Exchange exchange = client->post("", "{}", 1);
  CHECK(exchange.fate == Fate::answered);
  CHECK(exchange.http_status == 503);
}

TEST_CASE("both forms of Retry-After") {
  const Instant now{seconds(1'792'567'680)};  // Wed, 21 Oct 2026 07:28:00 GMT
  const auto read = [&](std::string_view text, std::string_view date = {}) {
    return read_retry_after(text, date, now);
  };
  CHECK(read("120") == seconds(120));
  CHECK(read(" 0 ") == seconds(0));
  CHECK(read("99999999999999999999999") == seconds(999'999'999));
  CHECK(read("Wed, 21 Oct 2026 07:29:30 GMT") == seconds(90));
  CHECK(read("Wednesday, 21-Oct-26 07:29:30 GMT") == seconds(90));
  CHECK(read("Wed, 21 Oct 2026 07:27:00 GMT") == seconds(0));
  CHECK(read("Wed, 21 Oct 2026 07:29:30 GMT", "Wed, 21 Oct 2026 07:29:00 GMT") == seconds(30));
  CHECK(read("Wed, 21 Oct 2026 07:29:30 GMT", "nonsense") == seconds(90));
  CHECK(!read(""));
  CHECK(!read("soon"));
  CHECK(!read("-5"));
}

TEST_CASE("default waits grow and stay within a quarter") {
  SeededRandom random(7);
  for (int i = 0; i < 200; ++i) {
    CHECK(default_wait(0, random) == seconds(2));
    const seconds second = default_wait(1, random);
    CHECK(second >= seconds(8));
    CHECK(second <= seconds(10));
    const seconds third = default_wait(2, random);
    CHECK(third >= seconds(30));
    CHECK(third <= seconds(37));
  }
}

TEST_CASE("after a 503 a refusal that did not look at the message tells nothing of the first try") {
  for (const int status : {401, 403, 404, 405, 413, 415, 501}) {
    CAPTURE(status);
    int asked = 0;
    ScriptedServer server([&](const Received&) {
      return ++asked == 1 ? Answer{http(503, "", "Retry-After: 1\r\n")} : Answer{http(status, "")};
    });
    World world(server);
    const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
    CHECK(exchange.fate == Exchange::Fate::answered);
    CHECK(exchange.http_status == 503);
  }
  for (const int status : {200, 201, 400, 422}) {
    CAPTURE(status);
    int asked = 0;
    ScriptedServer server([&](const Received&) {
      return ++asked == 1 ? Answer{http(503, "", "Retry-After: 1\r\n")} : Answer{http(status, "{}")};
    });
    World world(server);
    CHECK(world.client()->post("Claim/$submit", "{}", 1).http_status == status);
  }
}

}  // namespace atz::payer
