// What X12 can carry as text. The payer's converter refuses the rest, so it is checked before.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "atz/model/home.hpp"

namespace atz::fhir {

inline constexpr std::size_t kMaxMessageCharacters = 264;
inline constexpr std::size_t kMaxNameCharacters = 60;
inline constexpr std::size_t kMaxAddressLineCharacters = 55;
inline constexpr std::size_t kMaxCityCharacters = 30;
inline constexpr std::size_t kMaxTraceCharacters = 50;
inline constexpr std::size_t kMaxDiagnoses = 12;
inline constexpr std::size_t kMaxModifiers = 4;
inline constexpr std::size_t kMaxClaimCareTeam = 14;
inline constexpr std::size_t kMaxItemCareTeam = 10;
inline constexpr std::string_view kDelimiters = "~*:^|";

std::string without_x12_delimiters(std::string_view text);  // delimiters and control characters become blanks
bool is_trace_number(std::string_view text);                // 1 to 50 of A-Z a-z 0-9 - . _

const char* request_key(model::RequestKind kind);  // "service-notification"

}  // namespace atz::fhir
