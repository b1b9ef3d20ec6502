#include "atz/fhir/withhold.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "atz/base/fold.hpp"
#include "atz/base/text.hpp"
#include "fhir/element.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kInstead = "[withheld]";
constexpr std::size_t kSureWord = 4;    // letters from which a word of a name counts alone
constexpr std::size_t kSureNumber = 5;  // digits from which a number does

// A run of letters and digits, folded, and where it stands.
struct Word {
  std::string folded;
  std::size_t begin = 0, end = 0;  // bytes
};

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char folded = take_folded(text, at);
    if (folded == '\0') {
      inside = false;
      continue;
    }
    if (!inside) words.push_back({{}, begin, at});
    inside = true;
    words.back().folded += folded;
    words.back().end = at;
  }
  return words;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> folded;
  for (auto& word : split_words(text)) folded.push_back(std::move(word.folded));
  return folded;
}

bool begins_small(std::string_view text, const Word& word) {
  return text[word.begin] >= 'a' && text[word.begin] <= 'z';
}

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_leading_zero(const std::string& text) {
  return text.size() == 2 && text[0] == '0' ? text.substr(1) : text;
}

// The resources of a kind in bytes that we wrote: compact, and each begins with its type. Documents make requests
// large, and nearly all of what is in them is of no interest here.
std::vector<Json> resources_in(std::string_view body, std::string_view type) {
  const std::string head = "{\"resourceType\":\"" + std::string(type) + "\"";
  std::vector<Json> found;
  for (std::size_t at = body.find(head); at != std::string_view::npos; at = body.find(head, at + 1)) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t end = at; end < body.size(); ++end) {
      const char c = body[end];
      if (quoted) {
        if (c == '\\') ++end;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        ++depth;
      } else if (c == '}' && --depth == 0) {
        if (auto read = parse_json(body.substr(at, end + 1 - at))) found.push_back(std::move(*read));
        break;
      }
    }
  }
  return found;
}

std::vector<std::string> address_texts(const Json& holder) {
  std::vector<std::string> texts;
  for (const Json* address : elements(holder, "address")) {
    for (const Json* line : elements(*address, "line")) {
      if (line->is_string()) texts.push_back(line->get<std::string>());
    }
    texts.push_back(text_of(*address, "city"));
    const std::string zip = text_of(*address, "postalCode");
    texts.push_back(zip);
    std::string digits = zip;  // ZIP+4 without its hyphen
    std::erase(digits, '-');
    if (digits != zip) texts.push_back(std::move(digits));
  }
  return texts;
}

std::set<std::string> public_texts(std::string_view body) {
  std::set<std::string> known;
  for (const auto& organization : resources_in(body, "Organization")) {
    for (auto& text : address_texts(organization)) known.insert(std::move(text));
  }
  return known;
}

}  // namespace

void Discretion::add(Phrase phrase) {
  if (phrase.empty()) return;
  auto& known = phrases_[phrase.front()];
  if (std::find(known.begin(), known.end(), phrase) == known.end()) known.push_back(std::move(phrase));
}

void Discretion::add_text(std::string_view text) {
  Phrase phrase = folded_words(text);
  const bool sure = phrase.size() > 1 || (!phrase.empty() && phrase.front().size() >= kSureWord);
  if (sure) add(std::move(phrase));
}

// As a whole, and by each of its words that is long enough to be no other.
void Discretion::add_name(std::string_view text) {
  Phrase whole = folded_words(text);
  for (const auto& word : whole) {
    if (word.size() >= kSureWord) add({word});
  }
  if (text.size() > 1) add(std::move(whole));
}

void Discretion::add_number(std::string_view text) {
  Phrase parts = folded_words(text);
  std::string joined;
  for (const auto& part : parts) joined += part;
  if (joined.size() < kSureNumber) return;
  // The letter at the end of an ID is left out by some, and so is the area code of a phone number.
  if (joined.back() >= 'a' && joined.back() <= 'z') add({joined.substr(0, joined.size() - 1)});
  add({joined});
  if (parts.size() == 3) add({parts[1], parts[2]});
  if (parts.size() > 1) add(std::move(parts));
}

