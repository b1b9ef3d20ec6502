#include "atz/model/profile.hpp"

namespace atz::model {

PayerProfile sandbox_profile() {
  PayerProfile profile;
  profile.name = "sandbox";
  profile.embedded = true;
  profile.live = false;
  profile.replay_safe = true;
  profile.smi_termination_agreed = true;
  profile.min_inquiry_interval_seconds = 0;
  profile.auth.mode = AuthMode::client_secret_basic;
  return profile;
}

}  // namespace atz::model
