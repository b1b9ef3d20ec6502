// Looks at bytes: what kind of file they are, and whether they are protected. Every function takes any bytes at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/attach/attach.hpp"

namespace atz::attach {

// By the first bytes: pdf tif jpg gif rtf ole2 zip, txt for UTF-8 text without NUL, or "" for anything else.
std::string signature_of(std::string_view bytes);

// What a ZIP's central directory says; nullopt when there is none to read.
struct ZipContent {
  std::vector<std::string> names;  // at most 2000
  bool encrypted = false;          // an entry is
};
std::optional<ZipContent> look_into_zip(std::string_view bytes);

// What an OLE2 compound file holds.
struct OleContent {
  bool readable = false;           // the directory could be walked
  bool encrypted_package = false;  // a newer Office file, encrypted
  bool word = false;               // a WordDocument stream
  bool excel = false;              // a Workbook or Book stream
  bool encrypted_stream = false;   // its header says so
};
OleContent look_into_ole(std::string_view bytes);

Inspection::Protection pdf_protection(std::string_view bytes);

// libmagic's media type; without its database, the one that fits `detected`.
std::string media_type_of_bytes(std::string_view bytes, std::string_view detected);

}  // namespace atz::attach
