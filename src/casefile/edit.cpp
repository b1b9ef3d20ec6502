#include "atz/casefile/edit.hpp"

#include <algorithm>

#include "casefile/edit_layout.hpp"

namespace atz::casefile {
namespace {

tl::unexpected<Error> refuse() {
  return fail(Failure::input, "this place in the file can't be changed without changing something else with it",
              "Change it by hand.");
}

Result<Node> read_tree(const std::string& text) {
  Document document = parse(text, 0);
  if (!document.root || !document.problems.empty()) {
    return fail(Failure::input, "the file can't be read as a whole", "Correct what `atz check` says about it first.");
  }
  return std::move(*document.root);
}

Node* node_at(Node& root, const NodePath& path, std::size_t steps) {
  Node* node = &root;
  for (std::size_t i = 0; i < steps; ++i) {
    if (const auto* key = std::get_if<std::string>(&path[i])) {
      const auto hit = std::find_if(node->entries.begin(), node->entries.end(),
                                    [&](const auto& entry) { return entry.key == *key; });
      if (hit == node->entries.end()) return nullptr;
      node = &hit->value;
    } else {
      const std::size_t index = std::get<std::size_t>(path[i]);
      if (index >= node->items.size()) return nullptr;
      node = &node->items[index];
    }
  }
  return node;
}

bool before(const diag::Span& a, const diag::Span& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}
bool ends_before(const diag::Span& a, const diag::Span& b) {
  return a.end_line != b.end_line ? a.end_line < b.end_line : a.end_column < b.end_column;
}

bool descend(const Node& node, const diag::Span& wanted, NodePath& path) {
  const auto same = [&](const diag::Span& span) {
    return !before(span, wanted) && !before(wanted, span) && !ends_before(span, wanted) && !ends_before(wanted, span);
  };
  const auto look = [&](const Node& value, Step step) {
    if (before(wanted, value.span) || ends_before(value.span, wanted)) return false;
    path.push_back(std::move(step));
    if (descend(value, wanted, path)) return true;
    path.pop_back();
    return false;
  };
  for (const auto& entry : node.entries) {
    if (look(entry.value, entry.key)) return true;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (look(node.items[i], i)) return true;
  }
  return same(node.span) && node.kind != Node::Kind::null;
}

}  // namespace

Node scalar_node(std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  return node;
}

Node list_node(const std::vector<std::string>& texts) {
  Node node;
  node.kind = Node::Kind::sequence;
  for (const auto& text : texts) node.items.push_back(scalar_node(text));
  return node;
}

Node mapping_node(std::vector<std::pair<std::string, Node>> entries) {
  Node node;
  node.kind = Node::Kind::mapping;
  for (auto& [key, value] : entries) {
    node.entries.emplace_back();
    node.entries.back().key = std::move(key);
    node.entries.back().value = std::move(value);
  }
  return node;
}

bool same_tree(const Node& a, const Node& b) {
  return a.kind == b.kind && a.text == b.text &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_tree) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    [](const auto& x, const auto& y) { return x.key == y.key && same_tree(x.value, y.value); });
}

Result<Editor> Editor::open(std::string text) {
  auto root = read_tree(text);
  if (!root) return tl::make_unexpected(root.error());
  return Editor(std::move(text), std::move(*root));
}

const Node* Editor::find(const NodePath& at) const {
  return node_at(const_cast<Node&>(root_), at, at.size());  // only read
}

Result<void> Editor::commit(const std::vector<TextChange>& changes, const Node& intended) {
  std::string changed = apply_changes(text_, changes);
  auto root = read_tree(changed);
  if (!root || !same_tree(*root, intended)) return refuse();
  text_ = std::move(changed);
  root_ = std::move(*root);
  return {};
}

Result<void> Editor::replace(const NodePath& at, const Node& value) {
  Node intended = root_;
  Node* node = node_at(intended, at, at.size());
  const EditText text(text_);
  const Layout layout(text, root_);
  const auto spot = layout.spot(at);
  if (node == nullptr || !spot) return refuse();
  *node = value;
  const auto changes = layout.replace(*spot, value);
  return changes ? commit(*changes, intended) : refuse();
}

Result<void> Editor::insert(const NodePath& mapping, std::size_t index, const std::string& key, const Node& value) {
  Node intended = root_;
  Node* node = node_at(intended, mapping, mapping.size());
  const EditText text(text_);
  const Layout layout(text, root_);
  const auto spot = layout.spot(mapping);
  if (node == nullptr || !spot || node->find(key) != nullptr || index > node->entries.size()) return refuse();
  node->kind = Node::Kind::mapping;
  Node::Entry entry;
  entry.key = key;
  entry.value = value;
  node->entries.insert(node->entries.begin() + static_cast<std::ptrdiff_t>(index), std::move(entry));
  const auto changes = layout.insert(*spot, index, key, value);
  return changes ? commit(*changes, intended) : refuse();
}

Result<void> Editor::remove(const NodePath& at) {
  if (at.empty()) return refuse();
  Node intended = root_;
  Node* parent = node_at(intended, at, at.size() - 1);
  const EditText text(text_);
  const Layout layout(text, root_);
  const auto spot = layout.spot(at);
  if (parent == nullptr || !spot) return refuse();
  const auto index = static_cast<std::ptrdiff_t>(spot->index);
  if (parent->kind == Node::Kind::mapping) {
    parent->entries.erase(parent->entries.begin() + index);
  } else {
    parent->items.erase(parent->items.begin() + index);
  }
  if (parent->entries.empty() && parent->items.empty()) {
    NodePath above = at;
    above.pop_back();
    return replace(above, Node(*parent));
  }
  const auto changes = layout.remove(*spot);
  return changes ? commit(*changes, intended) : refuse();
}

std::optional<NodePath> Editor::path_of(const diag::Span& span) const {
  NodePath path;
  if (!descend(root_, span, path)) return std::nullopt;
  return path;
}

std::optional<diag::Replacement> Editor::replacement(const diag::Span& span, const std::string& text) const {
  const auto path = path_of(span);
  if (!path) return std::nullopt;
  const EditText lines(text_);
  const Layout layout(lines, root_);
  const auto changes = layout.replace(*layout.spot(*path), scalar_node(text));
  if (!changes || changes->size() != 1) return std::nullopt;
  const TextChange& change = changes->front();
  return diag::Replacement{lines.span(change.begin, change.end, span.source), change.text};
}

std::optional<diag::Replacement> Editor::insertion(const diag::Span& span, const std::string& key,
                                                   const Node& value) const {
  auto path = path_of(span);
  if (!path || path->empty()) return std::nullopt;
  const EditText lines(text_);
  const Layout layout(lines, root_);
  const std::size_t index = layout.spot(*path)->index + 1;
  path->pop_back();
  const auto spot = layout.spot(*path);
  if (spot->node->kind != Node::Kind::mapping || spot->node->find(key) != nullptr) return std::nullopt;
  const auto changes = layout.insert(*spot, index, key, value);
  if (!changes || changes->size() != 1) return std::nullopt;
  const TextChange& change = changes->front();
  return diag::Replacement{lines.span(change.begin, change.end, span.source), change.text};
}

}  // namespace atz::casefile
