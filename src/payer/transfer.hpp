// One HTTP request over a connection that is kept alive, and the evidence of what happened to it.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "atz/payer/client.hpp"
#include "payer/curl_library.hpp"
#include "payer/url.hpp"

namespace atz::payer {

struct Request {
  enum class Method { get, post } method = Method::get;
  Url url;
  std::string_view body;          // of a post; must outlive the transfer
  std::string_view content_type;  // of a post
  std::string_view accept;
  std::string_view authorization;  // empty: none
  std::string_view request_id;
  std::chrono::milliseconds timeout{0};  // from start to the last byte of the answer
};

struct Hooks {
  std::function<void()> on_slow;
  std::function<bool()> cancelled;
  bool slow_told = false;  // on_slow has been called
};

struct Reply {
  Exchange exchange;
  // Headers as they came, "" when missing.
  std::string retry_after;
  std::string date;
};

class Transport {
 public:
  static Result<Transport> create(const model::PayerProfile::Tls& tls, const Limits& limits);
  // Sends at most once, whatever becomes of the connection.
  Reply perform(const Request& request, Hooks& hooks);

 private:
  Transport(Handle handle, model::PayerProfile::Tls tls, const Limits& limits)
      : handle_(std::move(handle)), tls_(std::move(tls)), limits_(limits) {}
  void prepare(const Request& request);

  Handle handle_;
  model::PayerProfile::Tls tls_;
  Limits limits_;
};

}  // namespace atz::payer
