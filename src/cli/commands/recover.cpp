#include "atz/app/recover.hpp"

#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/settled.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

std::string_view how_word(app::Settled::How how) {
  using How = app::Settled::How;
  switch (how) {
    case How::found:
      return "found";
    case How::resent:
      return "resent";
    case How::absent:
      return "absent";
    case How::refused:
      return "refused";
    case How::unknown:
      return "unknown";
  }
  return "unknown";
}

Json recover_json(const app::RecoverResult& result) {
  Json batches = Json::array();
  for (const auto& settled : result.settled) {
    Json cases = Json::array();
    for (const auto& one : settled.batch.members) {
      cases.push_back(
          {{"member", one.label},
           {"case_id", text_or_null(one.case_id)},
           {"trace", one.claim_identifier},
           {"delivery", model::to_string(one.delivery)},
           {"status", one.delivery == model::Delivery::accepted ? Json(model::to_string(one.status)) : Json(nullptr)}});
    }
    batches.push_back({{"batch", settled.batch.batch_id},
                       {"home", settled.batch.home_id},
                       {"outcome", how_word(settled.how)},
                       {"cases", cases}});
  }
  return {{"schema", "atz/recover/1"}, {"batches", batches}};
}

std::string batch_text(const app::Settled& settled, const Terminal& terminal) {
  Table table({{"MEMBER"}, {"CASE ID"}, {"STATUS"}, {"TRACE"}});
  for (const auto& one : settled.batch.members) {
    const auto word = status_word(one.delivery, one.status);
    table.add({{one.label}, {one.case_id}, {word.text, word.style}, {one.claim_identifier}});
  }
  return settled_text(settled) + "\n" + table.render(terminal);
}

ExitCode code_of(const app::RecoverResult& result) {
  ExitCode code = ExitCode::done;
  for (const auto& settled : result.settled) {
    using How = app::Settled::How;
    if (settled.how == How::absent || settled.how == How::unknown) return ExitCode::unknown_outcome;
    if (settled.how == How::refused) code = ExitCode::refused;
  }
  return code;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::RecoverRequest request{invocation.value("--profile"), invocation.value("--as-of"), invocation.flag("--resend")};
  auto result = app::recover(invocation.services(), request);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(recover_json(*result)));
  } else if (result->settled.empty()) {
    terminal.talk("Every submission has a known outcome.");
  } else {
    for (const auto& settled : result->settled) terminal.out(batch_text(settled, terminal));
  }
  for (const auto& settled : result->settled) {
    if (!settled.error.message.empty()) invocation.fail(settled.error);
  }
  return code_of(*result);
}

}  // namespace

const Command& recover_command() {
  static const Command kCommand{
      "recover",
      "Settle every submission whose outcome is unknown",
      "Asks the payer what arrived and takes the cases over. What did not arrive is sent again by itself only where "
      "the\n"
      "payer's profile calls that safe; else with --resend. The bytes and numbers are the same, so nothing is "
      "doubled.\n"
      "Exit code: 0 all settled, 6 something is still unknown, 9 the payer refuses what had not arrived.",
      {{"atz recover", ""}},
      {},
      {options::kAsOf,
       options::format("human|json"),
       {"--resend", "", "", "Send again what the payer does not know", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
