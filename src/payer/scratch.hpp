// Text on its way into or out of a Secret: zeroed when it leaves scope. Reserve before appending, so that growth
// leaves no copies behind.
#pragma once

#include <string.h>  // explicit_bzero

#include <string>
#include <utility>

namespace atz::payer {

inline void wipe(std::string& text) {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

struct Scratch {
  Scratch() = default;
  explicit Scratch(std::string content) : text(std::move(content)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { wipe(text); }

  std::string text;
};

}  // namespace atz::payer
