#include "casefile/edit_layout.hpp"

#include <algorithm>

#include "casefile/extent.hpp"
#include "casefile/write.hpp"

namespace atz::casefile {
namespace {

bool is_collection(const Node& node) {
  return node.kind == Node::Kind::mapping || node.kind == Node::Kind::sequence;
}

std::size_t size_of(const Node& node) {
  return node.kind == Node::Kind::mapping ? node.entries.size() : node.items.size();
}

const Node& child(const Node& node, std::size_t index) {
  return node.kind == Node::Kind::mapping ? node.entries[index].value : node.items[index];
}

}  // namespace

std::optional<Spot> Layout::spot(const NodePath& path) const {
  Spot at{&root_, nullptr, 0, false};
  for (const Step& step : path) {
    const Node& node = *at.node;
    std::size_t index = 0;
    if (const auto* key = std::get_if<std::string>(&step)) {
      const auto hit =
          std::find_if(node.entries.begin(), node.entries.end(), [&](const auto& entry) { return entry.key == *key; });
      if (hit == node.entries.end()) return std::nullopt;
      index = static_cast<std::size_t>(hit - node.entries.begin());
    } else {
      index = std::get<std::size_t>(step);
      if (index >= size_of(node)) return std::nullopt;
    }
    at = {&child(node, index), &node, index, holds_flow(at)};
  }
  return at;
}

bool Layout::in_brackets(const Node& node) const {
  if (!is_collection(node)) return false;
  const char first = text_.at(text_.begin(node.span));
  return first == '{' || first == '[';
}

std::size_t Layout::after_colon(const Node::Entry& entry, bool flow) const {
  std::size_t at = text_.end(entry.key_span);
  at = flow ? skip_blank(text_.text(), at) : text_.skip_blanks(at);
  return text_.at(at) == ':' ? at + 1 : 0;
}

std::size_t Layout::item_begin(const Node& parent, std::size_t index) const {
  return text_.begin(parent.kind == Node::Kind::mapping ? parent.entries[index].key_span : parent.items[index].span);
}

std::size_t Layout::item_end(const Node& parent, std::size_t index, bool flow) const {
  const Node& value = child(parent, index);
  if (value.kind != Node::Kind::null || parent.kind != Node::Kind::mapping) return text_.end(value.span);
  const std::size_t colon = after_colon(parent.entries[index], flow);
  return colon == 0 ? text_.end(parent.entries[index].key_span) : colon;
}

std::optional<Changes> Layout::replace(const Spot& at, const Node& value) const {
  if (at.parent == nullptr) return std::nullopt;
  if (at.node->kind == Node::Kind::null) return fill_nothing(at, value);
  const std::size_t begin = text_.begin(at.node->span);
  const std::size_t end = text_.end(at.node->span);
  if (value.kind == Node::Kind::null) {
    if (at.parent->kind != Node::Kind::mapping) return std::nullopt;
    const std::size_t colon = after_colon(at.parent->entries[at.index], at.flow);
    if (colon == 0 || !text_.text().substr(colon, begin - colon).empty()) {
      if (colon == 0 || text_.line_start(colon) != text_.line_start(begin)) return std::nullopt;
    }
    return Changes{{colon, end, {}}};
  }
  if (at.node->kind == Node::Kind::scalar && value.kind == Node::Kind::scalar) {
    const char quote = text_.at(begin);
    const Style style = quote == '"' ? Style::double_quoted : quote == '\'' ? Style::single_quoted : Style::plain;
    return Changes{{begin, end, write_scalar(value.text, at.flow, style)}};
  }
  const bool lines = !at.flow && is_collection(*at.node) && !in_brackets(*at.node);
  if (lines && at.parent->kind == Node::Kind::mapping) return replace_lines(at, value);
  return Changes{{begin, end, write_inline(value, at.flow)}};
}

std::optional<Changes> Layout::fill_nothing(const Spot& at, const Node& value) const {
  if (value.kind == Node::Kind::null) return Changes{};
  if (at.parent->kind != Node::Kind::mapping) {
    if (at.flow) return std::nullopt;
    const std::size_t dash = text_.end(at.node->span);
    return Changes{{dash, dash, ' ' + write_inline(value, false)}};
  }
  const Node::Entry& entry = at.parent->entries[at.index];
  const std::size_t colon = after_colon(entry, at.flow);
  if (colon == 0) {
    const std::size_t key_end = text_.end(entry.key_span);
    return Changes{{key_end, key_end, ": " + write_inline(value, at.flow)}};
  }
  const bool group = value.kind == Node::Kind::mapping && !value.entries.empty();
  if (at.flow || !group) return Changes{{colon, colon, ' ' + write_inline(value, at.flow)}};
  const std::size_t column = text_.column(text_.begin(entry.key_span));
  const std::string whole = write_entry({}, value, column, text_.line_break());
  const std::size_t line_end = text_.line_end(colon);
  return Changes{{line_end, line_end, whole.substr(whole.find(text_.line_break()))}};
}

// A group or list on lines of its own, after a key.
std::optional<Changes> Layout::replace_lines(const Spot& at, const Node& value) const {
  const std::size_t begin = text_.begin(at.node->span);
  const std::size_t end = text_.end(at.node->span);
  if (value.kind == Node::Kind::mapping && !value.entries.empty() && at.node->kind == Node::Kind::mapping) {
    return Changes{{begin, end, write_block(value, text_.column(begin), text_.line_break())}};
  }
  const std::size_t colon = after_colon(at.parent->entries[at.index], false);
  if (colon == 0 || !text_.first_on_line(begin)) return std::nullopt;
  const std::size_t from = text_.line_start(begin);
  if (text_.next_line(end) < text_.text().size() || text_.line_end(end) < text_.text().size()) {
    return Changes{{colon, colon, ' ' + write_inline(value, false)}, {from, text_.next_line(end), {}}};
  }
  const std::size_t before = text_.line_end(from - 1);  // the text ends without a line break, and will again
  return Changes{{colon, colon, ' ' + write_inline(value, false)}, {before, text_.text().size(), {}}};
}

std::optional<Changes> Layout::insert(const Spot& mapping, std::size_t index, const std::string& key,
                                      const Node& value) const {
  if (mapping.node->kind == Node::Kind::null) {
    if (index != 0 || mapping.parent == nullptr) return std::nullopt;
    return fill_nothing(mapping, mapping_node({{key, value}}));
  }
  if (mapping.node->kind != Node::Kind::mapping || index > mapping.node->entries.size()) return std::nullopt;
  if (in_brackets(*mapping.node)) return insert_in_flow(mapping, index, key, value);
  if (mapping.flow) return std::nullopt;  // [key: value]
  return insert_in_block(mapping, index, key, value);
}

std::optional<Changes> Layout::insert_in_block(const Spot& mapping, std::size_t index, const std::string& key,
                                               const Node& value) const {
  const Node& node = *mapping.node;
  const std::size_t first = item_begin(node, 0);
  const std::size_t column = text_.column(first);
  const std::string_view line_break = text_.line_break();
  const std::string lines = write_entry(key, value, column, line_break);
  const std::string indent(column, ' ');
  if (index == 0) return Changes{{first, first, lines + std::string(line_break) + indent}};
  const std::size_t at = text_.line_end(item_end(node, index - 1, false));
  return Changes{{at, at, std::string(line_break) + indent + lines}};
}

std::optional<Changes> Layout::insert_in_flow(const Spot& mapping, std::size_t index, const std::string& key,
                                              const Node& value) const {
  const Node& node = *mapping.node;
  std::string entry = write_scalar(key, true) + ':';
  if (value.kind != Node::Kind::null) entry += ' ' + write_inline(value, true);
  if (node.entries.empty()) {
    const std::size_t at = text_.begin(node.span) + 1;
    return Changes{{at, at, entry}};
  }
  if (index == 0) {
    const std::size_t at = item_begin(node, 0);
    const bool own_line = text_.first_on_line(at) && text_.line_start(at) != text_.line_start(text_.begin(node.span));
    const std::string separator =
        own_line ? ',' + std::string(text_.line_break()) + std::string(text_.column(at), ' ') : ", ";
    return Changes{{at, at, entry + separator}};
  }
  const std::size_t before = item_begin(node, index - 1);
  const std::size_t end = item_end(node, index - 1, true);
  const bool own_line =
      text_.first_on_line(before) && text_.line_start(before) != text_.line_start(text_.begin(node.span));
  if (!own_line) return Changes{{end, end, ", " + entry}};
  // One entry on each line: the new one gets a line, and a comment stays with its entry.
  const std::string line = std::string(text_.line_break()) + std::string(text_.column(before), ' ') + entry;
  const std::size_t comma = text_.skip_blanks(end);
  if (text_.at(comma) == ',') {
    const std::size_t rest = text_.skip_blanks(comma + 1);
    if (rest == text_.line_end(end) || text_.at(rest) == '#') {
      const std::size_t at = text_.line_end(end);
      return Changes{{at, at, line + ','}};
    }
    return Changes{{end, end, ',' + line}};
  }
  if (text_.at(comma) == '#') {
    const std::size_t at = text_.line_end(end);
    return Changes{{end, end, ","}, {at, at, line}};
  }
  return Changes{{end, end, ',' + line}};
}

std::optional<Changes> Layout::remove(const Spot& at) const {
  if (at.parent == nullptr) return std::nullopt;
  return at.flow ? remove_from_flow(at) : remove_from_block(at);
}

std::optional<Changes> Layout::remove_from_block(const Spot& at) const {
  std::size_t begin = item_begin(*at.parent, at.index);
  const std::size_t end = item_end(*at.parent, at.index, false);
  if (at.parent->kind == Node::Kind::sequence) {
    // From the value back to its dash, which may stand on a line before.
    const std::size_t column = text_.column(text_.begin(at.parent->span));
    std::size_t line = text_.line_start(begin);
    while (line > 0 && (text_.at(line + column) != '-' || text_.skip_blanks(line) < line + column)) {
      line = text_.line_start(line - 1);
    }
    begin = line + column;
    if (text_.at(begin) != '-') return std::nullopt;
  }
  if (text_.first_on_line(begin)) {
    const std::size_t from = text_.line_start(begin);
    if (text_.line_end(end) < text_.text().size() || from == 0) return Changes{{from, text_.next_line(end), {}}};
    return Changes{{text_.line_end(from - 1), text_.text().size(), {}}};
  }
  // The first entry behind a dash: the next one moves up.
  if (at.index + 1 >= size_of(*at.parent)) return std::nullopt;
  std::size_t next = item_begin(*at.parent, at.index + 1);
  if (at.parent->kind == Node::Kind::sequence) return std::nullopt;
  if (text_.next_line(end) == text_.line_start(next)) return Changes{{begin, next, {}}};
  return Changes{{begin, text_.line_end(end), {}}};  // comments between them stay
}

std::optional<Changes> Layout::remove_from_flow(const Spot& at) const {
  const std::size_t begin = item_begin(*at.parent, at.index);
  const std::size_t end = item_end(*at.parent, at.index, true);
  if (!in_brackets(*at.parent)) return std::nullopt;
  const std::size_t comma = text_.skip_blanks(end);
  const std::size_t rest = text_.at(comma) == ',' ? text_.skip_blanks(comma + 1) : comma;
  const bool own_line = text_.first_on_line(begin) && (rest == text_.line_end(end) || text_.at(rest) == '#');
  if (own_line) return Changes{{text_.line_start(begin), text_.next_line(end), {}}};
  if (at.index + 1 < size_of(*at.parent)) return Changes{{begin, item_begin(*at.parent, at.index + 1), {}}};
  return Changes{{item_end(*at.parent, at.index - 1, true), end, {}}};
}

}  // namespace atz::casefile
