// The ways to sign in that are no client secret: a signed assertion, a pasted code, a command; and kept tokens.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "atz/seal/jws.hpp"
#include "payer/oauth.hpp"
#include "unit/payer/sign_in_site.hpp"

namespace atz::payer {

using model::AuthMode;
using std::chrono::seconds;

namespace {

using Json = nlohmann::json;

std::string field(const std::string& form, const std::string& name) {
  for (const auto& pair : split(form, '&')) {
    if (pair.starts_with(name + "=")) return pair.substr(name.size() + 1);
  }
  return {};
}

std::string query_of(const std::string& text, const std::string& name) {
  const auto start = text.find("http");
  const std::string address = text.substr(start, text.find('\n', start) - start);
  return field(address.substr(address.find('?') + 1), name);
}

Json part_of(const std::string& jwt, std::size_t number) {
  return Json::parse(seal::from_base64url(split(jwt, '.').at(number)).value());
}

// Somebody at a terminal, who answers each question with what `answer` makes of it.
struct Person {
  std::function<std::string(const std::string&)> answer = [](const std::string&) { return "the-code"; };
  std::vector<std::string> questions;

  Credentials credentials(std::string_view secret = kTestSecret) {
    Credentials result;
    result.secret = seal::Secret(secret);
    result.ask = [this](const std::string& text) -> Result<std::string> {
      questions.push_back(text);
      return answer(text);
    };
    return result;
  }
};

class MemoryStore final : public TokenStore {
 public:
  struct Kept {
    std::string authorization;
    Instant good_until;
    int forgotten = 0;
  };
  explicit MemoryStore(Kept& kept) : kept_(kept) {}
  std::optional<Token> load() override {
    if (kept_.authorization.empty()) return std::nullopt;
    return Token{seal::Secret(kept_.authorization), kept_.good_until};
  }
  Result<void> keep(const Token& token) override {
    kept_.authorization = token.authorization.reveal();
    kept_.good_until = token.good_until;
    return {};
  }
  void forget() override {
    kept_.authorization.clear();
    ++kept_.forgotten;
  }

 private:
  Kept& kept_;
};

World code_world(const Site& site) {
  World world(site.server);
  world.use_token(AuthMode::authorization_code);
  world.profile.auth.redirect_uri = "https://agency.example/back?to=atz";
  world.profile.auth.scope.clear();
  return world;
}

Error pasting(const std::function<std::string(const std::string&)>& answer) {
  Site site;
  World world = code_world(site);
  Person person;
  person.answer = answer;
  const auto signed_in = world.try_client(person.credentials()).value()->sign_in();
  REQUIRE_FALSE(signed_in.has_value());
  CHECK(signed_in.error().failure == Failure::sign_in);
  CHECK(site.at("/token/").empty());
  return signed_in.error();
}

Result<void> by_command(std::vector<std::string> command, World& world) {
  world.use_token(AuthMode::token_command);
  world.profile.auth.token_command = std::move(command);
  return world.try_client(Credentials{}).value()->sign_in();
}

}  // namespace

TEST_CASE("private_key_jwt: a signed assertion for the token endpoint, new each time") {
  for (const auto algorithm : {seal::SignatureAlgorithm::es384, seal::SignatureAlgorithm::rs384}) {
    Site site;
    World world(site.server);
    world.use_token(AuthMode::private_key_jwt);
    world.profile.auth.scope = "system/*.write";
    const auto key = seal::PrivateKey::generate(algorithm);
    for (const char* kid : {"", "kid-7"}) {
      world.profile.auth.key_id = kid;
      Credentials credentials;
      credentials.key = key.pem();
      REQUIRE(world.try_client(std::move(credentials)).value()->sign_in().has_value());
    }
    const auto asked = site.at("/token/");
    REQUIRE(asked.size() == 2);
    CHECK(asked[0].header("Authorization").empty());
    CHECK(field(asked[0].body, "grant_type") == "client_credentials");
    CHECK(field(asked[0].body, "scope") == "system%2F%2A.write");
    CHECK(field(asked[0].body, "client_assertion_type") ==
          "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer");
    const std::string first = field(asked[0].body, "client_assertion");
    const std::string second = field(asked[1].body, "client_assertion");
    CHECK(part_of(first, 0) ==
          Json{{"alg", seal::name_of(algorithm)}, {"kid", key.public_key().thumbprint()}, {"typ", "JWT"}});
    CHECK(part_of(second, 0)["kid"] == "kid-7");
    const Json claims = part_of(first, 1);
    const auto now = world.clock.now().time_since_epoch().count();
    CHECK(claims["iss"] == "client");
    CHECK(claims["sub"] == "client");
    CHECK(claims["aud"] == site.token_url);
    CHECK(claims["iat"] == now);
    CHECK(claims["exp"].get<std::int64_t>() > now + 60);
    CHECK(claims["exp"].get<std::int64_t>() <= now + 300);
    CHECK(claims["jti"] != part_of(second, 1)["jti"]);
    const auto dot = first.rfind('.');
    CHECK(key.public_key().verifies(first.substr(0, dot), seal::from_base64url(first.substr(dot + 1)).value()));
  }
}

TEST_CASE("a key that is missing or cannot be used is found before any connection") {
  World world("https://payer.example/fhir");
  world.use_token(AuthMode::private_key_jwt);
  const auto missing = world.try_client(Credentials{});
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().failure == Failure::sign_in);
  CHECK(contains(missing.error().help, "atz profile keygen"));
  Credentials credentials;
  credentials.key = seal::Secret("no key");
  const auto wrong = world.try_client(std::move(credentials));
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().failure == Failure::usage);
  CHECK(contains(wrong.error().help, "auth.key_file"));
}

