// What a vault holds, for the files of this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/seal/seal.hpp"

namespace atz::seal {

struct Vault::Keys {
  Secret sealing;
  std::optional<Secret> former_sealing;  // while a change of keys is under way
  std::vector<Secret> digest;            // of every key so far, oldest first; never empty
};

// The keys that follow from a 32-byte key.
Secret sealing_key_of(const Secret& key);
Secret digest_key_of(const Secret& key);

}  // namespace atz::seal
