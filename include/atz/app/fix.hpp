// `atz check --fix`: corrections that have only one answer, made in the files themselves.
#pragma once

#include <string>
#include <vector>

#include "atz/app/check.hpp"

namespace atz::app {

struct FixedText {
  std::string path;
  std::string before, after;
  std::vector<std::string> corrections;  // "line 34, HS007: Write 365."; lines as they were, no personal data
};

struct Fixed {
  std::vector<FixedText> texts;  // those that change: the case file, then staffing files that it draws in
  std::size_t shared = 0;        // corrections that belong into atz.yaml, which is not touched
  CheckedFile left;              // what there is to say about the file afterwards
};

// Works out the corrections, again and again until there are none left to make: one may make another possible.
// Writes nothing. A file that can't be read as a whole is left as it is.
Result<Fixed> fix_file(const Services& services, const CheckSettings& settings, const FoundFile& file);
Result<Fixed> fix_text(const Services& services, const CheckSettings& settings, const std::string& name,
                       const std::string& text);

// Writes each changed file, unless it has changed meanwhile: then Failure::io, and it stays as it is.
Result<void> write_fixed(const Services& services, const Fixed& fixed);

}  // namespace atz::app
