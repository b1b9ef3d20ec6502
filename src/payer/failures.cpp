#include "payer/failures.hpp"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>

namespace atz::payer {

namespace {

constexpr const char* kClientCertificateHelp =
    "The payer may expect a client certificate: tls.client_cert and tls.client_key.";

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string seconds(std::chrono::milliseconds time) {
  const auto ms = time.count();
  return ms % 1000 == 0 ? fmt::format("{} s", ms / 1000) : fmt::format("{} ms", ms);
}

std::string network_help(const Url& url) {
  if (url.loopback) return "Is the local payer running, and on this port?";
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') {
      return fmt::format("Check base_url in the profile, this computer's network and the proxy in {}.", name);
    }
  }
  return "Check base_url in the profile and this computer's network; a network that needs a proxy wants HTTPS_PROXY.";
}

Error error(std::string message, std::string help, Failure failure = Failure::temporary) {
  return {failure, std::move(message), std::move(help)};
}

Error untrusted(const Trouble& trouble, const std::string& place) {
  switch (trouble.verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return error(fmt::format("The certificate of {} has expired.", place),
                   "Only the payer can renew it; if others can connect, check this computer's date.");
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return error(fmt::format("The certificate of {} is not valid yet.", place), "Check this computer's date.");
    case X509_V_ERR_CERT_REVOKED:
      return error(fmt::format("The certificate of {} has been revoked.", place), "Tell the payer.");
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED:  // libcurl compares the names itself, when OpenSSL has accepted the chain
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return error(fmt::format("The certificate of {} belongs to another host name.", place),
                   "Check base_url and token_url in the profile. Somebody may be in between: do not go around this.");
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
      return error(
          fmt::format("The certificate of {} comes from an authority that this computer does not know.", place),
          "If the payer or your network has an authority of its own, name its certificate in tls.ca_file.");
    default:
      return error(fmt::format("The certificate of {} cannot be trusted: {}.", place,
                               X509_verify_cert_error_string(trouble.verify_result)),
                   "Tell the payer.");
  }
}

Error handshake(const Trouble& trouble, const std::string& place) {
  if (has(trouble.detail, "unsupported protocol") || has(trouble.detail, "protocol version")) {
    return error(fmt::format("{} only speaks a version of TLS older than 1.2, which is not safe.", place),
                 "Tell the payer; there is no way around it.");
  }
  if (has(trouble.detail, "wrong version number") || has(trouble.detail, "packet length too long")) {
    return error(fmt::format("{} does not speak TLS.", place), "Check the port in base_url.");
  }
  if (has(trouble.detail, "alert")) {
    return error(fmt::format("{} refused the TLS connection.", place), kClientCertificateHelp);
  }
  return error(fmt::format("No TLS connection could be made with {}.", place), "Tell the payer.");
}

Error connecting(const Trouble& trouble, const Request& request, const Limits& limits) {
  const std::string& place = request.url.place;
  if (trouble.proxy_status >= 300) {
    return error(fmt::format("The proxy refused to connect to {} (HTTP {}).", place, trouble.proxy_status),
                 "Check HTTPS_PROXY and what it allows.");
  }
  switch (trouble.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return error(fmt::format("The host name in {} cannot be resolved.", place), network_help(request.url));
    case CURLE_COULDNT_RESOLVE_PROXY:
      return error("The name of the proxy cannot be resolved.", "Check HTTPS_PROXY.");
    case CURLE_PROXY:
      return error(fmt::format("The proxy could not connect to {}.", place), "Check HTTPS_PROXY and what it allows.");
    case CURLE_COULDNT_CONNECT:
      return error(trouble.os_error == ECONNREFUSED
                       ? fmt::format("The connection to {} was refused.", place)
                       : fmt::format("No connection to {}: the host cannot be reached.", place),
                   network_help(request.url));
    case CURLE_OPERATION_TIMEDOUT:
      return error(
          fmt::format("No connection to {} within {}.", place, seconds(std::min(limits.connect, request.timeout))),
          network_help(request.url));
    case CURLE_PEER_FAILED_VERIFICATION:
      return untrusted(trouble, place);
    case CURLE_SSL_CACERT_BADFILE:
      return error("The file of certificate authorities cannot be read.",
                   "Check tls.ca_file in the profile; without it the system's own are used (package ca-certificates).",
                   Failure::usage);
    case CURLE_SSL_CERTPROBLEM:
      return error("The client certificate or its key cannot be used.",
                   "Check tls.client_cert and tls.client_key in the profile: PEM files that belong together.",
                   Failure::usage);
    case CURLE_URL_MALFORMAT:
      return error("The address of the request is not a valid URL.", {}, Failure::bug);
    case CURLE_SSL_CONNECT_ERROR:
      return handshake(trouble, place);
    default:
      return error(fmt::format("No connection to {}: {}.", place, curl_easy_strerror(trouble.code)),
                   network_help(request.url));
  }
}

