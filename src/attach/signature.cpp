#include "attach/content.hpp"
#include "atz/base/text.hpp"

namespace atz::attach {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view start;
  std::string_view kind;
};

constexpr Signature kSignatures[] = {
    {"%PDF-"sv, "pdf"},        {"II*\0"sv, "tif"},      {"MM\0*"sv, "tif"},
    {"\xFF\xD8\xFF"sv, "jpg"}, {"GIF87a"sv, "gif"},     {"GIF89a"sv, "gif"},
    {"{\\rtf"sv, "rtf"},       {"PK\x03\x04"sv, "zip"}, {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "ole2"},
};

}  // namespace

std::string signature_of(std::string_view bytes) {
  for (const auto& signature : kSignatures) {
    if (bytes.substr(0, signature.start.size()) == signature.start) return std::string(signature.kind);
  }
  const bool text = !bytes.empty() && bytes.find('\0') == std::string_view::npos && !first_invalid_utf8(bytes);
  return text ? "txt" : "";
}

}  // namespace atz::attach
