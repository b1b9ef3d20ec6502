#include "rules/context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::rules {

Report& Report::severity(diag::Severity severity) {
  finding_->severity = severity;
  return *this;
}

Report& Report::found(std::string text) {
  finding_->found = std::move(text);
  return *this;
}

Report& Report::expected(std::string text) {
  finding_->expected = std::move(text);
  return *this;
}

Report& Report::help(std::string text) {
  finding_->help = std::move(text);
  return *this;
}

Report& Report::member(std::string label) {
  finding_->member = std::move(label);
  return *this;
}

Report& Report::related(diag::Span span, std::string message) {
  if (span.known()) finding_->related.push_back({span, std::move(message)});
  return *this;
}

Report& Report::note(std::string text) {
  finding_->related.push_back({{}, std::move(text)});
  return *this;
}

Report& Report::fix(diag::Span span, const std::optional<std::string>& text) {
  const auto* editor = text ? context_->editor(span.source) : nullptr;
  if (editor == nullptr) return *this;
  return fix(fmt::format("Write {}.", printable(*text)), {editor->replacement(span, *text)});
}

Report& Report::fix_personal(diag::Span span, const std::optional<std::string>& text, std::string message) {
  const auto* editor = text ? context_->editor(span.source) : nullptr;
  if (editor == nullptr) return *this;
  fix(std::move(message), {editor->replacement(span, *text)});
  for (auto& made : finding_->fixes) made.personal = true;
  return *this;
}

Report& Report::fix(std::string message, std::vector<std::optional<diag::Replacement>> replacements) {
  diag::Fix made;
  made.message = std::move(message);
  for (auto& each : replacements) {
    if (!each) return *this;
    made.replacements.push_back(std::move(*each));
  }
  if (!made.replacements.empty()) finding_->fixes.push_back(std::move(made));
  return *this;
}

bool LineRef::home_support() const {
  return service->code && *service->code == "T2016";
}

bool LineRef::base() const {
  return home_support() && service->modifiers.empty();
}

bool LineRef::add_on() const {
  return home_support() && std::any_of(service->modifiers.begin(), service->modifiers.end(),
                                       [](const auto& modifier) { return modifier && *modifier == "SC"; });
}

Context::Context(const Input& input) : input_(input) {
  for (const auto& member : home().members) {
    if (member.receives_home_support && !*member.receives_home_support) continue;
    requesting_.push_back(&member);
    const bool first = home().kind_of(member) == model::RequestKind::service_notification;
    const bool regular = first || is_extension(member);
    if (first) first_.push_back(&member);
    if (is_extension(member)) extensions_.push_back(&member);
    if (regular) regular_.push_back(&member);
    if (is_termination(member)) terminations_.push_back(&member);
    bool add_on = is_add_on_alone(member);
    for (const auto& service : member.services) {
      const LineRef line{&member, &service, &home().period_of(member, service)};
      lines_.push_back(line);
      if (first) first_lines_.push_back(line);
      if (regular) regular_lines_.push_back(line);
      if (line.add_on()) {
        add_on_lines_.push_back(line);
        add_on = true;
      }
    }
    if (add_on) add_ons_.push_back(&member);
  }
}

bool Context::is_extension(const model::Member& member) const {
  return home().kind_of(member) == model::RequestKind::service_notification_extension && !is_add_on_alone(member);
}

bool Context::is_add_on_alone(const model::Member& member) const {
  return member.reason && *member.reason == model::ExtensionReason::add_on;
}

bool Context::is_termination(const model::Member& member) const {
  return home().kind_of(member) == model::RequestKind::smi_termination;
}

const model::Member* Context::member(std::string_view label) const {
  for (const auto& member : home().members) {
    if (member.label && *member.label == label) return &member;
  }
  return nullptr;
}

const model::Service* Context::base_line(const model::Member& member) const {
  for (const auto& line : lines_) {
    if (line.member == &member && line.base()) return line.service;
  }
  return nullptr;
}

