// HTTP without a library: what an endpoint is given and what it answers.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atz::sandbox {

inline constexpr std::string_view kFhirJson = "application/fhir+json";
inline constexpr std::string_view kPlainJson = "application/json";

struct Reply {
  int status = 200;
  std::string body;
  std::string content_type = std::string(kFhirJson);
  std::vector<std::pair<std::string, std::string>> headers;
};

// An OperationOutcome with one error.
Reply outcome_reply(int status, std::string_view code, std::string text);

}  // namespace atz::sandbox
