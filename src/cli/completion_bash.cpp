// Bash: one function that finds the longest command path among the words typed so far.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/completion.hpp"

namespace atz::cli {
namespace {

std::string words_after(const Command* command) {
  std::vector<std::string> words;
  const std::string prefix = command == nullptr ? "" : std::string(command->path) + " ";
  for (const Command* other : commands()) {
    if (other->path.starts_with(prefix) && other->path.find(' ', prefix.size()) == std::string_view::npos) {
      words.emplace_back(other->path.substr(prefix.size()));
    }
  }
  if (command != nullptr) {
    for (const auto& positional : command->positionals) {
      for (const auto choice : split_choices(positional.choices)) words.emplace_back(choice);
    }
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string options_of(const Command* command) {
  std::vector<std::string_view> names;
  if (command != nullptr) {
    for (const auto& option : command->options) names.push_back(option.name);
  }
  for (const auto& option : global_options()) names.push_back(option.name);
  return fmt::format("{}", fmt::join(names, " "));
}

bool takes_files(const Command* command) {
  if (command == nullptr) return false;
  for (const auto& positional : command->positionals) {
    if (positional.hint != Hint::none) return true;
  }
  return false;
}

std::string value_cases(std::span<const Option> options) {
  std::string text;
  for (const auto& option : options) {
    if (option.value.empty()) continue;
    const std::string names =
        option.short_name.empty() ? std::string(option.name) : fmt::format("{}|{}", option.name, option.short_name);
    if (!option.choices.empty()) {
      text += fmt::format("        {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n", names,
                          fmt::join(split_choices(option.choices), " "));
    } else if (option.hint == Hint::none) {
      text += fmt::format("        {}) return ;;\n", names);
    } else {
      text += fmt::format("        {}) compopt -o filenames; COMPREPLY=($(compgen {} -- \"$cur\")); return ;;\n", names,
                          option.hint == Hint::directory ? "-d" : "-f");
    }
  }
  return text;
}

std::string command_case(const Command* command) {
  const std::string_view path = command == nullptr ? "" : command->path;
  const std::string cases =
      value_cases(command == nullptr ? std::span<const Option>{} : std::span<const Option>(command->options));
  std::string text = fmt::format("    '{}')\n", path);
  text += fmt::format("      words='{}' options='{}' files={}\n", words_after(command), options_of(command),
                      takes_files(command) ? 1 : 0);
  if (!cases.empty()) text += "      case \"$prev\" in\n" + cases + "      esac\n";
  return text + "      ;;\n";
}

}  // namespace

std::string bash_completion() {
  std::string known;
  for (const Command* command : commands()) known += fmt::format(" '{}'", command->path);
  std::string text = fmt::format(R"(# bash completion for atz, printed by `atz completion bash`
_atz() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}
  local path='' word candidate words='' options='' files=0 i
  local known=({} )
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${{path:+$path }}${{COMP_WORDS[i]}}
    for candidate in "${{known[@]}}"; do
      [[ $candidate == "$word" ]] && path=$word
    done
  done
  COMPREPLY=()
  case "$prev" in
{}  esac
  case "$path" in
)",
                                 known, value_cases(global_options()));
  text += command_case(nullptr);
  for (const Command* command : commands()) text += command_case(command);
  text += R"(  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    if ((files)); then
      compopt -o filenames
      COMPREPLY+=($(compgen -f -- "$cur"))
    fi
  fi
}
complete -F _atz atz
)";
  return text;
}

}  // namespace atz::cli
