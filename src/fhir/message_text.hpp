#pragma once

#include <string>
#include <vector>

namespace atz::fhir {

// Notes to the reviewer: as many sentences in each as X12's 264 characters hold, without its delimiters.
std::vector<std::string> reviewer_messages(const std::vector<std::string>& sentences);

}  // namespace atz::fhir
