// Files in memory, a clock that stands and nobody to talk to: all that commands need which only read.
#pragma once

#include "atz/app/services.hpp"
#include "atz/diag/render.hpp"

namespace atz::fuzz {

struct Workplace {
  MemoryFiles files;
  FixedClock clock{Instant{std::chrono::seconds{1796655900}}};  // 2026-12-07, ten o'clock in Maine
  SeededRandom random{1};
  std::string config_file = {};
  [[nodiscard]] app::Services services();
};

// What holds for every report: places lie inside the texts, every format can be written and read again.
void check_report(const diag::FileReport& report);

}  // namespace atz::fuzz
