// Names and IDs stay where they belong: in the request on the wire and sealed on disk.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "program.hpp"

using atz::test::Program;
namespace fs = std::filesystem;

namespace {

const char* const kCanaries[] = {
    "99000001A",  "99000002A",        "Sampleton",  "Placeholder",       "Testa",  "Moxie", "1988-02-29",
    "1979-06-01", "Guardian Example", "C. Manager", "Seizures at night", "G40.909"};

std::string canary_in(const std::string& text) {
  for (const char* canary : kCanaries) {
    if (text.find(canary) != std::string::npos) return canary;
  }
  return "";
}

}  // namespace

TEST_SUITE("privacy") {
  TEST_CASE("no personal data in output, state or file names") {
    Program atz;
    const auto home = atz.home();
    std::string shown;
    const auto note = [&](const atz::test::Outcome& outcome) { shown += outcome.out + outcome.err; };
    note(atz.run({"check", "--as-of", "2026-12-07", "--quiet", "--format", "json", home}));
    note(atz.run({"plan", "--as-of", "2026-12-07", home}));
    note(atz.run({"staffing", "--as-of", "2026-12-07", home}));
    note(atz.run({"submit", "-v", "--as-of", "2026-12-07", home}));
    note(atz.run({"status", "-v"}));
    note(atz.run({"sandbox", "review", "maple-street", "--auto"}));
    note(atz.run({"status", "--format", "json"}));
    note(atz.run({"recover"}));
    CHECK(canary_in(shown) == "");

    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(atz.path("state"))) {
      struct stat info {};
      REQUIRE(stat(entry.path().c_str(), &info) == 0);
      CHECK_MESSAGE((info.st_mode & 077) == 0, entry.path().string());
      CHECK(canary_in(entry.path().filename().string()) == "");
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      CHECK_MESSAGE(canary_in(bytes) == "", entry.path().string());
      ++files;
    }
    CHECK(files >= 3);  // key, ledger, embedded payer
  }

  TEST_CASE("no personal data in findings for machines, whatever is wrong with it") {
    Program atz;
    const auto home = atz.home({{"born: 1988-02-29", "born: 29.02.1988"},
                                {"id: 99000002A", "id: 99-000002A"},
                                {"last: Sampleton", "last: [Sampleton]"},
                                {"name: C. Manager", "nam: C. Manager"}});
    for (const char* format : {"concise", "json", "jsonl", "sarif", "junit", "github"}) {
      const auto outcome = atz.run({"check", "--as-of", "2026-12-07", "--format", format, home});
      CHECK(outcome.code == 1);
      // The rules that SARIF describes have examples of their own.
      const auto results = outcome.out.find("\"results\"");
      const std::string shown = outcome.out.substr(results == std::string::npos ? 0 : results) + outcome.err;
      CHECK_MESSAGE(canary_in(shown) == "", format);
      CHECK_MESSAGE(shown.find("29.02.1988") == std::string::npos, format);
      CHECK_MESSAGE(shown.find("99-000002A") == std::string::npos, format);
    }
  }

  TEST_CASE("a secret file that others can read is refused") {
    Program atz;
    auto server = atz.start({"sandbox", "serve", "--as-of", "2026-12-07"});
    atz.add_profile(server.read_until("min_inquiry_interval: 0\n"));
    fs::permissions(atz.path("state/sandbox-client-secret"), fs::perms::group_read, fs::perm_options::add);
    auto submit = atz.run({"submit", "--profile", "local", "--as-of", "2026-12-07", atz.home()});
    CHECK(submit.code == 4);
    CHECK(submit.err.find("chmod") != std::string::npos);
  }

  TEST_CASE("a wrong secret is a refused sign-in, and nothing is sent") {
    Program atz;
    auto server = atz.start({"sandbox", "serve", "--as-of", "2026-12-07"});
    const auto printed = server.read_until("min_inquiry_interval: 0\n");
    atz.write("secret", "no-secret-of-anybody-7391\n");
    fs::permissions(atz.path("secret"), fs::perms::owner_read | fs::perms::owner_write);
    const auto quote = printed.find('"');
    atz.add_profile(
        printed, {{printed.substr(quote, printed.find('"', quote + 1) - quote + 1), "\"" + atz.path("secret") + "\""}});
    auto submit = atz.run({"submit", "--profile", "local", "--as-of", "2026-12-07", atz.home()});
    CHECK_MESSAGE(submit.code == 4, submit.err);
    CHECK(submit.err.find("no-secret-of-anybody-7391") == std::string::npos);
    CHECK(atz.run({"status", "--offline", "--profile", "local", "--format", "json"}).json()["cases"].empty());
  }
}
