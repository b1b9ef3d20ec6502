// Talking to a payer: sign-in, discovery, one request at a time. Knows HTTP, not FHIR.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/base/file.hpp"
#include "atz/base/random.hpp"
#include "atz/base/result.hpp"
#include "atz/model/profile.hpp"
#include "atz/seal/seal.hpp"

namespace atz::payer {

// What certainly happened to one request. The class decides what may be done next.
struct Exchange {
  enum class Fate {
    answered,  // a complete HTTP answer came back: http_status, content_type, body
    not_sent,  // certain that nothing was accepted: no byte of the body left (DNS, connect, TLS, sign-in), or the
               // server turned the request away unread (a redirect of 307 or 308, no client certificate)
    unknown,   // bytes left and no complete answer came: time-out, reset, cut short, too large
  } fate = Fate::not_sent;
  int http_status = 0;
  std::string content_type;
  std::string body;                     // decompressed
  std::chrono::seconds retry_after{0};  // 0: none given
  std::optional<Instant> served_at;     // the payer's clock, from its Date header
  std::string request_id;               // X-Request-Id of the last attempt, to quote in support cases
  // For not_sent and unknown. Failure::unknown_outcome only when a POST may have been accepted; a lost GET is
  // Failure::temporary. Also set, as Failure::temporary, for a 429 or 503 that was still there when we gave up.
  Error error;
};

struct Limits {
  std::uint64_t max_reply_bytes = 64ULL * 1024 * 1024;  // after decompression
  std::chrono::milliseconds connect = std::chrono::seconds{10};
  std::chrono::milliseconds base = std::chrono::seconds{60};       // whole request
  std::chrono::milliseconds per_member = std::chrono::seconds{5};  // added for each member in it
  std::chrono::milliseconds slow_after = std::chrono::seconds{15};
  std::chrono::milliseconds command = std::chrono::seconds{60};  // a token command
};

struct Token {
  seal::Secret authorization;  // "Bearer ...", the value of the header
  Instant good_until;
};

// Keeps a token from one run to the next.
class TokenStore {
 public:
  virtual ~TokenStore() = default;
  virtual std::optional<Token> load() = 0;  // nothing that can be used: nullopt
  virtual Result<void> keep(const Token& token) = 0;
  virtual void forget() = 0;
};

// In a 0600 file of `folder`, sealed and bound to the profile's name, address and everything that says who signs in and
// how: with any other of them it is as if there were none. `files`, `vault` and `random` must outlive it.
std::unique_ptr<TokenStore> token_file(Files& files, const seal::Vault& vault, Random& random, std::string folder,
                                       const model::PayerProfile& profile);

// What a profile does not hold. What its AuthMode has no use for stays empty.
struct Credentials {
  seal::Secret secret;  // of the client; with authorization_code it may be empty (a client that has none)
  seal::Secret key;     // PEM, of private_key_jwt
  // Shows a text and reads a line, for authorization_code; empty when nobody is there to be asked.
  std::function<Result<std::string>(const std::string& text)> ask;
  std::unique_ptr<TokenStore> tokens;  // null: a token is used in this run only
};

// What the profile says about time, and the other limits as they are.
Limits limits_of(const model::PayerProfile& profile);

// Used by one thread at a time; several clients may live in several threads.
class Client {
 public:
  // base_url of the profile must be set. http:// only for loopback; TLS 1.2 or newer, always verified; no redirects;
  // proxies from the environment, but never for loopback. Opens no connection. Failure::usage for a profile or a key
  // that cannot work, Failure::sign_in when the secret is missing. `clock` (real time: sign-in servers know no other)
  // and `random` must outlive the client.
  static Result<std::unique_ptr<Client>> create(const model::PayerProfile& profile, Credentials credentials,
                                                Clock& clock, Random& random, const Limits& limits = {});
  virtual ~Client() = default;

  // A token, if there is none that is good for 30 s more: a kept one, else by discovery (smart-configuration) and
  // sign-in. Failure::sign_in when refused or nobody is there to be asked, Failure::temporary when unreachable.
  virtual Result<void> sign_in() = 0;
  // `path` is relative to base_url and percent-encoded by the caller; "" is base_url itself.
  // GET, with the token when there is one. Retried on 429/503 (Retry-After honoured, at most 3 times).
  virtual Exchange get(const std::string& path) = 0;
  // POST of FHIR JSON: sent once; on 401 one new token and one repeat (nothing was processed); on 429 and 503
  // Retry-After (at least a second; without it 2, 8, 30 s) and the same bytes, at most 3 times. A Retry-After of more
  // than 120 s is not waited for. `members` scales the time-out. Never follows redirects.
  virtual Exchange post(const std::string& path, std::string_view body, std::size_t members) = 0;
  // POST of a form (application/x-www-form-urlencoded) that only asks, such as a search: what identifies people goes
  // into the body, never into an address that servers log. Repeated as a GET is. Names and values are plain text.
  using Fields = std::vector<std::pair<std::string, std::string>>;
  virtual Exchange post_form(const std::string& path, const Fields& fields) = 0;
  // Called once per get or post if an answer takes longer than `slow_after`.
  virtual void on_slow(std::function<void()> callback) = 0;
  // Polled during transfers and waits; true aborts (Ctrl-C): fate unknown if bytes had left.
  virtual void on_cancelled(std::function<bool()> callback) = 0;
};

}  // namespace atz::payer
