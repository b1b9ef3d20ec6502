#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atz::cli {
namespace {

constexpr std::size_t kColumn = 26;

std::string heading(const Terminal& terminal, std::string_view text) {
  return terminal.styled(Style::bold, text) + "\n";
}

std::string row(std::string_view left, std::string_view right) {
  if (left.size() + 2 > kColumn) return fmt::format("  {}\n  {:{}}{}\n", left, "", kColumn, right);
  return fmt::format("  {:{}}{}\n", left, kColumn, right);
}

std::string option_row(const Option& option) {
  std::string left = option.short_name.empty() ? "    " : std::string(option.short_name) + ", ";
  left += option.name;
  if (!option.value.empty()) left += fmt::format(" {}", option.value);
  std::string right(option.help);
  if (!option.choices.empty()) right += fmt::format(": {}", fmt::join(split_choices(option.choices), ", "));
  return row(left, right);
}

std::string examples(const Terminal& terminal, const std::vector<Example>& list) {
  if (list.empty()) return "";
  std::string text = heading(terminal, "Examples");
  std::size_t widest = 0;
  for (const auto& example : list) widest = std::max(widest, example.line.size());
  for (const auto& example : list) {
    text += example.what.empty() ? fmt::format("  {}\n", example.line)
                                 : fmt::format("  {:{}}  {}\n", example.line, widest,
                                               terminal.styled(Style::dim, fmt::format("# {}", example.what)));
  }
  return text + "\n";
}

bool is_direct_member(const Command& command, std::string_view group) {
  const std::string prefix = group.empty() ? "" : std::string(group) + " ";
  return command.path != group && command.path.starts_with(prefix) &&
         command.path.find(' ', prefix.size()) == std::string_view::npos;
}

std::string members(std::string_view group) {
  std::string text;
  for (const Command* command : commands()) {
    if (is_direct_member(*command, group)) text += row(command->path, command->summary);
  }
  return text;
}

std::string usage_line(const Command& command) {
  std::string line = fmt::format("atz {}", command.path);
  if (command.run == nullptr) line += " COMMAND";
  for (const auto& positional : command.positionals) {
    std::string word(positional.name);
    if (positional.many) word += "...";
    line += positional.required ? " " + word : " [" + word + "]";
  }
  return line + (command.options.empty() ? "" : " [options]");
}

std::string global_rows() {
  std::string text;
  for (const auto& option : global_options()) text += option_row(option);
  return text;
}

}  // namespace

std::string overview(const Terminal& terminal) {
  static const std::vector<Example> kExamples = {
      {"atz new home --demo -o maple-street.yaml", "a complete fake home to try things with"},
      {"atz check maple-street.yaml", "is it complete, in time, and does it add up?"},
      {"atz submit maple-street.yaml", "send all members of the home at once"},
      {"atz status --changes", "what the reviewers decided (for cron)"},
  };
  std::string text = "atz asks for prior authorizations of whole homes, from one YAML file per home.\n\n";
  text += examples(terminal, kExamples);
  text += heading(terminal, "Commands") + members("") + "\n";
  text += heading(terminal, "Options for every command") + global_rows();
  text +=
      "\nWithout a profile of your own, atz talks to the payer that is built into it: nothing leaves this computer.\n";
  return text;
}

std::string help(const Command& command, const Terminal& terminal) {
  std::string text = std::string(command.summary) + "\n\n";
  text += examples(terminal, command.examples);
  text += heading(terminal, "Usage") + "  " + usage_line(command) + "\n\n";
  if (!command.details.empty()) text += std::string(command.details) + "\n\n";
  if (command.run == nullptr) text += heading(terminal, "Commands") + members(command.path) + "\n";
  if (!command.positionals.empty()) {
    text += heading(terminal, "Arguments");
    for (const auto& positional : command.positionals) {
      std::string about(positional.help);
      if (!positional.choices.empty()) about += fmt::format(": {}", fmt::join(split_choices(positional.choices), ", "));
      text += row(positional.name, about);
    }
    text += "\n";
  }
  if (!command.options.empty()) {
    text += heading(terminal, "Options");
    for (const auto& option : command.options) text += option_row(option);
    text += "\n";
  }
  return text + heading(terminal, "Options for every command") + global_rows();
}

}  // namespace atz::cli
