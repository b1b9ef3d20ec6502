// The staffing pattern as answers, so that a payer can compute with it. People of the home appear by label only.
//
// linkIds (groups repeat, one per block or member; a block's days are those on which it starts; times are HH:MM,
// 24:00 included; `to` not after `from` is the next day):
//   effective        date                   asleep-counts    decimal: part of asleep time that counts
//   shift            shift.staff, shift.role, shift.days ("mon-fri"), shift.from, shift.to, shift.awake (boolean),
//                    shift.counts (boolean: direct staff), shift.mode ("shared", "one-to-one", "on-behalf-of"),
//                    shift.member (label, or "all"), shift.accompanying (labels), shift.line ("T2016", "T2016SC")
//   out              out.member, out.days, out.from, out.to, out.kind, out.code, out.provider, out.note
//   member           member.label, member.hours (decimal, a week), member.exact (fraction before rounding),
//                    member.one-to-one (fraction), member.add-on (decimal, medical add-on)
//   house.hours, house.unallocated   fractions as text, a week
#include <algorithm>

#include "atz/base/text.hpp"
#include "atz/model/week.hpp"
#include "fhir/answers.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

std::string text(const model::Field<std::string>& field) {
  return field ? std::string(trim(*field)) : std::string{};
}

const model::StaffPerson* find_staff(const model::StaffingPattern& pattern, const std::string& id) {
  for (const auto& person : pattern.staff) {
    if (person.id && *person.id == id) return &person;
  }
  return nullptr;
}

void add_span(ItemList& items, const std::string& group, const model::WeekSpan& block) {
  items.add_text(group + ".days", "Days", model::format_weekdays(*block.days));
  items.add_text(group + ".from", "From", model::format_time_of_day(*block.from));
  items.add_text(group + ".to", "To", model::format_time_of_day(*block.to));
}

ItemList shift_items(const model::StaffingPattern& pattern, const model::Shift& shift) {
  const auto* person = find_staff(pattern, text(shift.staff));
  ItemList items;
  items.add_text("shift.staff", "Staff", text(shift.staff));
  if (person != nullptr) items.add_text("shift.role", "Role", text(person->role));
  add_span(items, "shift", shift);
  items.add("shift.awake", "Awake", "valueBoolean", !shift.awake || *shift.awake);
  items.add("shift.counts", "Direct support", "valueBoolean", person == nullptr || text(person->counts) != "admin");
  const std::string one_to_one = text(shift.one_to_one);
  const std::string on_behalf_of = text(shift.on_behalf_of);
  items.add_text("shift.mode", "Mode",
                 !one_to_one.empty()     ? "one-to-one"
                 : !on_behalf_of.empty() ? "on-behalf-of"
                                         : "shared");
  items.add_text("shift.member", "Member", !one_to_one.empty() ? one_to_one : on_behalf_of);
  Json accompanied = Json::array();
  for (const auto& label : shift.accompanying) {
    if (label) accompanied.push_back(value_answer("valueString", *label));
  }
  items.add_answers("shift.accompanying", "Out with", std::move(accompanied));
  items.add_text("shift.line", "Line", shift.line ? text(shift.line) : "T2016");
  return items;
}

ItemList out_items(const model::Out& block) {
  ItemList items;
  items.add_text("out.member", "Member", text(block.member));
  add_span(items, "out", block);
  items.add_text("out.kind", "Kind", text(block.kind));
  items.add_text("out.code", "Code", text(block.code));
  items.add_text("out.provider", "Provider", text(block.provider));
  items.add_text("out.note", "Note", text(block.note));
  return items;
}

ItemList member_items(const model::Week& week, std::size_t i) {
  const auto& hours = week.t2016;
  ItemList items;
  items.add_text("member.label", "Member", week.roster[i]);
  if (i < hours.rounded.size())
    items.add("member.hours", "Weekly hours", "valueDecimal", number_of(hours.rounded[i].exact()));
  if (i < hours.exact.size()) items.add_text("member.exact", "Before rounding", model::format_fraction(hours.exact[i]));
  if (i < hours.one_to_one.size())
    items.add_text("member.one-to-one", "Of these 1 to 1", model::format_fraction(hours.one_to_one[i]));
  if (i < week.t2016sc.rounded.size() && week.t2016sc.rounded[i].quarters > 0) {
    items.add("member.add-on", "Medical add-on hours", "valueDecimal", number_of(week.t2016sc.rounded[i].exact()));
  }
  return items;
}

}  // namespace

std::optional<Resource> staffing_resource(const RequestContext& context) {
  const auto* week = context.input.week;
  if (week == nullptr) return std::nullopt;
  model::Joined joined;
  const model::StaffingPattern* pattern = &context.home.staffing;
  if (!pattern->present) {
    std::vector<const model::StaffingPattern*> own;
    for (const auto& member : context.home.members) {
      if (member.staffing.present) own.push_back(&member.staffing);
    }
    joined = model::join_patterns(own);
    pattern = &joined.combined;
  }

  Resource out = start_answers(context, "staffing-pattern", "1", "completed");
  out.came_from("", "staffing pattern", pattern->span);
  ItemList items;
  if (pattern->effective) {
    out.came_from(indexed("item", items.size()), "first day of the staffing pattern", pattern->effective.span);
    items.add("effective", "Pattern starts on", "valueDate", model::format_date(*pattern->effective));
  }
  items.add("asleep-counts", "Part of asleep time that counts", "valueDecimal",
            number_of(context.input.settings.asleep_counts));
  for (const auto& shift : pattern->shifts) {
    if (!shift.readable()) continue;
    out.came_from(indexed("item", items.size()), "shift", shift.span);
    items.add_group("shift", "Shift", shift_items(*pattern, shift));
  }
  for (const auto& block : pattern->out) {
    if (!block.readable()) continue;
    out.came_from(indexed("item", items.size()), "time out of the home", block.span);
    items.add_group("out", "Out of the home", out_items(block));
  }
  for (std::size_t i = 0; i < week->roster.size(); ++i) items.add_group("member", "Member", member_items(*week, i));
  items.add_text("house.hours", "Weekly hours of the home", model::format_fraction(week->t2016.house));
  items.add_text("house.unallocated", "Staff time with nobody to support",
                 model::format_fraction(week->t2016.unallocated));
  put_node(out.json, "item", items.take());
  return out;
}

}  // namespace atz::fhir
