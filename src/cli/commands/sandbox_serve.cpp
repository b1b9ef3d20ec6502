#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/interrupt.hpp"

namespace atz::cli {
namespace {

constexpr int kHighestPort = 65535;
constexpr std::uint64_t kMostKeyBytes = 1ULL << 20;

std::optional<int> number_in(const std::string& text, int lowest, int highest) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < lowest || number > highest) return {};
  return number;
}

Result<int> port_of(const Invocation& invocation) {
  const auto port = number_in(invocation.value_or("--port", "0"), 0, kHighestPort);
  if (!port) return fail(Failure::usage, fmt::format("--port is a number from 0 (any free one) to {}", kHighestPort));
  return *port;
}

// There is one address; asking for another is answered with the reason.
Result<void> check_host(const Invocation& invocation) {
  const std::string host = invocation.value_or("--host", "127.0.0.1");
  if (host == "127.0.0.1" || host == "localhost") return {};
  return fail(Failure::usage,
              fmt::format("The embedded payer listens on 127.0.0.1 only, not on '{}': it speaks without TLS and takes "
                          "requests that may be about real people, and nobody else on the network is to read them",
                          printable(host)),
              "For a program on another computer make a tunnel: ssh -L PORT:127.0.0.1:PORT this-computer");
}

Result<std::string> client_of(const Invocation& invocation) {
  constexpr std::size_t kLongest = 64;
  std::string client = invocation.value_or("--client", "");
  const bool plain = std::all_of(client.begin(), client.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (plain && client.size() <= kLongest && (!client.empty() || !invocation.value("--client"))) return client;
  return fail(Failure::usage, "--client is a name of 1 to 64 letters, digits, - and _");
}

Result<std::chrono::seconds> patience_of(const Invocation& invocation) {
  constexpr int kLongest = 600;
  const auto seconds = number_in(invocation.value_or("--patience", "10"), 1, kLongest);
  if (!seconds) return fail(Failure::usage, fmt::format("--patience is a number of seconds from 1 to {}", kLongest));
  return std::chrono::seconds(*seconds);
}

Result<std::vector<sandbox::Fault>> faults_of(const Invocation& invocation) {
  std::vector<sandbox::Fault> faults;
  for (const auto& text : invocation.all("--fault")) {
    const auto fault = sandbox::parse_fault(text);
    if (!fault) {
      const auto names = sandbox::fault_names();
      const auto near = did_you_mean(text.substr(0, text.find_first_of(":*")), names);
      return fail(Failure::usage,
                  fmt::format("'{}' is no fault; faults are {}", printable(text), fmt::join(names, ", ")),
                  near ? fmt::format("Did you mean '{}'?", *near)
                       : "Add :SECONDS where it takes a time, *N for N times, *0 for always.");
    }
    faults.push_back(*fault);
  }
  return faults;
}

void wait_for_interrupt() {
  pollfd descriptor{interrupt_descriptor(), POLLIN, 0};
  while (!interrupted()) poll(&descriptor, 1, -1);
}

ExitCode run(Invocation& invocation) {
  auto port = port_of(invocation);
  if (!port) return invocation.fail(port.error());
  if (auto here = check_host(invocation); !here) return invocation.fail(here.error());
  auto client = client_of(invocation);
  if (!client) return invocation.fail(client.error());
  const auto patience = patience_of(invocation);
  if (!patience) return invocation.fail(patience.error());
  auto faults = faults_of(invocation);
  if (!faults) return invocation.fail(faults.error());
  app::ServeSettings settings;
  settings.as_of = invocation.value("--as-of");
  settings.server.port = *port;
  settings.server.client_id = std::move(*client);
  settings.server.patience = *patience;
  settings.server.faults = std::move(*faults);
  settings.server.tolerant = invocation.flag("--tolerant");
  settings.server.members_file = invocation.value_or("--members", "");
  settings.server.notify_folder = invocation.value_or("--notify", "");
  settings.server.offers_transaction = !invocation.flag("--no-transaction");
  settings.server.offers_batch = !invocation.flag("--no-batch");
  settings.server.reports = !invocation.flag("--no-reports");
  settings.server.pas_version = invocation.value_or("--pas-version", "2.2.1");
  settings.server.requires_sign_in = !invocation.flag("--no-sign-in");
  if (const auto file = invocation.value("--jwks")) {
    auto jwks = invocation.services().files.read(*file, kMostKeyBytes);
    if (!jwks) return invocation.fail(jwks.error());
    settings.server.jwks = std::move(*jwks);
  }
  if (const auto file = invocation.value("--script")) {
    auto rules = app::read_script(invocation.services(), *file);
    if (!rules) return invocation.fail(rules.error());
    settings.server.script = std::move(*rules);
  }
  auto serving = app::Serving::start(invocation.services(), std::move(settings));
  if (!serving) return invocation.fail(serving.error());
  auto& terminal = invocation.terminal();
  terminal.talk(fmt::format(
      "Serving on {} until Ctrl-C. Put this into {} and use --profile local:", (*serving)->server().base_url(),
      path::join(invocation.services().config_dir, "profiles.yaml")));
  terminal.out((*serving)->profile_yaml());
  std::fflush(stdout);
  wait_for_interrupt();
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_serve_command() {
  static const Command kCommand{
      "sandbox serve",
      "Serve the embedded payer to other programs on this computer",
      "Prints a profile that reaches it, then serves until Ctrl-C. It listens on 127.0.0.1 only. With --fault it "
      "misbehaves on\n"
      "purpose, to see what a client makes of it.",
      {{"atz sandbox serve --port 8080", ""},
       {"atz sandbox serve --fault drop-after",
        "accept the next submission and close the connection without an answer"}},
      {},
      {options::kAsOf,
       {"--port", "", "PORT", "Listen on this port (default: any free one)", "", Hint::none},
       {"--host", "", "HOST", "127.0.0.1 (the default) or localhost: there is no other address", "", Hint::none},
       {"--client", "", "NAME", "Let another client sign in, under this name; clients do not see each other's cases",
        "", Hint::none},
       {"--patience", "", "SECONDS",
        "Drop who does not send a request's head in this time (default: 10), or all of it in six times that", "",
        Hint::none},
       {"--fault", "", "FAULT", "Misbehave: NAME[:SECONDS][*TIMES]; may be repeated", "", Hint::none, true},
       {"--members", "", "FILE", "Know only the members in this file", "", Hint::file},
       {"--tolerant", "", "", "Also accept what public test kits send", "", Hint::none},
       {"--script", "", "FILE", "Decide by this script, instead of an installed one", "", Hint::file},
       {"--pas-version", "", "VERSION", "Answer in the style of this version of PAS", "2.2.1|2.1.0|2.0.1", Hint::none},
       {"--notify", "", "DIR", "Leave notifications of changes there, as `atz sandbox notify DIR` does", "",
        Hint::directory},
       {"--jwks", "", "FILE", "Let the client sign in with these public keys too", "", Hint::file},
       {"--no-sign-in", "", "", "Take every request, signed in or not", "", Hint::none},
       {"--no-reports", "", "", "Give the client no right to the Daily Authorization Report", "", Hint::none},
       {"--no-transaction", "", "", "Do not offer transactions", "", Hint::none},
       {"--no-batch", "", "", "Do not offer batches", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
