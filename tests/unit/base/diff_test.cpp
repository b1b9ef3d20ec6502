#include "atz/base/diff.hpp"

#include <doctest/doctest.h>

#include <string>

using atz::unified_diff;

TEST_CASE("nothing, or what `diff -u` says") {
  CHECK(unified_diff("f", "a\n", "a\n").empty());
  CHECK(unified_diff("f", "a\nb\nc\n", "a\nx\nc\n") == "--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
  CHECK(unified_diff("f", "", "a\n") == "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
  CHECK(unified_diff("f", "a\n", "") == "--- f\n+++ f\n@@ -1 +0,0 @@\n-a\n");
  CHECK(unified_diff("f", "a", "a\n") == "--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("three lines of context; changes far apart stand alone") {
  const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
  CHECK(unified_diff("f", before, "1\nx\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n") ==
        "--- f\n+++ f\n@@ -1,5 +1,5 @@\n 1\n-2\n+x\n 3\n 4\n 5\n@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n");
  CHECK(unified_diff("f", before, "1\n2\nx\n4\n5\n6\n7\n8\ny\n10\n11\n12\n") ==
        "--- f\n+++ f\n@@ -1,12 +1,12 @@\n 1\n 2\n-3\n+x\n 4\n 5\n 6\n 7\n 8\n-9\n+y\n 10\n 11\n 12\n");
  CHECK(unified_diff("f", before, "1\n2\n3\n4\n5\nnew\n6\n7\n8\n9\n10\n11\n12\n") ==
        "--- f\n+++ f\n@@ -3,6 +3,7 @@\n 3\n 4\n 5\n+new\n 6\n 7\n 8\n");
}

TEST_CASE("texts without a line in common, however long") {
  std::string before, after;
  for (int i = 0; i < 3000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  const auto diff = unified_diff("f", before, after);
  CHECK(diff.find("@@ -1,3000 +1,3000 @@\n-a0\n-a1\n") != std::string::npos);
}
