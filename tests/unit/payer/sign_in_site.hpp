// A payer that can be signed in to.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "unit/payer/fixture.hpp"

namespace atz::payer {

constexpr std::string_view kJson = "application/json";

inline std::string token_answer(std::string_view token, int life = 300) {
  return http(200, fmt::format(R"({{"access_token":"{}","token_type":"Bearer","expires_in":{}}})", token, life), {},
              kJson);
}

// A payer with discovery, numbered tokens, and 200 for everything else.
struct Payer {
  int life = 300;
  std::string token_answer_instead;
  ScriptedServer::Handler api = [](const Received&) { return Answer{http(200, "{}")}; };
  int tokens = 0;

  Answer operator()(const Received& request) {
    if (request.target == "/.well-known/smart-configuration") {
      return {http(200,
                   fmt::format(R"({{"token_endpoint":"http://{0}/token/","authorization_endpoint":"http://{0}/page"}})",
                               request.header("Host")),
                   {}, kJson)};
    }
    if (request.target != "/token/") return api(request);
    ++tokens;
    return {token_answer_instead.empty() ? token_answer(fmt::format("tok-{}", tokens), life) : token_answer_instead};
  }
};

struct Site {
  ScriptedServer server;
  std::string token_url;

  explicit Site(Payer payer = {}) : server(std::move(payer)), token_url(server.url() + "/token/") {}

  [[nodiscard]] std::vector<Received> at(std::string_view target) const {
    std::vector<Received> found;
    for (const Received& request : server.received()) {
      if (request.target == target) found.push_back(request);
    }
    return found;
  }
};

}  // namespace atz::payer
