// Answers that look right and are not: somebody else's, mixed up, incomplete, in words that nobody knows.
#include "script.hpp"

using namespace atz::test;
using nlohmann::json;
using Then = Answer::Then;
using Reach = Play::Reach;

namespace {

using Change = std::function<void(json&)>;

// The same change to the answer of every member.
Play in_each_reply(const Change& change) {
  return json_changed([change](json& body) { each_reply(body, [&](json& bundle, std::size_t) { change(bundle); }); });
}

Play in_each_response(const Change& change) {
  return in_each_reply([change](json& bundle) { each_resource(bundle, "ClaimResponse", change); });
}

// The entries of a batch's or transaction's answer, changed; single mode has none.
Play in_entries(const Change& change) {
  return json_changed([change](json& body) { change(body["entry"]); });
}

void play_outer(const Script& script) {
  for (const Mode mode : outer_modes()) play(mode, script);
}

// Submits once with this answer, which is as good as the payer's own.
void expect_taken(const std::string& name, const Play& answer) {
  const ScriptName named(name);
  for (const Mode mode : modes()) {
    const std::string played = name + " as " + to_string(mode);
    CAPTURE(played);
    World world(mode);
    world.middle.on_every_submit(answer);
    const auto submit = world.submit();
    CHECK_MESSAGE(submit.code == 0, submit.err);
    for (const auto& one : world.ledger()) CHECK(one.delivery == "accepted");
    world.ends_well();
  }
}

// The payer gets a batch of the first two members, and the client hears that the third was refused.
Play without_third(const std::string& status) {
  Play play = json_changed([status](json& body) {
    const json refused = {{"status", status},
                          {"outcome", json::parse(outcome_with("error", "invalid", "seen and refused"))}};
    body["entry"].push_back({{"response", refused}});
  });
  play.request = [](std::string bytes) {
    json outer = json::parse(bytes);
    outer["type"] = "batch";
    outer["entry"].erase(2);
    return outer.dump();
  };
  return play;
}

void call_duplicate(json& response) {
  response["outcome"] = "error";
  for (const char* part : {"item", "addItem", "preAuthRef"}) response.erase(part);
  const json coding = {{"system", "https://codesystem.x12.org/005010/901"}, {"code", "91"}};
  response["error"] = json::array({{{"code", {{"coding", json::array({coding})}}}}});
}

constexpr const char* kSomebodyElse = "someone-else-20200101-00000-Z";

}  // namespace

