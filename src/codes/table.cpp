#include "atz/codes/table.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::codes {

std::string_view to_string(Kind kind) {
  return kind == Kind::diagnosis ? "diagnosis" : "procedure";
}

std::string Edition::name() const {
  return fmt::format("{} {}", kind == Kind::diagnosis ? "ICD-10-CM" : "HCPCS", year);
}

std::string key_of(std::string_view code) {
  std::string key = to_upper(trim(code));
  if (key.size() > 3 && key[3] == '.') key.erase(3, 1);
  return key;
}

std::string dotted(std::string_view key) {
  std::string code(key);
  if (code.size() > 3) code.insert(3, ".");
  return code;
}

}  // namespace atz::codes
