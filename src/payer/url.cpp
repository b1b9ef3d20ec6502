#include "payer/url.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <new>

#include "atz/base/text.hpp"

namespace atz::payer {

namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
  return text;
}

}  // namespace

bool is_loopback(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (to_lower(host) == "localhost") return true;
  const std::string text(host);
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  in6_addr six{};
  return inet_pton(AF_INET6, text.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

Result<Url> parse_url(std::string_view text, std::string_view setting) {
  if (text.empty()) return fail(Failure::usage, fmt::format("{} is missing from the profile.", setting));
  const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  if (url == nullptr) throw std::bad_alloc();
  // The text itself stays out of the messages: it may hold a password.
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK) {
    return fail(Failure::usage, fmt::format("{} is not a URL that atz understands.", setting),
                "Write it like https://fhir.payer.example/r4");
  }
  const std::string scheme = part(url.get(), CURLUPART_SCHEME);
  const std::string host = part(url.get(), CURLUPART_HOST);
  for (const CURLUPart extra : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT}) {
    if (!part(url.get(), extra).empty()) {
      return fail(Failure::usage, fmt::format("{} must not contain a user name, a password or a fragment.", setting));
    }
  }
  Url result;
  result.loopback = is_loopback(host);
  result.tls = scheme == "https";
  if (!result.tls && !(scheme == "http" && result.loopback)) {
    return fail(Failure::usage,
                fmt::format("{} must begin with https://; http:// is only for this computer (localhost).", setting));
  }
  result.place = fmt::format("{}:{}", printable(host), part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT));
  result.text = part(url.get(), CURLUPART_URL);
  return result;
}

Url below(const Url& base, std::string_view path) {
  Url result = base;
  while (result.text.ends_with('/')) result.text.pop_back();
  while (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return result;
  if (!path.starts_with('?')) result.text += '/';
  result.text += path;
  return result;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() * 3);
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHex[byte >> 4U];
      encoded += kHex[byte & 15U];
    }
  }
  return encoded;
}

}  // namespace atz::payer
