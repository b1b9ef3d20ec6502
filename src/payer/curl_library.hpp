// What every use of libcurl here needs: one lazy initialization, owners for its C objects, options that cannot fail
// unnoticed.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string_view>

#include "atz/base/result.hpp"

namespace atz::payer {

// Once per process, on first use and from any thread: starting libcurl costs milliseconds that commands without a
// payer must not pay.
Result<void> start_curl();

struct HandleDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleDeleter>;

[[noreturn]] void option_refused(CURLoption option, CURLcode code);

// An option that libcurl does not take (TLS verification, say) must never be passed over in silence.
template <class T>
void set(CURL* handle, CURLoption option, T value) {
  if (const CURLcode code = (curl_easy_setopt)(handle, option, value); code != CURLE_OK) option_refused(option, code);
}

// HTTP headers as curl wants them. Some carry credentials: all are zeroed when done with.
class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList();
  void add(std::string_view name, std::string_view value);
  // Takes out a header that curl would send by itself.
  void suppress(std::string_view name);
  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  void append(const char* line);
  curl_slist* list_ = nullptr;
};

}  // namespace atz::payer
