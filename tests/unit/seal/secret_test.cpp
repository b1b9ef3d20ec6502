#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <type_traits>
#include <utility>

#include "atz/seal/seal.hpp"

using namespace atz;
using namespace atz::seal;

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_copy_constructible_v<Vault>);

TEST_CASE("a secret holds its text until it is moved from") {
  Secret secret(std::string_view("pass\0word", 9));
  CHECK(secret.reveal() == std::string_view("pass\0word", 9));
  Secret moved(std::move(secret));
  CHECK(moved.reveal().size() == 9);
  CHECK(secret.empty());  // NOLINT(bugprone-use-after-move): that it is empty is what is tested
  secret = std::move(moved);
  CHECK(secret.reveal().size() == 9);
  CHECK(Secret().empty());
  CHECK(Secret("").empty());
}

TEST_CASE("known digests and base64") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  for (const auto& [plain, text] : {std::pair<std::string, std::string>{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foobar", "Zm9vYmFy"},
                                    {"\xFB\xFF", "+/8="}}) {
    CHECK(base64(plain) == text);
    CHECK(from_base64(text).value() == plain);
  }
}

TEST_CASE("base64 is read strictly") {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "Z", "Zm9v\n", " Zm9v", "Zm-_", "Zh==", "Zm9=", "Zg==Zg==", "====", "é"}) {
    CAPTURE(text);
    const auto refused = from_base64(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().failure == Failure::input);
  }
  CHECK_FALSE(from_base64(std::string_view("Zm9v\0", 5)));
}

TEST_CASE("comparison in constant time") {
  CHECK(equal_in_constant_time("", ""));
  CHECK(equal_in_constant_time("abc", "abc"));
  CHECK_FALSE(equal_in_constant_time("abc", "abd"));
  CHECK_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST_CASE("a hardened process dumps no core and makes private files") {
  // In a child, because it cannot be undone.
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    harden_process();
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    const bool hard = core.rlim_cur == 0 && core.rlim_max == 0 && ::umask(0) == 077 && ::prctl(PR_GET_DUMPABLE) == 0;
    ::_exit(hard ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
