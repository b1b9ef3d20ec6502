#include "app/yaml_lines.hpp"

#include <fmt/format.h>

#include "atz/casefile/casefile.hpp"
#include "atz/casefile/scalar_text.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kCommentColumn = 36;
constexpr std::size_t kLeastGap = 4;

}  // namespace

std::string known_or_mark(std::string_view value, bool flow) {
  return value.empty() ? std::string(casefile::kFillInMark) : casefile::scalar_text(value, flow);
}

std::string in_braces(std::initializer_list<std::pair<std::string_view, std::string>> entries) {
  std::string out;
  for (const auto& [key, value] : entries) {
    if (value.empty()) continue;
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", key, value);
  }
  return "{" + out + "}";
}

std::string address_in_braces(const fhir::SentAddress& address) {
  return in_braces({{"line", known_or_mark(address.line, true)},
                    {"line2", address.line2.empty() ? "" : casefile::scalar_text(address.line2, true)},
                    {"city", known_or_mark(address.city, true)},
                    {"state", address.state.empty() ? "ME" : casefile::scalar_text(address.state, true)},
                    {"zip", known_or_mark(address.zip, true)}});
}

void YamlLines::add(std::size_t indent, std::string_view text, std::string_view comment) {
  std::string line = std::string(indent, ' ') + std::string(text);
  if (!comment.empty()) {
    const std::size_t gap = line.size() + kLeastGap <= kCommentColumn ? kCommentColumn - line.size() : kLeastGap;
    line += std::string(gap, ' ') + "# " + std::string(comment);
  }
  text_ += line + "\n";
}

}  // namespace atz::app
