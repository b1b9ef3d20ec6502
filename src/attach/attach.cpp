#include "atz/attach/attach.hpp"

#include <algorithm>

#include "attach/content.hpp"
#include "atz/base/text.hpp"
#include "atz/seal/seal.hpp"

namespace atz::attach {
namespace {

using Presence = Inspection::Presence;
using Protection = Inspection::Protection;

bool any_starts(const std::vector<std::string>& names, std::string_view start) {
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return name.compare(0, start.size(), start) == 0; });
}

// A ZIP whose directory can't be read is taken by its signature.
void look_at_zip(std::string_view bytes, Inspection& file) {
  const bool office = file.extension == "docx" || file.extension == "xlsx";
  const auto content = look_into_zip(bytes);
  if (!content) {
    file.matches_extension = office;
    return;
  }
  if (any_starts(content->names, "word/")) file.detected = "docx";
  if (any_starts(content->names, "xl/")) file.detected = "xlsx";
  file.matches_extension = office && file.detected == file.extension;
  if (content->encrypted) file.protection = Protection::needs_password;
}

void look_at_ole(std::string_view bytes, Inspection& file) {
  const auto content = look_into_ole(bytes);
  const bool newer = file.extension == "docx" || file.extension == "xlsx";
  const bool older = file.extension == "doc" || file.extension == "xls";
  const bool renamed = content.readable && !content.encrypted_package && (content.word || content.excel);
  if (newer && !renamed) {  // an encrypted .docx or .xlsx is an OLE2 file
    file.protection = Protection::needs_password;
    file.matches_extension = true;
    return;
  }
  if (content.encrypted_package || content.encrypted_stream) file.protection = Protection::needs_password;
  const bool other_kind = file.extension == "doc" ? content.excel && !content.word : content.word && !content.excel;
  file.matches_extension = older && !other_kind;
}

void look_into(std::string_view bytes, Inspection& file) {
  file.sha256 = seal::sha256_hex(bytes);
  file.detected = signature_of(bytes);
  if (file.detected == "zip") {
    look_at_zip(bytes, file);
  } else if (file.detected == "ole2") {
    look_at_ole(bytes, file);
  } else {
    const std::string wanted = file.extension == "jpeg" ? "jpg" : file.extension;
    file.matches_extension = !file.detected.empty() && file.detected == wanted;
    if (file.detected == "pdf") file.protection = pdf_protection(bytes);
  }
  file.mime = media_type_of_bytes(bytes, file.detected);
}

Inspection named(const std::string& path) {
  Inspection file;
  file.path = path;
  file.name = path::name(path);
  file.extension = path::extension(path);
  return file;
}

bool inside(const std::string& folder, const std::string& path) {
  const std::string prefix = folder == "/" ? folder : folder + "/";
  return path.compare(0, prefix.size(), prefix) == 0;
}

bool leads_out(const Files& files, const std::string& folder, const std::string& path) {
  return inside(files.absolute(folder), files.absolute(path)) && !inside(files.resolved(folder), files.resolved(path));
}

// As far as it shows without reading.
Presence presence_of(const Files& files, const std::string& folder, const std::string& path, const FileInfo& info,
                     std::uint64_t max_bytes) {
  if (info.denied) return Presence::unreadable;
  if (info.kind == FileInfo::Kind::missing) return info.is_symlink ? Presence::dangling : Presence::missing;
  if (leads_out(files, folder, path)) return Presence::leads_out;
  if (info.kind != FileInfo::Kind::regular) return Presence::not_regular;
  if (info.size == 0) return Presence::empty;
  return info.size > max_bytes ? Presence::too_large : Presence::ok;
}

}  // namespace

Inspection inspect(const Files& files, const std::string& folder, const std::string& path, std::uint64_t max_bytes) {
  Inspection file = named(path);
  const FileInfo info = files.info(path);
  file.size = info.size;
  file.presence = presence_of(files, folder, path, info, max_bytes);
  if (file.presence != Presence::ok) return file;
  if (const auto bytes = files.read(path, max_bytes); !bytes) {
    file.presence = Presence::unreadable;
  } else {
    file.size = bytes->size();
    look_into(*bytes, file);
  }
  return file;
}

Inspection inspect_bytes(const std::string& name, std::string_view bytes) {
  Inspection file = named(name);
  file.size = bytes.size();
  file.presence = bytes.empty() ? Presence::empty : Presence::ok;
  if (!bytes.empty()) look_into(bytes, file);
  return file;
}

}  // namespace atz::attach
