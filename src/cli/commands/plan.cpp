#include "atz/app/plan.hpp"
#include "atz/app/open_ledger.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/findings.hpp"
#include "cli/json.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

Json plan_json(const app::HomePlan& plan) {
  Json members = Json::array();
  for (const auto& member : plan.members) {
    Json lines = Json::array();
    for (const auto& line : member.lines) lines.push_back(line_json(line));
    members.push_back({{"member", member.label},
                       {"request", model::to_string(member.purpose)},
                       {"action", app::to_string(member.action)},
                       {"lines", lines},
                       {"bytes", member.request.bytes.size()},
                       {"digest", text_or_null(member.digest)},
                       {"attachments", member.attachments},
                       {"case_id", text_or_null(member.earlier ? member.earlier->case_id
                                                : member.prior ? member.prior->case_id
                                                               : "")}});
  }
  Json window = nullptr;
  if (plan.window) {
    window = {{"first", model::format_date(plan.window->first)},
              {"last", model::format_date(plan.window->last)},
              {"today", model::format_date(plan.now.today)}};
  }
  return {{"schema", "atz/plan/1"},
          {"home", plan.home_id},
          {"payer", plan.profile.name},
          {"members", members},
          {"window", window}};
}

std::string line_text(const ledger::LineIntent& line) {
  std::string code = line.code;
  for (const auto& modifier : line.modifiers) code += " " + modifier;
  if (!line.weekly_hours) return fmt::format("{} {} units", code, line.units);
  return fmt::format("{} {} days, {} h/week", code, line.units, model::format_hours(*line.weekly_hours));
}

std::string action_text(const app::MemberPlan& member) {
  if (!member.earlier) {
    if (!member.prior) return std::string(app::to_string(member.action));
    return fmt::format("{} ({} case {}{})", app::to_string(member.action), purpose_words(member.purpose),
                       printable(member.prior->case_id), member.prior->body.empty() ? ", not sent from here" : "");
  }
  return fmt::format("{} (case {})", app::to_string(member.action),
                     member.earlier->case_id.empty() ? "not settled" : member.earlier->case_id);
}

std::string plan_text(const app::HomePlan& plan, const Terminal& terminal) {
  std::string text =
      fmt::format("{}: {} to {} ({})\n", plan.home_id,
                  plan.members.size() == 1 ? "one member" : fmt::format("{} members", plan.members.size()),
                  plan.profile.name, plan.profile.live ? "live" : "sandbox, nothing real");
  if (plan.window) {
    const auto left = (plan.window->last - plan.now.today).count();
    text +=
        fmt::format("May be sent from {} to {}; {} days are left from {}.\n", model::format_date(plan.window->first),
                    model::format_date(plan.window->last), left, model::format_date(plan.now.today));
  }
  Table table({{"MEMBER"}, {"ACTION"}, {"LINE"}, {"START"}, {"END"}, {"BYTES", true}, {"DOCUMENTS"}});
  for (const auto& member : plan.members) {
    for (std::size_t i = 0; i < member.lines.size(); ++i) {
      const auto& line = member.lines[i];
      const bool first = i == 0;
      table.add(
          {{first ? member.label : ""},
           {first ? action_text(member) : "", member.action == app::Action::changed ? Style::yellow : Style::plain},
           {line_text(line)},
           {model::format_date(line.period.first)},
           {model::format_date(line.period.last)},
           {first ? fmt::format("{}", member.request.bytes.size()) : ""},
           {first ? fmt::format("{}", fmt::join(member.attachments, ", ")) : ""}});
    }
  }
  return text + "\n" + table.render(terminal);
}

Result<app::HomePlan> make_plan(const Invocation& invocation, const std::string& path) {
  app::PlanSettings settings;
  settings.check.profile = invocation.value("--profile");
  settings.check.as_of = invocation.value("--as-of");
  auto plan = app::prepare(invocation.services(), settings, path);
  if (!plan || plan->checked.has_errors()) return plan;
  auto ledger = app::open_for_reading(invocation.services());
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (auto found = app::find_priors(*plan, ledger->ledger.get()); !found) return tl::make_unexpected(found.error());
  if (auto built = app::build_requests(invocation.services(), *plan, {}); !built)
    return tl::make_unexpected(built.error());
  if (auto compared = app::compare_with_ledger(*plan, ledger->ledger.get()); !compared)
    return tl::make_unexpected(compared.error());
  return plan;
}

Result<void> write_bundle(const Invocation& invocation, const app::HomePlan& plan, const std::string& path) {
  const std::string body = app::outer_body(plan, fhir::OuterKind::transaction);
  if (path == "-") {
    invocation.terminal().out(body + "\n");
    return {};
  }
  return invocation.services().files.write_atomic(path, body, 0600);
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const bool json = invocation.value_or("--format", "human") == "json";
  const auto bundle = invocation.value("--bundle");
  const auto& paths = invocation.all("FILE");
  if (bundle && paths.size() != 1)
    return invocation.fail({Failure::usage, "--bundle writes one home: name one FILE", ""});
  ExitCode code = ExitCode::done;
  for (const auto& path : paths) {
    auto plan = make_plan(invocation, path);
    if (!plan) return invocation.fail(plan.error());
    if (!plan->now.note.empty()) terminal.talk(plan->now.note);
    if (plan->checked.has_errors()) {
      terminal.out(findings_as(json ? FindingFormat::json : FindingFormat::human, {plan->checked.report()}, terminal,
                               invocation.services().files));
      terminal.talk("This home can't be sent as it is.");
      code = ExitCode::findings;
      continue;
    }
    if (plan->has(app::Action::changed)) code = ExitCode::findings;
    if (bundle) {
      if (auto written = write_bundle(invocation, *plan, *bundle); !written) return invocation.fail(written.error());
      if (*bundle == "-") continue;
    }
    terminal.out(json ? dump(plan_json(*plan)) : plan_text(*plan, terminal));
  }
  return code;
}

}  // namespace

const Command& plan_command() {
  static const Command kCommand{
      "plan",
      "Show what a submission would send",
      "No network, nothing written. Each member is new, changed (sent before with other content) or sent (nothing to "
      "do).\n"
      "Exit code: 0 can be sent, 1 errors or changed content of an open case.",
      {{"atz plan maple-street.yaml", "who, which lines, which documents, until when"},
       {"atz plan --bundle body.json maple-street.yaml", "the exact request, for a look or for another tool"}},
      {{"FILE", "Case files", true, true, Hint::file, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--bundle", "", "FILE", "Write the body of the request to FILE (- for standard output)", "", Hint::file}},
      run};
  return kCommand;
}

}  // namespace atz::cli
