// A folder of its own on a disk in memory, where there is one, that goes with the object.
#pragma once

#include <string>

namespace atz::fuzz {

class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// A SQLite database that nobody has open, with its journal, to be put back before each input.
class DatabaseImage {
 public:
  void take(const std::string& path);
  void put_back(const std::string& path) const;

 private:
  std::string bytes_, journal_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);

}  // namespace atz::fuzz
