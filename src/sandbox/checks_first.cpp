// A first request for a home's regular hours, and the Medical Add-On beside them.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/checks.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

void check_period(const fhir::ReceivedLine& line, const std::string& path, model::Date today, Errors& errors) {
  const auto wrong = [&](std::string text) {
    errors.push_back(refusal("57", std::move(text), "2000F-DTP03", path + ".servicedPeriod", line.sequence));
  };
  if (line.period.last < line.period.first) return wrong("The period ends before it starts.");
  const auto window = model::first_authorization_window(line.period.first);
  if (line.period.first < today) {
    wrong(fmt::format("The period starts before the day of submission, {}.", model::format_date(today)));
  } else if (is_base(line) && !window.contains(today)) {
    wrong(fmt::format("The period starts more than 30 days after the day of submission, {}; submit from {} on.",
                      model::format_date(today), model::format_date(window.first)));
  }
  if (const auto latest = model::last_day_of_period(line.period.first, kLongestMonths); line.period.last > latest) {
    wrong(fmt::format("The period is longer than {} months; its last day may be {}.", kLongestMonths,
                      model::format_date(latest)));
  }
}

void check_line(const Incoming& incoming, const fhir::ReceivedLine& line, model::Date today, Errors& errors) {
  const std::string path = item_path(incoming, line.sequence);
  if (!is_base(line) && !is_add_on(line)) {
    errors.push_back(refusal("AG", "This payer authorizes T2016, and T2016 SC beside it.", "2000F-SV101-02",
                             path + ".productOrService", line.sequence));
  }
  if (line.certification_type != "I") {
    errors.push_back(refusal("33", "A first request has the certification type I (initial).", "2000F-UM02",
                             path + ".extension", line.sequence));
  }
  check_period(line, path, today, errors);
  check_quantity(line, path, errors);
  check_hours(line, path, errors);
}

// MA002, MA012: an add-on comes with the regular hours and stays within their days.
void check_add_on(const Incoming& incoming, const fhir::ReceivedLine& line, Errors& errors) {
  const auto& lines = incoming.request.lines;
  const std::string path = item_path(incoming, line.sequence);
  if (std::none_of(lines.begin(), lines.end(), is_base)) {
    errors.push_back(refusal("33",
                             "A Medical Add-On needs the member's regular T2016 hours, in this request or in a case "
                             "that it names.",
                             "2000F-SV101-02", path + ".productOrService", line.sequence));
    return;
  }
  const bool inside = std::any_of(lines.begin(), lines.end(), [&](const fhir::ReceivedLine& base) {
    return is_base(base) && base.period.first <= line.period.first && line.period.last <= base.period.last;
  });
  if (inside) return;
  errors.push_back(refusal("57", "The days of the Medical Add-On must lie within those of the T2016 line.",
                           "2000F-DTP03", path + ".servicedPeriod", line.sequence));
}

}  // namespace

std::vector<fhir::BusinessError> check_request(const Incoming& incoming, model::Date today,
                                               const model::PayerProfile& payer) {
  const fhir::ReceivedRequest& request = incoming.request;
  Errors errors;
  if (!request.request_kind.empty() && request.request_kind != "service-notification") {
    errors.push_back(refusal("AA", "The request names no case of this payer that it could extend or change.",
                             "2000E-UM02", fmt::format("{}.subType", kClaim)));
    return errors;  // nothing else about it would mean anything
  }
  check_parties(incoming, payer, true, errors);
  check_diagnoses(request, errors);
  for (auto line = request.lines.begin(); line != request.lines.end(); ++line) {
    check_line(incoming, *line, today, errors);
    if (is_add_on(*line)) check_add_on(incoming, *line, errors);
    const bool twice = std::any_of(request.lines.begin(), line, [&](const fhir::ReceivedLine& earlier) {
      return earlier.code == line->code && earlier.modifiers == line->modifiers &&
             earlier.period.overlaps(line->period);
    });
    if (twice) {
      errors.push_back(refusal("91", "Two lines ask for the same service on the same days.", "2000F-SV101-02",
                               item_path(incoming, line->sequence), line->sequence));
    }
  }
  check_home_papers(request, errors);
  if (std::any_of(request.lines.begin(), request.lines.end(), is_add_on)) check_add_on_papers(request, errors);
  return errors;
}

}  // namespace atz::sandbox
