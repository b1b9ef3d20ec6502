// The exit codes: stable, never a count. The README lists them.
#pragma once

#include "atz/base/result.hpp"

namespace atz::cli {

enum class ExitCode : int {
  done = 0,
  findings = 1,
  usage = 2,
  internal = 3,
  sign_in = 4,
  temporary = 5,
  unknown_outcome = 6,
  partial = 7,
  pending = 8,
  refused = 9,
  busy = 11,
  interrupted = 130,
};

ExitCode exit_code(Failure failure);

}  // namespace atz::cli
