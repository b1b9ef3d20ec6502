// Fish: conditions on the words typed so far.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/completion.hpp"

namespace atz::cli {
namespace {

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string condition(std::string_view path) {
  return fmt::format("-n {}", shell_quoted(fmt::format("__atz_at {}", path)));
}

std::string option_line(const Option& option, const std::string& where) {
  std::string line = "complete -c atz";
  if (!where.empty()) line += " " + where;
  line += fmt::format(" -l {}", option.name.substr(2));
  if (!option.short_name.empty()) line += fmt::format(" -s {}", option.short_name.substr(1));
  if (!option.value.empty()) {
    line += " -r";
    if (!option.choices.empty()) {
      line += fmt::format(" -f -a {}", shell_quoted(fmt::format("{}", fmt::join(split_choices(option.choices), " "))));
    } else if (option.hint == Hint::none) {
      line += " -f";
    } else {
      line += " -F";
    }
  }
  return line + fmt::format(" -d {}\n", shell_quoted(option.help));
}

std::string command_lines(const Command& command) {
  const auto space = command.path.rfind(' ');
  const std::string_view parent = space == std::string_view::npos ? "" : command.path.substr(0, space);
  const std::string_view name = space == std::string_view::npos ? command.path : command.path.substr(space + 1);
  std::string text =
      fmt::format("complete -c atz {} -a {} -d {}\n", condition(parent), name, shell_quoted(command.summary));
  const std::string here = condition(command.path);
  for (const auto& option : command.options) text += option_line(option, here);
  for (const auto& positional : command.positionals) {
    if (!positional.choices.empty()) {
      text += fmt::format("complete -c atz {} -a {}\n", here,
                          shell_quoted(fmt::format("{}", fmt::join(split_choices(positional.choices), " "))));
    } else if (positional.hint != Hint::none) {
      text += fmt::format("complete -c atz {} -F\n", here);
    }
  }
  return text;
}

}  // namespace

std::string fish_completion() {
  std::string known;
  for (const Command* command : commands()) known += " " + shell_quoted(command->path);
  std::string text = fmt::format(R"(# fish completion for atz, printed by `atz completion fish`
function __atz_path
  set -l known{}
  set -l path ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$path $word")
    contains -- $next $known; and set path $next
  end
  echo $path
end

function __atz_at
  test (__atz_path) = "$argv"
end

complete -c atz -f
)",
                                 known);
  for (const auto& option : global_options()) text += option_line(option, "");
  for (const Command* command : commands()) text += command_lines(*command);
  return text;
}

}  // namespace atz::cli
