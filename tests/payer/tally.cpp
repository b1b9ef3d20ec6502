#include "tally.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

namespace atz::test {
namespace {

class Tally {
 public:
  static Tally& get() {
    static Tally tally;
    return tally;
  }
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  static std::string test() { return doctest::getContextOptions()->currentTest->m_name; }

  std::string script;
  std::map<std::string, std::set<Mode>> modes_of;
  std::set<std::string> narrow;  // tests that do not make sense in every mode
  std::size_t turn = 0, runs = 0, duplicates = 0, losses = 0;

 private:
  Tally() = default;
  ~Tally() {
    if (runs == 0) return;
    std::set<Mode> modes;
    std::size_t left_out = 0;
    std::size_t fewer = 0;
    for (const auto& [name, played] : modes_of) {
      modes.insert(played.begin(), played.end());
      if (played.size() == kModes.size()) continue;
      if (narrow.count(name.substr(0, name.find('\t'))) > 0) {
        ++fewer;
      } else {
        ++left_out;
      }
    }
    std::printf("payer faults: %zu scripts, %zu modes, %zu runs, %zu duplicates, %zu losses", modes_of.size(),
                modes.size(), runs, duplicates, losses);
    if (std::getenv("ATZ_EVERY_MODE") != nullptr) {
      std::printf("; %zu scripts exist in some modes only, %zu were left out of a mode", fewer, left_out);
    }
    std::puts("");
  }
};

}  // namespace

const char* to_string(Mode mode) {
  switch (mode) {
    case Mode::transaction:
      return "transaction";
    case Mode::batch:
      return "batch";
    case Mode::single:
      return "single";
  }
  return "";
}

std::vector<Mode> modes() {
  if (std::getenv("ATZ_EVERY_MODE") != nullptr) return {kModes.begin(), kModes.end()};
  return {kModes.at(Tally::get().turn++ % kModes.size())};
}

std::vector<Mode> outer_modes() {
  Tally& tally = Tally::get();
  tally.narrow.insert(Tally::test());
  if (std::getenv("ATZ_EVERY_MODE") != nullptr) return {Mode::transaction, Mode::batch};
  return {tally.turn++ % 2 == 0 ? Mode::transaction : Mode::batch};
}

Mode only(Mode mode) {
  Tally::get().narrow.insert(Tally::test());
  return mode;
}

ScriptName::ScriptName(std::string name) {
  Tally::get().script = std::move(name);
}

ScriptName::~ScriptName() {
  Tally::get().script.clear();
}

void count_run(Mode mode) {
  Tally& tally = Tally::get();
  ++tally.runs;
  tally.modes_of[Tally::test() + "\t" + tally.script].insert(mode);
}

void count_end(std::size_t duplicates, std::size_t losses) {
  Tally::get().duplicates += duplicates;
  Tally::get().losses += losses;
}

}  // namespace atz::test
