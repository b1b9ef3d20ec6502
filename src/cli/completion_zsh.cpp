// Zsh: one function per command, chosen by the words typed so far.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/completion.hpp"

namespace atz::cli {
namespace {

// For text inside an _arguments specification in single quotes.
std::string shell_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string function_name(std::string_view path) {
  std::string name = "_atz";
  if (!path.empty()) name += "_";
  for (const char c : path) name += c == ' ' || c == '-' ? '_' : c;
  return name;
}

std::string action(std::string_view choices, Hint hint) {
  if (!choices.empty()) return fmt::format("({})", fmt::join(split_choices(choices), " "));
  if (hint == Hint::file) return "_files";
  if (hint == Hint::directory) return "_files -/";
  return " ";
}

std::string option_spec(const Option& option) {
  const std::string tail = option.value.empty()
                               ? fmt::format("[{}]", shell_quoted(option.help))
                               : fmt::format("[{}]:{}:{}", shell_quoted(option.help), shell_quoted(option.value),
                                             action(option.choices, option.hint));
  if (option.short_name.empty()) return fmt::format("    '{}{}' \\\n", option.name, tail);
  return fmt::format("    '({0} {1})'{{{0},{1}}}'{2}' \\\n", option.short_name, option.name, tail);
}

std::string option_specs(const Command* command) {
  std::string text;
  if (command != nullptr) {
    for (const auto& option : command->options) text += option_spec(option);
  }
  for (const auto& option : global_options()) text += option_spec(option);
  return text;
}

bool is_member(const Command& command, std::string_view group) {
  const std::string prefix = group.empty() ? "" : std::string(group) + " ";
  return command.path != group && command.path.starts_with(prefix) &&
         command.path.find(' ', prefix.size()) == std::string_view::npos;
}

std::string group_function(const Command* group) {
  const std::string_view path = group == nullptr ? "" : group->path;
  const std::size_t cut = path.empty() ? 0 : path.size() + 1;
  std::string describe;
  std::string cases;
  for (const Command* command : commands()) {
    if (!is_member(*command, path)) continue;
    describe += fmt::format("      '{}:{}'\n", command->path.substr(cut), shell_quoted(command->summary));
    cases += fmt::format("        {}) {} ;;\n", command->path.substr(cut), function_name(command->path));
  }
  return fmt::format(R"({}() {{
  local context state state_descr line
  typeset -A opt_args
  local -a subcommands
  _arguments -C \
{}    '1: :->command' \
    '*:: :->rest'
  case $state in
    command)
      subcommands=(
{}      )
      _describe 'command' subcommands
      ;;
    rest)
      case $line[1] in
{}      esac
      ;;
  esac
}}

)",
                     function_name(path), option_specs(nullptr), describe, cases);
}

std::string leaf_function(const Command& command) {
  std::string text = fmt::format("{}() {{\n  _arguments \\\n{}", function_name(command.path), option_specs(&command));
  int index = 1;
  for (const auto& positional : command.positionals) {
    const std::string place = positional.many ? "*" : fmt::format("{}", index++);
    text += fmt::format("    '{}:{}:{}' \\\n", place, shell_quoted(positional.name),
                        action(positional.choices, positional.hint));
  }
  return text + "    && return 0\n}\n\n";
}

}  // namespace

std::string zsh_completion() {
  std::string text = "#compdef atz\n# zsh completion for atz, printed by `atz completion zsh`\n\n";
  text += group_function(nullptr);
  for (const Command* command : commands())
    text += command->run == nullptr ? group_function(command) : leaf_function(*command);
  text += "if [ \"$funcstack[1]\" = \"_atz\" ]; then\n  _atz \"$@\"\nelse\n  compdef _atz atz\nfi\n";
  return text;
}

}  // namespace atz::cli
