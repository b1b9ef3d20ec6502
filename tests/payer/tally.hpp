// Which bundle modes a script is played in, and what all of them together came to.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace atz::test {

enum class Mode { transaction, batch, single };
inline constexpr std::array kModes = {Mode::transaction, Mode::batch, Mode::single};
const char* to_string(Mode mode);

// All of them where ATZ_EVERY_MODE is set, as in the long tests; else one, and the next one at the next call.
std::vector<Mode> modes();
// For scripts that make sense only where members share a bundle.
std::vector<Mode> outer_modes();
// For a test that is about one mode.
Mode only(Mode mode);

// The name of the script that is being played, when a test case has several.
class ScriptName {
 public:
  explicit ScriptName(std::string name);
  ~ScriptName();
  ScriptName(const ScriptName&) = delete;
  ScriptName& operator=(const ScriptName&) = delete;
};

// Printed in the end, in one line.
void count_run(Mode mode);
void count_end(std::size_t duplicates, std::size_t losses);

}  // namespace atz::test
