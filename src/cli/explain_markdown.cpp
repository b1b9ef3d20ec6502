// Explanations as Markdown: the catalogue that is kept in src/rules/README.md.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "cli/explain.hpp"

namespace atz::cli {
namespace {

std::string example(std::string_view heading, const rules::Example& example) {
  if (example.text.empty() && example.config.empty()) return {};
  const std::string setting = setting_of(example);
  std::string text = setting.empty() ? fmt::format("{}:", heading) : fmt::format("{}, {}:", heading, setting);
  if (example.base == rules::Base::none) return fmt::format("{} {}.\n\n", text, example.text);
  text += "\n\n```yaml\n";
  if (!example.config.empty()) text += fmt::format("{}\n", without_last_break(example.config));
  if (!example.text.empty()) text += fmt::format("{}\n", without_last_break(example.text));
  return text + "```\n\n";
}

std::string rule_section(const rules::Rule& rule) {
  std::string text = fmt::format("### {} {}\n\n**{}.** {}.\n\n{}\n\n", rule.id, rule.slug, rules::level_of(rule),
                                 rule.title, rule.why);
  text += example("Passes", rule.passes);
  text += example(rule.severity == diag::Severity::info ? "Pointed out" : "Fails", rule.fails);
  text += fmt::format("Source: {}.", rule.source);
  if (!rule.setting.empty()) text += fmt::format(" Setting: `{}`.", rule.setting);
  if (rule.acts_in != "check") text += fmt::format(" Acts in: {}.", rule.acts_in);
  return text + "\n\n";
}

// A bar ends a cell, wherever it stands.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string rule_links(const casefile::FieldRow& field) {
  std::vector<std::string> ids;
  for (const auto* rule : rules::rules_about(field)) ids.emplace_back(rule->id);
  return join(ids, ", ");
}

std::string settings_table(const Fields& fields) {
  std::string rows;
  for (const auto* field : fields) {
    if (!is_setting(*field)) continue;
    rows += fmt::format("| `{}` | {} | {} | {} |\n", field->path, type_name(field->type), cell(field->help),
                        rule_links(*field));
  }
  if (rows.empty()) return {};
  return "## Settings of atz.yaml\n\n| Key | Kind | Meaning | Rules |\n|---|---|---|---|\n" + rows + "\n";
}

std::string fields_table(const Fields& fields) {
  std::string rows;
  for (const auto* field : fields) {
    if (is_setting(*field)) continue;
    std::string help(field->help);
    if (!field->choices.empty()) help += " One of: " + join(split(field->choices, '|'), ", ") + ".";
    rows += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", field->path, type_name(field->type),
                        field->required ? "yes" : "", field->personal ? "yes" : "", cell(help), rule_links(*field));
  }
  if (rows.empty()) return {};
  return "## Fields of a case file\n\n`[]` stands for the entries of a list, `*` for any key.\n\n"
         "| Field | Kind | Required | Personal | Meaning | Rules |\n|---|---|---|---|---|---|\n" +
         rows + "\n";
}

}  // namespace

std::string explain_markdown(const Rules& rules, const Fields& fields) {
  std::string text =
      "<!-- Made by `atz explain --format markdown`; a test keeps it equal. -->\n\n# Rules, settings and fields\n\n"
      "An error means that a request must not be sent; a warning is shown and never blocks (unless `--strict`); an "
      "info is good\nto know; a setting is a choice in `atz.yaml`. `atz explain HS001` shows one of these sections in "
      "the terminal.\n\nExamples are laid over the files in [examples](../../examples): they hold the keys that "
      "differ. A key without a value is left\nout of the file. Tests run every example that is YAML.\n\n";
  for (const auto& family : rules::families()) {
    std::string sections;
    for (const auto* rule : rules) {
      if (rules::family_of(*rule) == family.id) sections += rule_section(*rule);
    }
    if (!sections.empty()) text += fmt::format("## {}: {}\n\n", family.id, family.title) + sections;
  }
  text += settings_table(fields) + fields_table(fields);
  while (text.size() > 1 && text[text.size() - 2] == '\n') text.pop_back();
  return text;
}

}  // namespace atz::cli
