#include "cli/case_message.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "cli/json.hpp"
#include "cli/status_words.hpp"

namespace atz::cli {

ExitCode show_case_message(Invocation& invocation, const app::CaseMessageResult& result, std::string_view schema,
                           std::string_view done) {
  auto& terminal = invocation.terminal();
  if (!result.now.note.empty()) terminal.talk(result.now.note);
  if (!result.live) terminal.talk(fmt::format("payer '{}' is a sandbox: nothing here is real", result.profile));
  const auto& record = result.record;
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump({{"schema", schema},
                       {"home", record.home_id},
                       {"member", record.label},
                       {"case_id", record.case_id},
                       {"request", model::to_string(record.purpose)},
                       {"done", result.ok},
                       {"status", model::to_string(record.status)}}));
  } else if (result.ok) {
    std::string text = fmt::format("{} {}, case {} ({}): {}", record.home_id, record.label, printable(record.case_id),
                                   purpose_words(record.purpose), done);
    text += fmt::format("; it is {} now\n", status_word(record.delivery, record.status).text);
    if (!result.question.empty()) text += fmt::format("    what was asked: {}\n", printable(result.question));
    terminal.out(text);
  }
  return result.ok ? ExitCode::done : invocation.fail(result.error);
}

}  // namespace atz::cli
