#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "atz/seal/seal.hpp"

namespace atz::seal {

void harden_process() {
  ::umask(077);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
#ifdef __linux__
  // Personal data stays out of core dumps piped to a handler, which ignores the limit, and out of debuggers.
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

}  // namespace atz::seal
