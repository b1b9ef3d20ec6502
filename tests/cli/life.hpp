// What the stories of a case's life share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "program.hpp"

namespace atz::test {

inline constexpr const char* kHome = "maple-street";
inline constexpr const char* kExtension = "maple-street-extension.yaml";
inline constexpr const char* kAddOn = "maple-street-add-on.yaml";
inline constexpr const char* kTermination = "lantern-termination.yaml";

bool holds(const std::string& text, const std::string& part);
// The case of a member in what `status --format json` printed: the newest request.
nlohmann::json case_of(const Outcome& status, const std::string& member);
// The same after asking on that day; `code`: the exit code to expect, -1 for any.
nlohmann::json status_on(const Program& atz, const std::string& day, const std::string& member, int code = -1);
// All cases as the ledger has them.
std::string bytes_of_ledger(const Program& atz);
// The example home, approved for a year that ends on 2027-01-31.
void approve_first_year(const Program& atz);
// A file of the examples with the Case IDs that the embedded payer gave out, and edits; returns its path.
std::string write_example(const Program& atz, const std::string& name,
                          const std::vector<std::pair<std::string, std::string>>& edits = {});

}  // namespace atz::test
