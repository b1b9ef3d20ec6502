// Answers that get lost, cut, slowed down or blown up on their way.
#include <zlib.h>

#include "script.hpp"

using namespace atz::test;
using Then = Answer::Then;
using Reach = Play::Reach;

namespace {

// Two seconds for the answer, and a twelfth of it for each member, until all is well again: long enough for a busy
// machine to sign in.
const std::string kShort = std::string("  ") + kShortPatience + "\n";

std::string gzip(const std::string& text) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  REQUIRE(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string chunk(const std::string& text) {
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", text.size());
  return size + text + "\r\n";
}

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n";
const std::string kChunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";

std::string with_length(const std::string& body, std::size_t length) {
  return kOk + "Content-Length: " + std::to_string(length) + "\r\n\r\n" + body;
}

void lost(const char* name, const Play& play, const char* says = "", const std::string& lines = {}) {
  play_in_modes({name, play, 6, says, "unknown"}, lines);
}

void taken(const std::string& name, const Play& play) {
  CAPTURE(name);
  const ScriptName named(name);
  for (const Mode mode : modes()) {
    World world(mode);
    world.middle.on_every_submit(play);
    const auto submit = world.submit();
    CHECK_MESSAGE(submit.code == 0, submit.err);
    world.ends_well();
  }
}

// The answer itself, in another wrapping.
Play wrapped(std::function<std::string(const std::string& body)> wrap, Then then = Then::keep) {
  return bytes_changed([wrap = std::move(wrap)](const std::string& reply) { return wrap(body_of(reply)); }, then);
}

}  // namespace

TEST_SUITE("payer-transport") {
  TEST_CASE("no answer at all") {
    lost("closed", but("", Then::close), "without an answer");
    lost("closed before it was read", instead("", Then::close), "without an answer");
    lost("reset", but("", Then::reset));
    lost("reset before it was read", instead("", Then::reset));
  }

  TEST_CASE("no answer in time") {
    lost("hanging", but("", Then::hold), "within 2", kShort);
    lost("hanging after the head", but(with_length("{", 1000), Then::hold), "within 2", kShort);
    lost("hanging, and nothing was done", instead("", Then::hold), "within 2", kShort);
  }

  TEST_CASE("byte by byte, and never done") {
    const Play drip = {Reach::before,
                       [](const std::string& reply) {
                         Answer answer;
                         answer.then = Then::drip;
                         answer.rest = reply;
                         return answer;
                       },
                       nullptr};
    lost("drip", drip, "within 2", kShort);
  }

  TEST_CASE("the request arrives only when its sender has given up") {
    for (const Reach reach : {Reach::after, Reach::late}) {
      Play late = but("", Then::close);
      late.reach = reach;
      lost(reach == Reach::after ? "late" : "very late", late);
    }
  }

  TEST_CASE("the kept connection is closed in the middle") {
    lost("half a head", but("HTTP/1.1 200 OK\r\nContent-Le", Then::close));
    lost("half a body",
         wrapped([](const std::string& body) { return with_length(body, body.size()).substr(0, 500); }, Then::close));
    lost("half a body and a reset",
         wrapped([](const std::string& body) { return with_length(body, body.size()).substr(0, 500); }, Then::reset));
  }

  TEST_CASE("a length that is wrong") {
    lost("too large", wrapped([](const std::string& body) { return with_length(body, body.size() + 1); }, Then::close));
    lost("too small", wrapped([](const std::string& body) { return with_length(body, body.size() - 3); }, Then::close));
    lost("none of the body", wrapped([](const std::string& body) { return with_length(body, 0); }, Then::close));
    lost("negative",
         wrapped([](const std::string& body) { return kOk + "Content-Length: -5\r\n\r\n" + body; }, Then::close));
  }

  TEST_CASE("two lengths, or one that no number holds: the whole answer or none") {
    const auto two = [](const std::string& body) {
      return kOk + "Content-Length: 2\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    };
    const auto absurd = [](const std::string& body) {
      return kOk + "Content-Length: 99999999999999999999999\r\n\r\n" + body;
    };
    for (const Play& answer : {wrapped(two, Then::close), wrapped(absurd, Then::close)}) {
      for (const Mode mode : modes()) {
        World world(mode);
        world.middle.on_submit({answer});
        const auto submit = world.submit();
        CHECK((submit.code == 0 || submit.code == 6));
        world.ends_well();
      }
    }
  }

  TEST_CASE("chunks that are none") {
    for (const char* broken : {"zz\r\n{}\r\n0\r\n\r\n", "5\r\n{}", "5\r\n{}\r\n0\r\n\r\n",
                               "ffffffffffffffffff\r\n{}\r\n", "-1\r\n{}\r\n", "\r\n\r\n", "2\r\n{}\r\n"}) {
      lost(broken, but(kChunked + broken, Then::close));
    }
  }

  TEST_CASE("whole chunks, a compressed answer, an answer that ends with the connection") {
    taken("chunks", wrapped([](const std::string& body) {
            const auto half = body.size() / 2;
            return kChunked + chunk(body.substr(0, half)) + chunk(body.substr(half)) + "0\r\n\r\n";
          }));
    taken("gzip", wrapped([](const std::string& body) {
            const auto packed = gzip(body);
            return kOk + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(packed.size()) + "\r\n\r\n" +
                   packed;
          }));
    taken("until the end", wrapped([](const std::string& body) { return kOk + "\r\n" + body; }, Then::close));
  }

  TEST_CASE("compression that is damaged, unknown, or a bomb") {
    lost("damaged", wrapped(
                        [](const std::string& body) {
                          auto packed = gzip(body);
                          packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
                          return kOk + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(packed.size()) +
                                 "\r\n\r\n" + packed;
                        },
                        Then::close));
    lost("unknown", wrapped([](const std::string& body) {
           return kOk + "Content-Encoding: br\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
         }));
    constexpr std::size_t kHundredMebibytes = 100U * 1024U * 1024U;
    const std::string bomb = gzip(std::string(kHundredMebibytes, ' '));
    lost("bomb",
         but(kOk + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(bomb.size()) + "\r\n\r\n" + bomb),
         "larger than");
  }

  TEST_CASE("a body of a hundred mebibytes, announced or not") {
    const std::string mebibyte(1024U * 1024U, ' ');
    lost("announced", but(with_length("", 100U * mebibyte.size()), Then::endless, mebibyte));
    lost("not announced", but(kOk + "\r\n", Then::endless, mebibyte), "larger than");
    lost("in chunks", but(kChunked, Then::endless, chunk(mebibyte)), "larger than");
  }

  TEST_CASE("floods of headers and of interim answers") {
    lost("many", but("HTTP/1.1 200 OK\r\n", Then::endless, "X-More: " + std::string(1000, 'x') + "\r\n"),
         "larger than");
    lost("one without end", but("HTTP/1.1 200 OK\r\nX-More: ", Then::endless, std::string(100'000, 'x')));
    lost("100 Continue", but("", Then::endless, "HTTP/1.1 100 Continue\r\n\r\n"), "larger than");
    lost("103 Early Hints", but("", Then::endless, "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"), "larger than");
  }

  TEST_CASE("a few interim answers before the real one") {
    taken("interim", wrapped([](const std::string& body) {
            return "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" +
                   with_length(body, body.size());
          }));
  }

  TEST_CASE("what is no HTTP") {
    lost("garbage", but("\x16\x03\x01\x02", Then::close));
    lost("words", but("SSH-2.0-OpenSSH_9.2\r\n", Then::close));
    lost("HTTP/0.9", wrapped([](const std::string& body) { return body; }, Then::close));
    lost("only line ends", but("\r\n\r\n\r\n", Then::close));
    lost("NUL bytes", but(std::string(300, '\0'), Then::close));
  }

  TEST_CASE("headers that smuggle") {
    taken("a header with escapes", wrapped([](const std::string& body) {
            return "HTTP/1.1 200 \x1b[2J\r\nX-A: \x1b]0;owned\x07\r\nContent-Length: " + std::to_string(body.size()) +
                   "\r\n\r\n" + body;
          }));
    taken("an old folded header", wrapped([](const std::string& body) {
            return kOk + "X-A: one\r\n two\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
          }));
    lost("a NUL in a header", wrapped(
                                  [](const std::string& body) {
                                    return kOk + std::string("X-A: a\0b\r\n", 10) +
                                           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
                                  },
                                  Then::close));
  }

  TEST_CASE("two answers to one request: the second is nobody's") {
    for (const Mode mode : modes()) {
      World world(mode);
      // In single mode the second would be read as the answer to the next member.
      world.middle.on_submit({bytes_changed([](const std::string& reply) { return reply + reply; })});
      const auto submit = world.submit();
      const auto members = world.ledger();
      CHECK(members.at(0).delivery == "accepted");
      if (mode == Mode::single) {
        CHECK((submit.code == 0 || submit.code == 6));
      } else {
        CHECK(submit.code == 0);
      }
      world.ends_well();
    }
  }

  TEST_CASE("the second of three members' answers is lost") {
    World world(only(Mode::single));
    world.middle.on_submit({pass(), but("", Then::reset)});
    const auto submit = world.submit();
    CHECK(submit.code == 6);
    const auto members = world.ledger();
    CHECK(members.at(0).delivery == "accepted");
    CHECK(members.at(1).delivery == "unknown");
    CHECK(members.at(2).delivery == "refused");
    CHECK(members.at(2).case_id.empty());
    world.ends_well();
  }

  TEST_CASE("trouble while asking what arrived changes nothing, and is told") {
    const std::string mixed = R"({"resourceType":"Bundle","type":"batch-response","entry":[]})";
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({but("", Then::close)});
      CHECK(world.submit().code == 6);
      const auto before = world.ledger();
      for (const Play& trouble :
           {but("", Then::close), but("", Then::reset), instead(atz::payer::http(500, "{}")),
            instead(atz::payer::http(404, "{}")), instead(atz::payer::http(200, "<html></html>", {}, "text/html")),
            instead(atz::payer::http(200, mixed)), instead(atz::payer::http(202, "")),
            instead(atz::payer::http(302, "", "Location: /\r\n"))}) {
        world.middle.on_inquiry({trouble, trouble, trouble, trouble});
        const auto recover = world.recover();
        CHECK_MESSAGE(recover.code == 6, recover.out, recover.err);
        CHECK(!recover.err.empty());
        const auto after = world.ledger();
        REQUIRE(after.size() == before.size());
        for (std::size_t i = 0; i < after.size(); ++i) CHECK(after[i].delivery == before[i].delivery);
        // Nothing new goes out either.
        world.middle.on_inquiry({trouble, trouble, trouble, trouble});
        const auto sent = world.middle.submissions().size();
        CHECK(world.submit().code == 6);
        CHECK(world.middle.submissions().size() == sent);
      }
      world.ends_well();
    }
  }

  TEST_CASE("trouble with the statement of capabilities: nothing is sent") {
    for (const Play& trouble :
         {but("", Then::close), instead(atz::payer::http(200, "<html></html>")),
          instead(atz::payer::http(503, "", "Retry-After: 600\r\n")), instead(atz::payer::http(404, "")),
          instead(atz::payer::http(200, std::string(100'000, '[')))}) {
      for (const Mode mode : modes()) {
        World world(mode);
        world.middle.on_other({trouble, trouble});  // a GET on a kept connection that died is asked again
        CHECK(world.submit().code != 0);
        CHECK(world.middle.submissions().empty());
        CHECK(world.ledger().empty());
        world.ends_well();
      }
    }
  }
}
