#include "fhir/x12_text.hpp"

#include <algorithm>

namespace atz::fhir {

std::string without_x12_delimiters(std::string_view text) {
  const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    char& c = out[i];
    // "1:1" and "19:00" stay readable.
    if (c == ':' && i > 0 && digit(i - 1) && digit(i + 1)) {
      c = digit(i + 2) ? '.' : '-';
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (kDelimiters.find(c) != std::string_view::npos || byte < 0x20U || byte == 0x7FU) c = ' ';
  }
  return out;
}

bool is_trace_number(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTraceCharacters && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
  });
}

const char* request_key(model::RequestKind kind) {
  switch (kind) {
    case model::RequestKind::service_notification:
      return "service-notification";
    case model::RequestKind::service_notification_extension:
      return "service-notification-extension";
    case model::RequestKind::smi_termination:
      return "smi-termination";
  }
  return "";
}

}  // namespace atz::fhir
