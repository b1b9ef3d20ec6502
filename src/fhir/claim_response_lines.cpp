// What was granted, line by line.
#include <algorithm>

#include "fhir/canonical.hpp"
#include "fhir/claim_response_read.hpp"
#include "fhir/received.hpp"
#include "fhir/review.hpp"
#include "fhir/x12.hpp"

namespace atz::fhir {
namespace {

using model::LineDecision;

std::optional<int> positive(const Json* node) {
  if (node == nullptr || !node->is_number_unsigned() || node->get<std::uint64_t>() > 1'000'000) return std::nullopt;
  return node->get<int>();
}

bool is_hours(const Json& quantity) {
  const std::string code = text_of(quantity, "code");
  const std::string unit = text_of(quantity, "unit");
  return code.empty() ? unit.substr(0, 4) == "Hour" || unit.substr(0, 4) == "hour" : code == "HS";
}

// Hours of a week only: other rhythms are nothing that we can compare with.
bool is_weekly(const Json& service) {
  const Json* timing = child(service, "occurrenceTiming");
  if (timing == nullptr) return true;
  const Json& repeat = child_or_null(*timing, "repeat");
  const std::string unit = text_of(repeat, "periodUnit");
  const std::string period = number_or_text(repeat, "period");
  const std::string frequency = number_or_text(repeat, "frequency");
  return (unit.empty() || unit == "wk") && (period.empty() || period == "1") && (frequency.empty() || frequency == "1");
}

void take_hours(const Json& quantity, LineDecision& line) {
  line.weekly_hours = hours_of(&quantity);
  line.weekly_hours_text = line.weekly_hours ? std::string{} : number_or_text(quantity, "value");
}

bool has_hours(const LineDecision& line) {
  return line.weekly_hours || !line.weekly_hours_text.empty();
}

void take_service(const ResponseView& view, const Json& holder, LineDecision& line) {
  const Json* link = extension(holder, ext::kRequestedService);
  const Json* service = link == nullptr ? nullptr : view.follow(child(*link, "valueReference"));
  if (resource_type(service) != "ServiceRequest" || !is_weekly(*service)) return;
  const Json* quantity = child(*service, "quantityQuantity");
  if (quantity != nullptr && is_hours(*quantity)) take_hours(*quantity, line);
}

void take_quantity(const Json* quantity, LineDecision& line) {
  if (quantity == nullptr || line.units) return;
  if (is_hours(*quantity)) {
    if (!has_hours(line)) take_hours(*quantity, line);
  } else {
    line.units = whole_number(quantity);
  }
}

void take_day(const Json& holder, LineDecision& line) {
  if (line.decided_on) return;
  if (const Json* day = extension(holder, ext::kItemPreAuthIssueDate))
    line.decided_on = model::parse_date(text_of(*day, "valueDate"));
}

void take_period(const Json& holder, LineDecision& line) {
  if (line.period) return;
  if (const Json* period = extension(holder, ext::kItemPreAuthPeriod))
    line.period = days_of_period(child(*period, "valuePeriod"));
}

// What an addItem grants.
LineDecision grant_of(const ResponseView& view, const Json& item) {
  LineDecision grant;
  take_service(view, item, grant);
  take_quantity(child(item, "quantity"), grant);
  take_period(item, grant);
  if (!grant.period) grant.period = days_of(item, "servicedDate", "servicedPeriod");
  return grant;
}

// Several addItems for one line are parts of one grant, say two stretches of time.
void merge(LineDecision& line, const LineDecision& part) {
  if (part.units) line.units = line.units.value_or(0) + *part.units;
  if (part.period) {
    line.period = line.period ? model::DateSpan{std::min(line.period->first, part.period->first),
                                                std::max(line.period->last, part.period->last)}
                              : *part.period;
  }
  const auto shown = [](const LineDecision& x) {
    return x.weekly_hours ? model::format_hours(*x.weekly_hours) : x.weekly_hours_text;
  };
  if (!has_hours(part) || shown(part) == shown(line)) return;
  if (!has_hours(line)) {
    line.weekly_hours = part.weekly_hours;
    line.weekly_hours_text = part.weekly_hours_text;
    return;
  }
  line.weekly_hours_text = shown(line) + ", " + shown(part);
  line.weekly_hours.reset();
}

void apply_review(const Review& review, LineDecision& line) {
  if (!review.decided()) return;
  line.action = action_of(review.code);
  line.action_code = review.code;
  line.authorization_number = review.number;
  line.reasons = review.reasons;
}

struct Added {
  std::vector<int> sequences;
  const Json* item;
  Review review;
};

std::vector<Added> added_items(const Json& response) {
  std::vector<Added> out;
  for (const Json* item : elements(response, "addItem")) {
    Added added{{}, item, review_of(*item)};
    for (const Json* number : elements(*item, "itemSequence")) {
      if (const auto sequence = positive(number)) added.sequences.push_back(*sequence);
    }
    out.push_back(std::move(added));
  }
  return out;
}

void apply_added(const ResponseView& view, const Added& added, bool first, LineDecision& line) {
  if (added.review.decided() && !is_grant(added.review.code)) return;
  if (!line.action && added.review.decided()) {
    apply_review(added.review, line);
  } else if (line.action == model::ReviewAction::denied) {
    line.action = model::ReviewAction::modified;  // older payers deny the line and add what they grant instead
  }
  if (line.authorization_number.empty()) line.authorization_number = added.review.number;
  take_day(*added.item, line);
  const LineDecision grant = grant_of(view, *added.item);
  if (first) {
    line.weekly_hours = grant.weekly_hours;
    line.weekly_hours_text = grant.weekly_hours_text;
    line.units = grant.units;
    line.period = grant.period;
  } else {
    merge(line, grant);
  }
}

bool grants(const LineDecision& line) {
  return line.action && (is_grant(line.action_code) || line.action == model::ReviewAction::modified);
}

// Where the addItems left gaps, the item itself may say it.
void apply_item(const ResponseView& view, const Json& item, LineDecision& line) {
  if (!has_hours(line)) take_service(view, item, line);
  take_period(item, line);
  if (const Json* detail = extension(item, ext::kItemAuthorizedDetail)) {
    if (const Json* quantity = extension(*detail, "quantity")) take_quantity(child(*quantity, "valueQuantity"), line);
    if (!has_hours(line)) take_service(view, *detail, line);
  }
}

}  // namespace

std::vector<LineDecision> read_lines(const ResponseView& view, CaseReply& reply) {
  const Json& response = view.response;
  const Review header = review_of(response);
  const auto added = added_items(response);
  std::vector<bool> used(added.size(), false);
  std::vector<LineDecision> lines;

  for (const Json* item : elements(response, "item")) {
    LineDecision line;
    line.sequence = positive(child(*item, "itemSequence")).value_or(0);
    const Review own = review_of(*item);
    apply_review(own.decided() ? own : Review{}, line);
    int parts = 0;
    for (std::size_t i = 0; i < added.size(); ++i) {
      const auto& numbers = added[i].sequences;
      if (std::find(numbers.begin(), numbers.end(), line.sequence) == numbers.end()) continue;
      used[i] = true;
      apply_added(view, added[i], parts++ == 0, line);
    }
    if (parts > 1) add_flag(reply, "line " + std::to_string(line.sequence) + " was granted in several parts");
    if (!line.action) apply_review(header, line);
    if (grants(line)) apply_item(view, *item, line);
    take_day(*item, line);
    lines.push_back(std::move(line));
  }
  for (std::size_t i = 0; i < added.size(); ++i) {
    if (used[i]) continue;
    LineDecision line;
    line.sequence = added[i].sequences.empty() ? 0 : added[i].sequences.front();
    apply_added(view, added[i], true, line);
    if (!line.action) apply_review(added[i].review.decided() ? added[i].review : header, line);
    lines.push_back(std::move(line));
  }
  if (lines.empty() && header.decided()) {
    LineDecision whole;
    apply_review(header, whole);
    lines.push_back(std::move(whole));
  }

  const auto period = days_of_period(child(response, "preAuthPeriod"));
  // Where lines carry numbers of their own, preAuthRef is one of these, not that of a line without.
  const bool numbered =
      std::any_of(lines.begin(), lines.end(), [](const LineDecision& l) { return !l.authorization_number.empty(); });
  const std::string number = numbered ? std::string{} : text_of(response, "preAuthRef");
  for (auto& line : lines) {
    if (!grants(line)) continue;
    if (!line.period) line.period = period;
    if (line.authorization_number.empty()) line.authorization_number = number;
  }
  return lines;
}

}  // namespace atz::fhir
