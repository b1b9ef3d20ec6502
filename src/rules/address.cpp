#include "rules/address.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "atz/base/text.hpp"

namespace atz::rules {
namespace {

struct Abbreviation {
  std::string_view written, meant;
};

// "st" also stands for Saint: both words become the same, so either spelling agrees with itself.
constexpr std::array kAbbreviations = {
    Abbreviation{"street", "st"},      Abbreviation{"str", "st"},      Abbreviation{"saint", "st"},
    Abbreviation{"road", "rd"},        Abbreviation{"avenue", "ave"},  Abbreviation{"av", "ave"},
    Abbreviation{"drive", "dr"},       Abbreviation{"lane", "ln"},     Abbreviation{"court", "ct"},
    Abbreviation{"boulevard", "blvd"}, Abbreviation{"highway", "hwy"}, Abbreviation{"circle", "cir"},
    Abbreviation{"place", "pl"},       Abbreviation{"terrace", "ter"}, Abbreviation{"terr", "ter"},
    Abbreviation{"parkway", "pkwy"},   Abbreviation{"square", "sq"},   Abbreviation{"way", "wy"},
    Abbreviation{"extension", "ext"},  Abbreviation{"route", "rte"},   Abbreviation{"rt", "rte"},
    Abbreviation{"mount", "mt"},       Abbreviation{"north", "n"},     Abbreviation{"south", "s"},
    Abbreviation{"east", "e"},         Abbreviation{"west", "w"},      Abbreviation{"apartment", "unit"},
    Abbreviation{"apt", "unit"},       Abbreviation{"suite", "unit"},  Abbreviation{"ste", "unit"},
    Abbreviation{"no", "unit"},        Abbreviation{"number", "unit"}, Abbreviation{"floor", "fl"},
    Abbreviation{"building", "bldg"},  Abbreviation{"maine", "me"},
};

std::string normal_word(const std::string& word) {
  for (const auto& abbreviation : kAbbreviations) {
    if (word == abbreviation.written) return std::string(abbreviation.meant);
  }
  return word;
}

// Absent on one side says nothing.
bool agree(const model::Field<std::string>& a, const model::Field<std::string>& b) {
  if (!a || !b || a->empty() || b->empty()) return true;
  return normal_address_text(*a) == normal_address_text(*b);
}

std::string street(const model::Address& address) {
  std::string text = address.line ? *address.line : std::string();
  if (address.line2) text += " " + *address.line2;
  return normal_address_text(text);
}

}  // namespace

std::string normal_address_text(std::string_view text) {
  std::string normal;
  std::string word;
  const auto flush = [&] {
    if (word.empty()) return;
    if (!normal.empty()) normal += ' ';
    normal += normal_word(word);
    word.clear();
  };
  for (const char c : to_lower(text)) {
    if (c == '#') {  // "#2" is unit 2
      flush();
      word = "unit";
      flush();
    } else if (c == '.' || c == '\'') {
      continue;  // "P.O." is one word
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
    } else {
      flush();
    }
  }
  flush();
  return normal;
}

bool same_place(const model::Address& a, const model::Address& b) {
  if (street(a) != street(b) || !agree(a.city, b.city) || !agree(a.state, b.state)) return false;
  if (!a.zip || !b.zip || a.zip->empty() || b.zip->empty()) return true;
  return a.zip->substr(0, 5) == b.zip->substr(0, 5);
}

std::string one_line(const model::Address& address) {
  std::string text;
  const auto add = [&](const model::Field<std::string>& part, std::string_view joint) {
    if (!part || part->empty()) return;
    if (!text.empty()) text += joint;
    text += *part;
  };
  add(address.line, ", ");
  add(address.line2, ", ");
  add(address.city, ", ");
  add(address.state, " ");
  add(address.zip, " ");
  return printable(text);
}

}  // namespace atz::rules
