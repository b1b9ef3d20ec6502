// A command as data: parser, help and completions are made from this table.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atz/app/services.hpp"
#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

enum class Hint { none, file, directory };  // what a shell offers

struct Option {
  std::string_view name;        // "--format"
  std::string_view short_name;  // "-o", or empty
  std::string_view value;       // "FORMAT"; empty: a flag
  std::string_view help;
  std::string_view choices;  // "human|json"; empty: anything
  Hint hint = Hint::none;
  bool repeat = false;  // may be given several times
};

struct Positional {
  std::string_view name;  // "FILE"
  std::string_view help;
  bool required = true;
  bool many = false;
  Hint hint = Hint::none;
  std::string_view choices;
};

struct Example {
  std::string_view line;
  std::string_view what;
};

class Invocation;

struct Command {
  std::string_view path;     // "sandbox review"; the empty path is atz itself
  std::string_view summary;  // one line
  std::string_view details;  // paragraphs for --help; may be empty
  std::vector<Example> examples;
  std::vector<Positional> positionals;
  std::vector<Option> options;
  ExitCode (*run)(Invocation&) = nullptr;  // null: a group
};

// One command line, parsed.
class Invocation {
 public:
  Invocation(const Command& command, const app::Services& services, Terminal& terminal)
      : command_(command), services_(services), terminal_(terminal) {}

  [[nodiscard]] const app::Services& services() const { return services_; }
  [[nodiscard]] Terminal& terminal() const { return terminal_; }
  [[nodiscard]] const Command& command() const { return command_; }

  [[nodiscard]] bool flag(std::string_view option) const { return values_.count(std::string(option)) != 0; }
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::string value_or(std::string_view option, std::string_view fallback) const;
  [[nodiscard]] const std::vector<std::string>& all(
      std::string_view name) const;                                  // of a positional or a repeated option
  [[nodiscard]] std::string one(std::string_view positional) const;  // empty when not given
  void set(std::string name, std::vector<std::string> values) { values_[std::move(name)] = std::move(values); }

  // Prints the error with its help and returns its exit code.
  ExitCode fail(const Error& error) const;

 private:
  const Command& command_;
  const app::Services& services_;
  Terminal& terminal_;
  std::map<std::string, std::vector<std::string>> values_;
};

// Every command, groups before their members, in the order of --help.
std::span<const Command* const> commands();
const Command* find_command(std::string_view path);
std::span<const Option> global_options();

// Options that several commands share, so that they read the same everywhere.
namespace options {
inline constexpr Option kAsOf{"--as-of", "",
                              "DATE",    "Act as if it were this day or time in Maine (2026-12-07, 2026-12-07T10:05)",
                              "",        Hint::none};
Option format(std::string_view choices);
}  // namespace options

std::vector<std::string_view> split_choices(std::string_view choices);

}  // namespace atz::cli
