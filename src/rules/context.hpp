// What a rule sees: the file, the settings, the day of sending, and a way to report. Anything that several rules need
// (lines, the week) is worked out once.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/casefile/edit.hpp"
#include "atz/rules/rule.hpp"

namespace atz::rules {

class Context;

// Fills in the finding that was just made.
class Report {
 public:
  Report(const Context& context, diag::Finding& finding) : context_(&context), finding_(&finding) {}
  Report& severity(diag::Severity severity);
  Report& found(std::string text);
  Report& expected(std::string text);
  Report& help(std::string text);
  Report& member(std::string label);
  Report& related(diag::Span span, std::string message);  // ignored when there is no place
  Report& note(std::string text);                         // a line of its own, without a place
  // The value at `span` becomes `text`. Nothing when there is no text, or when it can't be written there by itself.
  Report& fix(diag::Span span, const std::optional<std::string>& text);
  // The same for personal data, which the message must not hold.
  Report& fix_personal(diag::Span span, const std::optional<std::string>& text, std::string message);
  // Several corrections that are made together, or not at all.
  Report& fix(std::string message, std::vector<std::optional<diag::Replacement>> replacements);

 private:
  const Context* context_;
  diag::Finding* finding_;  // good until the next report
};

// One service line with the period that counts for it.
struct LineRef {
  const model::Member* member;
  const model::Service* service;
  const model::Period* period;
  [[nodiscard]] bool home_support() const;  // T2016 with any modifier
  [[nodiscard]] bool base() const;          // T2016 without a modifier
  [[nodiscard]] bool add_on() const;        // T2016 SC
};

// The pattern that counts: the home's, or the members' own joined into one.
struct Staffing {
  const model::StaffingPattern* combined = nullptr;       // the home's
  std::optional<model::Joined> joined;                    // else the members' own
  std::vector<const model::StaffingPattern*> individual;  // what `joined` was made from
  std::vector<std::string> roster;
  model::Week week;
  // False when blocks or names had to be left out, or shifts contradict each other: hours would say little then.
  bool settled = true;
  bool covered = true;  // nobody is alone who may not be (SP005); hours that are missing there are not reported again

  [[nodiscard]] const model::StaffingPattern& pattern() const { return joined ? joined->combined : *combined; }
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view label) const;
};

class Context {
 public:
  explicit Context(const Input& input);

  [[nodiscard]] const Input& input() const { return input_; }
  [[nodiscard]] const casefile::CaseFile& file() const { return input_.file; }
  [[nodiscard]] const model::Home& home() const { return input_.file.home; }
  [[nodiscard]] const model::Settings& settings() const { return input_.file.workspace->settings; }
  [[nodiscard]] const model::Tables& tables() const { return input_.file.workspace->tables; }
  [[nodiscard]] model::Date today() const { return input_.as_of; }

  // Members for whom something is asked: all but those who receive no home support.
  [[nodiscard]] const std::vector<const model::Member*>& requesting() const { return requesting_; }
  // Those of them whose request is a Service Notification.
  [[nodiscard]] const std::vector<const model::Member*>& first_authorizations() const { return first_; }
  // Extensions of regular hours, to continue or change them. Without a readable reason an extension counts as one.
  [[nodiscard]] const std::vector<const model::Member*>& extensions() const { return extensions_; }
  // First authorizations and extensions: those for whom regular hours are asked, so that the whole home is judged.
  [[nodiscard]] const std::vector<const model::Member*>& regular() const { return regular_; }
  // Members with a line T2016 SC, or with the reason add-on.
  [[nodiscard]] const std::vector<const model::Member*>& add_ons() const { return add_ons_; }
  [[nodiscard]] const std::vector<const model::Member*>& terminations() const { return terminations_; }
  [[nodiscard]] const std::vector<LineRef>& lines() const { return lines_; }                  // of requesting members
  [[nodiscard]] const std::vector<LineRef>& first_lines() const { return first_lines_; }      // of first authorizations
  [[nodiscard]] const std::vector<LineRef>& regular_lines() const { return regular_lines_; }  // of regular()
  [[nodiscard]] const std::vector<LineRef>& add_on_lines() const { return add_on_lines_; }    // T2016 SC
  [[nodiscard]] bool is_extension(const model::Member& member) const;                         // to continue or change
  [[nodiscard]] bool is_add_on_alone(const model::Member& member) const;
  [[nodiscard]] bool is_termination(const model::Member& member) const;
  [[nodiscard]] const model::Member* member(std::string_view label) const;
  // The member's one T2016 line without a modifier; nullptr when there is none.
  [[nodiscard]] const model::Service* base_line(const model::Member& member) const;
  // The weekly hours of that line; nullptr when there are none, or when HS008 has something to say about them.
  [[nodiscard]] const model::Field<Rational>* asked_hours(const model::Member& member) const;
  // First requested day of any of the member's lines.
  [[nodiscard]] std::optional<model::Date> first_day(const model::Member& member) const;

