#include "atz/model/profile.hpp"

namespace atz::model {

namespace {

// As far as the vendor's public pages tell: addresses, and a sign-in by authorization code with the client secret in
// the header. They say nothing of the version of PAS, of bundles, of duplicates or of namespaces.
PayerProfile atrezzo_sandbox_profile() {
  PayerProfile profile;
  profile.name = "atrezzo-sandbox";
  profile.embedded = false;
  profile.base_url = "https://sb.fhir.mhbapp.com/priorauth";
  profile.auth.mode = AuthMode::authorization_code;
  profile.auth.authorize_url = "https://sb.fhir.mhbapp.com/sof/oauth2/authorize";
  profile.auth.token_url = "https://sb.fhir.mhbapp.com/sof/oauth2/token";
  profile.auth.scope.clear();
  profile.min_inquiry_interval_seconds = 0;
  profile.remark =
      "Untested: made from the vendor's public pages. The client ID, the redirect address and the namespaces come with "
      "the registration of your application.";
  return profile;
}

}  // namespace

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

std::vector<PayerProfile> builtin_profiles() {
  return {sandbox_profile(), atrezzo_sandbox_profile()};
}

}  // namespace atz::model
