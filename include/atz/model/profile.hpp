// A payer as configured: where it is, how to sign in, and its quirks. One struct, read by payer and fhir.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace atz::model {

enum class AuthMode {
  none,
  client_secret_basic,
  client_secret_post,
  private_key_jwt,     // SMART Backend Services: RS384 or ES384, as the key says
  authorization_code,  // a person signs in in a browser and pastes the code
  token_command,       // a command prints a token that was given out elsewhere
};
// How fields travel to the token endpoint: as OAuth demands, or as JSON, which some vendors document instead.
enum class TokenBody { form, json };
// How an extension changes the Claim that was sent before: a line of its own, or the running line extended.
enum class UpdateStyle { add_line, in_place };
// How questions are answered: as the payer says, always by $submit-attachment, always by an update of the Claim.
enum class AnswerBy { automatic, attachment, update };
enum class BundleMode { automatic, transaction, batch, single };

struct PayerProfile {
  std::string name = "sandbox";
  bool embedded = true;               // the payer inside atz; base_url is filled in when it has started
  bool live = false;                  // real people's data: placeholders are refused (GN018), --as-of too
  std::string base_url;               // without a trailing slash
  std::string pas_version = "2.2.1";  // of the guide that the payer follows: 2.2.1, 2.1.0, 2.0.1
  std::string remark;                 // of a built-in profile: how far it is known to work

  struct Auth {
    AuthMode mode = AuthMode::client_secret_basic;
    std::string client_id;
    std::string secret_file;    // 0600; with the client secret
    std::string key_file;       // 0600; private key in PEM: RSA of 2048 bits or more, or EC P-384
    std::string key_id;         // "kid" under which the payer knows the key; empty: the key's own (RFC 7638)
    std::string token_url;      // empty: from discovery
    std::string authorize_url;  // of authorization_code; empty: from discovery
    std::string redirect_uri;   // of authorization_code, as registered
    std::vector<std::string> token_command;  // program and arguments; no shell
    std::string scope = "system/Claim.crus";
    TokenBody token_body = TokenBody::form;
    bool cache_token = false;  // keep it, 0600, in the state folder for the next run
  } auth;

  struct Tls {
    std::string ca_file, client_cert, client_key;
  } tls;

  BundleMode bundle_mode = BundleMode::automatic;
  bool allow_partial = false;  // batch and single modes need it
  bool replay_safe = false;    // the same bytes may be sent again after a lost reply
  int max_members = 50;
  int answer_seconds = 60;  // longest wait for an answer, and a twelfth of it more for each member in the request
  std::uint64_t max_bytes = 20ULL * 1024 * 1024;  // of one request body
  int min_inquiry_interval_seconds = 15 * 60;     // per case; 0 in a sandbox

  struct Insurer {
    std::string name = "Example State Medicaid";
    std::string payer_id = "PAYER001";
    std::string system = "https://payer.example/ns/payer-id";
  } insurer;
  struct Submitter {
    std::string trace_org = "9000012345";  // TRN03: ten characters
    std::string ein;                       // of the agency, where the payer wants it and the case file has none
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
  UpdateStyle update_style = UpdateStyle::add_line;
  std::string update_relationship = "prior";  // code of Claim.related; some payers want "replaces"
  AnswerBy answer_by = AnswerBy::automatic;
  std::string attachment_url;            // relative or absolute; empty: $submit-attachment at base_url
  bool smi_termination_agreed = false;   // whether this payer knows how a termination request is coded
  std::string termination_place = "12";  // place of service and category of a line that is to end
  std::string termination_category = "MH";
  bool reports = true;                   // whether our user there has the Reports right (Daily Authorization Report)
  std::string location_format = "dash";  // dash: 2000000002-001, plain: 2000000002001, plus: 2000000002+001
};

// The built-in profile of the embedded payer.
PayerProfile sandbox_profile();

// Every built-in profile: the embedded payer first. The others lack what only the payer can give out (a client ID).
std::vector<PayerProfile> builtin_profiles();

}  // namespace atz::model
