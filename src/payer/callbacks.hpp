// What libcurl calls during a transfer, and what those calls prove.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

#include "payer/transfer.hpp"

namespace atz::payer {

// The state of one running transfer.
//
// libcurl sends a POST again by itself when a connection taken from its pool turns out to be dead, although the payer
// may have processed the first one. So the body is handed out by a read callback: the first call is the moment from
// which on bytes may have left, and until then certainly none had. A second start after that moment is refused. A GET
// may start again.
struct Flight {
  bool is_post = false;
  std::string_view body;
  std::uint64_t max_reply_bytes = 0;
  std::chrono::milliseconds slow_after{0};
  Hooks* hooks = nullptr;

  bool started = false;  // connected, and about to send
  std::size_t taken = 0;
  std::string reply;
  std::uint64_t header_bytes = 0;
  bool headers_complete = false;  // libcurl is content with headers that were cut short
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();

  enum class Stop { none, cancelled, too_large, second_start } stop = Stop::none;
  std::exception_ptr thrown;  // by a hook; libcurl is C, so it waits here

  [[nodiscard]] bool may_have_left() const { return body.empty() ? started : taken > 0; }
};

void install_callbacks(CURL* handle, Flight& flight);

}  // namespace atz::payer
