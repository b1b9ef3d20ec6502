#include "cli/checkups.hpp"

#include <algorithm>

#include "atz/base/text.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

using Level = app::Checkup::Level;

const char* word_of(Level level) {
  switch (level) {
    case Level::good:
      return "ok";
    case Level::note:
      return "note";
    case Level::warning:
      return "warning";
    case Level::problem:
      return "problem";
  }
  return "";
}

Style style_of(Level level) {
  switch (level) {
    case Level::good:
      return Style::green;
    case Level::note:
      return Style::dim;
    case Level::warning:
      return Style::yellow;
    case Level::problem:
      return Style::red;
  }
  return Style::plain;
}

}  // namespace

std::string checkups_text(const std::vector<app::Checkup>& checks, const Terminal& terminal) {
  Table table({{""}, {""}, {""}});
  for (const auto& check : checks) {
    table.add({{word_of(check.level), style_of(check.level)}, {check.what}, {printable(check.found)}});
    if (!check.then.empty()) table.add_note("-> " + printable(check.then));
  }
  return table.empty() ? "" : table.render(terminal);
}

Json checkups_json(const std::vector<app::Checkup>& checks) {
  Json list = Json::array();
  for (const auto& check : checks) {
    list.push_back({{"level", word_of(check.level)},
                    {"what", check.what},
                    {"found", check.found},
                    {"then", text_or_null(check.then)}});
  }
  return list;
}

bool has_problem(const std::vector<app::Checkup>& checks) {
  return std::any_of(checks.begin(), checks.end(), [](const auto& check) { return check.level == Level::problem; });
}

}  // namespace atz::cli
