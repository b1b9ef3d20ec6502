// A pattern cut into what a reader sees: bars of staff and stretches of members, day by day.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "atz/report/week_drawing.hpp"

namespace atz::report {

// A shift on one day of the week; a night is two bars.
struct StaffBar {
  std::size_t staff = 0;  // index into WeekView::staff
  std::size_t lane = 0;
  const model::Shift* shift = nullptr;
  int day = 0;
  int from = 0, to = 0;  // slots of the day, 0 to 96, end exclusive
};

enum class Where : unsigned char { home, out, with_staff, uncovered };  // uncovered: home, nobody on duty, not allowed

struct Whereabouts {
  Where where = Where::home;
  unsigned char kind = 0;  // index into WeekView::kinds, when out
  friend bool operator==(const Whereabouts&, const Whereabouts&) = default;
};

struct Stretch {
  Whereabouts at;
  int from = 0, to = 0;  // slots of the day
};

struct OutKindMark {
  std::string key;   // "community-support"
  std::string text;  // "community support"
  std::string letter;
};

enum class DutyMode { shared, one_to_one, on_behalf_of, with_members };

struct WeekView {
  std::vector<std::string> staff;  // in order of first appearance, printable
  std::vector<bool> admin;         // per staff
  std::vector<StaffBar> bars;      // by shift, then day
  std::size_t lanes = 1;           // staff who never overlap share a lane
  std::vector<std::string> members;
  std::vector<OutKindMark> kinds;                                          // in order of first appearance
  std::vector<std::array<Whereabouts, model::kSlotsPerWeek>> whereabouts;  // per member

  [[nodiscard]] std::vector<Stretch> stretches(std::size_t member, int day) const;
};

WeekView view_of(const WeekPicture& picture);

DutyMode mode_of(const model::Shift& shift);
bool is_asleep(const model::Shift& shift);
bool is_add_on(const model::Shift& shift);         // paid by line T2016SC
std::string mode_text(const model::Shift& shift);  // "1:1 C", "for all", "with A, B", ""; with ", asleep" and ", SC"
std::string times_text(const model::Shift& shift, std::string_view dash = "–");  // "22–06", "06:15–09"
// Without control characters, and valid UTF-8 whatever comes in.
std::string clean(const std::string& text);

}  // namespace atz::report
