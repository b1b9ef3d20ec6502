#include <algorithm>
#include <string_view>

#include "atz/casefile/casefile.hpp"

namespace atz::casefile {
namespace {

// Whether `text` begins with that key, quoted or not.
bool begins_with_key(std::string_view text, std::string_view key) {
  const char quote = !text.empty() && (text[0] == '"' || text[0] == '\'') ? text[0] : '\0';
  if (quote != '\0') text.remove_prefix(1);
  if (text.substr(0, key.size()) != key) return false;
  text.remove_prefix(key.size());
  if (quote != '\0') {
    if (text.empty() || text[0] != quote) return false;
    text.remove_prefix(1);
  }
  while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  return !text.empty() && text[0] == ':' &&
         (quote != '\0' || text.size() == 1 || text[1] == ' ' || text[1] == '\t' || text[1] == '\r' || text[1] == '\n');
}

}  // namespace

FileKind sniff(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  bool version = false;
  bool shifts = false;
  bool members = false;
  while (!text.empty()) {
    std::string_view line = text;
    // A file that is one flow mapping: its first key is all that is looked at.
    if (line[0] == '{') line.remove_prefix(std::min(line.find_first_not_of(" \t\r\n", 1), line.size()));
    version = version || begins_with_key(line, "atz");
    shifts = shifts || begins_with_key(line, "shifts");
    members = members || begins_with_key(line, "members") || begins_with_key(line, "home");
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  if (shifts && !members) return FileKind::staffing_file;
  return version ? FileKind::case_file : FileKind::other;
}

}  // namespace atz::casefile