void Discretion::add_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                        "may",       "june",     "july",     "august",
                                                        "september", "october",  "november", "december"};
  const Phrase parts = folded_words(text);
  if (parts.size() != 3 || !all_digits(parts[1]) || parts[1].size() != 2) return;
  const std::string& year = parts[0];
  const std::string& month = parts[1];
  const std::string& day = parts[2];
  const std::string short_month = without_leading_zero(month), short_day = without_leading_zero(day);
  add(parts);
  add({year + month + day});
  add({month + day + year});
  for (const auto& [m, d] : {std::pair{month, day}, std::pair{short_month, short_day}}) {
    add({m, d, year});
    add({d, m, year});
  }
  const auto index = static_cast<std::size_t>((month[0] - '0') * 10 + month[1] - '0');
  if (index < 1 || index > kMonths.size()) return;
  for (const std::string_view name : {kMonths[index - 1], kMonths[index - 1].substr(0, 3)}) {
    for (const auto& d : {day, short_day}) {
      add({std::string(name), d, year});
      add({d, std::string(name), year});
    }
  }
}

void Discretion::add_request(std::string_view body) {
  const auto known = public_texts(body);
  const auto add_addresses = [&](const Json& holder) {
    for (const auto& text : address_texts(holder)) {
      if (known.count(text) == 0) add_text(text);
    }
  };
  const auto add_numbers = [&](const Json& holder, const char* key) {
    for (const Json* number : elements(holder, key)) add_number(text_of(*number, "value"));
  };
  for (const auto& patient : resources_in(body, "Patient")) {
    add_numbers(patient, "identifier");
    add_numbers(patient, "telecom");
    add_date(text_of(patient, "birthDate"));
    add_addresses(patient);
    for (const Json* name : elements(patient, "name")) {
      add_name(text_of(*name, "family"));
      for (const Json* given : elements(*name, "given")) {
        if (given->is_string()) add_name(given->get<std::string>());
      }
    }
    for (const Json* contact : elements(patient, "contact")) {
      const std::string name = text_of(child_or_null(*contact, "name"), "text");
      Phrase words = folded_words(name);
      add_text(name);
      if (!words.empty() && words.back().size() >= kSureWord) add({words.back()});  // most often the last name
      while (words.size() > 1 && words.front().size() == 1) words.erase(words.begin());
      if (words.size() > 1) add(std::move(words));
      add_numbers(*contact, "telecom");
      add_addresses(*contact);
    }
  }
}

std::string Discretion::clean(std::string text) const {
  if (phrases_.empty() || text.empty()) return text;
  const auto words = split_words(text);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t length = 0;
    if (const auto found = phrases_.find(words[i].folded); found != phrases_.end()) {
      for (const auto& phrase : found->second) {
        if (phrase.size() <= length || phrase.size() > words.size() - i) continue;
        if (phrase.size() == 1 && !has_digit(phrase.front()) && begins_small(text, words[i])) continue;
        const auto same = [&](std::size_t k) { return words[i + k].folded == phrase[k]; };
        std::size_t k = 1;
        while (k < phrase.size() && same(k)) ++k;
        if (k == phrase.size()) length = k;
      }
    }
    if (length > 0) {
      out.append(text, copied, words[i].begin - copied).append(kInstead);
      copied = words[i + length - 1].end;
    }
    i += std::max<std::size_t>(length, 1);
  }
  return copied == 0 ? text : out.append(text, copied);
}

void Discretion::clean(Issue& issue) const {
  for (std::string* text : {&issue.code, &issue.text, &issue.diagnostics}) *text = clean(std::move(*text));
}

void Discretion::clean(std::vector<Issue>& issues) const {
  for (auto& issue : issues) clean(issue);
}

void Discretion::clean(CaseReply& reply) const {
  for (std::string* text : {&reply.disposition, &reply.flag}) *text = clean(std::move(*text));
  for (auto& line : reply.lines) {
    line.action_code = clean(std::move(line.action_code));
    for (auto& reason : line.reasons) {
      reason.code = clean(std::move(reason.code));
      reason.text = clean(std::move(reason.text));
    }
  }
  for (auto& note : reply.notes) note.text = clean(std::move(note.text));
  for (auto& error : reply.errors) {
    for (std::string* text : {&error.reject_text, &error.followup_text, &error.text}) *text = clean(std::move(*text));
  }
  for (auto& request : reply.requests) {
    for (std::string* text : {&request.kind_text, &request.text}) *text = clean(std::move(*text));
  }
  clean(reply.warnings);
}

void Discretion::clean(EntryReply& reply) const {
  if (reply.reply) clean(*reply.reply);
  clean(reply.issues);
}

void Discretion::clean(InquiryReply& reply) const {
  for (auto& one : reply.cases) clean(one);
  clean(reply.issues);
}

}  // namespace atz::fhir
