#include "payer/http_client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "payer/retry.hpp"

namespace atz::payer {

namespace {

using Fate = Exchange::Fate;
using std::chrono::seconds;

constexpr seconds kLeastLife{30};  // of a token that is used once more
constexpr seconds kLeastWait{1};   // even where the payer says that there is no need to wait

bool busy(const Exchange& exchange) {
  return exchange.fate == Fate::answered && (exchange.http_status == 429 || exchange.http_status == 503);
}

Exchange not_sent(Error error) {
  Exchange exchange;
  exchange.error = std::move(error);
  return exchange;
}

// Nothing is ever accepted during sign-in, so a lost answer is only temporary trouble.
Error sign_in_trouble(Error error) {
  if (error.failure == Failure::unknown_outcome) error.failure = Failure::temporary;
  return error;
}

}  // namespace

HttpClient::HttpClient(model::PayerProfile profile, Url base, std::optional<Url> token_url, seal::Secret secret,
                       Transport transport, Clock& clock, Random& random, const Limits& limits)
    : profile_(std::move(profile)),
      base_(std::move(base)),
      token_url_(std::move(token_url)),
      secret_(std::move(secret)),
      transport_(std::move(transport)),
      clock_(clock),
      random_(random),
      limits_(limits) {}

Exchange HttpClient::get(const std::string& path) {
  hooks_.slow_told = false;
  Request request;
  request.url = below(base_, path);
  request.accept = "application/fhir+json";
  request.timeout = limits_.base;
  return exchange(std::move(request), Sender::token);
}

Exchange HttpClient::post(const std::string& path, std::string_view body, std::size_t members) {
  hooks_.slow_told = false;
  Request request;
  request.method = Request::Method::post;
  request.url = below(base_, path);
  request.body = body;
  request.content_type = "application/fhir+json";
  request.accept = "application/fhir+json";
  request.timeout = limits_.base + limits_.per_member * static_cast<std::chrono::milliseconds::rep>(members);
  return exchange(std::move(request), Sender::token);
}

Exchange HttpClient::post_form(const std::string& path, const Fields& fields) {
  hooks_.slow_told = false;
  std::string form;
  for (const auto& [name, value] : fields)
    form += fmt::format("{}{}={}", form.empty() ? "" : "&", percent_encode(name), percent_encode(value));
  Request request;
  request.method = Request::Method::post;
  request.url = below(base_, path);
  request.body = form;
  request.content_type = "application/x-www-form-urlencoded";
  request.accept = "application/fhir+json";
  request.timeout = limits_.base;
  Exchange answer = exchange(std::move(request), Sender::token);
  // Nothing is ever accepted by a search, so a lost answer is only temporary trouble.
  if (answer.error.failure == Failure::unknown_outcome) answer.error.failure = Failure::temporary;
  return answer;
}

// Repeats a request only after an answer that says it was not processed: 401, 429, 503.
Exchange HttpClient::exchange(Request request, Sender sender) {
  bool renewed = false;
  std::optional<Exchange> overloaded;  // the last 503: not every server is sure that it did nothing
  for (int resends = 0;; ++resends) {
    Exchange last;
    std::optional<seconds> wanted;  // by the payer
    for (;;) {
      if (sender == Sender::token) {
        if (auto ready = ensure_token(); !ready) return overloaded ? *overloaded : not_sent(ready.error());
      }
      Reply reply = attempt(request, sender);
      last = std::move(reply.exchange);
      wanted = read_retry_after(reply.retry_after, reply.date, clock_.now());
      last.retry_after = wanted.value_or(seconds(0));
      const bool unknown_token = last.fate == Fate::answered && last.http_status == 401 && token_.has_value();
      if (sender != Sender::token || !unknown_token || renewed) break;
      renewed = true;
      token_.reset();
    }
    if (!busy(last)) return last.fate == Fate::not_sent && overloaded ? *overloaded : last;
    // After a 503 no 429 makes it certain again that nothing was processed.
    if (overloaded) last.http_status = overloaded->http_status;
    if (last.retry_after > kLongestWait) {
      last.error = {Failure::temporary,
                    fmt::format("{} asks to wait {} s before the next request (HTTP {}).", request.url.place,
                                last.retry_after.count(), last.http_status),
                    "Run the same command again after that time."};
      return last;
    }
    if (resends == kMaxResends) {
      last.error = {Failure::temporary,
                    fmt::format("{} is still too busy after {} attempts (HTTP {}).", request.url.place, resends + 1,
                                last.http_status),
                    "Run the same command again later."};
      return last;
    }
    if (!wait(wanted ? std::max(*wanted, kLeastWait) : default_wait(resends, random_))) {
      last.error = {Failure::interrupted, fmt::format("Interrupted while waiting for {}.", request.url.place), {}};
      return last;
    }
    if (last.http_status == 503) overloaded = std::move(last);
  }
}

Reply HttpClient::attempt(Request request, Sender sender) {
  const std::string request_id = uuid_v4(random_);
  request.request_id = request_id;
  if (sender == Sender::token && token_) request.authorization = token_->authorization.reveal();
  return transport_.perform(request, hooks_);
}

// In steps of a second, so that Ctrl-C is heard.
bool HttpClient::wait(seconds duration) {
  for (seconds waited{0}; waited < duration; ++waited) {
    if (hooks_.cancelled && hooks_.cancelled()) return false;
    clock_.sleep_for(seconds(1));
  }
  return true;
}

Result<void> HttpClient::ensure_token() {
  if (profile_.auth.mode == model::AuthMode::none) return {};
  if (token_ && token_->good_until - clock_.now() >= kLeastLife) return {};
  return renew_token();
}

Result<void> HttpClient::sign_in() {
  hooks_.slow_told = false;
  if (profile_.auth.mode == model::AuthMode::none) return {};
  return renew_token();
}

Result<void> HttpClient::renew_token() {
  const auto url = find_token_url();
  if (!url) return tl::make_unexpected(url.error());
  const seal::Secret authorization = client_authorization(profile_.auth, secret_);
  const seal::Secret form = token_form(profile_.auth, secret_);
  Request request;
  request.method = Request::Method::post;
  request.url = *url;
  request.body = form.reveal();
  request.content_type = "application/x-www-form-urlencoded";
  request.accept = "application/json";
  request.authorization = authorization.reveal();
  request.timeout = limits_.base;
  const Instant asked_at = clock_.now();
  Exchange answer = exchange(std::move(request), Sender::anonymous);
  if (answer.fate != Fate::answered) return tl::make_unexpected(sign_in_trouble(std::move(answer.error)));
  if (busy(answer)) return tl::make_unexpected(std::move(answer.error));
  auto token = read_token(answer, asked_at, profile_, secret_);
  if (!token) return tl::make_unexpected(token.error());
  token_ = std::move(*token);
  return {};
}

Result<Url> HttpClient::find_token_url() {
  if (token_url_) return *token_url_;
  Request request;
  request.url = below(base_, ".well-known/smart-configuration");
  request.accept = "application/json";
  request.timeout = limits_.base;
  const Exchange answer = exchange(std::move(request), Sender::anonymous);
  if (answer.fate != Fate::answered) return tl::make_unexpected(sign_in_trouble(answer.error));
  if (busy(answer)) return tl::make_unexpected(answer.error);
  if (answer.http_status >= 500) {
    return fail(Failure::temporary, fmt::format("{} is in trouble (HTTP {}).", base_.place, answer.http_status),
                "Nothing was sent. Run the same command again later.");
  }
  const auto endpoint = read_token_endpoint(answer.http_status == 200 ? answer.body : std::string(), profile_.name);
  if (!endpoint) return tl::make_unexpected(endpoint.error());
  auto url = parse_url(*endpoint, "The token endpoint that the payer names");
  if (!url) return fail(Failure::sign_in, url.error().message, "Write the right one to auth.token_url in the profile.");
  if (url->loopback && !base_.loopback) {
    return fail(Failure::sign_in, fmt::format("Payer {} names a token endpoint on this computer.", profile_.name),
                "Write the right one to auth.token_url in the profile.");
  }
  token_url_ = *url;
  return *url;
}

}  // namespace atz::payer
