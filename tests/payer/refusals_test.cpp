// Every way of saying no, and every answer that is neither yes nor no.
#include "script.hpp"

using namespace atz::test;
using Then = Answer::Then;

namespace {

std::string no(int status, const std::string& headers = {}) {
  return atz::payer::http(status, outcome_with("error", "processing", "not today"), headers);
}

// Throttled once: the same bytes go out again after that wait.
void resent(Mode mode, const std::string& wait) {
  CAPTURE(wait);
  const ScriptName named("Retry-After: " + wait);
  World world(mode);
  world.middle.on_submit({instead(no(429, "Retry-After: " + wait + "\r\n"))});
  CHECK(world.submit().code == 0);
  const auto sent = world.middle.submissions();
  CHECK(sent.at(0).body == sent.at(1).body);
  world.ends_well();
}

const std::string kHtml = "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>";

}  // namespace

TEST_SUITE("payer-refusals") {
  TEST_CASE("a status that refuses: nothing was accepted, and the next submit is a new request") {
    for (const int status : {404, 405, 406, 410, 412, 413, 415, 418, 451, 501}) {
      const std::string says = "HTTP " + std::to_string(status);
      play_in_modes({says.c_str(), instead(no(status)), 9, says.c_str(), "refused"});
    }
    play_in_modes({"400", instead(no(400)), 9, "HTTP 400", "refused"});
    play_in_modes({"422", instead(no(422)), 9, "HTTP 422", "refused"});
  }

  TEST_CASE("a refusal says what the payer said") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({instead(no(422))});
      const auto submit = world.submit();
      CHECK(submit.err.find("not today") != std::string::npos);
      CHECK(submit.err.find("Our request number for the payer's help desk") != std::string::npos);
    }
  }

  TEST_CASE("too large: the way out is named") {
    play_in_modes({"413", instead(no(413)), 9, "attach smaller documents", "refused"});
  }

  TEST_CASE("not signed in, not allowed") {
    for (const int status : {401, 403}) {
      const std::string says = "does not let us submit (HTTP " + std::to_string(status) + ")";
      play_in_modes({says.c_str(), instead(no(status)), 4, says.c_str(), "refused", true});
    }
  }

  TEST_CASE("one 401 is answered with a new token") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({instead(no(401, "WWW-Authenticate: Bearer\r\n"))});
      CHECK(world.submit().code == 0);
      world.ends_well();
    }
  }

  TEST_CASE("throttled, and to come back much later: nothing was accepted") {
    for (const char* wait : {"600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"}) {
      const auto busy = instead(no(429, std::string("Retry-After: ") + wait + "\r\n"));
      play_in_modes({wait, busy, 5, "The payer is busy (HTTP 429)", "refused"});
    }
  }

  TEST_CASE("throttled for a moment: the same bytes go out again") {
    for (const std::string wait : {"0", "00", "Thu, 01 Jan 1970 00:00:00 GMT"}) {
      for (const Mode mode : modes()) resent(mode, wait);
    }
  }

  TEST_CASE("a Retry-After that is none counts as missing") {
    // It takes the two seconds that atz waits by itself.
    for (const std::string wait : {"-5", "soon"}) {
      for (const Mode mode : modes()) resent(mode, wait);
    }
  }

  TEST_CASE("server errors before and after the work was done: unknown either way") {
    for (const int status : {502, 504, 507, 408}) {
      const std::string says = "HTTP " + std::to_string(status);
      play_in_modes({says.c_str(), instead(no(status)), 6, says.c_str(), "unknown"});
      play_in_modes({says.c_str(), but(no(status)), 6, says.c_str(), "unknown"});
    }
    play_in_modes({"500 instead", instead(no(500)), 6, "HTTP 500", "unknown"});
    play_in_modes({"500 afterwards", but(no(500)), 6, "HTTP 500", "unknown"});
  }

  TEST_CASE("not available any more after the work was done: unknown, because some servers say so too late") {
    const std::string later = no(503, "Retry-After: 600\r\n");
    play_in_modes({"503 instead", instead(later), 6, "HTTP 503", "unknown"});
    play_in_modes({"503 afterwards", but(later), 6, "HTTP 503", "unknown"});
  }

  TEST_CASE("not available for a moment after the work was done: the same bytes bring the same answer") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({but(no(503, "Retry-After: 0\r\n"))});
      CHECK(world.submit().code == 0);
      world.ends_well();
    }
  }

  TEST_CASE("a conflict is no refusal: the payer may have the request") {
    play_in_modes({"409 instead", instead(no(409)), 6, "has this request already (HTTP 409)", "unknown"});
    play_in_modes({"409 afterwards", but(no(409)), 6, "has this request already (HTTP 409)", "unknown"});
    const std::string duplicate = atz::payer::http(422, outcome_with("error", "duplicate", "seen before"));
    play_in_modes({"duplicate", but(duplicate), 6, "seen before", "unknown"});
  }

  TEST_CASE("a yes without an answer") {
    const std::string nothing = "HTTP/1.1 204 No Content\r\n\r\n";
    play_in_modes({"204", but(nothing), 6, "HTTP 204", "unknown"});
    play_in_modes({"202", but(atz::payer::http(202, "")), 6, "HTTP 202", "unknown"});
    play_in_modes({"204 instead", instead(nothing), 6, "HTTP 204", "unknown"});
    play_in_modes({"202 instead", instead(atz::payer::http(202, "")), 6, "HTTP 202", "unknown"});
    for (const int status : {205, 206, 226, 299}) {
      const std::string says = "HTTP " + std::to_string(status);
      play_in_modes({says.c_str(), but(atz::payer::http(status, "")), 6, says.c_str(), "unknown"});
    }
    play_in_modes({"empty", but(atz::payer::http(200, "")), 6, "does not understand", "unknown"});
    play_in_modes({"empty", but(atz::payer::http(201, "")), 6, "does not understand", "unknown"});
  }

  TEST_CASE("pages for people, from whoever stands in front of the payer") {
    const auto page = [](int status) { return atz::payer::http(status, kHtml, {}, "text/html"); };
    play_in_modes({"HTML with 200", instead(page(200)), 6, "does not understand", "unknown"});
    play_in_modes({"HTML with 502", but(page(502)), 6, "HTTP 502", "unknown"});
    play_in_modes({"HTML with 502", instead(page(502)), 6, "HTTP 502", "unknown"});
    play_in_modes({"HTML with 200", but(page(200)), 6, "does not understand", "unknown"});
    play_in_modes({"HTML with 403", instead(page(403)), 4, "HTTP 403", "refused", true});
    play_in_modes({"HTML with 404", instead(page(404)), 9, "HTTP 404", "refused"});
  }

  TEST_CASE("remarks instead of an answer") {
    const auto remark = atz::payer::http(200, outcome_with("information", "informational", "we will see"));
    play_in_modes({"remark", but(remark), 6, "", "unknown"});
    const auto error = atz::payer::http(200, outcome_with("error", "processing", "this went wrong"));
    play_in_modes({"error", instead(error), 6, "", "unknown"});
  }

  TEST_CASE("redirects are never followed, with a body or without") {
    int strangers = 0;
    atz::payer::ScriptedServer elsewhere([&](const Received&) {
      ++strangers;
      return Answer{atz::payer::http(200, "{}")};
    });
    for (const int status : {301, 302, 303, 307, 308}) {
      const std::string says = "HTTP " + std::to_string(status);
      const auto away = atz::payer::http(status, "", "Location: " + elsewhere.url() + "/fhir\r\n");
      // 307 and 308 say that the same has to be sent elsewhere: nothing was done here. The others may come after the
      // work.
      const bool repeats = status >= 307;
      play_in_modes({says.c_str(), instead(away), repeats ? 5 : 6, says.c_str(), repeats ? "refused" : "unknown"});
    }
    const auto loop = atz::payer::http(307, "", "Location: /fhir\r\n");
    play_in_modes({"loop", instead(loop), 5, "HTTP 307", "refused"});
    for (const Mode mode : modes()) {
      const ScriptName named("metadata");
      World world(mode);
      world.middle.on_other({instead(atz::payer::http(302, "", "Location: " + elsewhere.url() + "/metadata\r\n"))});
      CHECK(world.submit().code != 0);
      world.ends_well();
    }
    CHECK(strangers == 0);
    CHECK(elsewhere.connections() == 0);
  }

  TEST_CASE("statuses that do not exist") {
    for (const std::string line : {"HTTP/1.1 600 Odd", "HTTP/1.1 999 Odd", "HTTP/1.1 000 Odd", "HTTP/1.1 099 Odd",
                                   "HTTP/1.1 1000 Odd", "HTTP/1.1 20 Odd", "HTTP/1.1 -200 Odd", "HTTP/1.1 two Odd",
                                   "HTTP/1.1 200200 OK", "HTTP/9.9 200 OK", "HTTP/ 200 OK", "HTTP/0.9 200 OK"}) {
      CAPTURE(line);
      const ScriptName named(line);
      for (const Mode mode : modes()) {
        World world(mode);
        world.middle.on_submit({bytes_changed(
            [&](const std::string& reply) { return line + reply.substr(reply.find("\r\n")); }, Then::close)});
        const auto submit = world.submit();
        CHECK_MESSAGE((submit.code == 0 || submit.code == 6), submit.err);
        if (submit.code == 6) CHECK(world.ledger().at(0).delivery == "unknown");
        world.ends_well();
      }
    }
  }
}
