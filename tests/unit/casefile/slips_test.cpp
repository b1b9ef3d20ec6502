// Whatever somebody mistypes: one finding at a place that the file has, and never a crash.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "atz/casefile/document.hpp"

using namespace atz::casefile;

namespace {

Problem only(const std::string& text) {
  const Document document = parse(text, 0);
  REQUIRE_MESSAGE(document.problems.size() == 1, text);
  return document.problems.front();
}

}  // namespace

TEST_CASE("a slip is told where it was made, not where YAML gave up") {
  struct Case {
    const char* text;
    std::uint32_t line;
    std::uint32_t column;
    const char* message;
  };
  const Case cases[] = {
      {"atz: 1\nhome:\n  name Maple\n  id: a\n", 3, 3, "a colon is missing after `name`"},
      {"atz: 1\nhome\n  id: a\n", 2, 1, "a colon is missing after `home`"},
      {"atz 1\nhome:\n  id: a\n", 1, 1, "a colon is missing after `atz`"},
      {"atz: 1\nhome: {id: a, name Maple}\n", 2, 15, "a colon is missing after `name`"},
      {"atz: 1\nhome:\n  id:a\n  name: b\n", 3, 5, "a space is missing after this colon"},
      {"atz: 1\nhome:\n  id = a\n  name: b\n", 3, 6, "an equals sign stands where a colon belongs"},
      {"members:\n  - label: A\n  -label: B\n", 3, 3, "a space is missing after this hyphen"},
      {"home: {id: a name: b}\n", 1, 14, "a comma is missing before this"},
      {"home: {id: a, 75}\n", 1, 15, "this stands alone, without a key or a value"},
      {"home:\n  roster: [A, B\n  name: b\n", 2, 11, "this bracket is never closed"},
      {"home:\n  name: \"b\n  id: a\n", 2, 9, "this quote is never closed"},
      {"home:\n  name: 'b\n  id: a # it's\n", 2, 9, "this quote is closed only in line 3"},
      {"home:\n  name: 'St. John's'\n  id: a\n", 2, 19, "text follows after the closing quote"},
      {"home:\n  roster: [A] // all\n  id: a\n", 2, 15, "nothing may follow after the closing bracket"},
      {"home:\n  name: a: b\n", 2, 10, "a second colon stands in this line"},
      {"home:\n  name: a\n id: b\n", 3, 2, "this does not line up with the lines above it"},
      {"home:\n  name: a\n    id: b\n", 3, 5, "this line is indented further than the one above it"},
      {"home:\n\u00A0\u00A0name: a\n", 2, 1, "an invisible no-break space (U+00A0) stands here"},
      {"home:\n  name:\u00A0a\n  id: b\n", 2, 8, "an invisible no-break space (U+00A0) stands here"},
      {"home:\n  name: \u201Ca\u201D\n", 2, 9, "\u201C (U+201C) is not a quote to YAML, but a part of the text"},
  };
  for (const Case& each : cases) {
    const Problem problem = only(each.text);
    CHECK_MESSAGE(problem.message == each.message, each.text);
    CHECK_MESSAGE(problem.span.line == each.line, each.text);
    CHECK_MESSAGE(problem.span.column == each.column, each.text);
  }
}

TEST_CASE("how far a line should be indented") {
  const Problem key = only("home:\n  name: a\n   id: b\n");
  CHECK(key.found == "3 spaces before it");
  CHECK(key.expected == "2 spaces before it");
  const Problem entry = only("members:\n  - label: A\n - label: B\n");
  CHECK(entry.message == "this entry does not line up with the list above it");
  CHECK(entry.found == "1 space before it");
  CHECK(entry.expected == "2 spaces before it");
}

TEST_CASE("a value is read without the characters that only look like spaces or quotes") {
  const Document document = parse("name: \u201CMaple\u201D\nid: \u00A0b\u00A0\n", 0);
  REQUIRE(document.root);
  CHECK(document.root->find("name")->text == "Maple");
  CHECK(document.root->find("id")->text == "b");
  CHECK(document.problems.size() == 2);
  // Somebody is quoted in a text: nothing is wrong with that.
  CHECK(parse("note: She said \u201Cno\u201D\nother: \u201CNo\u201D is what she said\nlast: \"\u201Cx\u201D\"\n", 0)
            .problems.empty());
}

TEST_CASE("thousands of slips at random places") {
  const std::string good =
      "atz: 1\nhome:\n  name: 'Maple'\n  address: {line: 1 Way, city: Test, zip: 00000}\n  roster: [A, B]\n"
      "members:\n  - label: A\n    name: {last: \"Doe\", first: J\u00FCrgen}\n    plan:\n      weekly_hours: 67.75\n"
      "  - label: B    # second\nnote: >\n  some\n  text\n";
  const std::vector<std::string> pieces{" ", "\t", "\n", ":",      ": ",     "-",      "- ",   "{", "}", "[",
                                        "]", ",",  "'",  "\"",     "#",      "=",      "&",    "*", "!", "|",
                                        "?", "%",  "@",  "\u00A0", "\u201C", "\u201D", "\r\n", "x"};
  std::mt19937 random(20261207);
  for (int round = 0; round < 5000; ++round) {
    std::string text = good;
    for (int slips = static_cast<int>(random() % 3); slips >= 0; --slips) {
      std::size_t at = random() % (text.size() + 1);
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
      std::size_t end = at;
      if (random() % 2 == 0) {
        end = std::min(text.size(), at + random() % 4);
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
      }
      text.replace(at, end - at, random() % 4 == 0 ? "" : pieces[random() % pieces.size()]);
    }
    const Document document = parse(text, 0);
    const auto lines = static_cast<std::uint32_t>(1 + std::count(text.begin(), text.end(), '\n'));
    for (const Problem& problem : document.problems) {
      CHECK_FALSE(problem.message.empty());
      CHECK(problem.span.line >= 1);
      CHECK(problem.span.line <= lines);
      CHECK(problem.span.column >= 1);
      CHECK((problem.span.end_line > problem.span.line || problem.span.end_column >= problem.span.column));
    }
    CHECK((document.root.has_value() || !document.problems.empty()));
  }
}
