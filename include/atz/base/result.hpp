// Errors as values. A function that can fail for a reason outside the program returns Result<T>;
// the class of the failure, never its text, decides exit code and retry.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace atz {

enum class Failure {
  usage,            // the command line or the configuration is wrong
  input,            // a file of the user's is missing, unreadable or not what it should be
  io,               // the disk or the system refused
  state,            // our own state cannot be read or is inconsistent
  busy,             // another atz holds the ledger
  sign_in,          // the payer does not know us, or we have no credentials
  temporary,        // nothing was accepted; the same command may succeed later
  unknown_outcome,  // bytes left, no trusted answer came back
  refused,          // the payer refused; nothing was accepted
  interrupted,      // the user stopped us; state is consistent
  bug,              // an invariant of ours does not hold
};

struct Error {
  Failure failure = Failure::bug;
  std::string message;  // one sentence: what, where, expected what
  std::string help;     // how to fix it; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Failure failure, std::string message, std::string help = {}) {
  return tl::make_unexpected(Error{failure, std::move(message), std::move(help)});
}

}  // namespace atz
