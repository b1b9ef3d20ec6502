#include "atz/app/submit.hpp"

#include <doctest/doctest.h>

using atz::app::runs_past_midnight;
using atz::model::maine_instant;
using atz::model::make_date;

TEST_CASE("HS012: a send with one repeat must end before midnight in Maine") {
  const auto day = make_date(2026, 12, 7);
  atz::model::PayerProfile payer;
  // Six members: (60 s + 6 x 5 s), twice, is 180 s.
  const auto last = maine_instant(day, 23 * 60 + 57);
  CHECK_FALSE(runs_past_midnight(payer, last, 6));
  CHECK(runs_past_midnight(payer, last + std::chrono::seconds(1), 6));
  CHECK(runs_past_midnight(payer, maine_instant(day, 23 * 60 + 58), 6));
  CHECK_FALSE(runs_past_midnight(payer, maine_instant(day, 0), 24));
  payer.answer_seconds = 6;  // a tenth of that: 18 s
  CHECK_FALSE(runs_past_midnight(payer, last + std::chrono::seconds(162), 6));
  CHECK(runs_past_midnight(payer, last + std::chrono::seconds(163), 6));
}
