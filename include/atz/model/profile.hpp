// A payer as configured: where it is, how to sign in, and its quirks. One struct, read by payer and fhir.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace atz::model {

enum class AuthMode { none, client_secret_basic, client_secret_post };
enum class BundleMode { automatic, transaction, batch, single };

struct PayerProfile {
  std::string name = "sandbox";
  bool embedded = true;  // the payer inside atz; base_url is filled in when it has started
  bool live = false;     // real people's data: placeholders are refused (GN018), --as-of too
  std::string base_url;  // without a trailing slash
  std::string pas_version = "2.2.1";

  struct Auth {
    AuthMode mode = AuthMode::client_secret_basic;
    std::string client_id;
    std::string secret_file;  // 0600
    std::string token_url;    // empty: from discovery
    std::string scope = "system/Claim.crus";
  } auth;

  struct Tls {
    std::string ca_file, client_cert, client_key;
  } tls;

  BundleMode bundle_mode = BundleMode::automatic;
  bool allow_partial = false;  // batch and single modes need it
  bool replay_safe = false;    // the same bytes may be sent again after a lost reply
  int max_members = 50;
  std::uint64_t max_bytes = 20ULL * 1024 * 1024;  // of one request body
  int min_inquiry_interval_seconds = 15 * 60;     // per case; 0 in a sandbox

  struct Insurer {
    std::string name = "Example State Medicaid";
    std::string payer_id = "PAYER001";
    std::string system = "https://payer.example/ns/payer-id";
  } insurer;
  struct Submitter {
    std::string trace_org = "9000012345";  // TRN03: ten characters
  } submitter;
  struct Namespaces {
    std::string member_id = "https://payer.example/ns/member-id";
    std::string provider_location = "https://payer.example/ns/provider-location";
    std::string case_id = "https://payer.example/ns/case-id";
    std::string service_type = "https://payer.example/ns/service-type";
    std::string request_type = "https://atz.invalid/ns/request-type";
    std::string home_batch = "https://atz.invalid/ns/home-batch";
    std::string submission = "https://atz.invalid/ns/submission";
    std::string questionnaire = "https://atz.invalid/Questionnaire";
  } namespaces;
  std::string place_of_service = "14";
  std::string service_category = "54";
  std::string location_format = "dash";  // dash: 2000000002-001, plain: 2000000002001, plus: 2000000002+001
};

// The built-in profile of the embedded payer.
PayerProfile sandbox_profile();

}  // namespace atz::model
