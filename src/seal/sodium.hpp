// The one place that starts libsodium.
#pragma once

#include <sodium.h>

#include <string_view>

namespace atz::seal {

// Everything that calls libsodium calls this first; it works once and costs nothing after. Throws when
// the system cannot give secure randomness.
void start_sodium();

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace atz::seal
