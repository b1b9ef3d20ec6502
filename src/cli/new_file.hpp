// `atz new ...`: where the text of a new case file goes.
#pragma once

#include "atz/app/new_request.hpp"
#include "cli/command.hpp"

namespace atz::cli {

// The options that every `atz new` has: -o, --demo, --id and --as-of, in this order.
namespace options {
inline constexpr Option kNewOutput{
    "--output", "-o", "FILE", "Write here (never over an existing file); default: standard output", "", Hint::file};
inline constexpr Option kNewDemo{"--demo", "", "", "Fill in fake data", "", Hint::none};
inline constexpr Option kNewId{"--id", "", "NAME", "The home's name on the command line", "", Hint::none};
inline constexpr Option kNewFrom{
    "--from", "", "HOME-OR-CASE", "Fill in what was sent and approved before (needs -o)", "", Hint::none};
}  // namespace options

// To the file of -o (mode 0600, never over one that is there), or to standard output.
ExitCode write_new_file(Invocation& invocation, const std::string& text);

// All of `atz new extension`, `add-on` and `smi-termination`.
ExitCode run_new_request(Invocation& invocation, app::NewRequest request);

}  // namespace atz::cli
