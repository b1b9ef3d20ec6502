// The hand-made sample files, and lines in their columns.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

#include "atz/codes/source.hpp"

namespace atz::codes::testing {

inline std::string sample(const std::string& name) {
  std::ifstream file(std::string(ATZ_SOURCE_DIR) + "/tests/samples/" + name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  REQUIRE_FALSE(text.empty());
  return text;
}

inline const char* const kOrderName = "icd10cm_order_2027.txt";
inline const char* const kHcpcsName = "HCPC2026_JAN_ANWEB.txt";

inline std::string order_line(int number, const std::string& code, int flag, const std::string& text) {
  return fmt::format("{:05} {:<7} {} {:<60} {}\n", number, code, flag, text.substr(0, 60), text);
}

inline std::string hcpcs_line(const std::string& code, int sequence, char kind, const std::string& text,
                              const std::string& ends = {}) {
  return fmt::format("{:>5}{:05}{}{:<80}{:<193}{:<8}\n", code, sequence, kind, text, "", ends);
}

inline Table partial(const std::string& text, const std::string& name = kOrderName) {
  auto table = read_source(text, name, {std::nullopt, true});
  if (!table) FAIL(table.error().message);
  return *table;
}

}  // namespace atz::codes::testing
