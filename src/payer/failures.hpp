// Why a transfer brought no answer, in words for the person who has to do something about it.
#pragma once

#include <optional>
#include <string_view>

#include "atz/base/result.hpp"
#include "payer/callbacks.hpp"

namespace atz::payer {

struct Trouble {
  CURLcode code = CURLE_OK;
  std::string_view detail;  // libcurl's own words; used to tell TLS failures apart, never shown
  long verify_result = 0;   // OpenSSL's X509_V_ERR_*
  long proxy_status = 0;    // HTTP status of a proxy's answer to CONNECT; 0: none
  long os_error = 0;        // errno of a failed connect
};

// The failure class follows from the flight's evidence, not from libcurl's code: unknown_outcome when a POST may have
// reached the payer; usage when a file of the profile is at fault; interrupted; else temporary.
Error describe(const Trouble& trouble, const Flight& flight, const Request& request, const Limits& limits);

// What a server in front of the payer says instead of passing a request on: that it has to be sent elsewhere (redirects
// are not followed), or that a client certificate is wanted. nullopt: any other answer, and a redirect after which a
// POST may have been processed all the same (301, 302, 303).
std::optional<Error> turned_away(const Request& request, const Exchange& answer);

}  // namespace atz::payer
