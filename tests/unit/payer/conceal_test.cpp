#include "payer/conceal.hpp"

#include <doctest/doctest.h>

using atz::payer::conceal;
using atz::payer::conceal_client;

namespace {

std::string without(std::string text, std::string_view secret) {
  conceal(text, secret);
  return text;
}

}  // namespace

TEST_CASE("a secret is taken out in each way in which it may be written") {
  const std::string secret = "s3cr\u00e4t/+\"=";
  CHECK(without("is " + secret + " wrong", secret) == "is *** wrong");
  CHECK(without("s3cr%C3%A4t%2F%2B%22%3D", secret) == "***");
  CHECK(without(R"({"text":"s3crät/+\"="})", secret) == R"({"text":"***"})");
  CHECK(without(R"({"text":"s3cr\u00e4t/+\"="})", secret) == R"({"text":"***"})");
  CHECK(without(secret + secret, secret) == "******");
  CHECK(without("nothing of it", secret) == "nothing of it");
}

TEST_CASE("what is short may be something else") {
  CHECK(without("no, 1234567", "1234567") == "no, 1234567");
  CHECK(without("12345678", "12345678") == "***");
  CHECK(without("text", "") == "text");
  std::string sentence = "wrong is wrong";
  conceal(sentence, "wrong", 1);
  CHECK(sentence == "*** is ***");
  conceal(sentence, "", 0);
  CHECK(sentence == "*** is ***");
}

TEST_CASE("a client's secret is taken out of a Basic header too, whatever the client signs in by") {
  atz::model::PayerProfile::Auth auth;
  auth.mode = atz::model::AuthMode::client_secret_post;
  auth.client_id = "agency";
  const atz::seal::Secret secret("long enough");
  std::string text = "Basic YWdlbmN5OmxvbmclMjBlbm91Z2g= or long enough";
  conceal_client(text, auth, secret);
  CHECK(text == "Basic *** or ***");
  conceal_client(text, auth, atz::seal::Secret());
  CHECK(text == "Basic *** or ***");
}
