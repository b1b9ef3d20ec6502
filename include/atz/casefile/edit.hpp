// Changes to a YAML text that leave everything else as it stands: comments, layout, quotes, line ends, byte order mark.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/casefile/document.hpp"
#include "atz/diag/finding.hpp"

namespace atz::casefile {

// The way from the root to a node: keys of mappings, indices of lists.
using Step = std::variant<std::string, std::size_t>;
using NodePath = std::vector<Step>;

// Nodes without a place, to be written.
Node scalar_node(std::string text);
Node list_node(const std::vector<std::string>& texts);
Node mapping_node(std::vector<std::pair<std::string, Node>> entries);

// Same kinds, texts, keys and order; places and quotes don't count.
bool same_tree(const Node& a, const Node& b);

// A text with its tree. Every change is written into the text, the text is read again, and only when that gives exactly
// the tree that was meant does the change stay; else it is refused with Failure::input and nothing has changed.
class Editor {
 public:
  // Failure::input when the text can't be read without a problem.
  static Result<Editor> open(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const Node& root() const { return root_; }
  [[nodiscard]] const Node* find(const NodePath& at) const;  // nullptr: there is no such node

  // Puts a value in the place of another (or of nothing after a key). A scalar keeps its quotes; one that needs quotes
  // gets them. A list is written in brackets; a group on lines of its own where something stood on lines of its own, or
  // nothing, and else in braces.
  Result<void> replace(const NodePath& at, const Node& value);
  // Adds a key to a mapping (or to nothing after a key), so that it becomes the entry with that index.
  Result<void> insert(const NodePath& mapping, std::size_t index, const std::string& key, const Node& value);
  // Takes out the entry of a mapping or list. A collection that becomes empty is left as {} or [].
  Result<void> remove(const NodePath& at);

  // The value with exactly this place in the text as it stands now.
  [[nodiscard]] std::optional<NodePath> path_of(const diag::Span& span) const;
  // What `replace` would write there; nullopt where the value can't be changed by itself. The source of the span stays.
  [[nodiscard]] std::optional<diag::Replacement> replacement(const diag::Span& span, const std::string& text) const;
  // What `insert` would write for a new neighbour behind the value at `span`; nullopt also when the key is there.
  [[nodiscard]] std::optional<diag::Replacement> insertion(const diag::Span& span, const std::string& key,
                                                           const Node& value) const;

 private:
  Editor(std::string text, Node root) : text_(std::move(text)), root_(std::move(root)) {}
  Result<void> commit(const std::vector<struct TextChange>& changes, const Node& intended);

  std::string text_;
  Node root_;
};

// Writes replacements that lie apart from each other into the text. The result is read again: values whose place was
// replaced must read as the new text does, new keys may stand only where something was inserted, and nothing else may
// have changed; else Failure::input.
Result<std::string> apply_replacements(const std::string& text, std::vector<diag::Replacement> replacements);

}  // namespace atz::casefile
