#include "app/template.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kShortestId = 2;
constexpr std::size_t kLongestId = 24;

}  // namespace

Result<std::string> fill_template(std::string_view name, const std::map<std::string, std::string>& values) {
  const auto text = casefile::builtin_data(name);
  if (!text) return fail(Failure::bug, "the template is missing from this program");
  std::string filled(*text);
  for (const auto& [mark, value] : values) {
    for (auto at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at + value.size()))
      filled.replace(at, mark.size(), value);
  }
  return filled;
}

Result<void> check_home_id(const std::string& id) {
  if (id.size() >= kShortestId && id.size() <= kLongestId &&
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos)
    return {};
  return fail(Failure::usage, fmt::format("'{}' can't be the name of a home", printable(id)),
              "Use 2 to 24 small letters, digits and dashes, and nothing about the people: maple-street.");
}

}  // namespace atz::app