  // nullptr when there is no pattern.
  [[nodiscard]] const Staffing* staffing() const;
  // The same, but nullptr as well while other rules have errors to report that make its hours wrong.
  [[nodiscard]] const Staffing* settled_staffing() const;
  // SP010's question; the rules about consequences of the same mistake stay silent when it is true.
  [[nodiscard]] bool hours_off_pattern(const model::Member& member) const;

  // Runs one rule: its findings carry its name and severity.
  void run(const Rule& rule);
  // Reports that follow carry this rule's name, outside of its check function.
  void speak_for(const Rule& rule) { rule_ = &rule; }
  [[nodiscard]] std::string_view rule_id() const { return rule_->id; }
  Report report(diag::Span span, std::string message);
  Report report(const model::Member& member, diag::Span span, std::string message);
  // The text of a source, ready to be changed; nullptr when it can't be read as a whole.
  [[nodiscard]] const casefile::Editor* editor(std::uint32_t source) const;
  std::vector<diag::Finding> take() { return std::exchange(findings_, {}); }

 private:
  const Input& input_;
  std::vector<const model::Member*> requesting_, first_, extensions_, regular_, add_ons_, terminations_;
  std::vector<LineRef> lines_, first_lines_, regular_lines_, add_on_lines_;
  mutable std::unique_ptr<Staffing> staffing_;
  mutable bool staffing_known_ = false;
  mutable std::map<std::uint32_t, std::optional<casefile::Editor>> editors_;
  mutable std::size_t walked_ = 0;  // bytes
  const Rule* rule_ = nullptr;
  std::vector<diag::Finding> findings_;
};

std::unique_ptr<Staffing> staffing_of(const model::Home& home, const model::Settings& settings);

// A finding must point somewhere: the first place that is known.
diag::Span place(diag::Span first, diag::Span second, diag::Span third = {});
template <class T>
diag::Span place(const model::Field<T>& field, diag::Span second = {}, diag::Span third = {}) {
  return place(field.span, second, third);
}

// Absent, or a key with nothing behind it. A value that is there but can't be read is not missing.
template <class T>
bool missing(const model::Field<T>& field) {
  return !field.present || (!field.value && field.text.empty());
}
inline bool missing(const model::Field<std::string>& field) {
  return !field.value || field.value->empty();
}

std::string name_of(const model::Member& member);  // "member C"; "this member" without a label
std::string day(model::Date date);                 // "Monday 2027-01-04"
std::string days(std::int64_t count);              // "1 day", "31 days"
std::string hours(Rational hours);                 // "67.75", "67.667" for thirds
std::string quoted(std::string_view text);         // "text", unprintable characters escaped, long text cut
std::string list_words(const std::vector<std::string>& words, std::string_view last_joint);  // "A, B and C"
// "; did you mean X?" or nothing.
std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace atz::rules
