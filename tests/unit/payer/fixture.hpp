// What nearly every test of the client needs.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "atz/payer/client.hpp"
#include "unit/payer/scripted_server.hpp"

namespace atz::payer {

constexpr std::string_view kTestSecret = "not-a-real-secret";

struct World {
  FixedClock clock{Instant(std::chrono::seconds(1'796'600'000))};
  SeededRandom random{42};
  Limits limits;
  model::PayerProfile profile;

  explicit World(const ScriptedServer& server) : World(server.url()) {}
  explicit World(std::string base_url) {
    profile.name = "test";
    profile.base_url = std::move(base_url);
    profile.auth.mode = model::AuthMode::none;
    profile.auth.client_id = "client";
  }

  void use_token(model::AuthMode mode, std::string token_url = {}) {
    profile.auth.mode = mode;
    profile.auth.token_url = std::move(token_url);
  }

  Result<std::unique_ptr<Client>> try_client(Credentials credentials) {
    return Client::create(profile, std::move(credentials), clock, random, limits);
  }
  Result<std::unique_ptr<Client>> try_client(std::string_view secret = kTestSecret) {
    Credentials credentials;
    credentials.secret = seal::Secret(secret);
    return try_client(std::move(credentials));
  }
  std::unique_ptr<Client> client() {
    auto made = try_client();
    REQUIRE(made.has_value());
    return std::move(*made);
  }
};

// An environment variable that is set (or unset) while this lives.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name); old != nullptr) old_ = old;
    if (value == nullptr) {
      ::unsetenv(name);
    } else {
      ::setenv(name, value, 1);
    }
  }
  ~ScopedVariable() {
    if (old_) {
      ::setenv(name_, old_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace atz::payer
