// Explanations for a person at a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "cli/explain.hpp"
#include "cli/wrap.hpp"

namespace atz::cli {
namespace {

constexpr std::size_t kWidest = 100;  // longer lines are hard to read
constexpr std::size_t kLevel = 7;     // "warning", "setting"

std::size_t width_of(const Terminal& terminal) {
  return std::min(terminal.width(), kWidest);
}

Style style_of(std::string_view level) {
  if (level == "error") return Style::red;
  return level == "warning" ? Style::yellow : Style::cyan;
}

std::string paragraph(std::string_view text, const Terminal& terminal) {
  return wrap(text, width_of(terminal), 2) + "\n";
}

std::string section(std::string_view heading, const Terminal& terminal) {
  return "\n" + terminal.styled(Style::bold, heading) + "\n";
}

std::string block(std::string_view yaml, const Terminal& terminal) {
  std::string text;
  for (const auto& line : split(without_last_break(yaml), '\n')) {
    const auto comment = line.rfind("    # ");
    if (comment == std::string::npos) {
      text += "    " + line + "\n";
    } else {
      text += "    " + line.substr(0, comment) + terminal.styled(Style::dim, line.substr(comment)) + "\n";
    }
  }
  return text;
}

std::string example(std::string_view heading, const rules::Example& example, const Terminal& terminal) {
  if (example.text.empty() && example.config.empty()) return {};
  const std::string setting = setting_of(example);
  std::string text =
      section(setting.empty() ? std::string(heading) : fmt::format("{}, {}", heading, setting), terminal);
  if (example.base == rules::Base::none) return text + paragraph(example.text, terminal);
  if (!example.config.empty()) text += block(example.config, terminal);
  if (!example.text.empty()) text += block(example.text, terminal);
  return text;
}

std::string how_to_ignore(const rules::Rule& rule, const Terminal& terminal) {
  if (rule.severity != diag::Severity::warning || rule.acts_in != "check") return {};
  return section("To ignore it in one file, or for one member", terminal) +
         block(fmt::format("ignore: [{{rule: {}, reason: why it does not apply here}}]", rule.id), terminal) +
         section("To turn it off for all homes (atz.yaml)", terminal) +
         block(fmt::format("rules: {{{}: {{level: off, reason: why it never applies}}}}", rule.id), terminal);
}

std::string rule_row(const rules::Rule& rule, const Terminal& terminal) {
  const auto level = rules::level_of(rule);
  const std::size_t indent = 2 + rule.id.size() + 2 + kLevel + 2;
  return fmt::format("  {}  {}{}  {}\n", rule.id, terminal.styled(style_of(level), level),
                     std::string(kLevel - level.size(), ' '), wrap(rule.title, width_of(terminal), indent, false));
}

std::string field_row(const casefile::FieldRow& field, std::size_t widest, const Terminal& terminal) {
  constexpr std::size_t kType = 14;
  const auto type = type_name(field.type);
  return fmt::format("  {:{}}  {:{}}{}\n", field.path, widest, type, kType,
                     wrap(field.help, width_of(terminal), 2 + widest + 2 + kType, false));
}

std::string facts(const casefile::FieldRow& field) {
  std::string text(type_name(field.type));
  if (is_setting(field)) return text + ", in atz.yaml";
  text += field.required ? ", required" : ", optional";
  if (field.shared) text += ", may stand in atz.yaml";
  return text;
}

}  // namespace

std::string rule_text(const rules::Rule& rule, const Terminal& terminal) {
  const auto level = rules::level_of(rule);
  std::string text = fmt::format("{} {}  {}\n", terminal.styled(Style::bold, rule.id), rule.slug,
                                 terminal.styled(style_of(level), level));
  text += paragraph(std::string(rule.title) + ".", terminal) + "\n" + paragraph(rule.why, terminal);
  text += example("This passes", rule.passes, terminal);
  text += example(rule.severity == diag::Severity::info ? "This is pointed out" : "This fails", rule.fails, terminal);
  text += how_to_ignore(rule, terminal);
  text += "\n" + paragraph(fmt::format("Source: {}", rule.source), terminal);
  if (!rule.setting.empty())
    text += paragraph(fmt::format("Setting: {} (atz explain settings.{})", rule.setting, rule.setting), terminal);
  if (rule.acts_in != "check") text += paragraph(fmt::format("Acts in: {}", rule.acts_in), terminal);
  return text;
}

std::string rule_list(const Rules& rules, const Terminal& terminal) {
  std::string text;
  for (const auto& family : rules::families()) {
    std::string rows;
    for (const auto* rule : rules) {
      if (rules::family_of(*rule) == family.id) rows += rule_row(*rule, terminal);
    }
    if (rows.empty()) continue;
    text += (text.empty() ? "" : "\n") + terminal.styled(Style::bold, family.title) + "\n" + rows;
  }
  return text;
}

std::string field_text(const casefile::FieldRow& field, const Fields& also, const Terminal& terminal) {
  std::string text =
      fmt::format("{}  {}\n", terminal.styled(Style::bold, field.path), terminal.styled(Style::cyan, facts(field)));
  text += paragraph(field.help, terminal);
  if (!field.choices.empty()) {
    auto choices = split(field.choices, '|');
    text += paragraph(fmt::format("One of: {}.", join(choices, ", ")), terminal);
  }
  if (field.personal)
    text += paragraph("Personal data: it goes into the request and stays out of everything that atz prints.", terminal);
  if (const auto keys = app::keys_of(field); !keys.empty())
    text += section("Keys", terminal) + field_list(keys, terminal);
  if (const auto about = rules::rules_about(field); !about.empty()) {
    text += section("Rules that look at it", terminal);
    for (const auto* rule : about) text += rule_row(*rule, terminal);
  }
  if (!also.empty()) {
    text += section("Other fields of this name", terminal);
    for (const auto* other : also) text += fmt::format("  {}\n", other->path);
  }
  return text;
}

std::string field_list(const Fields& fields, const Terminal& terminal) {
  std::size_t widest = 0;
  for (const auto* field : fields) widest = std::max(widest, field->path.size());
  std::string text;
  for (const auto* field : fields) text += field_row(*field, widest, terminal);
  return text;
}

}  // namespace atz::cli
