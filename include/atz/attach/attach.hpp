// What is inside a file that is to be attached: looked at once, never executed, never changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atz/base/file.hpp"

namespace atz::attach {

struct Inspection {
  std::string path;       // as resolved on disk
  std::string name;       // last component
  std::string extension;  // lower case, without the dot
  enum class Presence {
    ok,
    missing,
    dangling,   // a symbolic link that leads nowhere, or in a circle
    leads_out,  // a path inside the folder that symbolic links lead out of it
    not_regular,
    unreadable,
    empty,
    too_large
  } presence = Presence::missing;
  std::uint64_t size = 0;
  std::string sha256;    // 64 hex digits, when it was read
  std::string detected;  // extension family that the content shows: pdf tif jpg gif rtf ole2 zip docx xlsx txt, or "" =
                         // none of them
  std::string mime;      // libmagic's word, for messages
  bool matches_extension = false;
  enum class Protection { none, needs_password, encrypted_readable } protection = Protection::none;
};

// `folder`: of the case file. A path that is written as lying inside it must truly lie there, so that a link can't make
// a file travel that nobody sees named; a path that openly leads elsewhere may.
// `max_bytes`: a larger file is not read (presence too_large, size set).
Inspection inspect(const Files& files, const std::string& folder, const std::string& path, std::uint64_t max_bytes);
// The same for bytes in memory.
Inspection inspect_bytes(const std::string& name, std::string_view bytes);

// The media type to send for an allowed extension: pdf -> application/pdf.
std::string media_type(std::string_view extension);

}  // namespace atz::attach
