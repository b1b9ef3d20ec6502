// One way of misbehaving, played against a submission in every bundle mode, or in the next one.
#pragma once

#include <string>

#include "world.hpp"

namespace atz::test {

struct Script {
  const char* name;
  Play play;
  int code;              // of `atz submit`
  const char* says;      // a piece of what it prints on stderr
  const char* delivery;  // of each member that was sent; the others of single mode were not
  bool always = false;   // for every submission, not only the first
};

// Runs `submit` through the script, checks what it says and writes down, and that all ends well afterwards.
void play(Mode mode, const Script& script, const std::string& profile_lines = {});
void play_in_modes(const Script& script, const std::string& profile_lines = {});

std::string outcome_with(const std::string& severity, const std::string& code, const std::string& text);

}  // namespace atz::test
