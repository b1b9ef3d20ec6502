#include "atz/app/submit.hpp"

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/findings.hpp"
#include "cli/json.hpp"
#include "cli/settled.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

Json submit_json(const app::SubmitResult& result) {
  Json cases = Json::array();
  for (const auto& one : result.cases) {
    cases.push_back(
        {{"member", one.label},
         {"case_id", text_or_null(one.case_id)},
         {"trace", one.trace},
         {"delivery", model::to_string(one.delivery)},
         {"status", one.delivery == model::Delivery::accepted ? Json(model::to_string(one.status)) : Json(nullptr)},
         {"expected_by", model::format_date(one.expected_by)},
         {"note", text_or_null(one.flag)}});
  }
  return {{"schema", "atz/submit/1"},
          {"home", result.plan.home_id},
          {"payer", result.plan.profile.name},
          {"batch", text_or_null(result.batch_id)},
          {"mode", text_or_null(result.mode)},
          {"sent", result.sent},
          {"cases", cases}};
}

std::string submit_table(const app::SubmitResult& result, const Terminal& terminal) {
  Table table({{"MEMBER"}, {"CASE ID"}, {"STATUS"}, {"EXPECTED BY"}, {"TRACE"}});
  for (const auto& one : result.cases) {
    const auto word = status_word(one.delivery, one.status);
    table.add(
        {{one.label}, {one.case_id}, {word.text, word.style}, {model::format_date(one.expected_by)}, {one.trace}});
    if (!one.flag.empty()) table.add_note(one.flag);
  }
  return table.empty() ? "" : table.render(terminal);
}

std::string headline(const app::SubmitResult& result) {
  if (result.sent && result.ok) {
    return fmt::format("{}: sent to {} as {}", result.plan.home_id, result.plan.profile.name, result.batch_id);
  }
  if (!result.sent && result.ok)
    return fmt::format("{}: everything was sent before; nothing was sent now", result.plan.home_id);
  return fmt::format("{}: not done", result.plan.home_id);
}

ExitCode code_of(const app::SubmitResult& result) {
  if (result.ok) return ExitCode::done;
  if (result.plan.checked.has_errors()) return ExitCode::findings;
  if (result.error.failure == Failure::unknown_outcome) return ExitCode::unknown_outcome;
  if (result.partly_accepted()) return ExitCode::partial;
  return exit_code(result.error.failure);
}

// Worst first, when several homes were sent.
int rank(ExitCode code) {
  switch (code) {
    case ExitCode::internal:
      return 9;
    case ExitCode::unknown_outcome:
      return 8;
    case ExitCode::partial:
      return 7;
    case ExitCode::refused:
      return 6;
    case ExitCode::sign_in:
      return 5;
    case ExitCode::temporary:
      return 4;
    case ExitCode::findings:
      return 3;
    default:
      return code == ExitCode::done ? 0 : 1;
  }
}

void report(const Invocation& invocation, const app::SubmitResult& result, bool json) {
  auto& terminal = invocation.terminal();
  if (!result.plan.now.note.empty()) terminal.talk(result.plan.now.note);
  if (!result.plan.profile.live)
    terminal.talk(fmt::format("payer '{}' is a sandbox: nothing real is asked for", result.plan.profile.name));
  if (result.plan.checked.has_errors()) {
    terminal.out(findings_as(json ? FindingFormat::json : FindingFormat::human, {result.plan.checked.report()},
                             terminal, invocation.services().files));
    terminal.error("Nothing was sent: the case file has errors.");
    return;
  }
  for (const auto& warning : result.plan.checked.findings) {
    if (warning.severity == diag::Severity::warning)
      terminal.talk(fmt::format("warning[{}]: {}", warning.rule, warning.message));
  }
  for (const auto& settled : result.settled) terminal.talk(settled_text(settled));
  if (!result.refusals.empty()) {
    diag::FileReport refusals{result.plan.checked.file.path, result.plan.checked.file.sources, result.refusals};
    const std::string text = diag::render_human(refusals, human_options(terminal));
    if (json) {
      terminal.error(text);
    } else {
      terminal.out(text);
    }
  }
  if (json) {
    terminal.out(dump(submit_json(result)));
  } else {
    terminal.out(headline(result) + "\n" + submit_table(result, terminal));
  }
  if (!result.ok) invocation.fail(result.error);
}

ExitCode run(Invocation& invocation) {
  app::CheckSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.notes = false;
  const bool json = invocation.value_or("--format", "human") == "json";
  ExitCode worst = ExitCode::done;
  for (const auto& path : invocation.all("FILE")) {
    auto result = app::submit(invocation.services(), settings, path);
    ExitCode code = ExitCode::done;
    if (result) {
      report(invocation, *result, json);
      code = code_of(*result);
    } else {
      code = invocation.fail(result.error());
    }
    if (rank(code) > rank(worst)) worst = code;
    const bool stop =
        code == ExitCode::usage || code == ExitCode::busy || code == ExitCode::interrupted || code == ExitCode::sign_in;
    if (stop) return code;
  }
  return worst;
}

}  // namespace

const Command& submit_command() {
  static const Command kCommand{
      "submit",
      "Send a home: all members in one request",
      "Checks, writes down exactly what will be sent, sends it, and prints the Case IDs. The same content again sends "
      "nothing.\n"
      "If the answer is lost, `atz recover` (or the next submit) finds out what arrived before anything else is sent.\n"
      "Exit code: 0 accepted or nothing to do, 1 errors in the file or changed content of an open case, 4 sign-in "
      "refused,\n"
      "5 temporary trouble and nothing accepted, 6 outcome unknown, 7 only some members accepted, 9 refused by the "
      "payer.",
      {{"atz submit maple-street.yaml", ""}, {"atz submit --format json maple-street.yaml", "for scripts"}},
      {{"FILE", "Case files", true, true, Hint::file, ""}},
      {options::kAsOf, options::format("human|json")},
      run};
  return kCommand;
}

}  // namespace atz::cli
