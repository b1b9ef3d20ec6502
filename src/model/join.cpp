#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "atz/base/text.hpp"
#include "atz/model/week.hpp"

namespace atz::model {

namespace {

constexpr unsigned kDays = 7;

// A shift on one day; two patterns that both hold it mean the same staff person at the same work.
// Whom it accompanies is no part of it: each member's pattern names its own member.
using Key = std::tuple<std::string, int, int, bool, std::string, std::string, std::string, bool>;

Key key_of(const Shift& shift) {
  const std::string line = shift.line ? to_upper(*shift.line) : "T2016";
  return {*shift.staff,
          *shift.from,
          *shift.to,
          shift.awake.value.value_or(true),
          shift.one_to_one.value.value_or(""),
          shift.on_behalf_of.value.value_or(""),
          line,
          !shift.accompanying.empty()};
}

// That work on one day, and later on all days with the same companions.
struct Piece {
  const Key* key = nullptr;
  const Shift* shift = nullptr;
  std::vector<Field<std::string>> companions;  // by label
  Weekdays days;
};

bool by_label(const Field<std::string>& a, const Field<std::string>& b) {
  return a.value < b.value;
}
bool same_label(const Field<std::string>& a, const Field<std::string>& b) {
  return a.value == b.value;
}

class Joiner {
 public:
  explicit Joiner(std::span<const StaffingPattern* const> patterns) {
    for (std::size_t i = 0; i < patterns.size(); ++i) add(*patterns[i], i);
    regroup();
  }

  [[nodiscard]] Joined take() { return std::move(joined_); }

 private:
  struct Holder {
    std::size_t pattern = 0, shift = 0;
    const Key* key = nullptr;  // null: nobody
  };

  void add(const StaffingPattern& pattern, std::size_t index) {
    StaffingPattern& combined = joined_.combined;
    if (!combined.present && pattern.present) {
      combined.present = true;
      combined.span = pattern.span;
      combined.file = pattern.file;
      combined.shifts_span = pattern.shifts_span;
      combined.out_span = pattern.out_span;
    }
    combined.shifts_present = combined.shifts_present || pattern.shifts_present;
    // The whole is in effect when its last part is.
    if (pattern.effective && (!combined.effective || *combined.effective < *pattern.effective)) {
      combined.effective = pattern.effective;
    }
    for (const StaffPerson& person : pattern.staff) {
      if (person.id && staff_.insert(*person.id).second) combined.staff.push_back(person);
    }
    for (std::size_t i = 0; i < pattern.shifts.size(); ++i) add_shift(pattern.shifts[i], index, i);
    for (const Out& out : pattern.out) add_out(out);
  }

  void add_shift(const Shift& shift, std::size_t pattern, std::size_t index) {
    if (!shift.staff) return;
    const std::vector<int> slots = slots_of(shift);
    if (slots.empty()) return;
    const auto [entry, is_new] = piece_of_day_.try_emplace(key_of(shift));
    if (is_new) entry->second.fill(kNone);
    claim(*shift.staff, slots, {pattern, index, &entry->first});
    for (unsigned day = 0; day < kDays; ++day) {
      if (!shift.days->has(day)) continue;
      std::size_t& piece = entry->second.at(day);
      if (piece == kNone) {
        piece = pieces_.size();
        pieces_.push_back({&entry->first, &shift, {}, Weekdays{static_cast<std::uint8_t>(1U << day)}});
      }
      add_companions(shift, pieces_[piece].companions);
    }
  }

  static void add_companions(const Shift& shift, std::vector<Field<std::string>>& companions) {
    companions.insert(companions.end(), shift.accompanying.begin(), shift.accompanying.end());
    std::stable_sort(companions.begin(), companions.end(), by_label);
    companions.erase(std::unique(companions.begin(), companions.end(), same_label), companions.end());
  }

  // A staff person at different work in another pattern at the same time is a conflict, reported once a pair.
  void claim(const std::string& staff, const std::vector<int>& slots, const Holder& holder) {
    auto& holders = holders_[staff];
    std::set<std::pair<std::size_t, std::size_t>> reported;
    for (const int slot : slots) {
      Holder& first = holders.at(static_cast<std::size_t>(slot));
      if (first.key == nullptr) {
        first = holder;
      } else if (first.key != holder.key && first.pattern != holder.pattern &&
                 reported.emplace(first.pattern, first.shift).second) {
        joined_.conflicts.push_back({first.pattern, first.shift, holder.pattern, holder.shift});
      }
    }
  }

  void add_out(const Out& out) {
    if (!out.readable() || !out.member) return;
    const auto key = std::make_tuple(*out.member, out.days->bits, *out.from, *out.to, out.kind.value.value_or(""),
                                     out.code.value.value_or(""));
    if (outs_.insert(key).second) joined_.combined.out.push_back(out);
  }

  void regroup() {
    std::vector<Piece> groups;
    std::map<const Key*, std::vector<std::size_t>> groups_of;
    for (const Piece& piece : pieces_) {
      auto& candidates = groups_of[piece.key];
      const auto group = std::find_if(candidates.begin(), candidates.end(), [&](std::size_t i) {
        return std::equal(groups[i].companions.begin(), groups[i].companions.end(), piece.companions.begin(),
                          piece.companions.end(), same_label);
      });
      if (group == candidates.end()) {
        candidates.push_back(groups.size());
        groups.push_back(piece);
      } else {
        groups[*group].days.bits = static_cast<std::uint8_t>(groups[*group].days.bits | piece.days.bits);
      }
    }
    for (const Piece& group : groups) {
      Shift shift = *group.shift;
      shift.days.value = group.days;
      shift.days.text = format_weekdays(group.days);
      shift.accompanying = group.companions;
      joined_.combined.shifts.push_back(std::move(shift));
    }
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  Joined joined_;
  std::vector<Piece> pieces_;
  std::map<Key, std::array<std::size_t, kDays>> piece_of_day_;
  std::map<std::string, std::array<Holder, kSlotsPerWeek>> holders_;
  std::set<std::string> staff_;
  std::set<std::tuple<std::string, std::uint8_t, int, int, std::string, std::string>> outs_;
};

}  // namespace

Joined join_patterns(std::span<const StaffingPattern* const> patterns) {
  return Joiner(patterns).take();
}

}  // namespace atz::model
