#include <fmt/format.h>

#include "atz/app/keygen.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"

namespace atz::cli {
namespace {

Json jwks_of(const app::NewKey& key) {
  Json jwk = Json::object();
  for (const auto& [name, value] : key.members) jwk[name] = value;
  jwk["kid"] = key.key_id;
  jwk["use"] = "sig";
  jwk["alg"] = seal::name_of(key.algorithm);
  return {{"keys", Json::array({jwk})}};
}

ExitCode run(Invocation& invocation) {
  app::KeygenSettings settings;
  settings.file = invocation.value_or("--output", "");
  settings.algorithm = seal::signature_algorithm(invocation.value_or("--alg", "ES384")).value();
  const auto key = app::make_key(invocation.services(), settings);
  if (!key) return invocation.fail(key.error());
  auto& terminal = invocation.terminal();
  terminal.out(dump(jwks_of(*key)));
  terminal.talk(
      fmt::format("The private key is in {}, for you alone. Give the payer what is printed here, and write into "
                  "the profile:",
                  printable(key->file)));
  terminal.talk(
      fmt::format("  auth: {{mode: private-key-jwt, client_id: ..., key_file: \"{}\"}}", printable(key->file)));
  return ExitCode::done;
}

}  // namespace

const Command& profile_keygen_command() {
  static const Command kCommand{
      "profile keygen",
      "Make a key with which to sign in, and print what to register",
      "Writes the private key (PEM, mode 0600; a file that is there is never overwritten) and prints the public half "
      "as "
      "a JWKS for\n"
      "the payer. RS384 is for payers that do not take ES384.",
      {{"atz profile keygen > jwks.json", "the key goes into the configuration folder"},
       {"atz profile keygen -o example.pem --alg RS384", ""}},
      {},
      {{"--output", "-o", "FILE", "Write the private key here (default: payer-key.pem in the configuration folder)", "",
        Hint::file},
       {"--alg", "", "ALGORITHM", "How it signs (default: ES384)", "ES384|RS384", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
