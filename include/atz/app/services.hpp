// What the use cases need from the outside. A test swaps any of them.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "atz/base/clock.hpp"
#include "atz/base/file.hpp"
#include "atz/base/random.hpp"
#include "atz/base/result.hpp"
#include "atz/model/profile.hpp"
#include "atz/payer/client.hpp"
#include "atz/seal/seal.hpp"

namespace atz::app {

using Connect = std::function<Result<std::unique_ptr<payer::Client>>(const model::PayerProfile&, payer::Credentials,
                                                                     Clock&, Random&)>;

struct Services {
  Files& files;
  Clock& clock;  // real time; what counts as "now" is resolved by now.hpp
  Random& random;
  std::string config_dir;                        // profiles.yaml lies here
  std::string state_dir;                         // ledger, key, embedded payer
  std::string config_file;                       // an atz.yaml to use instead of searching; usually empty
  Connect connect;                               // makes the client of a payer
  std::function<void(const std::string&)> note;  // one line for the person at the terminal
  std::function<bool()> cancelled;               // true after Ctrl-C
  // Shows a text and reads the line that the person at the terminal types; empty when there is no terminal.
  std::function<Result<std::string>(const std::string&)> ask;
  std::string user = {};  // login name of whoever runs this, for the audit trail; empty: not known
};

// The client over libcurl.
Connect real_connect();

// The key of ledger and embedded payer. A missing one is Failure::state unless `may_create` and nothing is sealed.
Result<seal::Vault> open_vault(const Services& services, bool may_create);
[[nodiscard]] bool has_vault(const Services& services);  // a key, or anything that needs one

// Where things lie in the state folder.
std::string key_path(const Services& services);
std::string token_folder(const Services& services);

}  // namespace atz::app
