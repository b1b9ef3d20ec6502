// Small helpers around system calls.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

#include "atz/base/result.hpp"

namespace atz {

template <class Call>
auto retry_interrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) {
    result = call();
  }
  return result;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

// "cannot <verb> <path>: <reason>", the path made printable.
tl::unexpected<Error> system_failure(Failure failure, std::string_view verb, std::string_view path, int error);

// Paths end at a NUL for the system; one with a NUL inside would silently name another file.
inline bool has_nul(std::string_view path) {
  return path.find('\0') != std::string_view::npos;
}

}  // namespace atz
