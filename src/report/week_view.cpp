#include "week_view.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::report {

namespace {

using model::kSlotsPerDay;
using model::kSlotsPerWeek;

class Builder {
 public:
  explicit Builder(const WeekPicture& picture) : picture_(picture) {
    for (const std::string& label : picture.week.roster) view_.members.push_back(clean(label));
    view_.whereabouts.resize(view_.members.size());
    for (const model::Out& out : picture.pattern.out) add_out(out);
    for (const model::Shift& shift : picture.pattern.shifts) add_shift(shift);
    for (const model::GridProblem& problem : picture.week.problems) add_gap(problem);
    assign_lanes();
  }

  [[nodiscard]] WeekView take() { return std::move(view_); }

 private:
  // All of a person's bars, or a single shift of a person who is booked twice at a time.
  struct Unit {
    std::vector<bool> busy = std::vector<bool>(kSlotsPerWeek, false);
    std::vector<std::size_t> bars;
  };

  [[nodiscard]] std::size_t member_index(const std::string& label) const {
    const auto& roster = picture_.week.roster;
    return static_cast<std::size_t>(std::find(roster.begin(), roster.end(), label) - roster.begin());
  }

  void mark(const std::string& label, const std::vector<int>& slots, Whereabouts at) {
    const std::size_t member = member_index(label);
    if (member == view_.members.size()) return;
    for (const int slot : slots) view_.whereabouts[member].at(static_cast<std::size_t>(slot)) = at;
  }

  void add_out(const model::Out& out) {
    const std::vector<int> slots = model::slots_of(out);
    if (slots.empty() || !out.member) return;
    mark(*out.member, slots, {Where::out, kind_index(out.kind.value.value_or("other"))});
  }

  unsigned char kind_index(const std::string& key) {
    const auto known =
        std::find_if(view_.kinds.begin(), view_.kinds.end(), [&](const OutKindMark& kind) { return kind.key == key; });
    const auto index = static_cast<unsigned char>(known - view_.kinds.begin());
    if (known == view_.kinds.end()) {
      std::string text = clean(key);
      std::replace(text.begin(), text.end(), '-', ' ');
      std::string letter = free_letter(text);
      view_.kinds.push_back({key, std::move(text), std::move(letter)});
    }
    return index;
  }

  // The first letter of the kind's name that stands for no other kind yet.
  [[nodiscard]] std::string free_letter(const std::string& text) const {
    for (const char c : to_upper(text) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
      const std::string letter(1, c);
      const bool taken = std::any_of(view_.kinds.begin(), view_.kinds.end(),
                                     [&](const OutKindMark& kind) { return kind.letter == letter; });
      if (c >= 'A' && c <= 'Z' && !taken) return letter;
    }
    return "?";
  }

  void add_shift(const model::Shift& shift) {
    const std::vector<int> slots = model::slots_of(shift);
    if (slots.empty() || !shift.staff) return;
    for (const auto& label : shift.accompanying) {
      if (label) mark(*label, slots, {Where::with_staff, 0});
    }
    const std::size_t staff = staff_index(*shift.staff);
    for (const int slot : slots) {
      const int day = slot / kSlotsPerDay;
      const int at = slot % kSlotsPerDay;
      if (!view_.bars.empty()) {
        StaffBar& last = view_.bars.back();
        if (last.shift == &shift && last.day == day && last.to == at) {
          last.to = at + 1;
          continue;
        }
      }
      view_.bars.push_back({staff, 0, &shift, day, at, at + 1});
    }
  }

  std::size_t staff_index(const std::string& id) {
    const auto [entry, is_new] = staff_.emplace(id, view_.staff.size());
    if (is_new) {
      view_.staff.push_back(clean(id));
      const auto& people = picture_.pattern.staff;
      view_.admin.push_back(std::any_of(people.begin(), people.end(), [&](const model::StaffPerson& person) {
        return person.id && *person.id == id && person.counts && to_lower(*person.counts) == "admin";
      }));
    }
    return entry->second;
  }

  void add_gap(const model::GridProblem& problem) {
    if (problem.kind != model::GridProblem::Kind::uncovered || problem.first >= view_.members.size()) return;
    for (int slot = problem.slot; slot < problem.end_slot; ++slot) {
      view_.whereabouts[problem.first].at(static_cast<std::size_t>(slot)) = {Where::uncovered, 0};
    }
  }

