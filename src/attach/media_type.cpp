#include <magic.h>

#include <memory>

#include "attach/content.hpp"

namespace atz::attach {
namespace {

struct Row {
  std::string_view extension, type;
};

constexpr Row kTypes[] = {
    {"pdf", "application/pdf"},
    {"tif", "image/tiff"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"txt", "text/plain"},
    {"rtf", "application/rtf"},
    {"gif", "image/gif"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"ole2", "application/x-ole-storage"},  // not an extension, but a family that content shows
    {"zip", "application/zip"},
};

std::string type_of(std::string_view key) {
  for (const auto& row : kTypes) {
    if (row.extension == key) return std::string(row.type);
  }
  return {};
}

struct CloseMagic {
  void operator()(magic_t cookie) const { magic_close(cookie); }
};
using Magic = std::unique_ptr<std::remove_pointer_t<magic_t>, CloseMagic>;

// nullptr when the system has no database. A cookie is not to be shared between threads.
magic_t magic_of_this_thread() {
  thread_local const Magic cookie = [] {
    Magic fresh(magic_open(MAGIC_MIME_TYPE));
    if (fresh && magic_load(fresh.get(), nullptr) != 0) fresh.reset();
    return fresh;
  }();
  return cookie.get();
}

}  // namespace

std::string media_type(std::string_view extension) {
  return extension == "ole2" || extension == "zip" ? std::string() : type_of(extension);
}

std::string media_type_of_bytes(std::string_view bytes, std::string_view detected) {
  if (magic_t cookie = magic_of_this_thread()) {
    if (const char* type = magic_buffer(cookie, bytes.data(), bytes.size())) return type;
  }
  const std::string fallback = type_of(detected);
  return fallback.empty() ? "application/octet-stream" : fallback;
}

}  // namespace atz::attach
