// Exact places of keys and values.
#include "atz/base/text.hpp"
#include "support.hpp"

namespace atz::casefile {
namespace {

using testing::covered;
using testing::place;

Node read(const std::string& text) {
  Document document = parse(text, 7);
  for (const Problem& problem : document.problems) FAIL_CHECK(problem.message);
  REQUIRE(document.root);
  return std::move(*document.root);
}

TEST_CASE("scalars keep their text and know where they begin and end") {
  const std::string text =
      "plain: one two   # comment\n"
      "single: 'it''s'\n"
      "double: \"a \\\"b\\\" \\\\\"\n"
      "zeros: 00012\n"
      "no: No\n";
  const Node root = read(text);
  REQUIRE(root.entries.size() == 5);
  const char* values[] = {"one two", "it's", "a \"b\" \\", "00012", "No"};
  const char* sources[] = {"one two", "'it''s'", "\"a \\\"b\\\" \\\\\"", "00012", "No"};
  const bool quoted[] = {false, true, true, false, false};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(root.entries[i].value.text == values[i]);
    CHECK(covered(text, root.entries[i].value.span) == sources[i]);
    CHECK(covered(text, root.entries[i].key_span) == root.entries[i].key);
    CHECK(root.entries[i].value.quoted == quoted[i]);
    CHECK(root.entries[i].value.span.source == 7);
  }
  CHECK(place(root.span) == "1:1-5:7");
  CHECK(root.find("zeros")->text == "00012");
  CHECK(root.find("zero") == nullptr);
}

TEST_CASE("only an empty value is null, and it stands at its key") {
  const Node root = read("a:\nb: Null\nc: ~\nd: null\ne: \"\"\nnull: x\nf:\n");
  REQUIRE(root.entries.size() == 7);
  CHECK(root.entries[0].value.kind == Node::Kind::null);
  CHECK(place(root.entries[0].value.span) == "1:1-1:2");
  CHECK(root.entries[1].value.text == "Null");
  CHECK(place(root.entries[1].value.span) == "2:4-2:8");
  CHECK(root.entries[2].value.text == "~");
  CHECK(root.entries[3].value.text == "null");
  CHECK(root.entries[4].value.kind == Node::Kind::scalar);
  CHECK(root.entries[4].value.text.empty());
  CHECK(place(root.entries[4].value.span) == "5:4-5:6");
  CHECK(root.entries[5].key == "null");
  CHECK(root.entries[6].value.kind == Node::Kind::null);
}

TEST_CASE("a null word after an empty value is the next key, not the value") {
  const Node root = read("a:\nnull: x\n");
  REQUIRE(root.entries.size() == 2);
  CHECK(root.entries[0].value.kind == Node::Kind::null);
  CHECK(place(root.entries[0].value.span) == "1:1-1:2");
  CHECK(place(root.entries[1].key_span) == "2:1-2:5");

  const Node nested = read("a:\n  b:\n  ~: x\nnull:\n  -\n  - null\n  -\nNULL: y\n");
  REQUIRE(nested.entries.size() == 3);
  const Node& a = nested.entries[0].value;
  REQUIRE(a.entries.size() == 2);
  CHECK(a.entries[0].value.kind == Node::Kind::null);
  CHECK(a.entries[1].key == "~");
  const Node& list = nested.entries[1].value;
  REQUIRE(list.items.size() == 3);
  CHECK(list.items[0].kind == Node::Kind::null);
  CHECK(place(list.items[0].span) == "5:3-5:4");
  CHECK(list.items[1].text == "null");
  CHECK(list.items[2].kind == Node::Kind::null);
  CHECK(place(list.items[2].span) == "7:3-7:4");
  CHECK(place(list.span) == "5:3-7:4");
}

TEST_CASE("columns count characters, not bytes") {
  const Node root = read("straße: ü\n\"日本\": 'é' # ä\nk: {ä: ö, z: \"😀\", y: x}\n");
  CHECK(place(root.entries[0].key_span) == "1:1-1:7");
  CHECK(place(root.entries[0].value.span) == "1:9-1:10");
  CHECK(place(root.entries[1].key_span) == "2:1-2:5");
  CHECK(place(root.entries[1].value.span) == "2:7-2:10");
  const Node& flow = root.entries[2].value;
  CHECK(place(flow.span) == "3:4-3:24");
  CHECK(place(flow.entries[0].value.span) == "3:8-3:9");
  CHECK(place(flow.entries[1].key_span) == "3:11-3:12");
  CHECK(place(flow.entries[1].value.span) == "3:14-3:17");
  CHECK(place(flow.entries[2].value.span) == "3:22-3:23");
}

TEST_CASE("Windows line ends and a byte order mark make no difference") {
  const Node root = read(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: |\r\n  one\r\n  two\r\nc:\r\nd: x y\r\n");
  CHECK(place(root.entries[0].key_span) == "1:1-1:2");
  CHECK(place(root.entries[0].value.span) == "1:4-1:5");
  CHECK(place(root.entries[1].value.span) == "2:4-4:6");
  CHECK(place(root.entries[2].value.span) == "5:1-5:2");
  CHECK(place(root.entries[3].value.span) == "6:4-6:7");
  CHECK(root.entries[3].value.text == "x y");
}

TEST_CASE("block scalars end with their last line of content") {
  const std::string text =
      "literal: |\n"
      "    one\n"
      "    two\n"
      "\n"
      "  # not part of it\n"
      "folded: >-\n"
      "  three\n"
      "  four\n"
      "\n"
      "digit: |1\n"
      "   deep\n"
      "  less\n"
      "nothing: |\n"
      "list:\n"
      "- |\n"
      "  item\n"
      "- last\n";
  const Node root = read(text);
  CHECK(root.find("literal")->text == "one\ntwo\n");
  CHECK(root.find("literal")->quoted);
  CHECK(place(root.find("literal")->span) == "1:10-3:8");
  CHECK(root.find("folded")->text == "three four");
  CHECK(place(root.find("folded")->span) == "6:9-8:7");
  CHECK(root.find("digit")->text == "  deep\n less\n");
  CHECK(place(root.find("digit")->span) == "10:8-12:7");
  CHECK(root.find("nothing")->text.empty());
  CHECK(place(root.find("nothing")->span) == "13:10-13:11");
  CHECK(place(root.find("list")->items[0].span) == "15:3-16:7");
  CHECK(place(root.find("list")->items[1].span) == "17:3-17:7");
}

TEST_CASE("a plain text may go on over several lines") {
  const Node root = read("a: one\n  two  \n\n  three\nb: 'x\n  y'\nc: 3\n");
  CHECK(root.entries[0].value.text == "one two\nthree");
  CHECK(place(root.entries[0].value.span) == "1:4-4:8");
  CHECK(root.entries[1].value.text == "x y");
  CHECK(place(root.entries[1].value.span) == "5:4-6:5");
  CHECK(place(root.entries[2].key_span) == "7:1-7:2");
}

TEST_CASE("flow collections reach from bracket to bracket") {
  const std::string text =
      "a: {x: 1, y: , z: [p, {q: r}, ], }\n"
      "b: [1,  # not the end ]\n"
      "  2\n"
      "  ]\n"
      "c: []\n"
      "d: { }\n"
      "e: [k: v, 'w']\n";
  const Node root = read(text);
  const Node& a = *root.find("a");
  CHECK(covered(text, a.span) == "{x: 1, y: , z: [p, {q: r}, ], }");
  CHECK(a.find("y")->kind == Node::Kind::null);
  CHECK(place(a.find("y")->span) == "1:11-1:12");
  CHECK(covered(text, a.find("z")->span) == "[p, {q: r}, ]");
  CHECK(covered(text, a.find("z")->items[1].span) == "{q: r}");
  CHECK(place(root.find("b")->span) == "2:4-4:4");
  CHECK(place(root.find("c")->span) == "5:4-5:6");
  CHECK(place(root.find("d")->span) == "6:4-6:7");
  const Node& e = *root.find("e");
  CHECK(covered(text, e.span) == "[k: v, 'w']");
  CHECK(covered(text, e.items[0].span) == "k: v");
}

TEST_CASE("block collections reach from their first to their last entry") {
  const std::string text = "a:\n  b: 1\n  c:\n  - x\n  - y: 2\n    z: 3\nd: 4\n";
  const Node root = read(text);
  CHECK(place(root.find("a")->span) == "2:3-6:9");
  CHECK(place(root.find("a")->find("c")->span) == "4:3-6:9");
  CHECK(place(root.find("a")->find("c")->items[1].span) == "5:5-6:9");
}

TEST_CASE("a document mark at the top and an end mark are fine") {
  CHECK(read("---\na: 1\n...\n").entries.size() == 1);
  CHECK(read("%YAML 1.2\n---\n# comment\na: 1\n").entries.size() == 1);
}

TEST_CASE("places do not depend on how much stands before them") {
  // Many keys on one line with a wide character in front: counting must go on from where it was.
  std::string text = "ü: {";
  for (int i = 0; i < 3000; ++i) text += fmt::format("k{}: v, ", i);
  text += "}\n";
  const Node root = read(text);
  const Node& last = root.entries[0].value.entries.back().value;
  CHECK(last.span.end_column == count_characters(text) - 3);
}

}  // namespace
}  // namespace atz::casefile
