#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

Result<app::ReviewSettings> settings_of(const Invocation& invocation) {
  app::ReviewSettings settings;
  settings.as_of = invocation.value("--as-of");
  settings.case_or_home = invocation.one("CASE-OR-HOME");
  settings.automatic = invocation.flag("--auto");
  settings.note = invocation.value_or("--note", "");
  const std::string verdict = invocation.one("VERDICT");
  if (settings.automatic != verdict.empty()) {
    return fail(Failure::usage, "Say either --auto or one of approve, partial, deny",
                "For example: atz sandbox review 900000101 approve");
  }
  if (verdict == "partial") settings.verdict = app::Verdict::partial;
  if (verdict == "deny") settings.verdict = app::Verdict::deny;
  const auto hours = invocation.value("--hours");
  if (hours.has_value() != (verdict == "partial")) {
    return fail(Failure::usage, "--hours goes with partial, and partial needs it",
                "For example: atz sandbox review 900000101 partial --hours 60");
  }
  if (hours) {
    const auto exact = parse_decimal(*hours);
    settings.hours = exact ? model::quarter_hours(*exact) : std::nullopt;
    if (!settings.hours)
      return fail(Failure::usage, fmt::format("--hours {} are no quarter hours", *hours),
                  "Write 60, 60.25, 60.50 or 60.75.");
  }
  return settings;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto settings = settings_of(invocation);
  if (!settings) return invocation.fail(settings.error());
  auto result = app::review(invocation.services(), *settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (invocation.value_or("--format", "human") == "json") {
    Json cases = Json::array();
    for (const auto& one : result->decided) {
      cases.push_back({{"home", one.home_id},
                       {"member", one.label},
                       {"case_id", one.case_id},
                       {"status", model::to_string(one.status)},
                       {"weekly_hours_requested", hours_or_null(one.requested)},
                       {"weekly_hours_approved", hours_or_null(one.approved)}});
    }
    terminal.out(dump({{"schema", "atz/review/1"}, {"cases", cases}}));
    return ExitCode::done;
  }
  Table table({{"HOME"}, {"MEMBER"}, {"CASE ID"}, {"DECISION"}, {"HOURS", true}});
  for (const auto& one : result->decided) {
    const auto word = status_word(model::Delivery::accepted, one.status);
    const auto hours =
        one.approved ? fmt::format("{} of {}", model::format_hours(*one.approved), model::format_hours(one.requested))
                     : model::format_hours(one.requested);
    table.add({{one.home_id}, {one.label}, {one.case_id}, {word.text, word.style}, {hours}});
  }
  terminal.out(table.render(terminal));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_review_command() {
  static const Command kCommand{
      "sandbox review",
      "Decide cases at the embedded payer, as its reviewers would",
      "With a home ID, every open case of the home is decided.",
      {{"atz sandbox review maple-street --auto", "approve the home as requested"},
       {"atz sandbox review 900000101 partial --hours 60 --note 'evenings are shared'", ""},
       {"atz sandbox review 900000102 deny --note 'no plan found'", ""}},
      {{"CASE-OR-HOME", "A Case ID or a home ID", true, false, Hint::none, ""},
       {"VERDICT", "The decision", false, false, Hint::none, "approve|partial|deny"}},
      {options::kAsOf,
       options::format("human|json"),
       {"--auto", "", "", "Approve as requested", "", Hint::none},
       {"--hours", "", "HOURS", "Weekly hours that are granted (with partial)", "", Hint::none},
       {"--note", "", "TEXT", "The reviewers' rationale", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
