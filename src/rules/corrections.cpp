#include "rules/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "atz/base/text.hpp"
#include "atz/model/calendar.hpp"
#include "rules/identifiers.hpp"

namespace atz::rules {
namespace {

// Stretches of digits, stretches of letters; what stands between them is dropped.
std::vector<std::string> words_of(std::string_view text, std::string_view between) {
  std::vector<std::string> words;
  char last = ' ';
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const char kind = digit ? '0' : letter ? 'a' : ' ';
    if (kind == ' ' && between.find(c) == std::string_view::npos) return {};
    if (kind != ' ' && kind != last) words.emplace_back();
    if (kind != ' ') words.back() += c;
    last = kind;
  }
  return words;
}

std::optional<std::string> real_date(std::string_view year, std::string_view month, std::string_view day) {
  if (year.size() != 4 || month.empty() || month.size() > 2 || day.empty() || day.size() > 2) return std::nullopt;
  std::string iso = fmt::format("{}-{:0>2}-{:0>2}", year, month, day);
  if (!model::parse_date(iso)) return std::nullopt;
  return iso;
}

std::string month_number(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                        "may",       "june",     "july",     "august",
                                                        "september", "october",  "november", "december"};
  const std::string lower = to_lower(word);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool cut = lower.size() == 3 || (lower == "sept" && i == 8);
    if (lower == kMonths[i] || (cut && kMonths[i].substr(0, lower.size()) == lower)) return std::to_string(i + 1);
  }
  return {};
}

// Two numbers can be told apart as month and day only when one of them is no month, or when they are the same.
bool month_first_is_clear(const std::string& month, const std::string& day) {
  return month.size() <= 2 && day.size() <= 2 && (std::stoi(day) > 12 || std::stoi(day) == std::stoi(month));
}

bool same_letters(std::string_view a, std::string_view b) {
  const auto plain = [](char c) {
    return c == ' ' || c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return plain(x) == plain(y); });
}

std::optional<std::string> clock_time(std::string_view hour, std::string_view minute) {
  std::string time = fmt::format("{:0>2}:{}", hour, minute);
  if (!model::parse_time_of_day(time)) return std::nullopt;
  return time;
}

}  // namespace

std::optional<std::string> clear_date(std::string_view text) {
  text = trim(text);
  if (text.size() == 8 && all_digits(text)) return real_date(text.substr(0, 4), text.substr(4, 2), text.substr(6));
  const auto words = words_of(text, " ,./-");
  if (words.size() != 3) return std::nullopt;
  const auto& [first, second, third] = std::tie(words[0], words[1], words[2]);
  const auto numeric = [](const std::string& word) { return all_digits(word); };
  if (numeric(first) && numeric(second) && numeric(third)) {
    if (text.find_first_of(" ,") != std::string_view::npos) return std::nullopt;
    if (first.size() == 4) return real_date(first, second, third);
    if (text.find('/') == std::string_view::npos || !month_first_is_clear(first, second)) return std::nullopt;
    return real_date(third, first, second);
  }
  if (!numeric(third)) return std::nullopt;
  if (numeric(second)) return real_date(third, month_number(first), second);
  return numeric(first) ? real_date(third, month_number(second), first) : std::nullopt;
}

std::optional<std::string> clear_time(std::string_view text) {
  text = trim(text);
  if (text.size() == 4 && all_digits(text)) return clock_time(text.substr(0, 2), text.substr(2));
  auto words = words_of(text, " :.");
  if (words.empty() || !all_digits(words.front())) return std::nullopt;
  std::string half;
  while (!words.empty() && !all_digits(words.back())) {  // "pm", or "p.m." in two pieces
    half = to_lower(words.back()) + half;
    words.pop_back();
  }
  if (words.size() > 2 || words[0].size() > 2 || (words.size() == 2 && words[1].size() != 2)) return std::nullopt;
  const std::string minute = words.size() == 2 ? words[1] : "00";
  if (half.empty()) {
    return words.size() == 2 && text.find(':') != std::string_view::npos && text.find(' ') == std::string_view::npos
               ? clock_time(words[0], minute)
               : std::nullopt;
  }
  const int hour = std::stoi(words[0]);
  if (hour < 1 || hour > 11 || (half != "am" && half != "pm")) return std::nullopt;
  return clock_time(std::to_string(half == "pm" ? hour + 12 : hour), minute);
}

std::optional<std::string> clear_yes_no(std::string_view text) {
  const std::string word = to_lower(trim(text));
  if (word == "y") return "yes";
  if (word == "n") return "no";
  return std::nullopt;
}

std::optional<std::string> clear_choice(std::string_view choices, std::string_view text) {
  for (const auto& choice : split(choices, '|')) {
    if (!choice.empty() && same_letters(choice, trim(text))) return choice;
  }
  return std::nullopt;
}

std::optional<std::string> clear_phone(std::string_view text) {
  std::string digits;
  for (const char c : trim(text)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view(" -.()+").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.size() == 11 && digits[0] == '1') digits.erase(0, 1);
  if (!valid_phone(digits)) return std::nullopt;
  return fmt::format("{}-{}-{}", digits.substr(0, 3), digits.substr(3, 3), digits.substr(6));
}

std::optional<std::string> clear_answer(const model::Question& question, std::string_view text) {
  if (question.type == model::AnswerType::date) return clear_date(text);
  std::string word = to_lower(trim(text));
  if (word == "y" || word == "true") word = "yes";
  if (word == "n" || word == "false") word = "no";
  if (word != "yes" && word != "no") return std::nullopt;
  if (question.type == model::AnswerType::boolean) return word == "yes" ? "Yes" : "No";
  const auto choice = std::find_if(question.choices.begin(), question.choices.end(),
                                   [&](const std::string& each) { return to_lower(trim(each)) == word; });
  if (choice == question.choices.end()) return std::nullopt;
  return *choice;
}

}  // namespace atz::rules
