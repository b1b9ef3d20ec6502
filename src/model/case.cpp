#include "atz/model/case.hpp"

#include <array>

namespace atz::model {

namespace {

constexpr std::array<std::string_view, 14> kStatusWords = {
    "draft",  "ready",  "unsubmitted",     "submitted", "in_review", "info_requested", "approved", "partially_approved",
    "denied", "voided", "reconsideration", "appealed",  "expired",   "unknown"};
constexpr std::array<std::string_view, 4> kDeliveryWords = {"sending", "unknown", "refused", "accepted"};

constexpr std::array<std::string_view, 5> kPurposeWords = {"first", "continue", "change", "add_on", "termination"};

constexpr int kStandardDays = 7;
constexpr int kExpeditedDays = 3;  // 72 hours

template <class Enum, std::size_t N>
std::optional<Enum> find_word(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words.at(i) == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(CaseStatus status) {
  return kStatusWords.at(static_cast<std::size_t>(status));
}

std::optional<CaseStatus> case_status(std::string_view word) {
  return find_word<CaseStatus>(kStatusWords, word);
}

bool is_decided(CaseStatus status) {
  switch (status) {
    case CaseStatus::approved:
    case CaseStatus::partially_approved:
    case CaseStatus::denied:
    case CaseStatus::voided:
    case CaseStatus::expired:
      return true;
    default:
      return false;
  }
}

bool needs_person(CaseStatus status) {
  return status == CaseStatus::info_requested || status == CaseStatus::partially_approved ||
         status == CaseStatus::denied;
}

std::string_view to_string(Delivery delivery) {
  return kDeliveryWords.at(static_cast<std::size_t>(delivery));
}

std::optional<Delivery> delivery(std::string_view word) {
  return find_word<Delivery>(kDeliveryWords, word);
}

std::string_view to_string(Purpose purpose) {
  return kPurposeWords.at(static_cast<std::size_t>(purpose));
}

std::optional<Purpose> purpose(std::string_view word) {
  return find_word<Purpose>(kPurposeWords, word);
}

bool is_extension(Purpose purpose) {
  return purpose == Purpose::continuation || purpose == Purpose::change;
}

bool rides_on_case(Purpose purpose) {
  return is_extension(purpose) || purpose == Purpose::add_on;
}

Date expected_by(Date submitted, bool expedited) {
  return submitted + std::chrono::days{expedited ? kExpeditedDays : kStandardDays};
}

}  // namespace atz::model
