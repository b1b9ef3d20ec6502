// Addresses of a payer: what may be talked to at all, and in which way.
#pragma once

#include <string>
#include <string_view>

#include "atz/base/result.hpp"

namespace atz::payer {

struct Url {
  std::string text;
  std::string place;  // host:port, for messages
  bool loopback = false;
  bool tls = false;
};

// https://, or http:// to this very computer; no user name, no fragment. Failure::usage that names `setting`.
// curl must have been started.
Result<Url> parse_url(std::string_view text, std::string_view setting);

// 127.0.0.0/8, ::1 (with or without brackets) and localhost.
bool is_loopback(std::string_view host);

// `path` below `base`, always at the same host: it is only ever appended.
Url below(const Url& base, std::string_view path);

// All but RFC 3986's unreserved characters as %XX.
std::string percent_encode(std::string_view text);

}  // namespace atz::payer
