// A rule's example as the file that it stands for, checked as `atz check` would.
#pragma once

#include <string>
#include <vector>

#include "atz/rules/rule.hpp"

namespace atz::rules::testing {

struct ExampleRun {
  std::string text;  // the whole file
  std::vector<diag::Finding> findings;
  [[nodiscard]] std::string names() const;   // "HS001 HS007", each rule once
  [[nodiscard]] std::string listed() const;  // one finding a line, for a failed test
};

// Fails the test when the example can't be laid over its base.
ExampleRun run(const Example& example);

}  // namespace atz::rules::testing
