// The columns of the Daily Authorization Report, in their order: of ours, and of the embedded payer's. Modelled; the
// portal's own are not public.
#pragma once

#include <array>
#include <string_view>

namespace atz::model {

inline constexpr std::array<std::string_view, 27> kDailyColumns = {"report_date",
                                                                   "case_id",
                                                                   "reference_id",
                                                                   "authorization_no",
                                                                   "member_id",
                                                                   "member_name",
                                                                   "provider_npi3",
                                                                   "location",
                                                                   "service_type",
                                                                   "request_type",
                                                                   "code",
                                                                   "modifiers",
                                                                   "units_requested",
                                                                   "units_approved",
                                                                   "weekly_hours_requested",
                                                                   "weekly_hours_approved",
                                                                   "start_requested",
                                                                   "end_requested",
                                                                   "start_approved",
                                                                   "end_approved",
                                                                   "previous_status",
                                                                   "status",
                                                                   "status_changed_at",
                                                                   "determination_reason",
                                                                   "action_needed",
                                                                   "action_due",
                                                                   "submitted_at"};

}  // namespace atz::model
