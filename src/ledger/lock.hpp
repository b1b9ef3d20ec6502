// One writer at a time, by a lock that the kernel takes back when its process ends, however it ends.
#pragma once

#include <string>

#include "atz/base/result.hpp"

namespace atz::ledger {

class WriterLock {
 public:
  // Never waits. Failure::busy names the process that holds it; a folder whose locks don't hold is Failure::io.
  static Result<WriterLock> take(const std::string& path);
  WriterLock(WriterLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace atz::ledger
