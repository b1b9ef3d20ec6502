// Changes that leave the rest of a text alone.
#include "atz/casefile/edit.hpp"

#include "support.hpp"

namespace atz::casefile {
namespace {

Editor open(const std::string& text) {
  auto editor = Editor::open(text);
  REQUIRE(editor);
  return std::move(*editor);
}

// The text after the change; "refused" when it was refused, and then nothing may have changed.
std::string after(Editor editor, const std::string& before, const Result<void>& done) {
  if (done) return editor.text();
  CHECK(editor.text() == before);
  CHECK(done.error().failure == Failure::input);
  return "refused";
}
std::string replaced(const std::string& text, const NodePath& at, const Node& value) {
  Editor editor = open(text);
  const auto done = editor.replace(at, value);
  return after(std::move(editor), text, done);
}
std::string replaced(const std::string& text, const NodePath& at, const std::string& value) {
  return replaced(text, at, scalar_node(value));
}
std::string inserted(const std::string& text, const NodePath& at, std::size_t index, const std::string& key,
                     const Node& value) {
  Editor editor = open(text);
  const auto done = editor.insert(at, index, key, value);
  return after(std::move(editor), text, done);
}
std::string removed(const std::string& text, const NodePath& at) {
  Editor editor = open(text);
  const auto done = editor.remove(at);
  return after(std::move(editor), text, done);
}

TEST_CASE("a scalar keeps its comment and its quotes") {
  CHECK(replaced("a: one   # why\nb: 2\n", {"a"}, "two") == "a: two   # why\nb: 2\n");
  CHECK(replaced("a: \"one\" # why\n", {"a"}, "two") == "a: \"two\" # why\n");
  CHECK(replaced("a: 'one'\n", {"a"}, "it's") == "a: 'it''s'\n");
  CHECK(replaced("a: 'one'\n", {"a"}, "two\nlines") == "a: \"two\\nlines\"\n");
  CHECK(replaced("a: [x, y]\n", {"a", 1U}, "z") == "a: [x, z]\n");
  CHECK(replaced("a:\n- x\n-   y # no\n", {"a", 1U}, "z") == "a:\n- x\n-   z # no\n");
}

TEST_CASE("a value gets quotes where it would be read as something else") {
  const std::pair<const char*, const char*> cases[] = {
      {"plain words", "a: plain words\n"},
      {"", "a: \"\"\n"},
      {"two: parts", "a: \"two: parts\"\n"},
      {"ends:", "a: \"ends:\"\n"},
      {"a #b", "a: \"a #b\"\n"},
      {"a#b", "a: a#b\n"},
      {"22:00", "a: 22:00\n"},
      {"-5", "a: -5\n"},
      {"- x", "a: \"- x\"\n"},
      {"-", "a: \"-\"\n"},
      {" x", "a: \" x\"\n"},
      {"x ", "a: \"x \"\n"},
      {"null", "a: \"null\"\n"},
      {"~", "a: \"~\"\n"},
      {"No", "a: No\n"},
      {"*x", "a: \"*x\"\n"},
      {"&x", "a: \"&x\"\n"},
      {"!x", "a: \"!x\"\n"},
      {"%x", "a: \"%x\"\n"},
      {"@x", "a: \"@x\"\n"},
      {"`x`", "a: \"`x`\"\n"},
      {"[x]", "a: \"[x]\"\n"},
      {"{x}", "a: \"{x}\"\n"},
      {"|", "a: \"|\"\n"},
      {"> x", "a: \"> x\"\n"},
      {"\"x\"", "a: '\"x\"'\n"},
      {"'x'", "a: \"'x'\"\n"},
      {"a\\b", "a: a\\b\n"},
      {"x, y", "a: x, y\n"},
      {"---", "a: \"---\"\n"},
      {"...", "a: \"...\"\n"},
      {"tab\there", "a: \"tab\\there\"\n"},
      {"bell\x07", "a: \"bell\\x07\"\n"},
      {"Zo\xC3\xAB \xF0\x9F\x99\x82", "a: Zo\xC3\xAB \xF0\x9F\x99\x82\n"},
  };
  for (const auto& [value, expected] : cases) {
    CAPTURE(value);
    CHECK(replaced("a: old\n", {"a"}, value) == expected);
  }
  CHECK(replaced("a: {b: old}\n", {"a", "b"}, "x, y") == "a: {b: \"x, y\"}\n");
  CHECK(replaced("a: {b: old}\n", {"a", "b"}, "x}") == "a: {b: \"x}\"}\n");
}

TEST_CASE("values over several lines are replaced whole") {
  CHECK(replaced("a: |\n  one\n  two\n\nb: 2\n", {"a"}, "x") == "a: x\n\nb: 2\n");
  CHECK(replaced("a: >-\n  one\n  two\nb: 2\n", {"a"}, "x") == "a: x\nb: 2\n");
  CHECK(replaced("a: one\n  two\nb: 2\n", {"a"}, "x") == "a: x\nb: 2\n");
  CHECK(replaced("a:\n  b: 1 # c\n  d: 2\ne: 3\n", {"a"}, "x") == "a: x\ne: 3\n");
  CHECK(replaced("a: # why\n  - 1\n  - 2", {"a"}, "x") == "a: x # why");
  CHECK(replaced("a:\n- 1\n- 2\nb: 3\n", {"a"}, list_node({"x", "y, z"})) == "a: [x, \"y, z\"]\nb: 3\n");
  CHECK(replaced("a:\n  b: 1\nc: 2\n", {"a"}, mapping_node({{"x", scalar_node("1")}, {"y", list_node({})}})) ==
        "a:\n  x: 1\n  y: []\nc: 2\n");
  CHECK(replaced("a:\n  - b: 1\n    c: 2\n  - d\n", {"a", 0U}, "x") == "a:\n  - x\n  - d\n");
}

TEST_CASE("nothing after a key is filled") {
  CHECK(replaced("a:\nb: 1\n", {"a"}, "x") == "a: x\nb: 1\n");
  CHECK(replaced("a:   # why\n", {"a"}, "x") == "a: x   # why\n");
  CHECK(replaced("a", {}, "x") == "refused");
  CHECK(replaced("{a: , b: 1}", {"a"}, "x") == "{a: x , b: 1}");
  CHECK(replaced("a:\n-\n- 2\n", {"a", 0U}, "x") == "a:\n- x\n- 2\n");
  CHECK(replaced("a:  # why\nb: 1\n", {"a"}, mapping_node({{"x", scalar_node("1")}})) == "a:  # why\n  x: 1\nb: 1\n");
  CHECK(replaced("a: x # why\n", {"a"}, Node{}) == "a: # why\n");
}

TEST_CASE("a key goes into a block where it belongs") {
  const std::string text = "m:\n  # first\n  a: 1   # one\n  b:\n    - x\n\nn: 2\n";
  CHECK(inserted(text, {"m"}, 0, "k", scalar_node("v")) ==
        "m:\n  # first\n  k: v\n  a: 1   # one\n  b:\n    - x\n\nn: 2\n");
  CHECK(inserted(text, {"m"}, 1, "k", scalar_node("v")) ==
        "m:\n  # first\n  a: 1   # one\n  k: v\n  b:\n    - x\n\nn: 2\n");
  CHECK(inserted(text, {"m"}, 2, "k", list_node({"v", "w"})) ==
        "m:\n  # first\n  a: 1   # one\n  b:\n    - x\n  k: [v, w]\n\nn: 2\n");
  CHECK(inserted(text, {}, 2, "k", mapping_node({{"x", mapping_node({{"3.1.1", scalar_node("No")}})}})) ==
        text + "k:\n  x:\n    3.1.1: No\n");
  CHECK(inserted(text, {"m"}, 2, "a", scalar_node("v")) == "refused");
  CHECK(inserted(text, {"m"}, 3, "k", scalar_node("v")) == "refused");
  CHECK(inserted(text, {"n"}, 0, "k", scalar_node("v")) == "refused");
  CHECK(inserted("a: 1", {}, 1, "k", scalar_node("v")) == "a: 1\nk: v");
  CHECK(inserted("a: |\n  x\n  y\n", {}, 1, "k", scalar_node("v")) == "a: |\n  x\n  y\nk: v\n");
  CHECK(inserted("l:\n  - a: 1\n    b: 2\n", {"l", 0U}, 0, "k", scalar_node("v")) ==
        "l:\n  - k: v\n    a: 1\n    b: 2\n");
  CHECK(inserted("l:\n  - a: 1\n  - b: 2\n", {"l", 0U}, 1, "k", scalar_node("v")) ==
        "l:\n  - a: 1\n    k: v\n  - b: 2\n");
  CHECK(inserted("a:\nb: 1\n", {"a"}, 0, "k", scalar_node("v")) == "a:\n  k: v\nb: 1\n");
}

TEST_CASE("a key goes into braces where it belongs") {
  CHECK(inserted("m: {a: 1, b: 2} # c\n", {"m"}, 1, "k", scalar_node("v")) == "m: {a: 1, k: v, b: 2} # c\n");
  CHECK(inserted("m: {a: 1}\n", {"m"}, 1, "k", list_node({"v"})) == "m: {a: 1, k: [v]}\n");
  CHECK(inserted("m: { a: 1 }\n", {"m"}, 0, "k", scalar_node("v")) == "m: { k: v, a: 1 }\n");
  CHECK(inserted("m: {}\n", {"m"}, 0, "k", scalar_node("v")) == "m: {k: v}\n");
  CHECK(inserted("m: {a: }\n", {"m"}, 1, "k", scalar_node("v")) == "m: {a:, k: v }\n");
  const std::string lines = "m: {\n  a: 1,  # one\n  b: 2  # two\n}\n";
  CHECK(inserted(lines, {"m"}, 0, "k", scalar_node("v")) == "m: {\n  k: v,\n  a: 1,  # one\n  b: 2  # two\n}\n");
  CHECK(inserted(lines, {"m"}, 1, "k", scalar_node("v")) == "m: {\n  a: 1,  # one\n  k: v,\n  b: 2  # two\n}\n");
  CHECK(inserted(lines, {"m"}, 2, "k", scalar_node("v")) == "m: {\n  a: 1,  # one\n  b: 2,  # two\n  k: v\n}\n");
  CHECK(inserted("l: [a: 1]\n", {"l", 0U}, 1, "k", scalar_node("v")) == "refused");
}

TEST_CASE("an entry goes with its line and its own comment") {
  CHECK(removed("a: 1 # one\n# two\nb: 2\n", {"a"}) == "# two\nb: 2\n");
  CHECK(removed("a: 1\nb:\n  c: 1\n  d: 2\ne: 3\n", {"b"}) == "a: 1\ne: 3\n");
  CHECK(removed("a: 1\nb: 2", {"b"}) == "a: 1");
  CHECK(removed("a: 1\nb: |\n  x\n  y\nc: 3\n", {"b"}) == "a: 1\nc: 3\n");
  CHECK(removed("m:\n  a: 1\nn: 2\n", {"m", "a"}) == "m: {}\nn: 2\n");
  CHECK(removed("m:\n  - 1\nn: 2\n", {"m", 0U}) == "m: []\nn: 2\n");
  CHECK(removed("m:\n  - 1 # c\n  - 2\nn: 2\n", {"m", 0U}) == "m:\n  - 2\nn: 2\n");
  CHECK(removed("m:\n  -\n    a: 1\n  - 2\n", {"m", 0U}) == "m:\n  - 2\n");
  CHECK(removed("l:\n  - a: 1 # one\n    b: 2\n", {"l", 0U, "a"}) == "l:\n  - b: 2\n");
  CHECK(removed("l:\n  - a: 1\n    # two\n    b: 2\n", {"l", 0U, "a"}) == "l:\n  - \n    # two\n    b: 2\n");
  CHECK(removed("m: {a: 1, b: 2, c: 3}\n", {"m", "b"}) == "m: {a: 1, c: 3}\n");
  CHECK(removed("m: {a: 1, b: 2}\n", {"m", "b"}) == "m: {a: 1}\n");
  CHECK(removed("m: {a: 1, b: 2}\n", {"m", "a"}) == "m: {b: 2}\n");
  CHECK(removed("m: {a: 1}\n", {"m", "a"}) == "m: {}\n");
  CHECK(removed("m: [1, 2]\n", {"m", 1U}) == "m: [1]\n");
  CHECK(removed("m: {\n  a: 1, # one\n  b: 2 # two\n}\n", {"m", "b"}) == "m: {\n  a: 1, # one\n}\n");
  CHECK(removed("a: 1\n", {}) == "refused");
  CHECK(removed("a: 1\n", {"b"}) == "refused");
}

TEST_CASE("Windows line ends and the byte order mark stay") {
  const std::string text = "\xEF\xBB\xBFm:\r\n  a: 1 # \xC3\xA9\r\nn: \xC3\xA9t\xC3\xA9, x\r\n";
  CHECK(inserted(text, {"m"}, 1, "k", mapping_node({{"x", scalar_node("y")}})) ==
        "\xEF\xBB\xBFm:\r\n  a: 1 # \xC3\xA9\r\n  k:\r\n    x: y\r\nn: \xC3\xA9t\xC3\xA9, x\r\n");
  CHECK(replaced(text, {"n"}, "y") == "\xEF\xBB\xBFm:\r\n  a: 1 # \xC3\xA9\r\nn: y\r\n");
  CHECK(removed(text, {"n"}) == "\xEF\xBB\xBFm:\r\n  a: 1 # \xC3\xA9\r\n");
  CHECK(removed(text, {"m"}) == "\xEF\xBB\xBFn: \xC3\xA9t\xC3\xA9, x\r\n");
  CHECK(inserted("\xEF\xBB\xBF"
                 "a: 1",
                 {}, 0, "k", scalar_node("v")) == "\xEF\xBB\xBFk: v\na: 1");
}

TEST_CASE("what can't be read as a whole is not changed") {
  for (const char* text : {"", "a: [", "a: &x 1\n", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n", "a: !t 1\n"}) {
    CAPTURE(text);
    CHECK_FALSE(Editor::open(text));
  }
}

// A `|+` block owns the blank lines behind it, so a new key after them would change it.
TEST_CASE("a change that would reach further than meant is refused") {
  CHECK(inserted("a: |+\n  x\n\nb: 1\n", {}, 1, "k", scalar_node("v")) == "refused");
}

std::string fixed(const std::string& text, const std::vector<diag::Replacement>& replacements) {
  const auto result = apply_replacements(text, replacements);
  return result ? *result : "refused";
}

TEST_CASE("replacements are found by place and applied together") {
  const std::string text = "a: {code: T2016SC, units: 1}\nb: 'x'\n";
  const Editor editor = open(text);
  const diag::Span code = editor.find({"a", "code"})->span;
  const diag::Span b = editor.find({"b"})->span;
  REQUIRE(editor.path_of(code));
  CHECK(*editor.path_of(code) == NodePath{"a", "code"});
  CHECK_FALSE(editor.path_of({0, 1, 5, 1, 8}));
  const auto shorter = editor.replacement(code, "T2016");
  const auto modifiers = editor.insertion(code, "modifiers", list_node({"SC"}));
  const auto quoted = editor.replacement(b, "y");
  REQUIRE(shorter);
  REQUIRE(modifiers);
  REQUIRE(quoted);
  CHECK(quoted->text == "'y'");
  CHECK_FALSE(editor.insertion(code, "units", list_node({"SC"})));
  CHECK(fixed(text, {*quoted, *modifiers, *shorter}) == "a: {code: T2016, modifiers: [SC], units: 1}\nb: 'y'\n");
}

TEST_CASE("replacements that would change something else are refused") {
  const std::string text = "a: one\nb: two\n";
  CHECK(fixed(text, {{{0, 1, 4, 1, 7}, "x"}}) == "a: x\nb: two\n");
  CHECK(fixed(text, {{{0, 1, 4, 1, 7}, "x\nc: y"}}) == "refused");
  CHECK(fixed(text, {{{0, 1, 4, 1, 6}, "x"}}) == "refused");
  CHECK(fixed(text, {{{0, 1, 4, 1, 7}, "x #"}}) == "a: x #\nb: two\n");
  CHECK(fixed(text, {{{0, 1, 7, 2, 3}, ""}}) == "refused");
  CHECK(fixed(text, {{{0, 1, 7, 1, 7}, "\nc: y"}}) == "a: one\nc: y\nb: two\n");
  CHECK(fixed(text, {{{0, 1, 1, 1, 2}, "c"}}) == "refused");
  CHECK(fixed("a: [", {}) == "refused");
}

}  // namespace
}  // namespace atz::casefile