TEST_SUITE("payer-replies") {
  TEST_CASE("an answer to another request is taken for nobody's") {
    play_in_modes({"identifier of another request",
                   in_each_response([](json& response) { response["request"]["identifier"]["value"] = kSomebodyElse; }),
                   6, "", "unknown"});
  }

  TEST_CASE("an answer about another person is taken for nobody's") {
    play_in_modes({"another patient", in_each_reply([](json& bundle) {
                     each_resource(bundle, "Patient",
                                   [](json& patient) { patient["identifier"][0]["value"] = "99999999A"; });
                   }),
                   6, "", "unknown"});
  }

  TEST_CASE("an answer without any sign of what it answers") {
    play_in_modes({"no request", in_each_response([](json& response) {
                     response.erase("request");
                     response.erase("identifier");
                   }),
                   6, "", "unknown"});
  }

  TEST_CASE("entries in another order: nobody gets somebody else's answer") {
    play_outer({"rotated",
                in_entries([](json& entries) { std::rotate(entries.begin(), entries.begin() + 1, entries.end()); }), 6,
                "", "unknown"});
  }

  TEST_CASE("entries inside of one member's answer: in another order, missing, twice") {
    expect_taken("rotated inside", in_each_reply([](json& bundle) {
                   auto& entries = bundle["entry"];
                   std::rotate(entries.begin(), entries.begin() + 1, entries.end());
                 }));
    play_in_modes({"no ClaimResponse",
                   in_each_reply([](json& bundle) { bundle["entry"].erase(bundle["entry"].begin()); }), 6, "",
                   "unknown"});
    play_in_modes(
        {"nothing inside", in_each_reply([](json& bundle) { bundle["entry"] = json::array(); }), 6, "", "unknown"});
    play_in_modes({"no resources", in_each_reply([](json& bundle) {
                     for (auto& entry : bundle["entry"]) entry.erase("resource");
                   }),
                   6, "", "unknown"});
    expect_taken("the same ClaimResponse twice",
                 in_each_reply([](json& bundle) { bundle["entry"].push_back(json(bundle["entry"][0])); }));
    expect_taken("resources that nobody knows", in_each_reply([](json& bundle) {
                   bundle["entry"].push_back({{"resource", {{"resourceType", "Basic"}, {"id", "x"}}}});
                   bundle["entry"].push_back({{"resource", {{"resourceType", 7}}}});
                   bundle["entry"].push_back(nullptr);
                 }));
  }

  TEST_CASE("two members' answers exchanged: the third keeps its own") {
    for (const Mode mode : outer_modes()) {
      World world(mode);
      world.middle.on_submit({in_entries([](json& entries) { std::swap(entries[0], entries[1]); })});
      CHECK(world.submit().code == 6);
      const auto members = world.ledger();
      CHECK(members.at(0).delivery == "unknown");
      CHECK(members.at(1).delivery == "unknown");
      CHECK(members.at(2).delivery == "accepted");
      world.ends_well();
    }
  }

  TEST_CASE("one member's answer for all") {
    for (const Mode mode : outer_modes()) {
      World world(mode);
      world.middle.on_submit({in_entries([](json& entries) { entries[1] = entries[2] = entries[0]; })});
      CHECK(world.submit().code == 6);
      const auto members = world.ledger();
      CHECK(members.at(0).delivery == "accepted");
      CHECK(members.at(1).delivery == "unknown");
      CHECK(members.at(2).delivery == "unknown");
      world.ends_well();
    }
  }

  TEST_CASE("too few entries, too many, none") {
    play_outer(
        {"one missing", in_entries([](json& entries) { entries.erase(entries.begin()); }), 6, "2 of 3", "unknown"});
    play_outer({"one more", in_entries([](json& entries) { entries.push_back(entries[0]); }), 6, "4 of 3", "unknown"});
    play_outer({"none", in_entries([](json& entries) { entries = json::array(); }), 6, "0 of 3", "unknown"});
    play_outer({"no list", in_entries([](json& entries) { entries = "three"; }), 6, "0 of 3", "unknown"});
    play_outer({"nulls", in_entries([](json& entries) {
                  entries = json::array({nullptr, 7, "x"});
                }),
                6, "", "unknown"});
  }

  TEST_CASE(
      "a member refused inside of a success: the others stand, and the next submit sends the one that is missing") {
    for (const std::string status : {"422 Unprocessable Entity", "400", "403 Forbidden", "404", "429"}) {
      CAPTURE(status);
      const ScriptName named(status);
      for (const Mode mode : outer_modes()) {
        World world(mode);
        world.middle.on_submit({without_third(status)});
        const auto submit = world.submit();
        CHECK_MESSAGE(submit.code == 7, submit.err);
        CHECK(submit.err.find("seen and refused") != std::string::npos);
        const auto members = world.ledger();
        CHECK(members.at(0).delivery == "accepted");
        CHECK(members.at(1).delivery == "accepted");
        CHECK(members.at(2).delivery == "refused");
        world.ends_well();
      }
    }
  }

  TEST_CASE("an entry that failed at the payer's is unknown") {
    for (const std::string status :
         {"500 Internal Server Error", "408 Request Timeout", "409 Conflict", "", "two hundred", "4294967496"}) {
      const ScriptName named(status);
      for (const Mode mode : outer_modes()) {
        CAPTURE(status);
        World world(mode);
        world.middle.on_submit({in_entries([status](json& entries) {
          entries[1].erase("resource");
          entries[1]["response"]["status"] = status;
        })});
        CHECK(world.submit().code == 6);
        const auto members = world.ledger();
        CHECK(members.at(0).delivery == "accepted");
        CHECK(members.at(1).delivery == "unknown");
        CHECK(members.at(2).delivery == "accepted");
        world.ends_well();
      }
    }
  }

  TEST_CASE("the payer calls a member's request a duplicate: it is asked about, not sent as new") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({in_each_response(call_duplicate)});
      CHECK(world.submit().code == 6);
      CHECK(world.ledger().at(0).delivery == "unknown");
      world.ends_well();
    }
  }

  TEST_CASE("a duplicate of something that was not sent from here is a refusal in the end") {
    for (const Mode mode : modes()) {
      World world(mode);
      const Play duplicate = in_each_response(call_duplicate);
      // Under our numbers nothing is ever found.
      world.middle.on_submit({instead("", Then::close)});
      CHECK(world.submit().code == 6);
      world.middle.on_every_inquiry(first_answer_each_time());
      CHECK(world.recover().code == 6);
      world.middle.on_every_submit(duplicate);
      const auto recover = world.recover(true);
      CHECK(recover.code == 9);
      CHECK(recover.err.find("Call the payer") != std::string::npos);
      for (const auto& one : world.ledger()) CHECK(one.delivery == "refused");
    }
  }

  TEST_CASE("one member's outcome says duplicate") {
    for (const Mode mode : outer_modes()) {
      World world(mode);
      world.middle.on_submit({in_entries([](json& entries) {
        entries[1]["response"]["status"] = "422 Unprocessable Entity";
        entries[1].erase("resource");
        entries[1]["response"]["outcome"] = json::parse(outcome_with("error", "duplicate", "seen before"));
      })});
      CHECK(world.submit().code == 6);
      CHECK(world.ledger().at(1).delivery == "unknown");
      world.ends_well();
    }
  }

  TEST_CASE("a refusal that cannot be interpreted safely is no acceptance") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({in_each_response([](json& response) {
        response["outcome"] = "error";
        response.erase("item");
        response["modifierExtension"] = json::array({{{"url", "https://payer.example/not"}, {"valueBoolean", true}}});
      })});
      CHECK(world.submit().code == 6);
      CHECK(world.ledger().at(0).delivery == "unknown");
      world.ends_well();
    }
  }

  TEST_CASE("a decision in a code that nobody knows is no approval") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_every_submit(in_each_reply([](json& bundle) {
        auto text = bundle.dump();
        for (std::size_t at = 0; (at = text.find("\"A4\"", at)) != std::string::npos; at += 4)
          text.replace(at, 4, "\"QQ\"");
        bundle = json::parse(text);
      }));
      const auto submit = world.submit();
      CHECK(submit.code == 0);
      for (const auto& one : world.ledger()) {
        CHECK(one.delivery == "accepted");
        CHECK(one.status == "in_review");
      }
      world.ends_well();
    }
  }

  TEST_CASE("an outcome word and a number alone are no approval") {
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_every_submit(in_each_response([](json& response) {
        response["outcome"] = "complete";
        response["preAuthRef"] = "PA-1";
        for (auto& item : response["item"]) item["adjudication"] = json::array();
      }));
      CHECK(world.submit().code == 0);
      for (const auto& one : world.ledger()) CHECK(one.status == "in_review");
      world.ends_well();
    }
  }

  TEST_CASE("wrapped in Parameters, or with a ClaimResponse alone") {
    expect_taken("Parameters", in_each_reply([](json& bundle) {
                   bundle = json{{"resourceType", "Parameters"},
                                 {"parameter", json::array({{{"name", "return"}, {"resource", bundle}}})}};
                 }));
    expect_taken("bare", in_each_reply([](json& bundle) { bundle = json(bundle["entry"][0]["resource"]); }));
  }

  TEST_CASE("references in any form") {
    for (const char* base : {"", "https://payer.example/fhir/"}) {
      expect_taken(std::string("references ") + base, in_each_reply([base](json& bundle) {
                     auto text = bundle.dump();
                     int number = 0;
                     for (const auto& entry : bundle["entry"]) {
                       const std::string from = entry.value("fullUrl", "");
                       if (from.empty()) continue;
                       const std::string to = std::string(base) + entry["resource"]["resourceType"].get<std::string>() +
                                              "/x" + std::to_string(++number);
                       for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
                         text.replace(at, from.size(), to);
                     }
                     bundle = json::parse(text);
                   }));
    }
  }

  TEST_CASE("JSON under another name is JSON") {
    for (const std::string type : {"application/json", "text/html", "", "no type at all"}) {
      expect_taken("type " + type, bytes_changed([type](const std::string& reply) {
                     return atz::payer::http(200, body_of(reply), {}, type);
                   }));
    }
  }

  TEST_CASE("warnings beside the answer do not spoil it") {
    expect_taken("warning", in_each_reply([](json& bundle) {
                   bundle["entry"].push_back(
                       {{"resource", json::parse(outcome_with("warning", "informational", "by the way"))}});
                 }));
  }

  TEST_CASE("bodies that are no JSON, or too much of it") {
    const auto broken = [&](const char* name, const std::string& body) {
      play_in_modes({name, but(atz::payer::http(200, body)), 6, "does not understand", "unknown"});
    };
    broken("deep arrays", std::string(100'000, '['));
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "{\"entry\":";
    broken("deep objects", deep);
    broken("null", "null");
    broken("a number", "1e999999");
    broken("a NUL byte", std::string("{\"resourceType\":\"Bundle\0\"}", 26));
    broken("only NUL bytes", std::string(1000, '\0'));
    broken("twice the same key", R"({"resourceType":"Bundle","resourceType":"Bundle"})");
    broken("another resource", R"({"resourceType":"Patient"})");
  }

  TEST_CASE("damage inside of an answer that would have been right") {
    const auto damaged = [](const char* name, std::function<std::string(std::string)> damage) {
      play_in_modes({name, body_changed(damage), 6, "does not understand", "unknown"});
    };
    damaged("invalid UTF-8", [](std::string body) { return body.insert(body.find("ClaimResponse"), "\xff"); });
    damaged("overlong UTF-8", [](std::string body) { return body.insert(body.find("ClaimResponse"), "\xc0\xaf"); });
    damaged("a byte too many", [](std::string body) { return body + "}"; });
    damaged("two answers in one body", [](const std::string& body) { return body + body; });
  }

  TEST_CASE("a byte-order mark before the answer") {
    const auto marked = body_changed([](const std::string& body) { return "\xef\xbb\xbf" + body; });
    for (const Mode mode : modes()) {
      World world(mode);
      world.middle.on_submit({marked});
      const auto submit = world.submit();
      CHECK((submit.code == 0 || submit.code == 6));
      world.ends_well();
    }
  }
}
