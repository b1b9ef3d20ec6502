// What a check says: a rule, a place, what was found, what was expected, how to fix it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace atz::diag {

// A stretch of text in one source. Lines and columns are one-based and count characters (code points);
// the end is exclusive. line 0 means that there is no place (a whole file, or made by the program).
struct Span {
  std::uint32_t source = 0;  // index into Sources
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;

  [[nodiscard]] bool known() const { return line != 0; }
  friend bool operator==(const Span&, const Span&) = default;
};

// The texts that spans point into: the case file first, then what it draws in (staffing file, atz.yaml).
struct Source {
  std::string name;  // as the user typed it, or relative to the case file's folder as typed
  std::string text;
};
using Sources = std::vector<Source>;

enum class Severity { error, warning, info };
std::string_view to_string(Severity severity);

struct Related {
  Span span;
  std::string message;
};

// Text that takes the place of a stretch of a source; an empty stretch is an insertion.
struct Replacement {
  Span span;
  std::string text;
};

// A correction that has only one answer.
struct Fix {
  std::string message;                    // one sentence: "Write 2027-01-04."; no personal data
  std::vector<Replacement> replacements;  // in one source, apart from each other, in order
  bool personal = false;                  // the replacements hold personal data and are not printed
};

struct Finding {
  std::string rule;  // "HS010"
  std::string slug;  // "whole-house"
  Severity severity = Severity::error;
  Span span;
  std::string message;  // one sentence, members by label only
  std::string found;    // as written or computed; empty when it says nothing more than the message
  std::string expected;
  std::string help;
  std::string member;  // label, or empty for the home
  std::vector<Related> related;
  std::vector<Fix> fixes;  // at most one so far; what `check --fix` does
};

// Order of output: source, line, column, rule. Stable for equal keys.
void sort(std::vector<Finding>& findings);

}  // namespace atz::diag
