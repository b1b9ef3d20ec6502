#include "casefile/words.hpp"

#include <algorithm>
#include <charconv>

#include "atz/base/text.hpp"

namespace atz::casefile {

std::string name_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return "a single value";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a group of keys";
  }
  return "something else";
}

std::string expected_text(const FieldRow& row) {
  switch (row.type) {
    case FieldType::mapping:
    case FieldType::answers:
      return "a group of keys";
    case FieldType::list:
      return "a list";
    case FieldType::date:
      return "a date such as 2027-01-04";
    case FieldType::time:
      return "a time such as 06:15";
    case FieldType::weekdays:
      return "days such as daily, mon-fri or [tue, thu]";
    case FieldType::integer:
      return "a whole number";
    case FieldType::decimal:
      return "a number such as 67.75";
    case FieldType::boolean:
      return "yes or no";
    case FieldType::choice:
    case FieldType::request_kind:
      return join_choices(row.choices);
    case FieldType::label:
      return "up to 8 letters and digits";
    case FieldType::identifier:
    case FieldType::text:
      return "a single value";
  }
  return {};
}

std::string join_choices(std::string_view choices) {
  const std::vector<std::string> words = split(choices, '|');
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

namespace {

bool in_class(std::string_view set, char c) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      if (set[i] <= c && c <= set[i + 2]) return true;
      i += 2;
    } else if (set[i] == c) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view text) {
  const std::size_t close = pattern.find("]{");
  if (pattern.substr(0, 2) != "^[" || close == std::string_view::npos) return true;
  const std::string_view set = pattern.substr(2, close - 2);
  std::size_t least = 0;
  std::size_t most = 0;
  const char* const end = pattern.data() + pattern.size();
  const auto first = std::from_chars(pattern.data() + close + 2, end, least);
  std::from_chars(first.ptr + 1, end, most);
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [&](char c) { return in_class(set, c); });
}

bool is_choice(std::string_view choices, std::string_view text) {
  if (text.empty() || text.find('|') != std::string_view::npos) return false;
  for (std::size_t at = 0; at <= choices.size();) {
    const std::size_t stop = std::min(choices.find('|', at), choices.size());
    if (choices.substr(at, stop - at) == text) return true;
    at = stop + 1;
  }
  return false;
}

bool names_secret(std::string_view key) {
  std::string name = to_lower(key);
  name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return c == '-' || c == '_' || c == ' '; }),
             name.end());
  constexpr std::string_view kParts[] = {"password", "passwd", "passphrase", "secret",
                                         "token",    "apikey", "privatekey", "credentials"};
  return std::any_of(std::begin(kParts), std::end(kParts),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

}  // namespace atz::casefile
