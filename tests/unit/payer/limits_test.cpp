// Answers that are too large, too slow or no longer wanted.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "unit/payer/fixture.hpp"

namespace atz::payer {

using Fate = Exchange::Fate;
using Then = Answer::Then;
using std::chrono::milliseconds;

namespace {

// 1 MiB of zeros, as gzip packs them into 1051 bytes.
std::string packed_mebibyte() {
  using namespace std::string_literals;
  return "\x1f\x8b\x08\0\0\0\0\0\x02\x03\xed\xc1\x31\x01\0\0\0\xc2\xa0\xf5\x4f\x6d\x08\x5f\xa0"s +
         std::string(1016, '\0') + "\x3e\x03\x1c\xea\x38\xa7\0\0\x10\0"s;
}

}  // namespace

TEST_CASE("an answer of the largest size is taken, one byte more is not") {
  ScriptedServer server([](const Received&) { return Answer{http(200, std::string(1000, 'x'))}; });
  World world(server);
  world.limits.max_reply_bytes = 1000;
  CHECK(world.client()->post("", "{}", 1).body.size() == 1000);
  world.limits.max_reply_bytes = 999;
  const Exchange exchange = world.client()->post("", "{}", 1);
  CHECK(exchange.fate == Fate::unknown);
  CHECK(exchange.error.failure == Failure::unknown_outcome);
  CHECK(contains(exchange.error.message, "larger than 999 bytes"));
  CHECK(exchange.body.empty());
}

TEST_CASE("a compressed answer is measured by what it unpacks to") {
  ScriptedServer server(
      [](const Received&) { return Answer{http(200, packed_mebibyte(), "Content-Encoding: gzip\r\n")}; });
  World world(server);
  world.limits.max_reply_bytes = 1024 * 1024;
  const Exchange whole = world.client()->post("", "{}", 1);
  CHECK(whole.fate == Fate::answered);
  CHECK(whole.body == std::string(1024 * 1024, '\0'));
  world.limits.max_reply_bytes = 1024 * 1024 - 1;
  const Exchange bomb = world.client()->post("", "{}", 1);
  CHECK(bomb.fate == Fate::unknown);
  CHECK(contains(bomb.error.message, "larger than"));
}

TEST_CASE("an answer without end is broken off") {
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  for (const Answer& answer :
       {Answer{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Then::endless, chunk},
        Answer{"HTTP/1.1 200 OK\r\n", Then::endless, "X-More: " + std::string(1000, 'x') + "\r\n"}}) {
    ScriptedServer server([&](const Received&) { return answer; });
    World world(server);
    world.limits.max_reply_bytes = 1024 * 1024;
    const Exchange exchange = world.client()->post("", "{}", 1);
    CHECK(exchange.fate == Fate::unknown);
    CHECK(contains(exchange.error.message, "larger than"));
  }
}

TEST_CASE("the profile says how long to wait: a minute, and a twelfth of that for each member") {
  model::PayerProfile profile;
  CHECK(limits_of(profile).base == std::chrono::seconds(60));
  CHECK(limits_of(profile).per_member == std::chrono::seconds(5));
  profile.answer_seconds = 6;
  CHECK(limits_of(profile).base == std::chrono::seconds(6));
  CHECK(limits_of(profile).per_member == milliseconds(500));
}

TEST_CASE("no answer in time: the outcome of a POST is unknown") {
  ScriptedServer server([](const Received&) {
    return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", Then::hold};
  });
  World world(server);
  world.limits.base = milliseconds(50);
  world.limits.per_member = milliseconds(10);
  const auto client = world.client();
  const Exchange exchange = client->post("Claim/$submit", "{}", 3);
  CHECK(exchange.fate == Fate::unknown);
  CHECK(exchange.error.failure == Failure::unknown_outcome);
  CHECK(contains(exchange.error.message, "within 80 ms"));
  CHECK(contains(client->get("metadata").error.message, "within 50 ms"));
}

TEST_CASE("no connection in time: nothing was sent") {
  // A listener that never accepts; two connections fill its queue, and further ones get no answer from the kernel.
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(listener, generic, length) == 0);
  REQUIRE(::listen(listener, 0) == 0);
  REQUIRE(::getsockname(listener, generic, &length) == 0);
  std::vector<int> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::connect(fillers.back(), generic, length);
  }

  World world(fmt::format("http://127.0.0.1:{}", ntohs(address.sin_port)));
  world.limits.connect = milliseconds(50);
  const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == Failure::temporary);
  CHECK(contains(exchange.error.message, "No connection"));
  CHECK(contains(exchange.error.message, "within 50 ms"));
  for (const int filler : fillers) ::close(filler);
  ::close(listener);
}

TEST_CASE("a slow answer is announced once, and still taken") {
  ScriptedServer server([](const Received&) { return Answer{"", Then::hold, http(200, "{}")}; });
  World world(server);
  world.limits.slow_after = milliseconds(1);
  const auto client = world.client();
  int told = 0;
  client->on_slow([&] {
    ++told;
    server.release();
  });
  CHECK(client->post("", "{}", 1).fate == Fate::answered);
  CHECK(told == 1);
}

TEST_CASE("a quick answer is not announced as slow") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server);
  const auto client = world.client();
  int told = 0;
  client->on_slow([&] { ++told; });
  client->post("", "{}", 1);
  CHECK(told == 0);
}

TEST_CASE("cancelled while the payer is at work: the outcome is unknown") {
  ScriptedServer server([](const Received&) { return Answer{"", Then::hold}; });
  World world(server);
  const auto client = world.client();
  client->on_cancelled([&] { return !server.received().empty(); });
  const Exchange post = client->post("", "{}", 1);
  CHECK(post.fate == Fate::unknown);
  CHECK(post.error.failure == Failure::unknown_outcome);
  CHECK(contains(post.error.message, "Interrupted"));
  CHECK(client->get("metadata").error.failure == Failure::interrupted);
}

TEST_CASE("cancelled before anything was sent") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server);
  const auto client = world.client();
  client->on_cancelled([] { return true; });
  const Exchange exchange = client->post("", "{}", 1);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == Failure::interrupted);
  CHECK(server.received().empty());
}

TEST_CASE("an exception of a callback reaches the caller, and the client survives it") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server);
  const auto client = world.client();
  client->on_cancelled([]() -> bool { throw std::runtime_error("from the callback"); });
  CHECK_THROWS_WITH(client->post("", "{}", 1), "from the callback");
  client->on_cancelled(nullptr);
  CHECK(client->post("", "{}", 1).fate == Fate::answered);
}

}  // namespace atz::payer
