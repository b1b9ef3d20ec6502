// Lines that a person types.
#pragma once

#include <string>

namespace atz::cli {

enum class LineEnd {
  line,         // a line was read
  end,          // Ctrl-D, or nobody is there any more
  interrupted,  // Ctrl-C
};

struct TypedLine {
  LineEnd end = LineEnd::end;
  std::string text;  // without its line break and blanks around it
};

// Waits for a line on standard input, or for an interrupt.
class LineInput {
 public:
  [[nodiscard]] static bool is_terminal();
  TypedLine read();

 private:
  std::string pending_;  // read already, but not asked for yet
};

}  // namespace atz::cli
