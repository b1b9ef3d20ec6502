// What is refused, and where.
#include "support.hpp"

namespace atz::casefile {
namespace {

using testing::find_problem;
using testing::place;
using Kind = Problem::Kind;

// The one problem of a text.
Problem only(const std::string& text) {
  const Document document = parse(text, 0);
  for (const Problem& problem : document.problems) CAPTURE(problem.message);
  REQUIRE(document.problems.size() == 1);
  return document.problems.front();
}

void check(const std::string& text, Kind kind, const std::string& where) {
  CAPTURE(text);
  const Problem problem = only(text);
  CHECK(problem.kind == kind);
  CHECK(place(problem.span) == where);
  CHECK_FALSE(problem.message.empty());
  CHECK((kind == Kind::empty || !problem.help.empty()));
}

TEST_CASE("anchors, aliases, merge keys and tags are refused where they stand") {
  check("ä: &x 1\n", Kind::anchor, "1:4-1:6");
  check("&x a: 1\n", Kind::anchor, "1:1-1:3");
  check("a: &x {b: 1}\n", Kind::anchor, "1:4-1:6");
  check("a: &x\n  b: 1\n", Kind::anchor, "1:4-1:6");
  check("a: *unknown\n", Kind::alias, "1:4-1:12");
  check("a: {<<: {b: 1}}\n", Kind::merge_key, "1:5-1:7");
  check("a: !text x\n", Kind::tag, "1:4-1:9");
  check("a: ! x\n", Kind::tag, "1:4-1:5");
  check("a: !!str \"x\"\n", Kind::tag, "1:4-1:9");
  check("a: !x [1]\n", Kind::tag, "1:4-1:6");
  check("a: !x\n  b: 1\n", Kind::tag, "1:4-1:6");
  check("a: !\nnull: x\n", Kind::tag, "1:4-1:5");
  const Document both = parse("a: &x 1\nb: [*x, *x]\n", 0);
  REQUIRE(both.problems.size() == 3);
  CHECK(place(both.problems[1].span) == "2:5-2:7");
  CHECK(place(both.problems[2].span) == "2:9-2:11");
}

TEST_CASE("quoted marks are plain text") {
  const Document document = parse("a: '*x'\nb: \"&y\"\n\"<<\": '!z'\n", 0);
  CHECK(document.problems.empty());
  CHECK(document.root->entries[2].key == "<<");
}

TEST_CASE("a repeated key is refused with the place of the first") {
  const Problem problem = only("a: 1\nb: 2\n'a': 3\n");
  CHECK(problem.kind == Kind::duplicate_key);
  CHECK(place(problem.span) == "3:1-3:4");
  REQUIRE(problem.related.size() == 1);
  CHECK(place(problem.related[0].span) == "1:1-1:2");
  check("x: {a: 1, a: 2}\n", Kind::duplicate_key, "1:11-1:12");
  check("a:\n  b: 1\n  c: 2\n  b: 3\n", Kind::duplicate_key, "4:3-4:4");
  CHECK(parse("a: {b: 1}\nc: {b: 1}\n", 0).problems.empty());
}

TEST_CASE("repeats are found among many keys, and the first value counts") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += fmt::format("k{}: first\n", i);
  text += "k150: second\nk3: second\nk3: third\n";
  const Document document = parse(text, 0);
  REQUIRE(document.problems.size() == 3);
  CHECK(document.problems[0].span.line == 201);
  CHECK(document.problems[0].related[0].span.line == 151);
  CHECK(document.problems[2].span.line == 203);
  CHECK(document.problems[2].related[0].span.line == 4);
  CHECK(document.root->entries.size() == 200);
  CHECK(document.root->find("k3")->text == "first");
}

TEST_CASE("several documents are refused") {
  check("a: 1\n---\nb: 2\n", Kind::several_documents, "2:1-2:4");
  check("--- \na: 1\n...\n---\nb: 2\n", Kind::several_documents, "4:1-4:4");
}

TEST_CASE("depth 64 is read, depth 65 refused where it begins") {
  const auto flow = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parse(flow(64), 0).problems.empty());
  check(flow(65), Kind::too_deep, "1:65-1:66");
  std::string maps;
  for (std::size_t i = 0; i < 64; ++i) maps += std::string(i, ' ') + "a:\n";
  CHECK(parse(maps, 0).problems.empty());
  check(maps + std::string(64, ' ') + "a: 1\n", Kind::too_deep, "65:65-65:66");
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  check(dashes, Kind::too_deep, "1:129-1:130");
  CHECK_FALSE(parse(std::string(200'000, '['), 0).root);
  CHECK_FALSE(parse(std::string(200'000, '{'), 0).root);
}

TEST_CASE("a file of 4 MiB is read, one byte more is not") {
  std::string text = "a: 1\n#";
  text.resize(kMaxFileBytes, 'x');
  CHECK(parse(text, 0).problems.empty());
  check(text + "x", Kind::too_large, "1:1-1:1");
}

TEST_CASE("bytes that are no text are refused where they stand") {
  check("ä: 1\nb: x\xE4y\n", Kind::invalid_utf8, "2:5-2:6");
  check("a: \xC0\x80\n", Kind::invalid_utf8, "1:4-1:5");
  CHECK(only("a: \xE4\n").found == "byte 0xE4");
  check(
      "\xFF\xFE"
      "a",
      Kind::invalid_utf8, "1:1-1:2");
  check(std::string("ü: x\0y\n", 8), Kind::nul_byte, "1:5-1:6");
  check("a: x\x04y\n", Kind::syntax, "1:5-1:6");
  check("a: 1\rb: 2\r", Kind::syntax, "1:5-1:6");
}

TEST_CASE("an empty file says so") {
  check("", Kind::empty, "1:1-1:1");
  check("# only a comment\n", Kind::empty, "1:1-1:1");
  check("---\n", Kind::empty, "1:1-1:1");
}

TEST_CASE("keys are plain texts") {
  check("{a: 1}: 2\n", Kind::bad_key, "1:1-1:2");
  check("[a]: 2\n", Kind::bad_key, "1:1-1:2");
  check("a: {{ template }}\n", Kind::bad_key, "1:5-1:6");
  check("? a\n: b\n", Kind::bad_key, "1:3-1:4");
  check(": b\n", Kind::bad_key, "1:1-1:2");
}

TEST_CASE("syntax errors are one problem in plain words") {
  check("a:\n\tb: 1\n", Kind::syntax, "2:1-2:2");
  CHECK(only("a:\n  b: 1\n \tc: 2\n").message == "a tab stands where only spaces may");
  check("a: 1\n b: 2\n", Kind::syntax, "2:2-2:3");
  check("key:value\nb: 1\n", Kind::syntax, "1:4-1:5");
  CHECK(only("a:\n  key:value\n  b: 1\n").message == "a space is missing after this colon");
  check("a: b: c\n", Kind::syntax, "1:5-1:6");
  check("a: @x\n", Kind::syntax, "1:4-1:5");
  check("a: \"\\q\"\n", Kind::syntax, "1:7-1:8");
  check("a: ]\n", Kind::syntax, "1:4-1:5");
  check("a: - b\n", Kind::syntax, "1:4-1:5");
}

TEST_CASE("an unclosed quote or bracket is shown where it was opened") {
  check("a: \"open\nb: 2\n", Kind::syntax, "1:4-1:5");
  check("a: 'open", Kind::syntax, "1:4-1:5");
  check("a: 'x'\nb: 'open\n---\n", Kind::syntax, "2:4-2:5");
  check("[1, 2\n", Kind::syntax, "1:1-1:2");
  const Problem problem = only("a: {x: 1\nb: [2\n");
  REQUIRE(problem.related.size() == 1);
  CHECK(place(problem.span) == "1:4-1:5");
  CHECK(place(problem.related[0].span) == "2:2-2:3");  // what can't belong to it
}

TEST_CASE("a flood of refusals ends") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += fmt::format("k{}: !t x\n", i);
  CHECK(parse(text, 0).problems.size() == 50);
  std::string repeats;
  for (int i = 0; i < 10'000; ++i) repeats += "k: x\n";
  CHECK(parse(repeats, 0).problems.size() == 50);
}

}  // namespace
}  // namespace atz::casefile
