#include "payer/http_client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "payer/failures.hpp"
#include "payer/retry.hpp"

namespace atz::payer {

namespace {

using Fate = Exchange::Fate;
using std::chrono::seconds;

constexpr int kFirstFailure = 400;
constexpr seconds kLeastWait{1};  // even where the payer says that there is no need to wait

bool busy(const Exchange& exchange) {
  return exchange.fate == Fate::answered && (exchange.http_status == 429 || exchange.http_status == 503);
}

// After a 503, of which nobody knows whether it came before or after the work, a refusal of the repeated bytes tells
// nothing of the first try; only a message that was understood does.
bool says_nothing_of(const Exchange& overloaded, const Exchange& last) {
  if (overloaded.fate != Fate::answered || last.fate == Fate::unknown) return false;
  if (last.fate == Fate::not_sent) return true;
  const int status = last.http_status;
  return status != 200 && status != 201 && status != 400 && status != 422;
}

Exchange not_sent(Error error) {
  Exchange exchange;
  exchange.error = std::move(error);
  return exchange;
}

}  // namespace

HttpClient::HttpClient(const model::PayerProfile& profile, Url base, SignInMeans means, Transport transport,
                       Clock& clock, Random& random, const Limits& limits)
    : base_(std::move(base)),
      transport_(std::move(transport)),
      clock_(clock),
      random_(random),
      limits_(limits),
      sign_in_(profile, base_, std::move(means), clock, random, limits, hooks_,
               [this](Request request) { return exchange(std::move(request), Sender::anonymous); }) {}

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
        if (auto ready = sign_in_.ensure(); !ready) return overloaded ? *overloaded : not_sent(ready.error());
      }
      Reply reply = attempt(request, sender);
      last = std::move(reply.exchange);
      wanted = read_retry_after(reply.retry_after, reply.date, clock_.now());
      last.retry_after = wanted.value_or(seconds(0));
      last.served_at = read_http_date(reply.date);
      if (sender != Sender::token || last.fate != Fate::answered || last.http_status != 401) break;
      if (!sign_in_.give_up_token() || renewed) break;
      renewed = true;
    }
    if (last.fate == Fate::answered) {
      if (auto away = turned_away(request, last)) {
        last.fate = Fate::not_sent;
        last.error = std::move(*away);
      }
    }
    if (!busy(last)) return overloaded && says_nothing_of(*overloaded, last) ? *overloaded : last;
    if (sender == Sender::anonymous && request.method == Request::Method::post) {
      // A signed assertion or a code counts once: the next run signs in anew.
      last.error = {Failure::temporary,
                    fmt::format("{} is too busy to sign us in (HTTP {}).", request.url.place, last.http_status),
                    "Run the same command again later."};
      return last;
    }
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
  if (sender == Sender::token) request.authorization = sign_in_.authorization();
  Reply reply = transport_.perform(request, hooks_);
  // Answers that took something stay as they came: numbers of cases are in them.
  if (sender == Sender::token && reply.exchange.http_status >= kFirstFailure)
    sign_in_.conceal_secrets(reply.exchange.body);
  return reply;
}

// In steps of a second, so that Ctrl-C is heard.
bool HttpClient::wait(seconds duration) {
  for (seconds waited{0}; waited < duration; ++waited) {
    if (hooks_.cancelled && hooks_.cancelled()) return false;
    clock_.sleep_for(seconds(1));
  }
  return true;
}

}  // namespace atz::payer