const model::Field<Rational>* Context::asked_hours(const model::Member& member) const {
  const auto* line = base_line(member);
  if (line == nullptr || !line->weekly_hours) return nullptr;
  const auto& asked = line->weekly_hours;
  return *asked > Rational(0) && model::quarter_hours(*asked) ? &asked : nullptr;
}

std::optional<model::Date> Context::first_day(const model::Member& member) const {
  std::optional<model::Date> first;
  for (const auto& service : member.services) {
    const auto& period = home().period_of(member, service);
    if (period.start && (!first || *period.start < *first)) first = *period.start;
  }
  return first;
}

const Staffing* Context::staffing() const {
  if (!staffing_known_) {
    staffing_ = staffing_of(home(), settings());
    staffing_known_ = true;
  }
  return staffing_.get();
}

const Staffing* Context::settled_staffing() const {
  const auto* known = staffing();
  return known != nullptr && known->settled ? known : nullptr;
}

bool Context::hours_off_pattern(const model::Member& member) const {
  const auto* asked = asked_hours(member);
  const auto* plan = settled_staffing();
  if (asked == nullptr || plan == nullptr || !plan->covered || !member.label) return false;
  const auto index = plan->index_of(*member.label);
  if (!index) return false;
  const Rational difference = **asked - plan->week.t2016.exact[*index];
  return difference > settings().hours_tolerance || -difference > settings().hours_tolerance;
}

const casefile::Editor* Context::editor(std::uint32_t source) const {
  if (source >= file().sources.size()) return nullptr;
  // Finding a place takes a walk through the text. A large file with thousands of corrections gets them a part at a
  // time: what is left is there after the first have been made.
  constexpr std::size_t kMostWalked = std::size_t{256} * 1024 * 1024;
  walked_ += file().sources[source].text.size();
  if (walked_ > kMostWalked) return nullptr;
  const auto [known, added] = editors_.try_emplace(source);
  if (added) {
    if (auto opened = casefile::Editor::open(file().sources[source].text)) known->second = std::move(*opened);
  }
  return known->second ? &*known->second : nullptr;
}

void Context::run(const Rule& rule) {
  if (rule.check == nullptr) return;
  speak_for(rule);
  rule.check(*this);
}

Report Context::report(diag::Span span, std::string message) {
  auto& finding = findings_.emplace_back();
  finding.rule = rule_->id;
  finding.slug = rule_->slug;
  finding.severity = rule_->severity;
  finding.span = span;
  finding.message = std::move(message);
  return {*this, finding};
}

Report Context::report(const model::Member& member, diag::Span span, std::string message) {
  auto report = this->report(place(span, member.span, home().members_span), std::move(message));
  if (member.label) report.member(*member.label);
  return report;
}

diag::Span place(diag::Span first, diag::Span second, diag::Span third) {
  if (first.known()) return first;
  return second.known() ? second : third;
}

std::string name_of(const model::Member& member) {
  return member.label ? "member " + printable(*member.label) : "this member";
}

std::string day(model::Date date) {
  return model::weekday_name(date) + " " + model::format_date(date);
}

std::string days(std::int64_t count) {
  return count == 1 ? "1 day" : fmt::format("{} days", count);
}

std::string hours(Rational hours) {
  return format_decimal(hours, (hours * 4).is_whole() ? 2 : 3);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::string shown = printable(text);
  if (count_characters(shown) > kMost) {
    std::size_t end = 0;
    for (std::size_t characters = 0; end < shown.size(); ++end) {
      const bool starts = (static_cast<unsigned char>(shown[end]) & 0xC0U) != 0x80U;
      if (starts && ++characters > kMost) break;
    }
    shown = shown.substr(0, end) + "...";
  }
  return "\"" + shown + "\"";
}

std::string list_words(const std::vector<std::string>& words, std::string_view last_joint) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last_joint) : ", ";
    text += words[i];
  }
  return text;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto nearest = did_you_mean(word, candidates);
  return nearest ? fmt::format("Did you mean {}?", *nearest) : std::string();
}

}  // namespace atz::rules
