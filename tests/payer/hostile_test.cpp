// A payer that writes what steers terminals, spreadsheets, browsers and calendars into every text of its answers.
#include <algorithm>
#include <set>

#include "script.hpp"

using namespace atz::test;
using nlohmann::json;

namespace {

using namespace std::string_literals;

const std::string kEvil =
    "=HYPERLINK(\"http://x\")\x1b]0;owned\x07\x1b[2J\r\nATTACH:http://x\r\nEND:VEVENT\r\n\t<script>alert(1)</script>"
    "<img src=x onerror=alert(1)>\u202e\u009b31m\x7f\u2028../../../../etc/passwd $(touch owned) `touch owned`; '\"\0end"s;

bool is_words(const std::string& key) {
  static const std::set<std::string> kKeys{"text",        "display",       "disposition", "preAuthRef",  "diagnostics",
                                           "description", "contentString", "name",        "valueString", "title"};
  return kKeys.count(key) > 0;
}

// Case IDs are asked for later on; they have a test of their own.
void poison(json& node, const std::string& before, const std::string& after) {
  if (node.is_array()) {
    for (auto& item : node) poison(item, before, after);
    return;
  }
  if (!node.is_object()) return;
  if (node.value("url", "").ends_with("administrationReferenceNumber")) return;
  for (auto& [key, value] : node.items()) {
    if (value.is_string() && is_words(key)) {
      value = before + value.get<std::string>() + after;
    } else {
      poison(value, before, after);
    }
  }
}

Play poisoned(const std::string& before, const std::string& after) {
  return json_changed([=](json& body) { poison(body, before, after); });
}

std::vector<Play> many(const Play& play) {
  return std::vector<Play>(20, play);
}

std::vector<std::string> cells_of(const std::string& csv) {
  std::vector<std::string> cells{""};
  bool quoted = false;
  for (const char c : csv) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ',' || c == '\n')) {
      cells.emplace_back();
    } else if (c != '"' && c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::string without_returns(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

void check_csv(const std::string& csv) {
  CHECK_MESSAGE(is_clean(without_returns(csv)), csv);
  for (const auto& cell : cells_of(csv)) {
    const bool formula = !cell.empty() && std::string("=+-@\t").find(cell.front()) != std::string::npos;
    CHECK_MESSAGE(!formula, cell);
  }
}

void check_html(const std::string& html) {
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("<img") == std::string::npos);
  CHECK_MESSAGE(is_clean(html), html);
}

void check_calendar(const std::string& calendar) {
  static const std::set<std::string> kNames{"BEGIN",   "END",     "VERSION", "PRODID",  "CALSCALE",    "UID",
                                            "DTSTAMP", "DTSTART", "DTEND",   "SUMMARY", "DESCRIPTION", "TRANSP"};
  std::size_t begun = 0;
  std::size_t ended = 0;
  for (std::size_t at = 0; at < calendar.size();) {
    const auto end = calendar.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    const std::string line = calendar.substr(at, end - at);
    CHECK_MESSAGE(is_clean(line), line);
    CHECK(line.find('\n') == std::string::npos);
    if (line[0] != ' ') CHECK_MESSAGE(kNames.count(line.substr(0, line.find_first_of(":;"))) == 1, line);
    begun += line == "BEGIN:VEVENT" ? 1 : 0;
    ended += line == "END:VEVENT" ? 1 : 0;
    at = end + 2;
  }
  CHECK(begun > 0);
  CHECK(begun == ended);
}

// Everything that prints what a payer said. `run` looks at both streams.
void print_everything(World& world, const std::string& case_id) {
  world.run({"status"});
  world.run({"status", "--offline", "--all"});
  world.run({"status", "--changes"});
  world.run({"show", case_id});
  world.run({"show", "--format", "json", case_id});
  world.run({"show", "-o", world.atz.path("case.html"), case_id});
  check_html(world.atz.read("case.html"));
  CHECK(world.run({"show", "-o", world.atz.path("case.pdf"), case_id}).code == 0);
  world.run({"report", "daily"});
  world.run({"report", "daily", "--format", "json"});
  check_html(world.run({"report", "daily", "--format", "html"}).out);
  world.run({"report", "daily", "--format", "csv", "-o", world.atz.path("report.csv")});
  check_csv(world.atz.read("report.csv"));
  world.run({"due", "--within", "400d"});
  world.run({"due", "--within", "400d", "--ics", world.atz.path("due.ics")});
  check_calendar(world.atz.read("due.ics"));
  CHECK(world.atz.run_other({"test", "-e", "owned"}).code == 1);
}

}  // namespace

