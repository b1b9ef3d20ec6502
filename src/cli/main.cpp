#include "atz/cli/main.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <system_error>
#include <typeinfo>

#include "atz/base/text.hpp"
#include "atz/seal/seal.hpp"
#include "cli/help.hpp"
#include "cli/interrupt.hpp"
#include "cli/line_input.hpp"
#include "cli/parse.hpp"

namespace atz::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// $ATZ_CONFIG_DIR, else $XDG_CONFIG_HOME/atz, else ~/.config/atz; likewise for state.
std::string folder(const char* own, const char* xdg, const char* fallback) {
  if (const auto value = environment(own); !value.empty()) return value;
  if (const auto value = environment(xdg); !value.empty()) return path::join(value, "atz");
  const auto home = environment("HOME");
  return path::join(home.empty() ? "." : home, fallback);
}

// The account that atz runs under, for the audit trail. Environment variables could say anything.
std::string login_name() {
  const passwd* entry = ::getpwuid(::geteuid());
  return entry == nullptr ? fmt::format("user {}", ::geteuid()) : entry->pw_name;
}

void apply_globals(const Parsed& parsed, Terminal& terminal) {
  const auto given = [&](const char* name) -> std::string {
    const auto found = parsed.values.find(name);
    return found == parsed.values.end() || found->second.empty() ? "" : found->second.back();
  };
  const std::string color = given("--color");
  if (color == "always") terminal.set_color(ColorWhen::always);
  if (color == "never") terminal.set_color(ColorWhen::never);
  terminal.set_quiet(!given("--quiet").empty());
  terminal.set_verbose(!given("--verbose").empty());
}

std::function<Result<std::string>(const std::string&)> asking(Terminal& terminal) {
  if (!LineInput::is_terminal()) return nullptr;
  return [&terminal](const std::string& text) -> Result<std::string> {
    terminal.ask(text);
    TypedLine line = LineInput().read();
    if (line.end == LineEnd::line) return std::move(line.text);
    terminal.talk("");  // the cursor stands behind the question
    return fail(line.end == LineEnd::interrupted ? Failure::interrupted : Failure::sign_in, "Nothing was entered.");
  };
}

// The standard library would print what an exception says, which may quote what is in a case file.
[[noreturn]] void end_without_words() {
  constexpr std::string_view kText =
      "error: atz ends, for lack of memory or because of a bug of its own. Nothing that was journaled is lost.\n"
      " help: `atz recover` settles what was being sent.\n";
  static_cast<void>(!::write(STDERR_FILENO, kText.data(), kText.size()));
  std::_Exit(static_cast<int>(ExitCode::internal));
}

bool is_lack_of_memory(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
  const auto* system = dynamic_cast<const std::system_error*>(&error);  // no room for one more thread
  return system != nullptr && system->code() == std::errc::resource_unavailable_try_again;
}

void tell_exception(const std::exception& error, Terminal& terminal) {
  if (is_lack_of_memory(error)) {
    terminal.error("error: There is no memory left for atz. Nothing that was journaled is lost.");
    terminal.error(
        " help: End other programs or raise the limit (ulimit -v, ulimit -u); `atz recover` settles what was being "
        "sent.");
    return;
  }
  // The text may quote what is in a case file, so it stays out of logs.
  terminal.error(
      fmt::format("error: atz met a bug of its own ({}). Nothing that was journaled is lost.", typeid(error).name()));
  terminal.error(" help: Please report it with what `atz --version` prints.");
}

ExitCode dispatch(const Parsed& parsed, Terminal& terminal) {
  const auto files = real_files();
  SystemClock clock;
  SystemRandom random;
  const auto config = parsed.values.find("--config");
  const app::Services services{*files,
                               clock,
                               random,
                               folder("ATZ_CONFIG_DIR", "XDG_CONFIG_HOME", ".config/atz"),
                               folder("ATZ_STATE_DIR", "XDG_STATE_HOME", ".local/state/atz"),
                               config == parsed.values.end() ? "" : config->second.back(),
                               app::real_connect(),
                               [&terminal](const std::string& line) { terminal.talk(printable(line)); },
                               [] { return interrupted(); },
                               asking(terminal),
                               login_name()};
  Invocation invocation(*parsed.command, services, terminal);
  for (const auto& [name, values] : parsed.values) invocation.set(name, values);
  return parsed.command->run(invocation);
}

ExitCode run_parsed(const Parsed& parsed, Terminal& terminal) {
  switch (parsed.kind) {
    case Parsed::Kind::error:
      terminal.error(terminal.styled_error(Style::red, "error:") + " " + parsed.error.message);
      terminal.error(terminal.styled_error(Style::cyan, " help:") + " " + parsed.error.help);
      return ExitCode::usage;
    case Parsed::Kind::version:
      terminal.out("atz " ATZ_VERSION "\n");
      return ExitCode::done;
    case Parsed::Kind::help:
      terminal.out(parsed.command == nullptr ? overview(terminal) : help(*parsed.command, terminal));
      return ExitCode::done;
    case Parsed::Kind::run:
      return dispatch(parsed, terminal);
  }
  return ExitCode::internal;
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  seal::harden_process();
  std::set_terminate(end_without_words);
  watch_for_interrupts();
  Terminal terminal;
  ExitCode code = ExitCode::internal;
  try {
    const Parsed parsed = parse(arguments);
    apply_globals(parsed, terminal);
    code = run_parsed(parsed, terminal);
  } catch (const std::exception& error) {
    tell_exception(error, terminal);
  }
  terminal.clear_progress();
  if (const int error = terminal.flush_out(); error != 0) {
    // Who closes a pipe has read enough.
    if (error != EPIPE) {
      terminal.error(fmt::format("error: The output could not be written: {}", std::generic_category().message(error)));
    }
    if (code == ExitCode::done) code = ExitCode::internal;
  }
  return static_cast<int>(code);
}

}  // namespace atz::cli
