#include "unit/rules/overlay.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace atz::rules::testing {
namespace {

using casefile::Node;
using Kind = Node::Kind;

std::string label_of(const Node& member) {
  const auto* label = member.find("label");
  return label == nullptr ? std::string() : label->text;
}

void lay_members_over(Node& below, const Node& above) {
  for (const auto& member : above.items) {
    const auto same = [&](const Node& other) { return label_of(other) == label_of(member); };
    const auto at = std::find_if(below.items.begin(), below.items.end(), same);
    if (at == below.items.end()) {
      below.items.push_back(member);
    } else if (member.entries.size() == 1) {
      below.items.erase(at);
    } else {
      lay_over(*at, member);
    }
  }
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

bool on_one_line(const Node& node, const diag::Span& place) {
  if (node.kind == Kind::scalar) return node.span.line == place.line && node.span.source == place.source;
  const auto item = [&](const Node& one) { return on_one_line(one, place); };
  const auto entry = [&](const Node::Entry& one) {
    return one.key_span.line == place.line && one.key_span.source == place.source && item(one.value);
  };
  return std::all_of(node.items.begin(), node.items.end(), item) &&
         std::all_of(node.entries.begin(), node.entries.end(), entry);
}

bool empty(const Node& node) {
  return node.items.empty() && node.entries.empty();
}

diag::Span first_place(const Node& node) {
  if (!node.entries.empty()) return node.entries.front().key_span;
  return node.items.empty() ? node.span : first_place(node.items.front());
}

void write_flow(std::string& out, const Node& node) {
  const char* between = "";
  switch (node.kind) {
    case Kind::null:
      return;
    case Kind::scalar:
      out += quoted(node.text);
      return;
    case Kind::sequence:
      out += '[';
      for (const auto& one : node.items) {
        out += between;
        write_flow(out, one);
        between = ", ";
      }
      out += ']';
      return;
    case Kind::mapping:
      out += '{';
      for (const auto& [key, span, value] : node.entries) {
        out += between + quoted(key) + ": ";
        write_flow(out, value);
        between = ", ";
      }
      out += '}';
      return;
  }
}

bool as_flow(const Node& node) {
  return node.kind == Kind::scalar || node.kind == Kind::null || empty(node) || on_one_line(node, first_place(node));
}

void write_block(std::string& out, const Node& node, const std::string& indent) {
  const auto write = [&](const Node& value) {
    if (as_flow(value)) {
      out += ' ';
      write_flow(out, value);
      out += '\n';
    } else {
      out += '\n';
      write_block(out, value, indent + "  ");
    }
  };
  for (const auto& one : node.items) {
    out += indent + "-";
    write(one);
  }
  for (const auto& entry : node.entries) {
    out += indent + quoted(entry.key) + ":";
    write(entry.value);
  }
}

Node read(std::string_view text, std::uint32_t source) {
  auto document = casefile::parse(text, source);
  CAPTURE(std::string(text));
  REQUIRE(document.problems.empty());
  REQUIRE(document.root);
  REQUIRE(document.root->kind == Kind::mapping);
  return *document.root;
}

}  // namespace

void lay_over(Node& below, const Node& above) {
  if (below.kind != Kind::mapping || above.kind != Kind::mapping) {
    below = above;
    return;
  }
  for (const auto& entry : above.entries) {
    const auto same = [&](const Node::Entry& other) { return other.key == entry.key; };
    const auto at = std::find_if(below.entries.begin(), below.entries.end(), same);
    if (entry.value.kind == Kind::null) {
      if (at != below.entries.end()) below.entries.erase(at);
    } else if (at == below.entries.end()) {
      below.entries.push_back(entry);
    } else if (entry.key == "members" && entry.value.kind == Kind::sequence && at->value.kind == Kind::sequence &&
               std::all_of(entry.value.items.begin(), entry.value.items.end(),
                           [](const Node& one) { return one.kind == Kind::mapping; })) {
      lay_members_over(at->value, entry.value);
    } else {
      lay_over(at->value, entry.value);
    }
  }
}

std::string write_yaml(const Node& root) {
  std::string out;
  write_block(out, root, "");
  return out;
}

std::string laid_over(const std::string& below, std::string_view above) {
  Node root = read(below, 0);
  lay_over(root, read(above, 1));
  return write_yaml(root);
}

}  // namespace atz::rules::testing
