#include "sandbox/checks_period.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

constexpr std::chrono::days kDay{1};

class PeriodCheck {
 public:
  PeriodCheck(const Incoming& incoming, const fhir::ReceivedLine& line, const PeriodContext& context, Errors& errors)
      : line_(line), context_(context), errors_(errors), path_(item_path(incoming, line.sequence)) {}

  void extension() {
    if (!ordered() || !undecided(false)) return;
    const LineState* running = context_.in_place != nullptr ? context_.in_place : running_line(context_.state);
    if (running == nullptr || !running->ruling.authorized) {
      return wrong_for_good("There are no approved regular hours that could go on; a new request is needed.");
    }
    const model::Date end = running->ruling.authorized->last;
    if (context_.today > end) {
      return wrong_for_good(
          fmt::format("The authorization ended on {}; a new Service Notification is needed.", model::format_date(end)));
    }
    if (line_.certification_type == "4") {
      continuation(end);
    } else {
      change(*running, end);
    }
  }

  void add_on() {
    if (!ordered() || !undecided(true)) return;
    const LineState* granted = last_add_on();
    const bool renewal = line_.certification_type == "R";
    if (line_.certification_type != "I" && granted == nullptr) {
      return wrong(
          "No approved Medical Add-On of this case could be renewed or changed; the type of a first one is I.");
    }
    if (context_.in_place == nullptr && line_.period.first < context_.today) {
      wrong(fmt::format("The period starts before the day of submission, {}.", model::format_date(context_.today)));
    }
    if (renewal && context_.today < model::extension_window(granted->ruling.authorized->last).first) {
      wrong(fmt::format("A renewal can be sent from {} on.",
                        model::format_date(model::extension_window(granted->ruling.authorized->last).first)));
    }
    if (line_.certification_type != "S") check_overlap();
    not_longer_than_a_year(line_.period.first);
    if (!covered()) wrong("The days of the Medical Add-On must lie within those of the T2016 lines of the case.");
  }

 private:
  void wrong(std::string text) {
    errors_.push_back(refusal("57", std::move(text), "2000F-DTP03", path_ + ".servicedPeriod", line_.sequence));
  }
  void wrong_for_good(std::string text) {
    errors_.push_back(
        refusal_for_good("57", std::move(text), "2000F-DTP03", path_ + ".servicedPeriod", line_.sequence));
  }

  bool ordered() {
    if (line_.period.first <= line_.period.last) return true;
    wrong("The period ends before it starts.");
    return false;
  }

  bool undecided(bool add_ons) {
    const auto open = std::find_if(
        context_.state.lines.begin(), context_.state.lines.end(),
        [&](const LineState& other) { return other.is_open() && (add_ons ? other.is_add_on() : other.is_base()); });
    if (open == context_.state.lines.end()) return true;
    errors_.push_back(refusal("91",
                              fmt::format("Line {} of case {} asks for {} too and is not decided yet.", open->sequence,
                                          context_.state.case_id, open->words()),
                              "2000F-UM02", path_, line_.sequence));
    return false;
  }

  void continuation(model::Date end) {
    const auto window = model::extension_window(end);
    if (context_.today < window.first) {
      wrong(fmt::format("Too early: the authorization ends on {}, and an extension can be sent from {} on.",
                        model::format_date(end), model::format_date(window.first)));
    } else if (context_.today > window.last) {
      wrong(fmt::format("Too late: the authorization ends on {}, and an extension could be sent until {}.",
                        model::format_date(end), model::format_date(window.last)));
    }
    if (context_.in_place != nullptr) return extended_in_place(end);
    if (line_.period.first != end + kDay) {
      wrong(fmt::format("An extension starts on {}, the day after the authorization ends.",
                        model::format_date(end + kDay)));
    }
    not_longer_than_a_year(line_.period.first);
  }

  void change(const LineState& running, model::Date end) {
    if (context_.in_place != nullptr) {
      if (line_.period.last > end) return extended_in_place(end);
      if (line_.period.first != running.ask.period.first) starts_elsewhere();
      return;
    }
    const model::Date first = line_.period.first;
    if (first != end + kDay && (first < context_.today || first > end)) {
      wrong(fmt::format("A change starts on a day from {} through {}.", model::format_date(context_.today),
                        model::format_date(end + kDay)));
    }
    not_longer_than_a_year(first);
  }

  void extended_in_place(model::Date end) {
    if (line_.period.first != context_.in_place->ask.period.first) return starts_elsewhere();
    if (line_.period.last <= end) wrong("The line's new last day is not after its present one.");
    not_longer_than_a_year(end + kDay);
  }

  void starts_elsewhere() {
    wrong(fmt::format("The running line keeps its first day, {}.",
                      model::format_date(context_.in_place->ask.period.first)));
  }

  void not_longer_than_a_year(model::Date first) {
    const auto latest = model::last_day_of_period(first, kLongestMonths);
    if (line_.period.last <= latest) return;
    wrong(fmt::format("The period is longer than {} months; its last day may be {}.", kLongestMonths,
                      model::format_date(latest)));
  }

  [[nodiscard]] const LineState* last_add_on() const {
    const LineState* last = nullptr;
    for (const LineState& line : context_.state.lines) {
      if (!line.is_add_on() || !line.is_granted() || !line.ruling.authorized) continue;
      if (last == nullptr || line.ruling.authorized->last > last->ruling.authorized->last) last = &line;
    }
    return last;
  }

  void check_overlap() {
    for (const LineState& line : context_.state.lines) {
      if (!line.is_add_on() || !line.is_granted() || !line.ruling.authorized ||
          !line.ruling.authorized->overlaps(line_.period)) {
        continue;
      }
      errors_.push_back(refusal("91",
                                fmt::format("Line {} already grants a Medical Add-On on some of these days; other "
                                            "hours have the type S.",
                                            line.sequence),
                                "2000F-DTP03", path_ + ".servicedPeriod", line_.sequence));
    }
  }

  // Day after day, by what is approved or asked for in this case, this request included.
  [[nodiscard]] bool covered() const {
    std::vector<model::DateSpan> spans;
    for (const LineState& line : context_.state.lines) {
      if (!line.is_base()) continue;
      if (line.is_granted() && line.ruling.authorized) spans.push_back(*line.ruling.authorized);
      if (line.is_open()) spans.push_back(line.ask.period);
    }
    for (const fhir::ReceivedLine& line : context_.request.lines) {
      if (is_base(line) && line.change == "added") spans.push_back(line.period);
    }
    std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    model::Date next = line_.period.first;
    for (const auto& span : spans) {
      if (span.contains(next)) next = span.last + kDay;
    }
    return next > line_.period.last;
  }

  const fhir::ReceivedLine& line_;
  const PeriodContext& context_;
  Errors& errors_;
  std::string path_;
};

}  // namespace

void check_extension_period(const Incoming& incoming, const fhir::ReceivedLine& line, const PeriodContext& context,
                            Errors& errors) {
  PeriodCheck(incoming, line, context, errors).extension();
}

void check_add_on_period(const Incoming& incoming, const fhir::ReceivedLine& line, const PeriodContext& context,
                         Errors& errors) {
  PeriodCheck(incoming, line, context, errors).add_on();
}

}  // namespace atz::sandbox