  [[nodiscard]] bool collides(const Unit& unit, const StaffBar& bar) const {
    for (int at = bar.from; at < bar.to; ++at) {
      if (unit.busy[static_cast<std::size_t>(bar.day * kSlotsPerDay + at)]) return true;
    }
    return false;
  }

  static void occupy(Unit& unit, const StaffBar& bar) {
    for (int at = bar.from; at < bar.to; ++at) unit.busy[static_cast<std::size_t>(bar.day * kSlotsPerDay + at)] = true;
  }

  void assign_lanes() {
    std::vector<Unit> units(view_.staff.size());
    for (std::size_t i = 0; i < view_.bars.size(); ++i) {
      const StaffBar& bar = view_.bars[i];
      if (collides(units[bar.staff], bar)) {
        units.emplace_back();
        occupy(units.back(), bar);
        units.back().bars.push_back(i);
      } else {
        occupy(units[bar.staff], bar);
        units[bar.staff].bars.push_back(i);
      }
    }
    std::vector<Unit> lanes;
    for (const Unit& unit : units) {
      const auto fits = [&](const Unit& lane) {
        return std::none_of(unit.bars.begin(), unit.bars.end(),
                            [&](std::size_t bar) { return collides(lane, view_.bars[bar]); });
      };
      auto lane = std::find_if(lanes.begin(), lanes.end(), fits);
      if (lane == lanes.end()) lane = lanes.emplace(lanes.end());
      for (const std::size_t bar : unit.bars) {
        occupy(*lane, view_.bars[bar]);
        view_.bars[bar].lane = static_cast<std::size_t>(lane - lanes.begin());
      }
    }
    view_.lanes = std::max<std::size_t>(1, lanes.size());
  }

  const WeekPicture& picture_;
  std::map<std::string, std::size_t> staff_;
  WeekView view_;
};

std::string short_time(int minutes) {
  return minutes % 60 == 0 ? fmt::format("{:02}", minutes / 60) : model::format_time_of_day(minutes);
}

}  // namespace

std::vector<Stretch> WeekView::stretches(std::size_t member, int day) const {
  std::vector<Stretch> result;
  for (int at = 0; at < kSlotsPerDay; ++at) {
    const Whereabouts now = whereabouts[member].at(static_cast<std::size_t>(day * kSlotsPerDay + at));
    if (result.empty() || !(result.back().at == now)) result.push_back({now, at, at});
    result.back().to = at + 1;
  }
  return result;
}

WeekView view_of(const WeekPicture& picture) {
  return Builder(picture).take();
}

DutyMode mode_of(const model::Shift& shift) {
  if (shift.one_to_one) return DutyMode::one_to_one;
  if (shift.on_behalf_of) return DutyMode::on_behalf_of;
  if (!shift.accompanying.empty()) return DutyMode::with_members;
  return DutyMode::shared;
}

bool is_asleep(const model::Shift& shift) {
  return !shift.awake.value.value_or(true);
}

bool is_add_on(const model::Shift& shift) {
  return shift.line && to_upper(*shift.line) == "T2016SC";
}

std::string mode_text(const model::Shift& shift) {
  std::vector<std::string> parts;
  if (shift.one_to_one) parts.push_back("1:1 " + clean(*shift.one_to_one));
  if (shift.on_behalf_of) parts.push_back("for " + clean(*shift.on_behalf_of));
  if (!shift.accompanying.empty()) {
    std::vector<std::string> labels;
    for (const auto& label : shift.accompanying) labels.push_back(clean(label.value.value_or("?")));
    parts.push_back("with " + join(labels, ", "));
  }
  if (is_asleep(shift)) parts.emplace_back("asleep");
  if (is_add_on(shift)) parts.emplace_back("SC");
  return join(parts, ", ");
}

std::string times_text(const model::Shift& shift, std::string_view dash) {
  return short_time(*shift.from) + std::string(dash) + short_time(*shift.to);
}

std::string clean(const std::string& text) {
  if (!first_invalid_utf8(text)) return printable(text);
  std::string ascii = text;
  std::replace_if(
      ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return printable(ascii);
}

}  // namespace atz::report
