// The halves of rules that need the ledger. They say nothing when no known cases are given.
#pragma once

#include "rules/context.hpp"

namespace atz::rules {

// Calls `check` for every member whose case the ledger knows.
void each_known_case(Context& context, void (*check)(Context&, const model::Member&, const model::KnownCase&));

void check_same_person_and_place(Context& context, const model::Member& member,
                                 const model::KnownCase& known);                                       // EX010
void check_hours_agree(Context& context, const model::Member& member, const model::KnownCase& known);  // EX015
void check_add_on_days(Context& context, const model::Member& member, const model::KnownCase& known);  // MA012

}  // namespace atz::rules
