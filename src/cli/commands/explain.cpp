#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/explain.hpp"

namespace atz::cli {
namespace {

// More fields than that are listed, not explained.
constexpr std::size_t kMostFields = 3;

template <class T>
void add_new(std::vector<T>& all, const std::vector<T>& more) {
  for (const auto& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
}

std::string human(const app::Explained& found, const Terminal& terminal) {
  if (found.family) return rule_list(found.rules, terminal);
  if (!found.rules.empty()) return rule_text(*found.rules.front(), terminal);
  if (found.fields.size() > kMostFields) return field_list(found.fields, terminal);
  std::string text;
  for (const auto* field : found.fields) {
    const bool last = field == found.fields.back();
    text += (text.empty() ? "" : "\n") + field_text(*field, last ? found.also : Fields(), terminal);
  }
  return text;
}

ExitCode print_everything(const std::string& format, Terminal& terminal) {
  const Rules rules(rules::catalogue().begin(), rules::catalogue().end());
  Fields fields;
  for (const auto& field : casefile::config_table()) fields.push_back(&field);
  for (const auto& field : casefile::field_table()) fields.push_back(&field);
  if (format == "json") {
    terminal.out(dump(explain_json(rules, fields)));
  } else if (format == "markdown") {
    terminal.out(explain_markdown(rules, fields));
  } else {
    terminal.out(rule_list(rules, terminal));
    terminal.talk("\n`atz explain HS001` shows one of them, `atz explain members` the fields of a case file.");
  }
  return ExitCode::done;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const std::string format = invocation.value_or("--format", "human");
  const auto& topics = invocation.all("TOPIC");
  if (topics.empty()) return print_everything(format, terminal);
  Rules rules;
  Fields fields;
  std::string text;
  for (const auto& topic : topics) {
    const auto found = app::explain(topic);
    if (!found) return invocation.fail(found.error());
    add_new(rules, found->rules);
    add_new(fields, found->fields);
    text += (text.empty() ? "" : "\n") + human(*found, terminal);
  }
  if (format == "json") text = dump(explain_json(rules, fields));
  if (format == "markdown") text = explain_markdown(rules, fields);
  terminal.out(text);
  return ExitCode::done;
}

}  // namespace

const Command& explain_command() {
  static const Command kCommand{
      "explain",
      "Explain a rule, a field of the case file, or a setting",
      "A rule is named by its ID or its name, a field by its path or the end of it. Without a topic, all rules are "
      "listed.\n"
      "Every rule tells why it is there and shows what passes and what fails.",
      {{"atz explain HS001", "why, where from, what passes and what fails"},
       {"atz explain HS", "a family of rules"},
       {"atz explain plan.checked_on", "a field, and the rules that look at it"},
       {"atz explain settings", "what atz.yaml can change"},
       {"atz explain --format markdown", "everything, as one document"}},
      {{"TOPIC", "Rules, fields or settings (default: the list of rules)", false, true, Hint::none, ""}},
      {options::format("human|json|markdown")},
      run};
  return kCommand;
}

}  // namespace atz::cli
