#include "report/wrap.hpp"

#include "atz/base/text.hpp"

namespace atz::report {
namespace {

void wrap_line(const std::string& text, const std::function<bool(const std::string&)>& fits,
               std::vector<std::string>& out) {
  std::string line;
  for (std::string word : split(text, ' ')) {
    if (word.empty()) continue;
    const std::string longer = line.empty() ? word : line + ' ' + word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (!line.empty()) out.push_back(std::move(line));
    line.clear();
    while (!fits(word)) {
      std::size_t end = next_character(word, 0);
      while (end < word.size() && fits(word.substr(0, next_character(word, end)))) end = next_character(word, end);
      if (end >= word.size()) break;  // not even one character fits
      out.push_back(word.substr(0, end));
      word.erase(0, end);
    }
    line = std::move(word);
  }
  out.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> wrap_text(const std::string& text, const std::function<bool(const std::string&)>& fits) {
  std::vector<std::string> out;
  if (text.empty()) return out;
  for (const auto& line : split(text, '\n')) wrap_line(printable(line), fits, out);
  return out;
}

}  // namespace atz::report
