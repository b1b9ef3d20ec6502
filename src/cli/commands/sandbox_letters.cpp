#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sandbox_time.hpp"
#include "cli/wrap.hpp"

namespace atz::cli {
namespace {

Json letter_json(const sandbox::Letter& letter, bool show_phi) {
  Json to = Json::array();
  for (const auto& recipient : letter.to) {
    Json row = {{"role", recipient.role}};
    if (show_phi) row["name"] = text_or_null(recipient.name);
    to.push_back(std::move(row));
  }
  return {{"home", letter.home_id},
          {"member", letter.label},
          {"case_id", letter.case_id},
          {"sent_on", model::format_date(letter.sent_on)},
          {"kind", letter.kind},
          {"by", letter.by},
          {"to", std::move(to)},
          {"text", letter.text},
          {"hearing_by", date_or_null(letter.hearing_by)},
          {"keep_services_by", date_or_null(letter.keep_services_by)},
          {"answer_by", date_or_null(letter.answer_by)}};
}

std::string letter_text(const sandbox::Letter& letter, bool show_phi, std::size_t width) {
  std::vector<std::string> to;
  for (const auto& recipient : letter.to) {
    to.push_back(show_phi && !recipient.name.empty() ? fmt::format("{} ({})", recipient.role, printable(recipient.name))
                                                     : recipient.role);
  }
  std::string text =
      fmt::format("{}  {} {}  {}  {}, by {} to {}\n", model::format_date(letter.sent_on), printable(letter.home_id),
                  printable(letter.label), letter.case_id, letter.kind, letter.by, join(to, " and "));
  return text + wrap(printable(letter.text), width, 2) + "\n";
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  auto result = app::letters(invocation.services(), invocation.value("--as-of"), invocation.one("CASE-OR-HOME"));
  if (!result) return invocation.fail(result.error());
  tell_time(terminal, result->time);
  const bool show_phi = invocation.flag("--show-phi");
  if (invocation.value_or("--format", "human") == "json") {
    Json letters = Json::array();
    for (const auto& letter : result->letters) letters.push_back(letter_json(letter, show_phi));
    terminal.out(dump({{"schema", "atz/letters/1"}, {"letters", letters}}));
    return ExitCode::done;
  }
  if (result->letters.empty()) terminal.talk("No letter was written.");
  for (const auto& letter : result->letters) terminal.out(letter_text(letter, show_phi, terminal.width()));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_letters_command() {
  static const Command kCommand{
      "sandbox letters",
      "Show the letters that the embedded payer wrote",
      "Approvals go to the provider by fax. A cut or a denial goes by US Mail to the member, or the guardian, and to "
      "the\n"
      "case manager; it names the right to a hearing.",
      {{"atz sandbox letters", ""}, {"atz sandbox letters 900000102", "of one case"}},
      {{"CASE-OR-HOME", "A Case ID or a home ID (default: all)", false, false, Hint::none, ""}},
      {options::kAsOf, options::format("human|json"), {"--show-phi", "", "", "Name the people, too", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
