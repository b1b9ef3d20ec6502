#include "atz/app/staffing.hpp"

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/findings.hpp"
#include "cli/json.hpp"

namespace atz::cli {
namespace {

Json member_hours(const model::Week& week, std::size_t i) {
  return {{"member", week.roster[i]},
          {"at_home", model::format_fraction(week.home_hours[i])},
          {"one_to_one", model::format_fraction(week.t2016.one_to_one[i])},
          {"exact", model::format_fraction(week.t2016.exact[i])},
          {"weekly_hours", hours_or_null(week.t2016.rounded[i])}};
}

Json staffing_json(const app::StaffingReport& report) {
  const auto& week = *report.week;
  Json members = Json::array();
  for (std::size_t i = 0; i < week.roster.size(); ++i) members.push_back(member_hours(week, i));
  Json days = Json::array();
  for (const auto& hours : week.house_by_day) days.push_back(model::format_fraction(hours));
  Json ratios = Json::array();
  for (const auto& ratio : week.ratios) {
    if (ratio.slot < 0) continue;
    ratios.push_back({{"daypart", ratio.name},
                      {"staff", ratio.staff},
                      {"members", ratio.members},
                      {"at", model::format_slot(ratio.slot)}});
  }
  Json gaps = Json::array();
  for (const auto& problem : week.problems) {
    if (problem.kind != model::GridProblem::Kind::uncovered) continue;
    gaps.push_back({{"member", week.roster[problem.first]},
                    {"from", model::format_slot(problem.slot)},
                    {"to", model::format_slot(problem.end_slot % model::kSlotsPerWeek)}});
  }
  Json estimate = nullptr;
  if (report.estimate) {
    estimate = {{"day_rate", model::format_money(report.estimate->day_rate)},
                {"hourly_rate", model::format_money(report.estimate->row.home_support_hourly)},
                {"band_low", model::format_fraction(report.estimate->band.low)},
                {"band_high", model::format_fraction(report.estimate->band.high)},
                {"is_estimate", true}};
  }
  return {{"schema", "atz/staffing/1"},
          {"members", members},
          {"house", model::format_fraction(week.t2016.house)},
          {"house_by_day", days},
          {"unallocated", model::format_fraction(week.t2016.unallocated)},
          {"ratios", ratios},
          {"gaps", gaps},
          {"estimate", estimate}};
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::CheckSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.notes = false;
  const auto output = invocation.value("--output");
  report::PictureFormat format{};
  if (output) {
    auto known = app::picture_format(*output);
    if (!known) return invocation.fail(known.error());
    format = *known;
  }
  auto report = app::staffing(invocation.services(), settings, invocation.one("FILE"));
  if (!report) return invocation.fail(report.error());
  if (!report->findings.empty()) {
    const diag::FileReport findings{report->checked.file.path, report->checked.file.sources, report->findings};
    terminal.error(diag::render_human(findings, human_options(terminal)));
  }
  if (!report->week)
    return invocation.fail(
        {Failure::input, "There is no staffing pattern that can be computed", "Add `staffing:` with its shifts."});
  if (output) {
    auto drawn = app::draw_staffing(*report, format);
    if (!drawn) return invocation.fail(drawn.error());
    if (auto written = invocation.services().files.write_atomic(*output, *drawn, 0600); !written)
      return invocation.fail(written.error());
    terminal.talk(fmt::format("wrote {}", *output));
  } else if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(staffing_json(*report)));
  } else {
    terminal.out(app::staffing_text(*report, terminal.color(), terminal.unicode(), terminal.width()));
  }
  return report->has_errors() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& staffing_command() {
  static const Command kCommand{
      "staffing",
      "Show the week of a home: who works when, and the hours that follow",
      "Hours per member and house, staff per member, gaps, and an estimate of the day rate. Every rate is an estimate: "
      "the hourly\n"
      "rate in force is set in the rate table (atz.d/rates.yaml).",
      {{"atz staffing maple-street.yaml", ""},
       {"atz staffing -o week.pdf maple-street.yaml", "the page that is attached to a request"}},
      {{"FILE", "A case file or a staffing file", true, false, Hint::file, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--output", "-o", "FILE", "Draw the week into FILE.pdf, FILE.svg or FILE.png", "", Hint::file}},
      run};
  return kCommand;
}

}  // namespace atz::cli
