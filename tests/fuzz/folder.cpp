#include "folder.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "target.hpp"

namespace atz::fuzz {

Folder::Folder() {
  const std::filesystem::path memory("/dev/shm");
  const auto root = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  path_ = (root / "atz-fuzz-XXXXXX").string();
  require(::mkdtemp(path_.data()) != nullptr, "a temporary folder can be made");
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
}

void DatabaseImage::take(const std::string& path) {
  bytes_ = read_file(path);
  journal_ = read_file(path + "-wal");
  require(!bytes_.empty(), "there is a database to begin with");
}

void DatabaseImage::put_back(const std::string& path) const {
  const auto put = [](const std::string& name, const std::string& bytes) {
    std::error_code ignored;
    std::filesystem::remove(name, ignored);
    if (bytes.empty()) return;
    write_file(name, bytes);
    std::filesystem::permissions(name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  };
  put(path, bytes_);
  put(path + "-wal", journal_);
  put(path + "-shm", {});
}

}  // namespace atz::fuzz
