#include "sandbox/form.hpp"

#include <algorithm>
#include <set>

#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

constexpr std::size_t kMostFields = 64;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> form_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex(text[i + 1]);
      const int low = hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (decoded.find('\0') != std::string::npos || first_invalid_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<Form> Form::parse(std::string_view text) {
  Form form;
  for (const std::string& field : split(text, '&')) {
    if (field.empty()) continue;
    const auto equals = std::min(field.find('='), field.size());
    auto name = form_decode(field.substr(0, equals));
    auto value = form_decode(field.substr(std::min(equals + 1, field.size())));
    if (!name || !value || form.fields_.size() == kMostFields) return std::nullopt;
    form.fields_.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

std::optional<std::string> Form::get(std::string_view name) const {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
  return found == fields_.end() ? std::nullopt : std::optional(found->second);
}

bool Form::repeats_a_name() const {
  std::set<std::string_view> names;
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const auto& field) { return !names.insert(field.first).second; });
}

}  // namespace atz::sandbox
