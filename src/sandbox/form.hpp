// application/x-www-form-urlencoded, as bodies and as query strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atz::sandbox {

class Form {
 public:
  // nullopt for broken percent signs, NUL bytes, invalid UTF-8 or too many fields.
  static std::optional<Form> parse(std::string_view text);
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;  // the first
  [[nodiscard]] bool repeats_a_name() const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

std::optional<std::string> form_decode(std::string_view text);  // + is a blank

}  // namespace atz::sandbox
