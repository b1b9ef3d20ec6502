// Collects what is wrong with a message, with the FHIRPath of each place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/reply.hpp"

namespace atz::fhir {

inline constexpr std::size_t kMaxIssues = 100;  // of one message; the rest would only repeat

class Faults {
 public:
  // `code` is one of FHIR's issue types: required, structure, value, invariant, code-invalid, not-found, duplicate ...
  void add(std::string_view code, std::string path, std::string text) {
    if (issues_.size() < kMaxIssues)
      issues_.push_back(Issue{"error", std::string(code), std::move(text), {}, {std::move(path)}, {}});
  }
  [[nodiscard]] bool empty() const { return issues_.empty(); }
  [[nodiscard]] std::vector<Issue> take() { return std::move(issues_); }

 private:
  std::vector<Issue> issues_;
};

}  // namespace atz::fhir
