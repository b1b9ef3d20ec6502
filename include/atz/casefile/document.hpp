// YAML events to a located tree. Text is never guessed into a type, and everything knows its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/diag/finding.hpp"

namespace atz::casefile {

inline constexpr std::size_t kMaxFileBytes = std::size_t{4} * 1024 * 1024;
inline constexpr int kMaxDepth = 64;

struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  struct Entry;
  Kind kind = Kind::null;
  std::string text;  // scalar, unquoted and unfolded. An unquoted Null, ~ or null is a scalar with that text;
                     // only an empty value is null
  bool quoted = false;
  diag::Span span;             // exact; of a null: its key
  std::vector<Node> items;     // sequence
  std::vector<Entry> entries;  // mapping, in file order

  [[nodiscard]] const Node* find(std::string_view key) const;
};
struct Node::Entry {
  std::string key;
  diag::Span key_span;
  Node value;
};

// What keeps a file from being read as a case file at all, or in part.
struct Problem {
  enum class Kind {
    too_large,
    invalid_utf8,
    nul_byte,
    syntax,
    anchor,
    alias,
    merge_key,
    tag,
    duplicate_key,
    several_documents,
    too_deep,
    empty,
    wrong_shape,
    missing_field,
    bad_key,
    unreadable_file,
    odd_character,  // a typographic quote or an invisible character at the end of a value; the value is read without it
    no_case_file
  } kind;
  diag::Span span;
  std::string path;  // of the field ("members[0].born"), where there is one
  std::string message, found, expected, help;
  std::vector<diag::Related> related;
};

struct Document {
  std::optional<Node> root;  // empty when nothing could be read
  std::vector<Problem> problems;
};

// `source` is the index that all spans carry. Never throws for bad input.
Document parse(std::string_view text, std::uint32_t source);

}  // namespace atz::casefile
