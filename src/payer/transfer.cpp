#include "payer/transfer.hpp"

#include <array>
#include <exception>
#include <utility>

#include "payer/callbacks.hpp"
#include "payer/failures.hpp"

namespace atz::payer {

namespace {

// Many servers close connections that were idle for 5 s: one that is older is not worth the risk of a lost answer.
constexpr long kMaxIdleSeconds = 3;
constexpr long kUploadBuffer = 256L * 1024;

template <class T>
T info(CURL* handle, CURLINFO what) {
  T value{};
  curl_easy_getinfo(handle, what, &value);
  return value;
}

std::string header(CURL* handle, const char* name) {
  curl_header* found = nullptr;
  if (curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  return found->value;
}

void set_security(CURL* handle, const model::PayerProfile::Tls& tls, const Url& url) {
  set(handle, CURLOPT_PROTOCOLS_STR, url.tls ? "https" : "http");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // a proxy never sees our headers
  // libcurl obeys http_proxy even for this computer; "" is no proxy, whatever the environment says.
  if (url.loopback) set(handle, CURLOPT_PROXY, "");
  if (!url.tls) return;
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!tls.ca_file.empty()) {
    set(handle, CURLOPT_CAINFO, tls.ca_file.c_str());
    set(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // this authority and no other
  }
  if (!tls.client_cert.empty()) set(handle, CURLOPT_SSLCERT, tls.client_cert.c_str());
  if (!tls.client_key.empty()) set(handle, CURLOPT_SSLKEY, tls.client_key.c_str());
  set(handle, CURLOPT_KEYPASSWD, "");  // else OpenSSL asks at the terminal for the password of a key that has one
}

}  // namespace

Result<Transport> Transport::create(const model::PayerProfile::Tls& tls, const Limits& limits) {
  if (auto started = start_curl(); !started) return tl::make_unexpected(started.error());
  Handle handle(curl_easy_init());
  if (handle == nullptr) return fail(Failure::io, "The HTTP library cannot start: out of memory.");
  return Transport(std::move(handle), tls, limits);
}

// Everything is set anew for every request, so that nothing of one (a body, a credential) reaches the next;
// connections outlive the reset.
void Transport::prepare(const Request& request) {
  CURL* handle = handle_.get();
  curl_easy_reset(handle);
  set(handle, CURLOPT_URL, request.url.text.c_str());
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(handle, CURLOPT_MAXAGE_CONN, kMaxIdleSeconds);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(handle, CURLOPT_USERAGENT, "atz/" ATZ_VERSION);
  set(handle, CURLOPT_ACCEPT_ENCODING, "gzip");  // decoded piecewise: the write callback bounds the decoded size
  set_security(handle, tls_, request.url);
  if (request.method == Request::Method::post) {
    set(handle, CURLOPT_POST, 1L);
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(handle, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBuffer);
  }
}

Reply Transport::perform(const Request& request, Hooks& hooks) {
  CURL* handle = handle_.get();
  prepare(request);

  HeaderList headers;
  headers.add("Accept", request.accept);
  headers.add("X-Request-Id", request.request_id);
  if (!request.authorization.empty()) headers.add("Authorization", request.authorization);
  if (request.method == Request::Method::post) {
    headers.add("Content-Type", request.content_type);
    headers.suppress("Expect");
  }
  set(handle, CURLOPT_HTTPHEADER, headers.get());

  Flight flight;
  flight.is_post = request.method == Request::Method::post;
  if (flight.is_post) flight.body = request.body;
  flight.max_reply_bytes = limits_.max_reply_bytes;
  flight.slow_after = limits_.slow_after;
  flight.hooks = &hooks;
  install_callbacks(handle, flight);
  std::array<char, CURL_ERROR_SIZE> detail{};
  set(handle, CURLOPT_ERRORBUFFER, detail.data());

  CURLcode code = curl_easy_perform(handle);
  const auto status = static_cast<int>(info<long>(handle, CURLINFO_RESPONSE_CODE));
  if (code == CURLE_OK && (!flight.headers_complete || status < 200)) code = CURLE_PARTIAL_FILE;

  Reply reply;
  Exchange& exchange = reply.exchange;
  exchange.request_id = request.request_id;
  if (code == CURLE_OK) {
    exchange.fate = Exchange::Fate::answered;
    exchange.http_status = status;
    if (const char* type = info<char*>(handle, CURLINFO_CONTENT_TYPE); type != nullptr) exchange.content_type = type;
    exchange.body = std::move(flight.reply);
    reply.retry_after = header(handle, "Retry-After");
    reply.date = header(handle, "Date");
  } else {
    exchange.fate = flight.may_have_left() ? Exchange::Fate::unknown : Exchange::Fate::not_sent;
    Trouble trouble;
    trouble.code = code;
    trouble.detail = detail.data();
    trouble.verify_result = info<long>(handle, CURLINFO_SSL_VERIFYRESULT);
    trouble.proxy_status = info<long>(handle, CURLINFO_HTTP_CONNECTCODE);
    trouble.os_error = info<long>(handle, CURLINFO_OS_ERRNO);
    exchange.error = describe(trouble, flight, request, limits_);
  }
  curl_easy_reset(handle);  // it must not keep pointers into this frame
  if (flight.thrown) std::rethrow_exception(flight.thrown);
  return reply;
}

}  // namespace atz::payer
