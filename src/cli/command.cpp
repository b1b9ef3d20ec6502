#include "cli/command.hpp"

#include "atz/base/text.hpp"

namespace atz::cli {

std::optional<std::string> Invocation::value(std::string_view option) const {
  const auto found = values_.find(std::string(option));
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::string Invocation::value_or(std::string_view option, std::string_view fallback) const {
  return value(option).value_or(std::string(fallback));
}

const std::vector<std::string>& Invocation::all(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? kNone : found->second;
}

std::string Invocation::one(std::string_view positional) const {
  const auto& values = all(positional);
  return values.empty() ? "" : values.front();
}

ExitCode Invocation::fail(const Error& error) const {
  terminal_.error(terminal_.styled_error(Style::red, "error:") + " " + printable(error.message));
  if (!error.help.empty()) terminal_.error(terminal_.styled_error(Style::cyan, " help:") + " " + printable(error.help));
  return exit_code(error.failure);
}

const Command* find_command(std::string_view path) {
  for (const Command* command : commands()) {
    if (command->path == path) return command;
  }
  return nullptr;
}

std::vector<std::string_view> split_choices(std::string_view choices) {
  std::vector<std::string_view> parts;
  while (!choices.empty()) {
    const auto bar = choices.find('|');
    parts.push_back(choices.substr(0, bar));
    if (bar == std::string_view::npos) break;
    choices.remove_prefix(bar + 1);
  }
  return parts;
}

namespace options {
Option format(std::string_view choices) {
  return {"--format", "", "FORMAT", "How to print the result", choices, Hint::none};
}
}  // namespace options

}  // namespace atz::cli
