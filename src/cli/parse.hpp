// argv to an Invocation, by the command table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace atz::cli {

struct Parsed {
  enum class Kind { run, help, version, error } kind = Kind::error;
  const Command* command = nullptr;                        // run and help; null for the help of atz itself
  std::map<std::string, std::vector<std::string>> values;  // by option name ("--format") or positional name ("FILE")
  Error error;                                             // Failure::usage
};

Parsed parse(const std::vector<std::string>& arguments);

}  // namespace atz::cli
