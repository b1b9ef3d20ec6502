#include "payer/callbacks.hpp"

#include <algorithm>
#include <cstring>

namespace atz::payer {

namespace {

// More than any sane server sends; libcurl only bounds single lines.
constexpr std::uint64_t kMaxHeaderBytes = 256ULL * 1024;

Flight& flight_of(void* user) {
  return *static_cast<Flight*>(user);
}

// Runs `action`; an exception stops the transfer and is thrown again when libcurl has returned.
template <class Action, class Value>
Value guarded(Flight& flight, Value on_exception, Action action) {
  try {
    return action();
  } catch (...) {
    flight.thrown = std::current_exception();
    return on_exception;
  }
}

int before_request(void* user, char*, char*, int, int) {
  Flight& flight = flight_of(user);
  if (flight.is_post && flight.started && flight.may_have_left()) {
    flight.stop = Flight::Stop::second_start;
    return CURL_PREREQFUNC_ABORT;
  }
  flight.started = true;
  return CURL_PREREQFUNC_OK;
}

std::size_t give_body(char* buffer, std::size_t size, std::size_t count, void* user) {
  Flight& flight = flight_of(user);
  const std::size_t length = std::min(size * count, flight.body.size() - flight.taken);
  std::memcpy(buffer, flight.body.data() + flight.taken, length);
  flight.taken += length;
  return length;
}

int refuse_rewind(void*, curl_off_t, int) {
  return CURL_SEEKFUNC_FAIL;
}

std::size_t take_reply(char* data, std::size_t size, std::size_t count, void* user) {
  Flight& flight = flight_of(user);
  const std::size_t length = size * count;
  return guarded(flight, std::size_t{0}, [&]() -> std::size_t {
    if (length > flight.max_reply_bytes - flight.reply.size()) {
      flight.stop = Flight::Stop::too_large;
      return 0;
    }
    flight.reply.append(data, length);
    return length;
  });
}

std::size_t see_header(char* data, std::size_t size, std::size_t count, void* user) {
  Flight& flight = flight_of(user);
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) flight.headers_complete = false;  // of a final answer after an interim one
  if (line == "\r\n" || line == "\n") flight.headers_complete = true;
  flight.header_bytes += size * count;
  if (flight.header_bytes <= kMaxHeaderBytes) return size * count;
  flight.stop = Flight::Stop::too_large;
  return 0;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  Flight& flight = flight_of(user);
  return guarded(flight, 1, [&] {
    Hooks& hooks = *flight.hooks;
    if (hooks.cancelled && hooks.cancelled()) {
      flight.stop = Flight::Stop::cancelled;
      return 1;
    }
    if (!hooks.slow_told && hooks.on_slow && std::chrono::steady_clock::now() - flight.begin >= flight.slow_after) {
      hooks.slow_told = true;
      hooks.on_slow();
    }
    return 0;
  });
}

}  // namespace

void install_callbacks(CURL* handle, Flight& flight) {
  void* user = &flight;
  set(handle, CURLOPT_PREREQFUNCTION, before_request);
  set(handle, CURLOPT_PREREQDATA, user);
  set(handle, CURLOPT_READFUNCTION, give_body);
  set(handle, CURLOPT_READDATA, user);
  set(handle, CURLOPT_SEEKFUNCTION, refuse_rewind);
  set(handle, CURLOPT_SEEKDATA, user);
  set(handle, CURLOPT_WRITEFUNCTION, take_reply);
  set(handle, CURLOPT_WRITEDATA, user);
  set(handle, CURLOPT_HEADERFUNCTION, see_header);
  set(handle, CURLOPT_HEADERDATA, user);
  set(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  set(handle, CURLOPT_XFERINFODATA, user);
  set(handle, CURLOPT_NOPROGRESS, 0L);
}

}  // namespace atz::payer
