// Which misbehaviour is due for a request.
#pragma once

#include <mutex>
#include <string_view>
#include <vector>

#include "atz/sandbox/sandbox.hpp"

namespace atz::sandbox {

class FaultPlan {
 public:
  explicit FaultPlan(std::vector<Fault> faults) : faults_(std::move(faults)) {}
  // The first fault that applies to a POST of this path, counted down; Kind::none when there is none.
  Fault take(std::string_view path);

 private:
  std::mutex mutex_;
  std::vector<Fault> faults_;
};

// What the faults `foreign` and `html` answer.
std::string foreign_reply(std::string_view body);
std::string html_reply();

}  // namespace atz::sandbox