TEST_CASE("a token can be asked for in JSON, where the payer documents it so") {
  Site site;
  World world(site.server);
  world.use_token(AuthMode::client_secret_post, site.token_url);
  world.profile.auth.token_body = model::TokenBody::json;
  world.profile.auth.scope.clear();
  REQUIRE(world.try_client("say \"please\"\\").value()->sign_in().has_value());
  const Received asked = site.server.received().at(0);
  CHECK(asked.header("Content-Type") == "application/json");
  CHECK(asked.body == R"({"grant_type":"client_credentials","client_id":"client","client_secret":"say \"please\"\\"})");
}

TEST_CASE("authorization code: the address that is shown, and the code for a token") {
  Site site;
  World world = code_world(site);
  world.profile.auth.scope = "system/Claim.crus offline";
  Person person;
  const auto client = world.try_client(person.credentials()).value();
  REQUIRE(client->sign_in().has_value());
  REQUIRE(person.questions.size() == 1);
  const std::string& question = person.questions.front();
  CHECK(contains(question, site.server.url() + "/page?response_type=code&"));
  CHECK(query_of(question, "client_id") == "client");
  CHECK(query_of(question, "redirect_uri") == "https%3A%2F%2Fagency.example%2Fback%3Fto%3Datz");
  CHECK(contains(query_of(question, "aud"), "http%3A%2F%2F127.0.0.1"));
  CHECK(query_of(question, "scope") == "system%2FClaim.crus%20offline");
  CHECK(query_of(question, "code_challenge_method") == "S256");
  CHECK(query_of(question, "state").size() >= 20);

  const Received asked = site.at("/token/").at(0);
  CHECK(asked.header("Authorization") == "Basic Y2xpZW50Om5vdC1hLXJlYWwtc2VjcmV0");
  CHECK(field(asked.body, "grant_type") == "authorization_code");
  CHECK(field(asked.body, "code") == "the-code");
  CHECK(field(asked.body, "redirect_uri") == query_of(question, "redirect_uri"));
  CHECK(seal::sha256_base64url(field(asked.body, "code_verifier")) == query_of(question, "code_challenge"));
  CHECK(field(asked.body, "code_verifier").size() >= 43);
  CHECK(field(asked.body, "client_id").empty());
  client->post("Claim/$submit", "{}", 1);
  CHECK(site.at("/Claim/$submit").at(0).header("Authorization") == "Bearer tok-1");
  CHECK(person.questions.size() == 1);
}

TEST_CASE("authorization code: without a secret the form names the client; an empty scope is not sent") {
  Site site;
  World world = code_world(site);
  Person person;
  REQUIRE(world.try_client(person.credentials("")).value()->sign_in().has_value());
  const Received asked = site.at("/token/").at(0);
  CHECK(asked.header("Authorization").empty());
  CHECK(field(asked.body, "client_id") == "client");
  CHECK_FALSE(contains(person.questions.front(), "scope="));
}

