#include "rules/personal_words.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "atz/base/fold.hpp"
#include "atz/base/text.hpp"
#include "atz/model/calendar.hpp"
#include "atz/rules/rule.hpp"

namespace atz::rules {
namespace {

constexpr std::size_t kShortestFirstName = 3;
constexpr std::size_t kSureName = 5;   // letters from which a name counts when it is run together with other words
constexpr std::size_t kOtherWord = 3;  // letters that the other word must have then: "patterns" does not hold "Patter"

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// Runs of letters and runs of digits, folded. A capital after a small letter begins a new run: "TestaSampleton".
struct Runs {
  std::vector<std::string> letters;  // as they stand
  std::vector<std::string> parts;    // the same, cut at capitals
  std::vector<std::string> mixed;    // letters and digits in their order
  std::string joined;                // everything without separators
};

Runs runs_of(std::string_view text) {
  Runs runs;
  char before = '\0';
  bool before_small = false;
  for (std::size_t at = 0; at < text.size();) {
    const char raw = text[at];
    const char c = take_folded(text, at);
    if (c != '\0') {
      runs.joined += c;
      const bool begins = before == '\0' || digit(c) != digit(before);
      if (begins) runs.mixed.emplace_back();
      runs.mixed.back() += c;
      if (!digit(c)) {
        const bool capital = raw >= 'A' && raw <= 'Z';
        if (begins) runs.letters.emplace_back();
        if (begins || (capital && before_small)) runs.parts.emplace_back();
        runs.letters.back() += c;
        runs.parts.back() += c;
      }
      before_small = raw >= 'a' && raw <= 'z';
    }
    before = c;
  }
  return runs;
}

bool in_order(const std::vector<std::string>& all, const std::vector<std::string>& wanted) {
  return std::search(all.begin(), all.end(), wanted.begin(), wanted.end()) != all.end();
}

bool run_together(const std::vector<std::string>& letters, const std::string& name) {
  return name.size() >= kSureName && std::any_of(letters.begin(), letters.end(), [&](const std::string& run) {
           if (run == name + "s") return true;
           return run.size() >= name.size() + kOtherWord && (run.starts_with(name) || run.ends_with(name));
         });
}

// As words of their own, side by side or written as one.
bool holds_words(const Runs& file, const Runs& name) {
  if (name.letters.empty()) return false;
  return in_order(file.letters, name.letters) || in_order(file.parts, name.letters) ||
         in_order(file.letters, {name.joined});
}

// Short ones are too often something else.
bool holds_first_name(const Runs& file, const model::Field<std::string>& field) {
  if (!field) return false;
  const Runs name = runs_of(*field);
  return name.joined.size() >= kShortestFirstName && holds_words(file, name);
}

// A last name of several words counts as a whole, and by each word that is long enough to be sure.
bool holds_last_name(const Runs& file, const model::Field<std::string>& field) {
  if (!field) return false;
  const Runs name = runs_of(*field);
  if (holds_words(file, name) || run_together(file.letters, name.joined)) return true;
  return name.letters.size() > 1 && std::any_of(name.letters.begin(), name.letters.end(), [&](const std::string& word) {
           return word.size() >= kSureName && (in_order(file.letters, {word}) || in_order(file.parts, {word}));
         });
}

bool holds_id(const Runs& file, const model::Field<std::string>& id) {
  constexpr std::size_t kShortest = 6;
  if (!id) return false;
  std::string wanted = runs_of(*id).joined;
  if (wanted.size() < kShortest) return false;
  if (file.joined.find(wanted) != std::string::npos) return true;
  // Without the letter at its end it is still the ID.
  if (!digit(wanted.back())) wanted.pop_back();
  return all_digits(wanted) && wanted.size() >= kShortest && file.joined.find(wanted) != std::string::npos;
}

std::optional<unsigned> number(const std::string& run) {
  if (!all_digits(run) || run.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : run) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

// 2 for "feb", "sept", "february".
std::optional<unsigned> month(const std::string& run) {
  constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                        "may",       "june",     "july",     "august",
                                                        "september", "october",  "november", "december"};
  if (run.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].starts_with(run)) return static_cast<unsigned>(i + 1);
  }
  return std::nullopt;
}

std::string padded(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// 1988-02-29, 2-29-88, 02291988, 29 Feb 1988 and so on: year, month and day side by side in a usual order.
bool holds_date(const Runs& file, const model::Field<model::Date>& field) {
  if (!field) return false;
  const std::chrono::year_month_day date(*field);
  const auto y = static_cast<unsigned>(static_cast<int>(date.year()));
  const auto m = static_cast<unsigned>(date.month());
  const auto d = static_cast<unsigned>(date.day());
  const std::string yyyy = padded(y, 4), yy = padded(y % 100, 2), mm = padded(m, 2), dd = padded(d, 2);
  const std::array<std::string, 6> together = {yyyy + mm + dd, mm + dd + yyyy, dd + mm + yyyy,
                                               yy + mm + dd,   mm + dd + yy,   dd + mm + yy};
  const auto is_year = [&](const std::string& run) { return run == yyyy || run == yy; };
  const auto is_month = [&](const std::string& run) { return number(run) == m || month(run) == m; };
  const auto is_day = [&](const std::string& run) { return number(run) == d; };
  const auto& runs = file.mixed;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (std::find(together.begin(), together.end(), runs[i]) != together.end()) return true;
    if (i + 2 >= runs.size()) continue;
    const auto &a = runs[i], &b = runs[i + 1], &c = runs[i + 2];
    if (is_year(a) && is_month(b) && is_day(c)) return true;
    if (is_year(c) && ((is_month(a) && is_day(b)) || (is_day(a) && is_month(b)))) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> personal_data_in(std::string_view file_name, const model::Member& member) {
  const Runs file = runs_of(file_name);
  std::vector<std::string> kinds;
  if (holds_last_name(file, member.name.last)) kinds.emplace_back("last name");
  if (holds_first_name(file, member.name.first)) kinds.emplace_back("first name");
  if (holds_id(file, member.id)) kinds.emplace_back("MaineCare ID");
  if (holds_date(file, member.born)) kinds.emplace_back("birth date");
  return kinds;
}

bool names_a_person(const model::Home& home, std::string_view name) {
  return std::any_of(home.members.begin(), home.members.end(),
                     [&](const model::Member& member) { return !personal_data_in(name, member).empty(); });
}

}  // namespace atz::rules
