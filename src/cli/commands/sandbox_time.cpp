#include "cli/commands/sandbox_time.hpp"

#include <fmt/format.h>

#include <charconv>

#include "atz/base/text.hpp"

namespace atz::cli {

std::string happened_line(const sandbox::Happened& happened) {
  const std::string at = model::format_instant(happened.at);
  return fmt::format("{} {}  {} {}  {}  {}", at.substr(0, 10), at.substr(11, 5), printable(happened.home_id),
                     printable(happened.label), happened.case_id, printable(happened.text));
}

void tell_time(Terminal& terminal, const app::DeskTime& time) {
  if (!time.now.note.empty()) terminal.talk(time.now.note);
  for (const auto& one : time.happened) terminal.talk(happened_line(one));
}

Json happened_json(const std::vector<sandbox::Happened>& happened) {
  Json rows = Json::array();
  for (const auto& one : happened) {
    rows.push_back({{"at", model::format_instant(one.at)},
                    {"home", one.home_id},
                    {"member", one.label},
                    {"case_id", one.case_id},
                    {"text", one.text}});
  }
  return rows;
}

Result<int> parse_line(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number > 0) return number;
  return fail(Failure::usage, fmt::format("--line {} is no line of a case", printable(text)),
              "Lines are counted from 1.");
}

}  // namespace atz::cli
