// Changes of a located tree as changes of its text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "atz/casefile/edit.hpp"
#include "casefile/edit_text.hpp"

namespace atz::casefile {

using Changes = std::vector<TextChange>;

// A node with what its text depends on.
struct Spot {
  const Node* node = nullptr;
  const Node* parent = nullptr;  // nullptr: the root
  std::size_t index = 0;         // in the parent
  bool flow = false;             // stands inside brackets or braces
};

// Finds the ways to write a change. nullopt: the place has a form that is better changed by hand.
class Layout {
 public:
  Layout(const EditText& text, const Node& root) : text_(text), root_(root) {}

  [[nodiscard]] std::optional<Spot> spot(const NodePath& at) const;
  [[nodiscard]] std::optional<Changes> replace(const Spot& at, const Node& value) const;
  [[nodiscard]] std::optional<Changes> insert(const Spot& mapping, std::size_t index, const std::string& key,
                                              const Node& value) const;
  [[nodiscard]] std::optional<Changes> remove(const Spot& at) const;

 private:
  [[nodiscard]] bool in_brackets(const Node& node) const;
  [[nodiscard]] bool holds_flow(const Spot& at) const { return at.flow || in_brackets(*at.node); }
  [[nodiscard]] std::size_t item_begin(const Node& parent, std::size_t index) const;
  [[nodiscard]] std::size_t item_end(const Node& parent, std::size_t index, bool flow) const;
  [[nodiscard]] std::size_t after_colon(const Node::Entry& entry, bool flow) const;  // 0: there is no colon
  [[nodiscard]] std::optional<Changes> fill_nothing(const Spot& at, const Node& value) const;
  [[nodiscard]] std::optional<Changes> replace_lines(const Spot& at, const Node& value) const;
  [[nodiscard]] std::optional<Changes> insert_in_block(const Spot& mapping, std::size_t index, const std::string& key,
                                                       const Node& value) const;
  [[nodiscard]] std::optional<Changes> insert_in_flow(const Spot& mapping, std::size_t index, const std::string& key,
                                                      const Node& value) const;
  [[nodiscard]] std::optional<Changes> remove_from_block(const Spot& at) const;
  [[nodiscard]] std::optional<Changes> remove_from_flow(const Spot& at) const;

  const EditText& text_;
  const Node& root_;
};

}  // namespace atz::casefile
