#include <doctest/doctest.h>

#include "atz/app/check.hpp"

using atz::MemoryFiles;
using atz::app::find_case_files;

namespace {

std::string found_in(const MemoryFiles& files, const std::vector<std::string>& paths) {
  const auto found = find_case_files(files, paths);
  if (!found) return "failure: " + found.error().message;
  std::string text;
  for (const auto& file : *found) {
    text += file.path + (file.named ? " (named)" : "") + (file.trouble.empty() ? "" : ": " + file.trouble) + '\n';
  }
  return text;
}

MemoryFiles some_homes() {
  MemoryFiles files;
  files.put("/homes/b.yaml", "atz: 1\n");
  files.put("/homes/a.yml", "# a comment\natz: 1\n");
  files.put("/homes/deep/c.yaml", "atz: 1\n");
  files.put("/homes/deep/deeper/b.yaml", "atz: 1\n");
  files.put("/homes/atz.yaml", "atz: 1\nprovider: {}\n");
  files.put("/homes/atz.d/rates.yaml", "atz: 1\n");
  files.put("/homes/.hidden/d.yaml", "atz: 1\n");
  files.put("/homes/.b.yaml", "atz: 1\n");
  files.put("/homes/notes.yaml", "title: notes\n");
  files.put("/homes/readme.txt", "atz: 1\n");
  files.put("/other/notes.yaml", "title: notes\n");
  files.put("/odd/[a].yaml", "atz: 1\n");
  files.put("/odd/a.yaml", "atz: 1\n");
  return files;
}

}  // namespace

TEST_CASE("folders are searched for case files; what is named is taken as it is") {
  const auto files = some_homes();
  CHECK(found_in(files, {"/homes"}) == "/homes/a.yml\n/homes/b.yaml\n/homes/deep/c.yaml\n/homes/deep/deeper/b.yaml\n");
  CHECK(found_in(files, {"/homes/notes.yaml"}) == "/homes/notes.yaml (named)\n");
  CHECK(found_in(files, {"/homes/atz.yaml"}) == "/homes/atz.yaml (named)\n");
  CHECK(found_in(files, {"/nowhere"}) == "failure: /nowhere: there is no such file or folder");
}

TEST_CASE("names in this folder have no dot before them") {
  const auto files = some_homes();
  CHECK(found_in(files, {"."}).substr(0, 11) == "homes/a.yml");
  CHECK(found_in(files, {"./homes/deep/deeper"}) == "homes/deep/deeper/b.yaml\n");
}

TEST_CASE("each file once, by name, however it was found") {
  const auto files = some_homes();
  CHECK(found_in(files, {"/homes/deep/c.yaml", "/homes/deep/../deep/c.yaml", "/homes/b.yaml", "/homes/deep"}) ==
        "/homes/b.yaml (named)\n/homes/deep/c.yaml (named)\n/homes/deep/deeper/b.yaml\n");
}

TEST_CASE("patterns are expanded") {
  const auto files = some_homes();
  CHECK(found_in(files, {"/homes/*.yaml"}) == "/homes/b.yaml\n");
  CHECK(found_in(files, {"homes/?.y*"}) == "homes/a.yml\nhomes/b.yaml\n");
  CHECK(found_in(files, {"/homes/[a-b].yaml"}) == "/homes/b.yaml\n");
  CHECK(found_in(files, {"/**/b.yaml"}) == "/homes/b.yaml\n/homes/deep/deeper/b.yaml\n");
  CHECK(found_in(files, {"homes/**/*.yaml"}) == "homes/b.yaml\nhomes/deep/c.yaml\nhomes/deep/deeper/b.yaml\n");
  CHECK(found_in(files, {"homes/**"}) == found_in(files, {"homes"}));
  CHECK(found_in(files, {"**/deeper"}) == "homes/deep/deeper/b.yaml\n");
  CHECK(found_in(files, {"/h*/d*/*.yaml"}) == "/homes/deep/c.yaml\n");
  CHECK(found_in(files, {"/homes/*.yaml", "/homes/b*"}) == "/homes/b.yaml\n");
}

TEST_CASE("a name that looks like a pattern is a name where a file has it") {
  const auto files = some_homes();
  CHECK(found_in(files, {"/odd/[a].yaml"}) == "/odd/[a].yaml (named)\n");
  CHECK(found_in(files, {"/odd/[ab].yaml"}) == "/odd/a.yaml\n");
}

TEST_CASE("looking at nothing is told") {
  const auto files = some_homes();
  CHECK(found_in(files, {"/other"}) == "/other (named): no case file is in this folder\n");
  CHECK(found_in(files, {"/other/*.yaml"}) == "/other/*.yaml (named): no case file is among the files of such names\n");
  CHECK(found_in(files, {"/other/*.yml"}) == "failure: /other/*.yml: no file or folder has such a name");
  CHECK(found_in(files, {"/homes/deep", "/homes"}).find("no case file") == std::string::npos);
}
