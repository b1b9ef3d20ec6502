// The folder in which the examples of the rules lie: `documents/` with files of every kind that they name.
#pragma once

#include <string>

#include "atz/base/file.hpp"

namespace atz::rules::testing {

// Puts those of the files below /homes/documents that `text` names (some of them are large):
//   plan-a.pdf, plan-b.pdf, pattern.pdf, pattern-a.pdf ... pattern-c.pdf, order-0001.pdf, notice-0001.pdf,
//   Sampleton_1988.pdf
//   plan-a-copy.pdf       the same content as plan-a.pdf
//   notes.txt, photo.jpg, photo.png, pattern.xlsx, pattern.csv
//   renamed.jpg           a PNG inside
//   locked.pdf            opens with a password only
//   empty.pdf             nothing inside
//   4000000-bytes.pdf, 4000001-bytes.pdf, 10000000-bytes.pdf, 10000001-bytes.pdf
void put_samples(MemoryFiles& files, const std::string& text);

}  // namespace atz::rules::testing
