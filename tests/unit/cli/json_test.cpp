#include "cli/json.hpp"

#include <doctest/doctest.h>

using namespace atz::cli;

TEST_CASE("JSON says the same without characters that steer a terminal") {
  const Json json = {{"a", "x\x1b[2J\u009b31m\u202e\x7f\n"}, {"\u2028", "\ufeff"}, {"b", "é 日 😀"}};
  const std::string text = dump(json);
  CHECK(text.find("\"x\\u001b[2J\\u009b31m\\u202e\\u007f\\n\"") != std::string::npos);
  CHECK(text.find("\"\\u2028\": \"\\ufeff\"") != std::string::npos);
  CHECK(text.find("\"é 日 😀\"") != std::string::npos);
  CHECK(Json::parse(text) == json);
}

TEST_CASE("what is no UTF-8 stays readable JSON") {
  CHECK(Json::parse(dump({{"a", "x\xff"}}))["a"] == "x\ufffd");
}