TEST_SUITE("payer-hostile") {
  TEST_CASE("texts of refusals are shown, and steer nothing") {
    for (const Mode mode : modes()) {
      for (const int status : {400, 403, 409, 422, 500}) {
        CAPTURE(status);
        World world(mode);
        auto outcome = json::parse(outcome_with("error", "processing", kEvil));
        outcome["issue"][0]["diagnostics"] = kEvil;
        outcome["issue"][0]["code"] = kEvil;
        outcome["issue"][0]["expression"] = json::array({kEvil});
        const Play refusal = instead(atz::payer::http(status, outcome.dump()));
        world.middle.on_every_submit(refusal);
        const auto as_json = world.submit();
        CHECK(as_json.err.find("HYPERLINK") != std::string::npos);
        world.middle.on_every_submit(refusal);
        world.run({"submit", world.home});
        world.run({"status", "--offline", "--all"});
      }
    }
  }

  TEST_CASE("texts of business errors, member by member") {
    for (const Mode mode : modes()) {
      World world(mode);
      const Play refusal = json_changed([](json& body) {
        each_reply(body, [](json& bundle, std::size_t) {
          each_resource(bundle, "ClaimResponse", [](json& response) {
            response["outcome"] = "error";
            response.erase("item");
            const json path = {{"url", "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorPath"},
                               {"valueString", kEvil}};
            response["error"] = json::array(
                {{{"extension", json::array({path})},
                  {"code", {{"coding", json::array({{{"code", kEvil}, {"display", kEvil}}})}, {"text", kEvil}}}}});
          });
        });
      });
      world.middle.on_every_submit(refusal);
      CHECK(world.submit().code == 9);
      world.run({"submit", world.home});
      world.run({"status", "--offline", "--all"});
    }
  }

  TEST_CASE("refusals inside of a batch's answer") {
    World world(only(Mode::batch));
    world.middle.on_every_submit(json_changed([](json& body) {
      for (auto& entry : body["entry"]) {
        entry.erase("resource");
        entry["response"]["status"] = "422 " + kEvil;
        entry["response"]["outcome"] = json::parse(outcome_with("error", "invalid", kEvil));
      }
    }));
    CHECK(world.submit().code == 9);
    world.run({"submit", world.home});
    world.run({"status", "--offline", "--all"});
  }

  TEST_CASE("decisions, questions and notes") {
    for (const auto& [before, after] : {std::pair(kEvil, ""s), std::pair(""s, kEvil)}) {
      for (const Mode mode : modes()) {
        const ScriptName named(before.empty() ? "behind" : "in front");
        World world(mode);
        const Play evil = poisoned(before, after);
        world.middle.on_every_submit(evil);
        CHECK(world.run({"submit", world.home}).code == 0);
        const auto members = world.ledger();
        REQUIRE(members.size() == 3);
        REQUIRE(world.atz.run({"sandbox", "ask", members[0].case_id, "--text", "Why at night?"}).code == 0);
        REQUIRE(
            world.atz.run({"sandbox", "review", members[1].case_id, "partial", "--hours", "60", "--note", "x"}).code ==
            0);
        REQUIRE(world.atz.run({"sandbox", "review", members[2].case_id, "deny", "--note", "y"}).code == 0);
        for (const auto& member : members) {
          world.middle.on_inquiry(many(evil));
          print_everything(world, member.case_id);
        }
        world.middle.on_other(many(instead(atz::payer::http(422, outcome_with("error", "invalid", kEvil)))));
        world.run({"respond", members[0].case_id, "--note", "Gets up twice."});
      }
    }
  }

  TEST_CASE("a Case ID that is a command, a path, a formula and a page") {
    for (const std::string& id :
         {kEvil, "../../etc/passwd"s, "-rf"s, "=1+1"s, "$(touch owned)"s, "'; touch owned; '"s}) {
      for (const Mode mode : modes()) {
        World world(mode);
        const Play evil = json_changed([&](json& body) {
          each_reply(body, [&](json& bundle, std::size_t) {
            auto text = bundle.dump();
            const std::string known = "\"9000001";
            for (std::size_t at = 0; (at = text.find(known, at)) != std::string::npos;) {
              const auto end = text.find('"', at + 1);
              text.replace(at, end - at + 1, json(id).dump());
              at += 2;
            }
            bundle = json::parse(text);
          });
        });
        world.middle.on_every_submit(evil);
        CHECK(world.run({"submit", world.home}).code == 0);
        world.run({"status", "--offline", "--all"});
        world.run({"status", "--offline", "--all", "--format", "json"});
        world.run({"status"});  // the payer does not know such a number
        world.run({"report", "daily"});
        world.run({"report", "daily", "--format", "csv", "-o", world.atz.path("report.csv")});
        check_csv(world.atz.read("report.csv"));
        check_html(world.run({"report", "daily", "--format", "html"}).out);
        world.run({"due", "--within", "400d", "--ics", world.atz.path("due.ics")});
        check_calendar(world.atz.read("due.ics"));
        world.run({"new", "extension", "--from", "maple-street"});
        if (id.find('\0') == std::string::npos) world.run({"show", "--", id});
        CHECK(world.atz.run_other({"test", "-e", "owned"}).code == 1);
      }
    }
  }
}
