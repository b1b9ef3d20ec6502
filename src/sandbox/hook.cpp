#include "sandbox/hook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "atz/base/text.hpp"
#include "sandbox/http.hpp"
#include "sandbox/httplib.hpp"

namespace atz::sandbox {
namespace {

using namespace std::chrono_literals;

constexpr auto kConnectTime = 2s;
constexpr auto kAnswerTime = 5s;
constexpr std::size_t kMostAnswerBytes = 65536;  // nobody reads it
constexpr std::string_view kScheme = "http://";

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

std::optional<Hook> parse_hook(std::string_view url) {
  if (!url.starts_with(kScheme) || !is_plain(url)) return std::nullopt;
  url.remove_prefix(kScheme.size());
  const auto end = std::min(url.find_first_of("/?#"), url.size());
  std::string_view authority = url.substr(0, end);
  Hook hook;
  hook.path = url.substr(end, url.find('#') - end);
  if (hook.path.empty() || hook.path.front() != '/') hook.path.insert(0, "/");
  for (const auto& [name, address] : {std::pair<std::string_view, const char*>{"127.0.0.1", "127.0.0.1"},
                                      {"localhost", "127.0.0.1"},
                                      {"[::1]", "::1"}}) {
    if (!authority.starts_with(name)) continue;
    const std::string_view rest = authority.substr(name.size());
    if (!rest.empty() && rest.front() != ':') continue;
    hook.host = address;
    if (rest.empty()) return hook;
    const std::string_view digits = rest.substr(1);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), hook.port);
    const bool whole = error == std::errc() && stop == digits.data() + digits.size();
    if (whole && hook.port > 0 && hook.port <= 65535) return hook;
  }
  return std::nullopt;
}

Result<void> post_to_hook(const Hook& hook, const std::vector<std::string>& headers, const std::string& body) {
  httplib::Client client(hook.host, hook.port);
  client.set_connection_timeout(kConnectTime);
  client.set_read_timeout(kAnswerTime);
  client.set_write_timeout(kAnswerTime);
  httplib::Headers sent;
  for (const auto& header : headers) {
    const auto colon = header.find(':');
    sent.emplace(std::string(trim(header.substr(0, colon))), std::string(trim(header.substr(colon + 1))));
  }
  httplib::Request request;
  request.method = "POST";
  request.path = hook.path;
  request.headers = std::move(sent);
  request.set_header("Content-Type", std::string(kFhirJson));
  request.body = body;
  std::size_t read = 0;
  request.content_receiver = [&](const char*, std::size_t size, std::uint64_t, std::uint64_t) {
    read += size;
    return read <= kMostAnswerBytes;
  };
  const auto answer = client.send(request);
  if (!answer) return fail(Failure::temporary, fmt::format("no answer ({})", httplib::to_string(answer.error())));
  if (answer->status / 100 != 2) return fail(Failure::temporary, fmt::format("HTTP {}", answer->status));
  return {};
}

}  // namespace atz::sandbox