TEST_CASE("authorization code: the whole address may be pasted") {
  Site site;
  World world = code_world(site);
  Person person;
  person.answer = [](const std::string& question) {
    return "  https://agency.example/back?to=atz&code=a%2Fb%2Bc&iss=x&state=" + query_of(question, "state") + "#end ";
  };
  REQUIRE(world.try_client(person.credentials()).value()->sign_in().has_value());
  CHECK(field(site.at("/token/").at(0).body, "code") == "a%2Fb%2Bc");
}

TEST_CASE("authorization code: what is pasted wrongly reaches no server") {
  const std::string back = "https://agency.example/back?to=atz";
  CHECK(contains(pasting([](auto&) { return ""; }).message, "Nothing was pasted"));
  CHECK(contains(pasting([](auto&) { return "two words"; }).message, "neither a code nor an address"));
  CHECK(contains(pasting([&](auto&) { return back; }).message, "holds no code"));
  CHECK(contains(pasting([](auto&) { return "https://agency.example/"; }).message, "holds no code"));
  CHECK(contains(pasting([&](auto&) { return back + "&code=c&state=other"; }).message, "its state is another"));
  CHECK(contains(pasting([&](auto&) { return back + "&code=c"; }).message, "its state is another"));
  CHECK(contains(
      pasting([&](auto& question) { return back + "&code=a%0d%0ab&state=" + query_of(question, "state"); }).message,
      "cannot be one"));
  const Error refused = pasting([&](auto& question) {
    return back + "&error=access_denied&error_description=not+you%1b%0Aevil&state=" + query_of(question, "state");
  });
  CHECK(contains(refused.message, "access_denied"));
  CHECK(contains(refused.message, "not you"));
  CHECK_FALSE(contains(refused.message, "\x1b"));
  CHECK_FALSE(contains(refused.message, "evil"));
}

TEST_CASE("authorization code: without a terminal nobody is asked") {
  Site site;
  World world = code_world(site);
  Credentials credentials;
  const auto client = world.try_client(std::move(credentials)).value();
  const Exchange exchange = client->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Exchange::Fate::not_sent);
  CHECK(exchange.error.failure == Failure::sign_in);
  CHECK(contains(exchange.error.message, "no terminal"));
  CHECK(contains(exchange.error.help, "cache_token"));
}

TEST_CASE("authorization code: who has just signed in is not asked again because of a 401") {
  Payer payer;
  payer.api = [](const Received&) { return Answer{http(401, "{}")}; };
  Site site(std::move(payer));
  World world = code_world(site);
  Person person;
  const Exchange exchange = world.try_client(person.credentials()).value()->get("metadata");
  CHECK(exchange.http_status == 401);
  CHECK(person.questions.size() == 1);
}

TEST_CASE("a token is kept for the next run, and forgotten when it is refused") {
  Payer payer;
  payer.api = [](const Received& request) {
    return Answer{http(request.header("Authorization") == "Bearer tok-2" ? 200 : 401, "{}")};
  };
  Site site(std::move(payer));
  World world = code_world(site);
  Person person;
  MemoryStore::Kept kept;
  const auto run = [&] {
    Credentials credentials = person.credentials();
    credentials.tokens = std::make_unique<MemoryStore>(kept);
    return world.try_client(std::move(credentials)).value()->get("metadata").http_status;
  };
  CHECK(run() == 401);  // fresh, and refused: forgotten
  CHECK(kept.authorization.empty());
  CHECK(kept.forgotten == 1);
  CHECK(run() == 200);  // tok-2
  CHECK(kept.authorization == "Bearer tok-2");
  CHECK(person.questions.size() == 2);
  CHECK(run() == 200);  // from the store
  CHECK(person.questions.size() == 2);
  world.clock.sleep_for(seconds(271));
  CHECK(run() == 401);  // less than 30 s left: tok-3, which this payer refuses
  CHECK(person.questions.size() == 3);
  kept = {"Bearer old", world.clock.now() + seconds(100), 0};
  CHECK(run() == 401);  // a kept token that is refused is replaced once
  CHECK(person.questions.size() == 4);
  CHECK(kept.forgotten == 2);
}

