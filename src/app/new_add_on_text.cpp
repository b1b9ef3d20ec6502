#include <fmt/format.h>

#include "app/new_request.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/casefile/scalar_text.hpp"

namespace atz::app {
namespace {

const std::string kMark{casefile::kFillInMark};

void write_order(YamlLines& lines) {
  lines.add(4, "order:", "what the written order says");
  lines.add(6, "signed_on: CHANGE-ME", "less than three months before the day of sending");
  lines.add(6, "by: CHANGE-ME");
  lines.add(6, "credential: CHANGE-ME", "a physician or physician assistant: MD, DO, PA or PA-C");
  lines.add(6, "condition: CHANGE-ME", "illness or condition");
  lines.add(6, "procedures: CHANGE-ME");
  lines.add(6, "span: CHANGE-ME", "indefinite, a last day, or for example: 6 months");
  lines.add(6, "frequency: {times: CHANGE-ME, per: CHANGE-ME}", "per day, week or month");
  lines.add(4, "planning_team: {met_on: CHANGE-ME, members: [CHANGE-ME]}", "who was there: member, guardian, ...");
  lines.add(4, "documents:");
  lines.add(6, "- {file: CHANGE-ME, type: physician-order}", "the scanned order, beside this file");
}

void write_answers(YamlLines& lines, bool renewal) {
  lines.add(4, "questionnaires:");
  lines.add(6, "medical-add-on:");
  lines.add(8, "1: CHANGE-ME", "illness or condition");
  lines.add(8, "2: CHANGE-ME", "procedures to be carried out");
  lines.add(8, "3: CHANGE-ME", "indefinite, or dated (then 3.1.1: through which day)");
  lines.add(8, "4: CHANGE-ME", "how many times ...");
  lines.add(8, "4a: CHANGE-ME", "... each day, week or month");
  lines.add(8, "5: CHANGE-ME", "add-on hours a week, as above");
  lines.add(8, "6: CHANGE-ME", "how the hours were worked out");
  lines.add(8, "7: CHANGE-ME", "why the regular hours do not cover it");
  lines.add(8, "8: CHANGE-ME", "date of the order");
  lines.add(8, "9: CHANGE-ME", "signed by: physician or physician assistant");
  lines.add(8, "10: CHANGE-ME", "day on which the Planning Team met about it");
  lines.add(8, "11: CHANGE-ME", "who gives the care, and their training");
  lines.add(8, renewal ? "12: renewal" : "12: first", "first, renewal, or change (then 12.3.1: what changed)");
}

}  // namespace

std::string add_on_text(const KnownHome& home, bool provider_known_elsewhere, std::optional<model::DateSpan> period) {
  const auto& member = home.members.front();
  YamlLines lines;
  lines.comment("A Medical Add-On for one member. Replace every CHANGE-ME, then: atz check, atz submit.");
  if (member.add_on) {
    lines.comment(fmt::format("The add-on that runs now ends on {}; it can be renewed from {} on.",
                              model::format_date(member.add_on->last),
                              model::format_date(model::extension_window(member.add_on->last).first)));
  }
  lines.blank();
  lines.add(0, "atz: 1");
  lines.add(0, "request: service-notification-extension", "an add-on goes under the case that is there");
  lines.blank();
  write_head(lines, home, provider_known_elsewhere);
  lines.add(0,
            period ? fmt::format("period: {{start: {}, end: {}}}", model::format_date(period->first),
                                 model::format_date(period->last))
                   : "period: {start: CHANGE-ME, end: CHANGE-ME}",
            "no longer than a year, within the days of the regular hours");
  lines.blank();
  lines.add(0, "members:");
  lines.add(2, "- label: " + casefile::scalar_text(member.label, false));
  lines.add(4, "case: " + known_or_mark(member.case_id), "the case with the member's regular hours");
  lines.add(4, "current_end: " + (member.covered ? model::format_date(member.covered->last) : kMark),
            "their last covered day");
  lines.add(4, "reason: add-on");
  write_person(lines, member);
  lines.add(4, "services:");
  lines.add(6,
            fmt::format("- {{code: T2016SC, units: {}, weekly_hours: CHANGE-ME}}",
                        period ? std::to_string(period->days()) : kMark),
            "days, and the hours a week that are added");
  if (member.add_on) {
    lines.add(
        4,
        fmt::format("running_add_on: {{end: {}, order_signed_on: CHANGE-ME}}", model::format_date(member.add_on->last)),
        "the day of its order");
  }
  write_order(lines);
  write_answers(lines, member.add_on.has_value());
  lines.blank();
  write_attestation(lines);
  return lines.text();
}

}  // namespace atz::app
