#include "cli/parse.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "atz/base/text.hpp"

namespace atz::cli {
namespace {

using Values = std::map<std::string, std::vector<std::string>>;

// CLI11 keeps references to what it fills in.
struct Slots {
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, bool> flags;
};

class Tree {
 public:
  Tree() : root_("atz") {
    prepare(root_);
    for (const auto& option : global_options()) add_option(root_, option, global_);
    for (const Command* command : commands()) add(*command);
  }

  CLI::App& root() { return root_; }

  [[nodiscard]] const Command* selected() const {
    const Command* best = nullptr;
    for (const auto& [path, app] : apps_) {
      if (!app->parsed()) continue;
      if (best == nullptr || path.size() > best->path.size()) best = find_command(path);
    }
    return best;
  }

  [[nodiscard]] Values values(const Command* command) const {
    Values values;
    collect(global_, values);
    if (command != nullptr) collect(*slots_.at(std::string(command->path)), values);
    return values;
  }

 private:
  static void prepare(CLI::App& app) {
    app.set_help_flag();
    app.allow_extras();
    app.fallthrough();
    app.require_subcommand(0, 1);  // `atz status new`: what follows a command is no second one
  }

  static void add_option(CLI::App& app, const Option& option, Slots& slots) {
    const std::string names =
        option.short_name.empty() ? std::string(option.name) : fmt::format("{},{}", option.short_name, option.name);
    if (option.value.empty()) {
      app.add_flag(names, slots.flags[std::string(option.name)]);
    } else {
      app.add_option(names, slots.texts[std::string(option.name)])
          ->expected(1)
          ->allow_extra_args(false)  // the word after the value is no second value
          ->multi_option_policy(option.repeat ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
    }
  }

  void add(const Command& command) {
    const auto space = command.path.rfind(' ');
    const std::string parent(space == std::string_view::npos ? "" : command.path.substr(0, space));
    const std::string name(space == std::string_view::npos ? command.path : command.path.substr(space + 1));
    CLI::App& above = parent.empty() ? root_ : *apps_.at(parent);
    CLI::App* app = above.add_subcommand(name);
    prepare(*app);
    app->add_flag("-h,--help", global_.flags["--help"]);
    auto slots = std::make_unique<Slots>();
    for (const auto& option : command.options) add_option(*app, option, *slots);
    for (const auto& positional : command.positionals) {
      auto* added = app->add_option(std::string(positional.name), slots->texts[std::string(positional.name)]);
      if (positional.many) {
        added->expected(1, CLI::detail::expected_max_vector_size);
      } else {
        added->expected(1)->allow_extra_args(false);
      }
    }
    apps_[std::string(command.path)] = app;
    slots_[std::string(command.path)] = std::move(slots);
  }

  static void collect(const Slots& slots, Values& values) {
    for (const auto& [name, text] : slots.texts) {
      if (!text.empty()) values[name] = text;
    }
    for (const auto& [name, on] : slots.flags) {
      if (on) values[name] = {"yes"};
    }
  }

  CLI::App root_;
  Slots global_;
  std::map<std::string, CLI::App*> apps_;
  std::map<std::string, std::unique_ptr<Slots>> slots_;
};

Parsed usage(std::string message, std::string help) {
  Parsed parsed;
  parsed.error = {Failure::usage, std::move(message), std::move(help)};
  return parsed;
}

std::string see_help(const Command* command) {
  return command == nullptr ? "`atz --help` lists the commands." : fmt::format("See `atz {} --help`.", command->path);
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates, const Command* command) {
  const auto near = did_you_mean(word, candidates);
  return near ? fmt::format("Did you mean '{}'?", *near) : see_help(command);
}

Parsed unknown_option(const std::string& word, const Command* command) {
  std::vector<std::string_view> candidates;
  for (const auto& option : global_options()) candidates.push_back(option.name);
  if (command != nullptr) {
    for (const auto& option : command->options) candidates.push_back(option.name);
  }
  const std::string name = word.substr(0, word.find('='));
  return usage(
      fmt::format("Unknown option {}{}", printable(name), command ? fmt::format(" for `atz {}`", command->path) : ""),
      suggest(name, candidates, command));
}

Parsed unknown_command(const std::string& word, const Command* group) {
  std::vector<std::string_view> candidates;
  const std::string prefix = group == nullptr ? "" : std::string(group->path) + " ";
  for (const Command* command : commands()) {
    if (command->path.starts_with(prefix) && command->path.find(' ', prefix.size()) == std::string_view::npos) {
      candidates.push_back(command->path.substr(prefix.size()));
    }
  }
  return usage(fmt::format("`atz {}{}` is not a command", prefix, printable(word)), suggest(word, candidates, group));
}

std::optional<Parsed> check_choice(std::string_view name, std::string_view choices,
                                   const std::vector<std::string>& given, const Command* command) {
  if (choices.empty()) return std::nullopt;
  const auto allowed = split_choices(choices);
  for (const auto& word : given) {
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) continue;
    const auto near = did_you_mean(word, allowed);
    return usage(fmt::format("{} can't be '{}'; it is one of {}", name, printable(word), fmt::join(allowed, ", ")),
                 near ? fmt::format("Did you mean '{}'?", *near) : see_help(command));
  }
  return std::nullopt;
}

std::optional<Parsed> check_values(const Command& command, const Values& values) {
  const auto given = [&](std::string_view name) -> const std::vector<std::string>* {
    const auto found = values.find(std::string(name));
    return found == values.end() ? nullptr : &found->second;
  };
  for (const auto& positional : command.positionals) {
    const auto* words = given(positional.name);
    if (words == nullptr && positional.required) {
      return usage(fmt::format("`atz {}` needs {}: {}", command.path, positional.name, positional.help),
                   see_help(&command));
    }
    if (words != nullptr) {
      if (auto wrong = check_choice(positional.name, positional.choices, *words, &command)) return wrong;
    }
  }
  const auto check_options = [&](std::span<const Option> options) -> std::optional<Parsed> {
    for (const auto& option : options) {
      if (const auto* words = given(option.name)) {
        if (auto wrong = check_choice(option.name, option.choices, *words, &command)) return wrong;
      }
    }
    return std::nullopt;
  };
  if (auto wrong = check_options(command.options)) return wrong;
  return check_options(global_options());
}

}  // namespace

Parsed parse(const std::vector<std::string>& arguments) {
  Tree tree;
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 takes them from the back
  try {
    tree.root().parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    const Command* command = tree.selected();
    return usage(error.what(), see_help(command));
  }
  const Command* command = tree.selected();
  Parsed parsed;
  parsed.command = command;
  parsed.values = tree.values(command);
  const auto extras = tree.root().remaining(true);
  if (parsed.values.count("--version") != 0 && command == nullptr) {
    parsed.kind = Parsed::Kind::version;
    return parsed;
  }
  if (parsed.values.count("--help") != 0) {
    parsed.kind = Parsed::Kind::help;
    return parsed;
  }
  if (!extras.empty()) {
    const std::string& word = extras.front();
    if (word.size() > 1 && word.front() == '-') return unknown_option(word, command);
    if (command == nullptr || command->run == nullptr) return unknown_command(word, command);
    return usage(fmt::format("`atz {}` does not take '{}'", command->path, printable(word)), see_help(command));
  }
  if (command == nullptr || command->run == nullptr) {
    if (command == nullptr && arguments.empty()) {
      parsed.kind = Parsed::Kind::help;
      return parsed;
    }
    return usage(
        command == nullptr ? "A command is missing" : fmt::format("`atz {}` needs a command after it", command->path),
        see_help(command));
  }
  if (auto wrong = check_values(*command, parsed.values)) return *wrong;
  parsed.kind = Parsed::Kind::run;
  return parsed;
}

}  // namespace atz::cli
