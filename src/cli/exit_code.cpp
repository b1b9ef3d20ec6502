#include "cli/exit_code.hpp"

namespace atz::cli {

ExitCode exit_code(Failure failure) {
  switch (failure) {
    case Failure::usage:
      return ExitCode::usage;
    case Failure::input:
      return ExitCode::findings;
    case Failure::io:
    case Failure::state:
    case Failure::bug:
      return ExitCode::internal;
    case Failure::busy:
      return ExitCode::busy;
    case Failure::sign_in:
      return ExitCode::sign_in;
    case Failure::temporary:
      return ExitCode::temporary;
    case Failure::unknown_outcome:
      return ExitCode::unknown_outcome;
    case Failure::refused:
      return ExitCode::refused;
    case Failure::interrupted:
      return ExitCode::interrupted;
  }
  return ExitCode::internal;
}

}  // namespace atz::cli
