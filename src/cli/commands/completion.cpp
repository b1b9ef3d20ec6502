#include "cli/completion.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  const auto shell = invocation.one("SHELL");
  auto& terminal = invocation.terminal();
  if (shell == "bash") terminal.out(bash_completion());
  if (shell == "zsh") terminal.out(zsh_completion());
  if (shell == "fish") terminal.out(fish_completion());
  return ExitCode::done;
}

}  // namespace

const Command& completion_command() {
  static const Command kCommand{"completion",
                                "Print a completion script for a shell",
                                "",
                                {{"atz completion bash > ~/.local/share/bash-completion/completions/atz", ""},
                                 {"atz completion zsh > ~/.zfunc/_atz", "with ~/.zfunc in fpath"},
                                 {"atz completion fish > ~/.config/fish/completions/atz.fish", ""}},
                                {{"SHELL", "The shell", true, false, Hint::none, "bash|zsh|fish"}},
                                {},
                                run};
  return kCommand;
}

}  // namespace atz::cli
