// `atz check` with what people really have in their folders.
#include <doctest/doctest.h>

#include <filesystem>

#include "program.hpp"

using atz::test::Program;
namespace fs = std::filesystem;

namespace {

const char* const kDay = "2026-12-07";

void make_folder(const Program& atz) {
  fs::create_directories(atz.path("homes/east/documents"));
  const std::string home = atz::test::example_home();
  atz.write("homes/b.yaml", atz::test::replaced(home, "id: maple-street", "id: b-street"));
  atz.write("homes/east/a.yaml", atz::test::replaced(home, "units: 365", "units: 364"));
  atz.write("homes/east/documents/notes.yaml", "title: notes\n");
}

}  // namespace

TEST_SUITE("folders") {
  TEST_CASE("a folder, a pattern and a file that is named twice") {
    Program atz;
    make_folder(atz);
    const auto folder = atz.run({"check", "--as-of", kDay, "--format", "concise", atz.path("homes")});
    CHECK(folder.code == 1);
    CHECK(folder.err.find("2 files: 1 error, 2 warnings") != std::string::npos);
    CHECK(folder.out.find("b.yaml") < folder.out.find("east/a.yaml"));
    const auto pattern = atz.run({"check", "--as-of", kDay, "--format", "concise", atz.path("homes/**/*.yaml")});
    CHECK(pattern.out == folder.out);
    const auto twice = atz.run({"check", "--as-of", kDay, "--format", "concise", atz.path("homes/east/a.yaml"),
                                atz.path("homes"), atz.path("homes/east/../east/a.yaml")});
    CHECK(twice.out == folder.out);
    const auto none = atz.run({"check", atz.path("homes/*.yml")});
    CHECK(none.code == 2);
    CHECK(none.err.find("no file or folder has such a name") != std::string::npos);
  }

  TEST_CASE("links: to folders they are not followed, to files they are, and a dead one is told") {
    Program atz;
    make_folder(atz);
    fs::create_directory_symlink(atz.path("homes"), atz.path("homes/east/loop"));
    fs::rename(atz.path("homes/b.yaml"), atz.path("b.yaml"));
    fs::create_symlink("../b.yaml", atz.path("homes/b.yaml"));
    fs::create_symlink("gone.yaml", atz.path("homes/dead.yaml"));
    const auto outcome = atz.run({"check", "--as-of", kDay, "--format", "json", atz.path("homes")});
    const auto json = outcome.json();
    CHECK(json["files"] == 3);
    CHECK(json["errors"] == 2);
    CHECK(outcome.out.find("dead.yaml") != std::string::npos);
    CHECK(outcome.out.find("loop") == std::string::npos);
  }

  TEST_CASE("what is no case file is passed over in folders, and told when it is named") {
    Program atz;
    make_folder(atz);
    atz.write("homes/plan.pdf", "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n");
    atz.write("homes/photo.yaml", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0", 29));
    atz.write("homes/compose.yaml", "services:\n  web:\n    image: nginx\n");
    fs::create_directories(atz.path("empty"));
    CHECK(atz.run({"check", "--as-of", kDay, "--format", "json", atz.path("homes")}).json()["files"] == 2);
    const auto says = [&](const std::string& name, const std::string& words) {
      const auto outcome = atz.run({"check", "--as-of", kDay, "--format", "json", atz.path(name)});
      CHECK(outcome.code == 1);
      const auto json = outcome.json();
      REQUIRE_MESSAGE(json["findings"].size() == 1, outcome.out);
      CHECK(json["findings"][0]["rule"] == "CF018");
      CHECK_MESSAGE(json["findings"][0]["message"].get<std::string>().find(words) != std::string::npos, outcome.out);
    };
    says("homes/plan.pdf", "PDF document");
    says("homes/photo.yaml", "picture");
    says("homes/compose.yaml", "not a case file");
    says("empty", "No case file is in this folder");
  }

  TEST_CASE("what is wrong in a shared atz.yaml is told once, and alone when it is named") {
    Program atz;
    make_folder(atz);
    fs::remove(atz.path("homes/east/a.yaml"));
    atz.write("homes/c.yaml", atz::test::replaced(atz::test::example_home(), "id: maple-street", "id: c-street"));
    atz.write("homes/atz.yaml", "settings: {plan-systm: EIS}\n");
    for (const char* jobs : {"1", "2"}) {
      const auto json =
          atz.run({"check", "--as-of", kDay, "--jobs", jobs, "--format", "json", atz.path("homes")}).json();
      int shared = 0;
      for (const auto& finding : json["findings"]) {
        const auto file = finding["file"].get<std::string>();
        shared += file.size() > 8 && file.substr(file.size() - 8) == "atz.yaml" ? 1 : 0;
      }
      CHECK(shared == 1);
      CHECK(json["files"] == 2);
    }
    const auto alone = atz.run({"check", "--format", "concise", atz.path("homes/atz.yaml")});
    CHECK(alone.code == 1);
    CHECK(alone.out.find("atz.yaml:1:12: error") != std::string::npos);
    atz.write("homes/atz.yaml", "settings: {plan-system: EIS}\n");
    const auto right = atz.run({"check", "--format", "concise", atz.path("homes/atz.yaml")});
    CHECK(right.code == 0);
    CHECK(right.out.empty());
  }

  TEST_CASE("standard input") {
    Program atz;
    const auto named = atz.run({"check", "--as-of", kDay, "--format", "concise", "--stdin-name", "homes/x.yaml", "-"},
                               atz::test::replaced(atz::test::example_home(), "units: 365", "units: 364"));
    CHECK(named.code == 1);
    CHECK(named.out.find("homes/x.yaml:") == 0);
    CHECK(atz.run({"check", "-", "other.yaml"}).code == 2);
  }
}