TEST_CASE("the token file: 0600, sealed, and of no use to another profile") {
  MemoryFiles files;
  SeededRandom random(3);
  const seal::Vault vault(seal::Secret(std::string(32, 'k')));
  model::PayerProfile profile;
  profile.name = "one";
  profile.base_url = "https://payer.example/fhir";
  profile.auth.client_id = "us";
  const auto store = [&](const model::PayerProfile& of) {
    return token_file(files, vault, random, "/state/tokens", of);
  };
  CHECK_FALSE(store(profile)->load());
  const Instant until(seconds(1'796'600'300));
  REQUIRE(store(profile)->keep(bearer("secret-token", until)).has_value());
  const auto names = files.list("/state/tokens").value();
  REQUIRE(names.size() == 1);
  const std::string file = "/state/tokens/" + names.front();
  CHECK(files.info(file).mode == 0600);
  CHECK_FALSE(contains(files.read(file, 1000).value(), "secret-token"));
  const auto kept = store(profile)->load();
  REQUIRE(kept);
  CHECK(kept->authorization.reveal() == "Bearer secret-token");
  CHECK(kept->good_until == until);

  for (const auto change :
       {+[](model::PayerProfile& p) { p.name = "two"; }, +[](model::PayerProfile& p) { p.base_url += "/r4"; },
        +[](model::PayerProfile& p) { p.auth.client_id = "them"; },
        +[](model::PayerProfile& p) { p.auth.scope = "other"; }}) {
    model::PayerProfile other = profile;
    change(other);
    CHECK_FALSE(store(other)->load());
  }
  for (const std::string& damaged : {std::string(), std::string("x"), files.read(file, 1000).value() + "x"}) {
    MemoryFiles broken;
    broken.put(file, damaged);
    CHECK_FALSE(token_file(broken, vault, random, "/state/tokens", profile)->load());
  }
  store(profile)->forget();
  CHECK_FALSE(store(profile)->load());
  CHECK(files.list("/state/tokens").value().empty());
}

TEST_CASE("a token command: what it prints is the token") {
  Site site;
  World world(site.server);
  world.use_token(AuthMode::token_command);
  world.profile.auth.client_id.clear();
  world.profile.auth.token_command = {"printf", "\\n%s  \\n", "a;b $HOME"};
  CHECK_FALSE(world.try_client(Credentials{}).value()->sign_in().has_value());  // blanks inside
  world.profile.auth.token_command = {"printf", "\\n%s  \\n", "a;b$HOME"};      // no shell reads it
  CHECK(world.try_client(Credentials{}).value()->get("metadata").http_status == 200);
  CHECK(site.at("/metadata").at(0).header("Authorization") == "Bearer a;b$HOME");
}

TEST_CASE("a token command that fails says how") {
  World world("http://127.0.0.1:1");
  const auto failure = [&](std::vector<std::string> command) {
    const auto result = by_command(std::move(command), world);
    REQUIRE_FALSE(result.has_value());
    CHECK_FALSE(contains(result.error().message + result.error().help, "hush"));
    return result.error();
  };
  const Error code = failure({"sh", "-c", "echo tok; exit 3 # hush"});
  CHECK(code.failure == Failure::sign_in);
  CHECK(contains(code.message, "sh ended with exit code 3"));
  CHECK(contains(failure({"true"}).message, "printed nothing"));
  CHECK(contains(failure({"echo", "two", "words"}).message, "is no token"));
  CHECK(contains(failure({"sh", "-c", "kill -9 $$"}).message, "signal 9"));
  CHECK(contains(failure({"head", "-c", "70000", "/dev/zero"}).message, "more than a token"));
  CHECK(contains(failure({"cat"}).message, "printed nothing"));  // its standard input is empty
  const Error missing = failure({"/nonexistent/program", "hush"});
  CHECK(missing.failure == Failure::usage);
  CHECK(contains(missing.message, "cannot be started"));
  world.limits.command = std::chrono::milliseconds(300);
  const Error late = failure({"sleep", "30"});
  CHECK(late.failure == Failure::temporary);
  CHECK(contains(late.message, "within 1 s"));
  CHECK(failure({"sh", "-c", "exec >&-; sleep 30"}).failure == Failure::temporary);
  world.profile.auth.token_command.clear();
  CHECK(world.try_client(Credentials{}).error().failure == Failure::usage);
}

TEST_CASE("a token command stops at Ctrl-C") {
  World world("http://127.0.0.1:1");
  world.use_token(AuthMode::token_command);
  world.profile.auth.token_command = {"sleep", "30"};
  const auto client = world.try_client(Credentials{}).value();
  client->on_cancelled([] { return true; });
  const auto result = client->sign_in();
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().failure == Failure::interrupted);
}

}  // namespace atz::payer
