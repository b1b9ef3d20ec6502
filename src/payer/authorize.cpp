#include "payer/authorize.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "atz/base/text.hpp"
#include "atz/seal/jws.hpp"
#include "payer/oauth.hpp"
#include "payer/url.hpp"

namespace atz::payer {

namespace {

constexpr std::size_t kVerifierLength = 52;  // base32 characters: 260 bits; RFC 7636 asks for 43 to 128 characters
constexpr std::size_t kStateLength = 26;
constexpr const char* kAgain = "Run the command again, and paste what the browser's address bar shows at the end.";

std::string decode(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c == '+') c = ' ';
  }
  int length = 0;
  const std::unique_ptr<char, void (*)(void*)> decoded(
      curl_easy_unescape(nullptr, plain.c_str(), static_cast<int>(plain.size()), &length), curl_free);
  return decoded == nullptr ? std::string() : std::string(decoded.get(), static_cast<std::size_t>(length));
}

std::optional<std::string> parameter(std::string_view query, std::string_view name) {
  for (const auto& pair : split(query, '&')) {
    const auto equals = pair.find('=');
    if (pair.substr(0, equals) == name) {
      return equals == std::string::npos ? std::string() : decode(std::string_view(pair).substr(equals + 1));
    }
  }
  return std::nullopt;
}

bool is_code(std::string_view text) {
  return !text.empty() && is_header_safe(text);
}

}  // namespace

Authorization begin_authorization(Random& random) {
  return {random_base32(random, kStateLength), random_base32(random, kVerifierLength)};
}

std::string authorize_address(const std::string& endpoint, const model::PayerProfile& profile,
                              const Authorization& authorization) {
  std::string address = endpoint;
  char separator = endpoint.find('?') == std::string::npos ? '?' : '&';
  const auto add = [&](std::string_view name, std::string_view value) {
    address += fmt::format("{}{}={}", separator, name, percent_encode(value));
    separator = '&';
  };
  add("response_type", "code");
  add("client_id", profile.auth.client_id);
  add("redirect_uri", profile.auth.redirect_uri);
  add("aud", profile.base_url);
  if (!profile.auth.scope.empty()) add("scope", profile.auth.scope);
  add("state", authorization.state);
  add("code_challenge", seal::sha256_base64url(authorization.verifier));
  add("code_challenge_method", "S256");
  return address;
}

Result<std::string> read_pasted(std::string_view pasted, const model::PayerProfile& profile,
                                const Authorization& authorization) {
  const std::string_view text = trim(pasted);
  if (text.empty()) return fail(Failure::sign_in, "Nothing was pasted.", kAgain);
  const auto question = text.find('?');
  if (question == std::string_view::npos && text.find("://") == std::string_view::npos) {
    if (is_code(text)) return std::string(text);
    return fail(Failure::sign_in, "What was pasted is neither a code nor an address.", kAgain);
  }
  std::string_view query = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
  query = query.substr(0, query.find('#'));
  const auto state = parameter(query, "state");
  const auto code = parameter(query, "code");
  const auto error = parameter(query, "error");
  if (!code && !error) {
    return fail(Failure::sign_in, "The pasted address holds no code.",
                fmt::format("The one that is wanted begins with {}. {}", profile.auth.redirect_uri, kAgain));
  }
  if (!state || !seal::equal_in_constant_time(*state, authorization.state)) {
    return fail(
        Failure::sign_in, "The pasted address does not belong to this sign-in (its state is another).",
        "Open the address that was just printed; one from an earlier try, or from somebody else, is not taken.");
  }
  if (error) {
    const std::string description = one_line(parameter(query, "error_description").value_or(""));
    return fail(Failure::sign_in,
                fmt::format("Sign-in to payer {} was refused ({}){}{}.", profile.name, one_line(*error),
                            description.empty() ? "" : ": ", description),
                "Check auth.client_id, auth.redirect_uri and auth.scope with the payer.");
  }
  if (!is_code(*code)) return fail(Failure::sign_in, "The code in the pasted address cannot be one.", kAgain);
  return *code;
}

Result<std::string> ask_for_code(const Credentials& credentials, const model::PayerProfile& profile,
                                 const std::string& endpoint, const Authorization& authorization) {
  if (!credentials.ask) {
    return fail(
        Failure::sign_in,
        fmt::format("A person has to sign in to payer {}, and standard input is no terminal.", profile.name),
        profile.auth.cache_token
            ? "Run atz status at a terminal: the token is kept, and used until it expires."
            : "Run the command at a terminal; with cache_token: yes in the profile the token is kept for later runs.");
  }
  const auto pasted = credentials.ask(fmt::format(
      "To sign in to payer {}, open this address in a browser:\n\n  {}\n\nAt the end the browser is sent to {}; "
      "whether a "
      "page is shown there does not matter.\nPaste that whole address, or the code in it: ",
      profile.name, authorize_address(endpoint, profile, authorization), printable(profile.auth.redirect_uri)));
  if (!pasted) return tl::make_unexpected(pasted.error());
  return read_pasted(*pasted, profile, authorization);
}

}  // namespace atz::payer
