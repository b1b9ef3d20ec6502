#include <doctest/doctest.h>

#include "atz/app/check.hpp"

using atz::MemoryFiles;
using atz::app::find_case_files;

TEST_CASE("folders are searched for case files; what is named is taken as it is") {
  MemoryFiles files;
  files.put("/homes/b.yaml", "atz: 1\n");
  files.put("/homes/a.yml", "# a comment\natz: 1\n");
  files.put("/homes/deep/c.yaml", "atz: 1\n");
  files.put("/homes/atz.yaml", "provider: {}\n");
  files.put("/homes/atz.d/rates.yaml", "atz: 1\n");
  files.put("/homes/.hidden/d.yaml", "atz: 1\n");
  files.put("/homes/notes.yaml", "title: notes\n");
  files.put("/homes/readme.txt", "atz: 1\n");
  const auto found = find_case_files(files, {"/homes"});
  REQUIRE(found);
  REQUIRE(found->size() == 3);
  CHECK((*found)[0].path == "/homes/a.yml");
  CHECK((*found)[1].path == "/homes/b.yaml");
  CHECK((*found)[2].path == "/homes/deep/c.yaml");
  const auto named = find_case_files(files, {"/homes/notes.yaml"});
  REQUIRE(named);
  CHECK(named->front().named);
  const auto missing = find_case_files(files, {"/nowhere"});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().failure == atz::Failure::usage);
}
