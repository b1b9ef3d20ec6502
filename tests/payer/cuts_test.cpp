// Answers that end too early, at one byte after another.
#include <atomic>
#include <cstdlib>

#include "script.hpp"

using namespace atz::test;
using Then = Answer::Then;

namespace {

// The answer in the three ways that HTTP has to say where it ends: a length, chunks, the end of the connection.
std::string wrapped(std::string body, std::size_t way) {
  body.erase(body.find_last_of('}') + 1);
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n";
  if (way % 3 == 0) return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  if (way % 3 == 1) return head + "\r\n" + body;
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", body.size());
  return head + "Transfer-Encoding: chunked\r\n\r\n" + size + body + "\r\n0\r\n\r\n";
}

// Sends what is unknown again and again, the answer cut `step` bytes later each time, until a cut lies behind its end.
// A payer that calls nothing its own makes atz send the same bytes each time.
void cut_at_every(std::size_t step, Mode mode) {
  World world(mode);
  world.middle.on_submit({instead("", Then::close)});
  REQUIRE(world.submit().code == 6);
  // What is sent member by member ends with the first whose outcome is unknown: the others have not left.
  const auto first = world.ledger();
  REQUIRE(first.size() == 3);
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i].delivery == (mode == Mode::single && i > 0 ? "refused" : "unknown"));
  }
  world.middle.on_every_inquiry(first_answer_each_time());
  REQUIRE(world.recover().code == 6);

  std::atomic<std::size_t> cut{0};
  std::atomic<bool> whole{false};
  std::atomic<std::size_t> answers{0};
  world.middle.on_every_submit({Play::Reach::before,
                                [&](const std::string& reply) {
                                  const std::size_t number = answers++;
                                  const std::string bytes = wrapped(body_of(reply), number);
                                  const std::size_t at = cut.fetch_add(step);
                                  if (at >= bytes.size()) {
                                    whole = true;
                                    return Answer{"", Then::close};
                                  }
                                  return Answer{bytes.substr(0, at), number % 2 == 0 ? Then::reset : Then::close};
                                },
                                nullptr});
  for (std::size_t counted = 0; !whole;) {
    const auto recover = world.recover(true);
    count_run(mode);
    for (; counted < answers; ++counted) count_run(mode);
    CHECK_MESSAGE(recover.code == 6, cut.load(), recover.out, recover.err);
    const auto members = world.ledger();
    REQUIRE(members.size() == first.size());
    for (std::size_t i = 0; i < members.size(); ++i)
      CHECK_MESSAGE(members[i].delivery == first[i].delivery, cut.load());
  }
  CHECK(answers > 20);
  world.ends_well();
}

}  // namespace

TEST_SUITE("payer-cuts") {
  TEST_CASE("the answer, cut at one byte after another") {
    for (const Mode mode : modes()) cut_at_every(std::getenv("ATZ_EVERY_MODE") != nullptr ? 8 : 211, mode);
  }
}

TEST_SUITE("payer-cuts-everywhere") {
  TEST_CASE("a member's answer, cut at every byte") {
    cut_at_every(1, only(Mode::single));
  }
}
