#include <fmt/format.h>

#include <algorithm>

#include "app/new_request.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/casefile/scalar_text.hpp"

namespace atz::app {
namespace {

constexpr auto kOneDay = std::chrono::days(1);
constexpr std::string_view kQuestionnaire = "home-support";
const std::string kMark{casefile::kFillInMark};

std::string day(model::Date date) {
  return model::weekday_name(date) + " " + model::format_date(date);
}

std::string period_text(const model::DateSpan& period) {
  return fmt::format("period: {{start: {}, end: {}}}", model::format_date(period.first),
                     model::format_date(period.last));
}

// The days after the current end; nullopt where that is not known.
std::optional<model::DateSpan> next_period(const KnownMember& member, int months) {
  if (!member.covered) return std::nullopt;
  const model::Date start = member.covered->last + kOneDay;
  return model::DateSpan{start, model::last_day_of_period(start, months)};
}

// The days on which the whole home can be sent together.
void write_window(YamlLines& lines, const KnownHome& home) {
  std::optional<model::DateSpan> together;
  for (const auto& member : home.members) {
    if (!member.covered) continue;
    const auto window = model::extension_window(member.covered->last);
    if (!together) together = window;
    together = {std::max(together->first, window.first), std::min(together->last, window.last)};
  }
  if (!together) {
    lines.comment("It can be sent from 30 to 5 days before the current end.");
  } else if (together->first <= together->last) {
    lines.comment(fmt::format("To be sent for the whole home together from {} to {}.", day(together->first),
                              day(together->last)));
  } else {
    lines.comment(
        "The members' authorizations end on days so far apart that no day suits them all: phone the Clinical");
    lines.comment("Review Team, or align the ends with requests of reason: change.");
  }
}

void write_plan(YamlLines& lines, const KnownMember& member) {
  const auto system = member.answer("plan-statement", "system");
  lines.add(4, "plan:", "what the Home Support section of the person-centered plan says");
  lines.add(6, "system: " + (system.empty() ? "EIS" : casefile::scalar_text(system, false)));
  lines.add(6, "location: " + address_in_braces(member.people.home.address));
  lines.add(6, "weekly_hours: " + known_or_mark(member.answer("plan-statement", "weekly-hours")));
  lines.add(6, "checked_on: CHANGE-ME", "the day on which somebody made sure that it is accurate");
  lines.add(6, "reviewed_on: CHANGE-ME", "the plan's last yearly review");
}

// The same answers as before, apart from those that have to be thought about again.
void write_answers(YamlLines& lines, const KnownMember& member) {
  lines.add(4, "questionnaires:");
  lines.add(6, "home-support:");
  lines.add(8, "1: CHANGE-ME", "change (then 1.2.1: what changed, since when) or continuation");
  const auto answers = member.answers(kQuestionnaire);
  const std::string hours = member.weekly_hours ? model::format_hours(*member.weekly_hours) : kMark;
  if (answers.empty()) {
    lines.add(8, "2: " + hours, "requested weekly support hours");
    lines.comment("       `atz questionnaire fill FILE --member LABEL` asks the other questions");
    for (const char* link : {"3", "4", "5", "6", "7", "8", "9"}) lines.add(8, fmt::format("{}: CHANGE-ME", link));
    lines.add(8, "10: No", "Medical Add-On asked for in this case?");
    return;
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& link = answers[i].link;
    if (link == "1" || link == "1.2.1") continue;
    std::vector<std::string> values;
    for (; i < answers.size() && answers[i].link == link; ++i) values.push_back(answers[i].value);
    --i;
    if (link == "2") {
      lines.add(8, "2: " + hours, "approved now; the pattern below has to give the same");
    } else if (link == "9") {
      lines.add(8, "9: CHANGE-ME", "the day on which the plan's Home Support section was checked");
    } else if (link == "6") {
      for (auto& one : values) one = casefile::scalar_text(one, true);
      lines.add(8, fmt::format("6: [{}]", join(values, ", ")));
    } else {
      lines.add(8, fmt::format("{}: {}", link, known_or_mark(values.front())));
    }
  }
}

bool is_out(const KnownHome& home, const std::string& label) {
  const auto answers = home.members.front().answers("staffing-pattern");
  return std::any_of(answers.begin(), answers.end(),
                     [&](const auto& answer) { return answer.link == "out.member" && answer.value == label; });
}

void write_member(YamlLines& lines, const KnownHome& home, const KnownMember& member, bool own_period, int months) {
  const auto period = next_period(member, months);
  lines.add(2, "- label: " + casefile::scalar_text(member.label, false));
  lines.add(4, "case: " + known_or_mark(member.case_id), "the Case ID of the authorization that is extended");
  lines.add(4, "current_end: " + (member.covered ? model::format_date(member.covered->last) : kMark),
            "its last covered day");
  lines.add(4, "reason: CHANGE-ME", "continue: nothing changes; change: other hours");
  lines.add(4, "because: CHANGE-ME", "what changed, since when; for reason: continue take this line out");
  write_person(lines, member);
  if (own_period && period) lines.add(4, period_text(*period));
  lines.add(4, "services:");
  const std::string hours = member.weekly_hours ? model::format_hours(*member.weekly_hours) : kMark;
  lines.add(6,
            fmt::format("- {{code: T2016, units: {}, weekly_hours: {}}}",
                        period ? std::to_string(period->days()) : kMark, hours),
            member.weekly_hours ? "days; the hours that are approved now" : "units are days");
  write_plan(lines, member);
  write_answers(lines, member);
  const bool pattern_known = !home.members.front().answers("staffing-pattern").empty();
  if (pattern_known && !is_out(home, member.label)) lines.add(4, "routinely_out: none");
  if (member.answer(kQuestionnaire, "7") == "Yes")
    lines.add(4, "may_be_alone: [{days: CHANGE-ME, from: CHANGE-ME, to: CHANGE-ME}]", "as the plan says");
  lines.blank();
}

}  // namespace

std::string extension_text(const KnownHome& home, bool provider_known_elsewhere, int months) {
  YamlLines lines;
  lines.comment("An extension for a whole home. Replace every CHANGE-ME, then: atz check, atz staffing, atz submit.");
  write_window(lines, home);
  if (home.sent_on)
    lines.comment(fmt::format("What is filled in was taken from what was sent on {}.", day(*home.sent_on)));
  lines.blank();
  lines.add(0, "atz: 1");
  lines.add(0, "request: service-notification-extension");
  lines.blank();
  write_head(lines, home, provider_known_elsewhere);
  const auto period = next_period(home.members.front(), months);
  const bool same = std::all_of(home.members.begin(), home.members.end(),
                                [&](const auto& member) { return next_period(member, months) == period; });
  if (same) {
    lines.add(0, period ? period_text(*period) : "period: {start: CHANGE-ME, end: CHANGE-ME}",
              "begins on the day after the current end; at most a year");
    lines.blank();
  }
  lines.add(0, "members:");
  for (const auto& member : home.members) write_member(lines, home, member, !same, months);
  write_staffing(lines, home);
  write_attestation(lines);
  return lines.text();
}

}  // namespace atz::app
