#define POINTERHOLDER_TRANSITION 4
#include "unit/attach/samples.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <memory>

namespace atz::attach::samples {
namespace {

void append(std::string& bytes, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) bytes[at + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::string written(QPDF& pdf, const std::string* user, const std::string* owner) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  if (user != nullptr) {
    writer.setR6EncryptionParameters(user->c_str(), owner->c_str(), true, true, true, true, true, true, qpdf_r3p_full,
                                     true);
  }
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

std::string plain_pdf() {
  QPDF pdf;
  pdf.emptyPDF();
  return written(pdf, nullptr, nullptr);
}

std::string encrypted_pdf(const std::string& user_password, const std::string& owner_password) {
  QPDF pdf;
  pdf.emptyPDF();
  return written(pdf, &user_password, &owner_password);
}

std::string zip(const std::vector<std::string>& names) {
  std::string bytes;
  std::string directory;
  for (const auto& name : names) {
    const auto offset = bytes.size();
    bytes += "PK\x03\x04";
    bytes += std::string(22, '\0');
    append(bytes, name.size(), 2);
    append(bytes, 0, 2);
    bytes += name;
    directory += "PK\x01\x02";
    directory += std::string(24, '\0');
    append(directory, name.size(), 2);
    directory += std::string(12, '\0');
    append(directory, offset, 4);
    directory += name;
  }
  const auto start = bytes.size();
  bytes += directory;
  bytes += "PK\x05\x06";
  append(bytes, 0, 4);
  append(bytes, names.size(), 2);
  append(bytes, names.size(), 2);
  append(bytes, directory.size(), 4);
  append(bytes, start, 4);
  append(bytes, 0, 2);
  return bytes;
}

std::string ole(const std::string& stream_name, const std::string& start) {
  constexpr std::size_t kSector = 512;
  std::string bytes(kSector * (1 + 1 + 1 + 8), '\0');  // header, table, directory, stream
  bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put(bytes, 30, 9, 2);
  put(bytes, 48, 1, 4);           // the directory's first sector
  put(bytes, 68, 0xFFFFFFFE, 4);  // no further list of table sectors
  for (std::size_t i = 0; i < 109; ++i) put(bytes, 76 + 4 * i, i == 0 ? 0 : 0xFFFFFFFF, 4);
  for (std::size_t i = 0; i < 128; ++i) put(bytes, kSector + 4 * i, 0xFFFFFFFF, 4);
  put(bytes, kSector + 4, 0xFFFFFFFE, 4);
  for (std::size_t i = 2; i < 10; ++i) put(bytes, kSector + 4 * i, i == 9 ? 0xFFFFFFFE : i + 1, 4);
  const auto entry = [&](std::size_t index, const std::string& name, std::uint32_t first, std::uint32_t size) {
    const std::size_t at = 2 * kSector + 128 * index;
    for (std::size_t i = 0; i < name.size(); ++i) bytes[at + 2 * i] = name[i];
    put(bytes, at + 64, 2 * (name.size() + 1), 2);
    put(bytes, at + 116, first, 4);
    put(bytes, at + 120, size, 4);
  };
  entry(0, "Root Entry", 0xFFFFFFFE, 0);
  entry(1, stream_name, 2, 4096);
  bytes.replace(3 * kSector, start.size(), start);
  return bytes;
}

std::string small_ole(const std::string& stream_name, const std::string& content) {
  constexpr std::size_t kSector = 512;
  constexpr std::uint32_t kEnd = 0xFFFFFFFE;
  std::string bytes(kSector * 5, '\0');  // header, table, directory, small table, small sectors
  bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put(bytes, 30, 9, 2);
  put(bytes, 48, 1, 4);
  put(bytes, 60, 2, 4);  // the small table's first sector
  put(bytes, 68, kEnd, 4);
  for (std::size_t i = 0; i < 109; ++i) put(bytes, 76 + 4 * i, i == 0 ? 0 : 0xFFFFFFFF, 4);
  for (std::size_t i = 1; i < 4; ++i) put(bytes, kSector + 4 * i, kEnd, 4);
  // The stream's two small sectors stand in the other order: 5, then 2.
  put(bytes, 3 * kSector + 4 * 5, 2, 4);
  put(bytes, 3 * kSector + 4 * 2, kEnd, 4);
  bytes.replace(4 * kSector + 5 * 64, std::min<std::size_t>(64, content.size()), content, 0, 64);
  if (content.size() > 64) bytes.replace(4 * kSector + 2 * 64, content.size() - 64, content, 64, 64);
  const auto entry = [&](std::size_t index, const std::string& name, std::uint32_t first, std::size_t size) {
    const std::size_t at = 2 * kSector + 128 * index;
    for (std::size_t i = 0; i < name.size(); ++i) bytes[at + 2 * i] = name[i];
    put(bytes, at + 64, 2 * (name.size() + 1), 2);
    put(bytes, at + 116, first, 4);
    put(bytes, at + 120, size, 4);
  };
  entry(0, "Root Entry", 3, 512);
  entry(1, stream_name, 5, content.size());
  return bytes;
}

}  // namespace atz::attach::samples
