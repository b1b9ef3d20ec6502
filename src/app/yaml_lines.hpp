// Lines of a new case file: values quoted where needed, what is unknown marked, comments in one column.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "atz/fhir/sent_people.hpp"

namespace atz::app {

// The value as YAML, or CHANGE-ME when it is empty. `flow`: inside brackets or braces.
std::string known_or_mark(std::string_view value, bool flow = false);
// {line: ..., city: ..., state: ME, zip: ...}
std::string address_in_braces(const fhir::SentAddress& address);
// {a: x, b: y}: entries with an empty value are left out.
std::string in_braces(std::initializer_list<std::pair<std::string_view, std::string>> entries);

class YamlLines {
 public:
  void add(std::size_t indent, std::string_view text, std::string_view comment = {});
  void comment(std::string_view text) { text_ += "# " + std::string(text) + "\n"; }
  void blank() { text_ += "\n"; }
  void raw(std::string_view text) { text_ += text; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace atz::app
