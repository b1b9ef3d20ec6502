// A file that appears under its name complete or not at all.
#pragma once

#include <string>
#include <string_view>

#include "atz/base/result.hpp"

namespace atz {

// Bytes go to a temporary file in the same directory. Only commit() or commit_new() gives it its name;
// destroyed without, or after an error, nothing is left behind.
class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::string& path, unsigned mode);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  Result<void> write(std::string_view bytes);
  Result<void> commit();      // replaces what has the name
  Result<bool> commit_new();  // false when something has the name already

 private:
  AtomicFile(std::string path, std::string temporary, int descriptor);
  Result<void> finish_writing();
  [[nodiscard]] tl::unexpected<Error> failed(int error) const;

  std::string path_;
  std::string temporary_;  // empty once it is gone
  int descriptor_ = -1;
};

// Makes names created or renamed in a directory durable.
Result<void> sync_directory(const std::string& directory);

}  // namespace atz
