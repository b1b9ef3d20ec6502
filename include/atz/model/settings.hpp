// What an agency may set in atz.yaml. Each default is the one that the field's sources support best.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atz/base/rational.hpp"

namespace atz::model {

struct Settings {
  std::string member_id_pattern = "^[0-9]{8}A$";  // ID001
  std::string plan_system = "EIS";
  enum class QuantityMeans { days, weekly_hours } quantity_means = QuantityMeans::days;  // HS007
  int review_lead_days = 7;                                                              // HS003
  int pa_max_months = 12;                                                                // HS020
  Rational hours_tolerance{1, 4};                                                        // SP010, hours
  Rational asleep_counts = 0;                                                            // SP013
  std::uint64_t attachment_max_bytes = 10'000'000;                                       // AT002
  std::uint64_t attachment_warn_bytes = 4'000'000;                                       // AT003
  std::vector<std::string> attachment_types = {"pdf", "tif", "doc", "docx", "xls", "xlsx",
                                               "txt", "rtf", "gif", "jpg",  "jpeg"};
  int info_reply_days = 7;
  enum class ExtensionDeadline { before_end, after_end } extension_deadline = ExtensionDeadline::before_end;  // EX005
  bool change_window_strict = false;                                                                          // EX009
  std::vector<std::string> order_credentials = {"MD", "DO", "PA", "PA-C"};                                    // MA004
  bool mao_needs_whole_house = false;                                                                         // MA019
  enum class MaoHours { additional, subset } mao_hours_are = MaoHours::additional;                            // MA020
};

}  // namespace atz::model
