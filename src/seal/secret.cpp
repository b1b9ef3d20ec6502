#include <cstring>
#include <new>
#include <stdexcept>

#include "atz/seal/seal.hpp"
#include "seal/sodium.hpp"

namespace atz::seal {

void start_sodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) {
    throw std::runtime_error("libsodium cannot start");
  }
}

// Pages of their own: locked where the limits allow it, between guard pages, read-only after filling, zeroed on
// release.
struct Secret::Guarded {
  explicit Guarded(std::string_view text) : size(text.size()) {
    start_sodium();
    data = static_cast<char*>(sodium_malloc(size));
    if (data == nullptr) {
      throw std::bad_alloc();
    }
    std::memcpy(data, text.data(), size);
    sodium_mprotect_readonly(data);
  }
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;
  ~Guarded() { sodium_free(data); }

  char* data = nullptr;
  std::size_t size;
};

Secret::Secret() = default;
Secret::Secret(std::string_view text) : data_(text.empty() ? nullptr : std::make_unique<Guarded>(text)) {}
Secret::Secret(Secret&&) noexcept = default;
Secret& Secret::operator=(Secret&&) noexcept = default;
Secret::~Secret() = default;

std::string_view Secret::reveal() const {
  return data_ ? std::string_view(data_->data, data_->size) : "";
}

}  // namespace atz::seal
