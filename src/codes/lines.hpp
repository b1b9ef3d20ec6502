// Lines and columns of fixed-width files, and the way their faults are told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "atz/base/result.hpp"

namespace atz::codes {

// "NAME:LINE: what", as every fault of a source file.
tl::unexpected<Error> fault(const std::string& name, std::size_t line, const std::string& what,
                            const std::string& help = {});

// One line after the other, without line ends; a byte order mark at the start is passed over.
class Lines {
 public:
  explicit Lines(std::string_view text);
  bool next();  // false at the end; lines of blanks are passed over
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::size_t number() const { return number_; }  // one-based

 private:
  std::string_view rest_, line_;
  std::size_t number_ = 0;
};

// Columns count characters; a line that is not UTF-8 is taken for Latin-1.
class Columns {
 public:
  explicit Columns(std::string_view line);
  // From column to column, both one-based and included, without blanks around. Columns past the end are empty.
  [[nodiscard]] std::string_view trimmed(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::string_view exact(std::size_t first, std::size_t last) const;

 private:
  [[nodiscard]] std::size_t offset(std::size_t column) const;

  std::string own_;  // the line in UTF-8, when it was not
  std::string_view line_;
  bool ascii_ = true;
};

// The same text in UTF-8; bytes that are not are taken for Latin-1.
std::string as_utf8(std::string_view text);
bool is_ascii(std::string_view text);

}  // namespace atz::codes
