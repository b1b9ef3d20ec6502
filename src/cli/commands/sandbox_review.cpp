#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sandbox_time.hpp"
#include "cli/json.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

using sandbox::Verdict;

constexpr std::array kVerdicts = {std::pair(std::string_view("approve"), Verdict::approve),
                                  std::pair(std::string_view("partial"), Verdict::partial),
                                  std::pair(std::string_view("deny"), Verdict::deny),
                                  std::pair(std::string_view("void"), Verdict::voided),
                                  std::pair(std::string_view("agrees"), Verdict::agrees),
                                  std::pair(std::string_view("disagrees"), Verdict::disagrees),
                                  std::pair(std::string_view("unanswered"), Verdict::unanswered)};

Result<app::ReviewSettings> settings_of(const Invocation& invocation) {
  app::ReviewSettings settings;
  settings.as_of = invocation.value("--as-of");
  settings.case_or_home = invocation.one("CASE-OR-HOME");
  settings.automatic = invocation.flag("--auto");
  settings.decision.note = invocation.value_or("--note", "");
  const std::string verdict = invocation.one("VERDICT");
  if (settings.automatic != verdict.empty()) {
    return fail(Failure::usage, "Say either --auto or a decision: approve, partial, deny, void ...",
                "For example: atz sandbox review 900000101 approve");
  }
  if (!settings.automatic) {
    const auto* found =
        std::find_if(kVerdicts.begin(), kVerdicts.end(), [&](const auto& row) { return row.first == verdict; });
    settings.decision.verdict = found->second;  // the parser knows no other word
  }
  const auto hours = invocation.value("--hours");
  if (hours.has_value() != (verdict == "partial")) {
    return fail(Failure::usage, "--hours goes with partial, and partial needs it",
                "For example: atz sandbox review 900000101 partial --hours 60");
  }
  if (hours) {
    const auto exact = parse_decimal(*hours);
    settings.decision.hours = exact ? model::quarter_hours(*exact) : std::nullopt;
    if (!settings.decision.hours)
      return fail(Failure::usage, fmt::format("--hours {} are no quarter hours", *hours),
                  "Write 60, 60.25, 60.50 or 60.75.");
  }
  if (const auto line = invocation.value("--line")) {
    auto number = parse_line(*line);
    if (!number) return tl::make_unexpected(number.error());
    settings.decision.line = *number;
  }
  return settings;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto settings = settings_of(invocation);
  if (!settings) return invocation.fail(settings.error());
  auto result = app::review(invocation.services(), *settings);
  if (!result) return invocation.fail(result.error());
  tell_time(terminal, result->time);
  if (invocation.value_or("--format", "human") == "json") {
    Json cases = Json::array();
    for (const auto& one : result->decided) {
      cases.push_back({{"home", one.home_id},
                       {"member", one.label},
                       {"case_id", one.case_id},
                       {"request", model::to_string(one.purpose)},
                       {"code", one.code},
                       {"status", model::to_string(one.status)},
                       {"weekly_hours_requested", one.requested.quarters > 0 ? hours_or_null(one.requested) : Json()},
                       {"weekly_hours_approved", hours_or_null(one.approved)},
                       {"note", text_or_null(one.note)}});
    }
    terminal.out(
        dump({{"schema", "atz/review/1"}, {"cases", cases}, {"happened", happened_json(result->time.happened)}}));
    return ExitCode::done;
  }
  Table table({{"HOME"}, {"MEMBER"}, {"CASE ID"}, {"DECISION"}, {"HOURS", true}});
  for (const auto& one : result->decided) {
    const auto word = status_word(model::Delivery::accepted, one.status);
    const auto hours =
        one.requested.quarters == 0 ? std::string()
        : one.approved ? fmt::format("{} of {}", model::format_hours(*one.approved), model::format_hours(one.requested))
                       : model::format_hours(one.requested);
    table.add({{one.home_id}, {one.label}, {one.case_id}, {word.text, word.style}, {hours}});
    if (!one.note.empty()) table.add_note(printable(one.note));
  }
  terminal.out(table.render(terminal));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_review_command() {
  static const Command kCommand{
      "sandbox review",
      "Decide cases at the embedded payer, as its reviewers would",
      "With a home ID, every open case of the home is decided. --auto compares the address in the plan with the "
      "house's,\n"
      "and the hours asked for with those of the staffing pattern; what is missing is asked for. A decision is about "
      "the request that is open in the\n"
      "case; what was approved before stays. For a request to end a service, agrees, disagrees and unanswered tell "
      "how\n"
      "the reviewers' call went.",
      {{"atz sandbox review maple-street --auto", "decide by what was sent"},
       {"atz sandbox review 900000101 partial --hours 60 --note 'evenings are shared'", ""},
       {"atz sandbox review 900000102 deny --note 'no plan found'", ""},
       {"atz sandbox review 900000110 unanswered", "a message was left; a ten-day letter may follow"}},
      {{"CASE-OR-HOME", "A Case ID or a home ID", true, false, Hint::none, ""},
       {"VERDICT", "The decision", false, false, Hint::none, "approve|partial|deny|void|agrees|disagrees|unanswered"}},
      {options::kAsOf,
       options::format("human|json"),
       {"--auto", "", "", "Decide by the plan and the staffing pattern that were sent", "", Hint::none},
       {"--hours", "", "HOURS", "Weekly hours that are granted (with partial)", "", Hint::none},
       {"--line", "", "NUMBER", "Only this line of the case", "", Hint::none},
       {"--note", "", "TEXT", "The reviewers' rationale", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
