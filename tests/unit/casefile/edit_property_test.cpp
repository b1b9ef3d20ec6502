// Random changes of the example files: each gives the tree that was meant, and the lines that it does not touch stay.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "atz/base/text.hpp"
#include "atz/casefile/edit.hpp"
#include "support.hpp"

namespace atz::casefile {
namespace {

std::vector<std::string> example_files() {
  std::vector<std::string> texts;
  for (const char* name : {"/examples/maple-street.yaml", "/examples/lantern-termination.yaml",
                           "/tests/golden/ok/other-layout.yaml", "/tests/golden/ok/staffing-alone.yaml"}) {
    std::ifstream file(std::string(ATZ_SOURCE_DIR) + name, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    REQUIRE_FALSE(texts.back().empty());
  }
  return texts;
}

std::string with_windows_line_ends(const std::string& text) {
  std::string result = "\xEF\xBB\xBF";
  for (const char c : text) {
    if (c == '\n' && result.back() != '\r') result += '\r';
    result += c;
  }
  return result;
}

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }

  std::string text() {
    static const char* const kTexts[] = {
        "x",   "No",       "",      "a: b", "#",    "two words", "it's",         "\"q\"", "x, y",
        "{z}", "- a",      "22:00", "~",    "end:", " in ",      "\\",           "a\nb",  "0012",
        "\t",  "\xC3\xA9", "?",     "[",    "|",    "&a",        "x # y",        "null",  "@home",
        "1.5", "...",      "-",     "'",    "%",    "<<",        "\xE2\x80\xA8", "a\\nb", "T2016"};
    return kTexts[below(std::size(kTexts))];
  }

  Node value(int depth = 0) {
    const std::size_t kind = below(depth < 2 ? 10 : 6);
    if (kind < 6) return scalar_node(text());
    if (kind < 8) {
      std::vector<std::string> texts(below(4));
      for (auto& each : texts) each = text();
      return list_node(texts);
    }
    std::vector<std::pair<std::string, Node>> entries;
    for (std::size_t i = 0, n = below(4); i < n; ++i) entries.emplace_back(fmt::format("k{}", i), value(depth + 1));
    return mapping_node(std::move(entries));
  }

 private:
  std::mt19937 random_;
};

void collect(const Node& node, NodePath& at, std::vector<NodePath>& all) {
  all.push_back(at);
  for (const auto& entry : node.entries) {
    at.emplace_back(entry.key);
    collect(entry.value, at, all);
    at.pop_back();
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    at.emplace_back(i);
    collect(node.items[i], at, all);
    at.pop_back();
  }
}

std::vector<std::string> comments(const std::string& text) {
  std::vector<std::string> found;
  for (const std::string& line : split(text, '\n')) {
    if (trim(line).substr(0, 1) == "#") found.emplace_back(trim(line));
  }
  return found;
}

std::multiset<std::string> lines_of(const std::string& text) {
  const auto lines = split(text, '\n');
  return {lines.begin(), lines.end()};
}

struct Tally {
  int done = 0, refused = 0;
};

// One change; the tree that must come out is worked out here, by itself.
void change(Editor& editor, Chance& chance, Tally& tally) {
  std::vector<NodePath> all;
  NodePath at;
  collect(editor.root(), at, all);
  const NodePath& path = all[chance.below(all.size())];
  const Node target = *editor.find(path);
  const std::string before = editor.text();
  const Node tree_before = editor.root();
  Result<void> done;
  if (path.empty()) return;
  const bool open = target.kind == Node::Kind::mapping || target.kind == Node::Kind::null;
  std::size_t lost = 1;  // lines that may go or change
  if (const auto lines = target.span.end_line - target.span.line; target.kind != Node::Kind::null) lost += lines + 1;
  switch (chance.below(open ? 3 : 2)) {
    case 0:
      done = editor.replace(path, chance.value());
      break;
    case 2:
      done = editor.insert(path, chance.below(target.entries.size() + 1), fmt::format("new{}", chance.below(99)),
                           chance.value());
      lost = 2;
      break;
    default:
      done = editor.remove(path);
      ++lost;
      break;
  }
  if (!done) {
    ++tally.refused;
    CHECK(editor.text() == before);
    CHECK(same_tree(editor.root(), tree_before));
    return;
  }
  ++tally.done;
  // Read afresh, the text gives the tree that the editor says it has.
  const Document again = parse(editor.text(), 0);
  REQUIRE(again.problems.empty());
  REQUIRE(again.root);
  CHECK(same_tree(*again.root, editor.root()));
  // Lines that have nothing to do with the change are all there.
  const auto now = lines_of(editor.text());
  std::size_t gone = 0;
  for (const auto& line : lines_of(before)) gone += now.count(line) == 0 ? 1 : 0;
  CHECK(gone <= lost + 1);
  CHECK((editor.text().find('\r') == std::string::npos) == (before.find('\r') == std::string::npos));
}

TEST_CASE("random changes of the examples") {
  Tally tally;
  unsigned seed = 1;
  for (const std::string& example : example_files()) {
    for (const std::string& text : {example, with_windows_line_ends(example)}) {
      for (int round = 0; round < 12; ++round) {
        Chance chance(seed++);
        CAPTURE(seed);
        auto editor = Editor::open(text);
        REQUIRE(editor);
        for (int i = 0; i < 12; ++i) change(*editor, chance, tally);
      }
    }
  }
  CHECK(tally.done > 1000);
  CHECK(tally.refused < 10);  // only what can't be done: a file without any key is no file
}

TEST_CASE("scalars of the examples can all be replaced, and comments stay") {
  for (const std::string& text : example_files()) {
    std::vector<NodePath> all;
    NodePath at;
    auto editor = Editor::open(text);
    REQUIRE(editor);
    collect(editor->root(), at, all);
    const auto expected = comments(text);
    for (const NodePath& path : all) {
      if (editor->find(path)->kind != Node::Kind::scalar) continue;
      const std::string value = "it's: \"x\", #" + editor->find(path)->text;
      REQUIRE(editor->replace(path, scalar_node(value)));
      CHECK(editor->find(path)->text == value);
    }
    CHECK(comments(editor->text()) == expected);
  }
}

}  // namespace
}  // namespace atz::casefile
