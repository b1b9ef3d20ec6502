#include "app/next_steps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/known_home.hpp"
#include "atz/app/appeal.hpp"
#include "atz/app/home_state.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

using ledger::CaseRecord;
using model::CaseStatus;

std::string day(model::Date date) {
  return model::weekday_name(date) + " " + model::format_date(date);
}

bool is_gone(const ledger::CaseRecord& record) {
  return record.delivery == model::Delivery::refused || record.status == model::CaseStatus::denied ||
         record.status == model::CaseStatus::voided;
}

void add_open(const CaseRecord& record, const model::Settings& settings, std::vector<NextStep>& steps) {
  if (record.status == CaseStatus::info_requested) {
    auto due = model::maine_date(record.changed_at) + std::chrono::days(settings.info_reply_days);
    for (const auto& request : record.requests) due = request.due ? *request.due : due;
    steps.push_back({due, fmt::format("last day to answer the reviewer: atz respond {}", shell_word(record.case_id))});
    return;
  }
  if (record.purpose == model::Purpose::termination) {
    const auto call_back = record.expected_by - kLetterAfterCallBack;
    steps.push_back({call_back - kCallBackAfterReview, "the reviewers may have called the member by this day"});
    steps.push_back({call_back, "if nobody could be reached, a call back may be awaited up to this day"});
    steps.push_back(
        {record.expected_by,
         "after a letter of ten days a decision may be here; an earlier one is possible, none is promised"});
    return;
  }
  steps.push_back({record.expected_by, "an answer may be here by this day; it is not promised"});
}

void add_end(const CaseRecord& record, const std::vector<CaseRecord>& all, std::vector<NextStep>& steps) {
  if (const auto days = covered_days(record, false); days && !has_successor(all, record, days->last, false)) {
    const auto window = model::extension_window(days->last);
    steps.push_back(
        {window.first, fmt::format("first day to extend it: atz new extension --from {}", shell_word(record.case_id))});
    steps.push_back({window.last, "last day to extend it"});
    steps.push_back({days->last, "the last day that is covered"});
  }
  if (const auto days = covered_days(record, true); days && !has_successor(all, record, days->last, true)) {
    const auto window = model::extension_window(days->last);
    steps.push_back(
        {window.first, fmt::format("first day to renew the add-on, which ends on {}: atz new add-on --from {}",
                                   day(days->last), shell_word(record.case_id))});
  }
}

}  // namespace

bool has_successor(const std::vector<ledger::CaseRecord>& cases, const ledger::CaseRecord& of, model::Date last,
                   bool add_on) {
  return std::any_of(cases.begin(), cases.end(), [&](const ledger::CaseRecord& other) {
    if (other.id == of.id || other.home_id != of.home_id || other.label != of.label || is_gone(other)) return false;
    return std::any_of(other.lines.begin(), other.lines.end(), [&](const ledger::CaseLine& line) {
      return line.asked.modifiers.empty() != add_on &&
             (line.asked.period.last > last || (line.asked.period.last == last && other.id > of.id));
    });
  });
}

std::vector<NextStep> next_steps(const CaseRecord& record, const std::vector<CaseRecord>& all, model::Date today,
                                 const model::Settings& settings) {
  std::vector<NextStep> steps;
  if (record.delivery != model::Delivery::accepted) {
    steps.push_back({std::nullopt, action_needed(record)});
    return steps;
  }
  if (!model::is_decided(record.status)) add_open(record, settings, steps);
  if (record.status == CaseStatus::approved || record.status == CaseStatus::partially_approved)
    add_end(record, all, steps);
  if (const auto former = continuation_of(record, all)) {
    steps.push_back({former->through, former->hours ? fmt::format("last day of the former {} hours a week",
                                                                  model::format_hours(*former->hours))
                                                    : "last day of the former hours"});
  }
  if (const auto appeal = appeal_of(record, all)) {
    if (appeal->keep_services_by)
      steps.push_back(
          {appeal->keep_services_by,
           "the member or guardian can ask for a hearing and keep the former hours meanwhile at least up to "
           "this day"});
    steps.push_back(
        {appeal->hearing_by,
         fmt::format("the member or guardian can ask for a hearing at least up to this day (60 days from {}; "
                     "the letter says which day counts)",
                     day(appeal->letter))});
  }
  steps.erase(std::remove_if(steps.begin(), steps.end(), [&](const auto& s) { return s.day && *s.day < today; }),
              steps.end());
  std::stable_sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  return steps;
}

}  // namespace atz::app