Error answering(const Trouble& trouble, const Request& request) {
  const std::string& place = request.url.place;
  switch (trouble.code) {
    case CURLE_OPERATION_TIMEDOUT:
      return error(fmt::format("No complete answer from {} within {}.", place, seconds(request.timeout)), {});
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_FAIL_REWIND:
      return error(fmt::format("{} closed the connection without an answer.", place), {});
    case CURLE_PARTIAL_FILE:
      return error(fmt::format("The answer of {} was cut short.", place), {});
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      // With TLS 1.3 a server only says after the first bytes that it wanted a certificate.
      if (has(trouble.detail, "alert")) {
        return error(fmt::format("{} broke off the TLS connection.", place), kClientCertificateHelp);
      }
      return error(fmt::format("The connection to {} was lost.", place), {});
    case CURLE_BAD_CONTENT_ENCODING:
      return error(fmt::format("The compressed answer of {} is damaged.", place), {});
    default:
      return error(fmt::format("No usable answer from {}: {}.", place, curl_easy_strerror(trouble.code)), {});
  }
}

std::string stopped(Flight::Stop stop, const Flight& flight, const std::string& place) {
  switch (stop) {
    case Flight::Stop::cancelled:
      return flight.may_have_left() ? fmt::format("Interrupted while {} was at work on the request.", place)
                                    : "Interrupted before anything was sent.";
    case Flight::Stop::too_large:
      return fmt::format("The answer of {} is larger than {} bytes.", place, flight.max_reply_bytes);
    case Flight::Stop::second_start:
      return fmt::format("{} closed the connection without an answer.", place);
    case Flight::Stop::none:
      break;
  }
  return {};
}

}  // namespace

Error describe(const Trouble& trouble, const Flight& flight, const Request& request, const Limits& limits) {
  Error result;
  if (flight.stop != Flight::Stop::none) {
    result = error(stopped(flight.stop, flight, request.url.place), {});
  } else if (!flight.started) {
    result = connecting(trouble, request, limits);
  } else {
    result = answering(trouble, request);
  }
  if (request.method == Request::Method::post && flight.may_have_left()) {
    result.failure = Failure::unknown_outcome;
  } else if (flight.stop == Flight::Stop::cancelled) {
    result.failure = Failure::interrupted;
  }
  return result;
}

std::optional<Error> turned_away(const Request& request, const Exchange& answer) {
  const int status = answer.http_status;
  const bool repeats = status == 307 || status == 308;  // the same request, method and body, elsewhere
  const bool redirects = status == 301 || status == 302 || status == 303 || repeats;
  if (request.method == Request::Method::get ? redirects : repeats) {
    return error(fmt::format("{} sends requests on to another address (HTTP {}); atz does not follow.",
                             request.url.place, status),
                 "If the payer has moved, write the new address that it has told you to base_url in the profile.",
                 Failure::refused);
  }
  // nginx finishes the handshake without a certificate and says what it thinks of that in a page.
  const bool certificate = (status == 400 || status == 495 || status == 496) &&
                           answer.content_type.starts_with("text/html") && has(answer.body, "SSL certificate");
  if (!certificate) return std::nullopt;
  return error(fmt::format("{} does not take this computer's client certificate, or lack of one (HTTP {}).",
                           request.url.place, status),
               "Ask the payer which certificate it wants: tls.client_cert and tls.client_key in the profile.",
               Failure::sign_in);
}

}  // namespace atz::payer
