// Walks over all patterns of a file as they were written, before they are joined.
#pragma once

#include <string>

#include "rules/context.hpp"

namespace atz::rules {

struct Block {
  const model::WeekSpan* span;
  std::string label;  // the member it is about; empty for shifts of the home
};

template <class Visit>
void each_pattern(const model::Home& home, Visit visit) {  // visit(pattern, member or nullptr)
  if (home.staffing.present) visit(home.staffing, static_cast<const model::Member*>(nullptr));
  for (const auto& member : home.members) {
    if (member.staffing.present) visit(member.staffing, &member);
  }
}

template <class Visit>
void each_out(const model::Home& home, Visit visit) {  // visit(out)
  each_pattern(home, [&](const model::StaffingPattern& pattern, const model::Member*) {
    for (const auto& out : pattern.out) visit(out);
  });
}

template <class Visit>
void each_block(const model::Home& home, Visit visit) {
  each_pattern(home, [&](const model::StaffingPattern& pattern, const model::Member* member) {
    const std::string owner = member != nullptr && member->label ? *member->label : std::string();
    for (const auto& shift : pattern.shifts) visit(Block{&shift, owner});
    for (const auto& out : pattern.out) visit(Block{&out, out.member ? *out.member : owner});
  });
  for (const auto& member : home.members) {
    for (const auto& alone : member.may_be_alone) visit(Block{&alone, member.label ? *member.label : std::string()});
  }
}

}  // namespace atz::rules
