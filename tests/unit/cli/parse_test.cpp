#include "cli/parse.hpp"

#include <doctest/doctest.h>

using atz::cli::parse;
using Kind = atz::cli::Parsed::Kind;

TEST_CASE("options stand before and after the command and its arguments") {
  const std::vector<std::vector<std::string>> spellings = {
      {"check", "--as-of", "2026-12-07", "a.yaml", "b.yaml"},
      {"check", "a.yaml", "b.yaml", "--as-of", "2026-12-07"},
      {"check", "a.yaml", "--as-of=2026-12-07", "b.yaml"},
      {"--profile", "x", "check", "a.yaml", "b.yaml", "--as-of", "2026-12-07"},
  };
  for (const auto& words : spellings) {
    const auto parsed = parse(words);
    REQUIRE(parsed.kind == Kind::run);
    CHECK(parsed.command->path == "check");
    CHECK(parsed.values.at("PATH") == std::vector<std::string>{"a.yaml", "b.yaml"});
    CHECK(parsed.values.at("--as-of") == std::vector<std::string>{"2026-12-07"});
  }
  CHECK(parse(spellings.back()).values.at("--profile").front() == "x");
}

TEST_CASE("nested commands, and arguments that look like commands") {
  const auto review = parse({"sandbox", "review", "900000101", "partial", "--hours", "60"});
  REQUIRE(review.kind == Kind::run);
  CHECK(review.command->path == "sandbox review");
  CHECK(review.values.at("CASE-OR-HOME").front() == "900000101");
  CHECK(review.values.at("VERDICT").front() == "partial");
  CHECK(parse({"sandbox", "clock", "set", "2026-12-07"}).command->path == "sandbox clock set");
  const auto dash = parse({"check", "-"});
  REQUIRE(dash.kind == Kind::run);
  CHECK(dash.values.at("PATH").front() == "-");
}

TEST_CASE("a repeated option keeps its last value, unless it may be repeated") {
  CHECK(parse({"check", "--format", "json", "--format", "human", "x"}).values.at("--format").back() == "human");
  CHECK(parse({"sandbox", "serve", "--fault", "html", "--fault", "drop-after"}).values.at("--fault").size() == 2);
}

TEST_CASE("wrong words") {
  for (const auto& words : std::vector<std::vector<std::string>>{{"nonsense"},
                                                                 {"check"},
                                                                 {"check", "x", "--no-such-option"},
                                                                 {"check", "x", "--format", "xml"},
                                                                 {"check", "x", "--format"},
                                                                 {"staffing", "a", "b"},
                                                                 {"sandbox"},
                                                                 {"new"},
                                                                 {"completion", "tcsh"}}) {
    const auto parsed = parse(words);
    CHECK(parsed.kind == Kind::error);
    CHECK(parsed.error.failure == atz::Failure::usage);
    CHECK_FALSE(parsed.error.help.empty());
  }
  CHECK(parse({"check", "--help"}).kind == Kind::help);
  CHECK(parse({"--version"}).kind == Kind::version);
  CHECK(parse({}).kind == Kind::help);
}
