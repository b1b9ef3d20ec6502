// A program of the user's that prints a token.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/seal/seal.hpp"

namespace atz::payer {

// Runs it without a shell: standard input is empty, what it says on standard error goes to the user's. The token is
// what it prints, without blanks around it. Failure::usage: it cannot be started; Failure::sign_in: it ended with a
// code other than 0, or without a token; Failure::temporary: not done within `timeout` (then it is ended);
// Failure::interrupted. Messages name the program, never its arguments.
Result<seal::Secret> run_token_command(const std::vector<std::string>& command, std::chrono::milliseconds timeout,
                                       const std::function<bool()>& cancelled);

}  // namespace atz::payer
