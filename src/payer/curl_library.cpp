#include "payer/curl_library.hpp"

#include <fmt/format.h>
#include <string.h>  // explicit_bzero

#include <cstring>
#include <mutex>
#include <new>
#include <stdexcept>

#include "payer/scratch.hpp"

namespace atz::payer {

Result<void> start_curl() {
  static std::once_flag once;
  static CURLcode code = CURLE_OK;
  std::call_once(once, [] { code = curl_global_init(CURL_GLOBAL_DEFAULT); });
  if (code != CURLE_OK) {
    return fail(Failure::io, fmt::format("The HTTP library cannot start: {}.", curl_easy_strerror(code)));
  }
  return {};
}

void option_refused(CURLoption option, CURLcode code) {
  throw std::logic_error(
      fmt::format("libcurl refuses option {}: {}", static_cast<int>(option), curl_easy_strerror(code)));
}

HeaderList::~HeaderList() {
  for (curl_slist* item = list_; item != nullptr; item = item->next)
    explicit_bzero(item->data, std::strlen(item->data));
  curl_slist_free_all(list_);
}

void HeaderList::add(std::string_view name, std::string_view value) {
  Scratch line;
  line.text.reserve(name.size() + value.size() + 2);
  line.text.append(name).append(": ").append(value);
  append(line.text.c_str());
}

void HeaderList::suppress(std::string_view name) {
  append((std::string(name) + ":").c_str());
}

void HeaderList::append(const char* line) {
  curl_slist* longer = curl_slist_append(list_, line);
  if (longer == nullptr) throw std::bad_alloc();
  list_ = longer;
}

}  // namespace atz::payer
