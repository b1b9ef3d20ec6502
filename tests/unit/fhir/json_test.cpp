#include "fhir/json.hpp"

#include <doctest/doctest.h>

using namespace atz::fhir;

namespace {

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

std::string round_trip(const std::string& text) {
  const auto parsed = parse_json(text);
  REQUIRE(parsed.has_value());
  return to_bytes(*parsed);
}

}  // namespace

TEST_CASE("JSON comes out as it went in") {
  for (const std::string text : {R"({"b":1,"a":[true,false,null],"c":{}})", R"("\"\\\n\t\u0001é")",
                                 R"([67.75,67.750,1e3,-0.5,365])", R"({"resourceType":"Bundle","entry":[]})"}) {
    CHECK(round_trip(text) == text);
  }
}

TEST_CASE("decimals keep every digit") {
  const auto parsed = parse_json(R"({"value":0.10000000000000000000001})");
  REQUIRE(parsed.has_value());
  CHECK(number_text(parsed->at("value")) == "0.10000000000000000000001");
  CHECK(number_text(*parse_json("365")) == "365");
  CHECK_FALSE(number_text(*parse_json(R"("365")")).has_value());
}

TEST_CASE("depth is bounded at 64 levels") {
  CHECK(parse_json(nested(64)).has_value());
  CHECK(parse_json(nested(65)).error() == "more than 64 levels of nesting");
  CHECK_FALSE(parse_json(std::string(1'000'000, '[')).has_value());
}

TEST_CASE("JSON that means different things to different readers is refused") {
  CHECK(parse_json(R"({"a":1,"b":{"a":2}})").has_value());
  CHECK(parse_json(R"({"a":1,"a":2})").error() == "the same key twice in one object");
  CHECK(parse_json(R"({"a":1,"\u0061":2})").error() == "the same key twice in one object");
  CHECK(parse_json("\"caf\xc3\xa9\"").has_value());
  CHECK(parse_json("\"caf\xe9\"").error() == "invalid UTF-8 (byte 4)");
  CHECK_FALSE(parse_json("{} {}").has_value());
  CHECK_FALSE(parse_json("").has_value());
  CHECK_FALSE(parse_json("{\"a\":01}").has_value());
  CHECK_FALSE(parse_json("NaN").has_value());
}

TEST_CASE("a parse error never quotes the text") {
  const auto parsed = parse_json(R"({"family":"Sampleton" "given":1})");
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().find("Sampleton") == std::string::npos);
}

TEST_CASE("an object has at most 512 members") {
  std::string text = "{";
  for (std::size_t i = 0; i < kMaxMembers; ++i) text += (i > 0 ? "," : "") + ("\"k" + std::to_string(i) + "\":1");
  CHECK(parse_json(text + "}").has_value());
  CHECK_FALSE(parse_json(text + ",\"one-more\":1}").has_value());
}
