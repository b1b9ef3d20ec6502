#include <doctest/doctest.h>

#include "atz/base/file.hpp"

using namespace atz;

TEST_CASE("joining paths") {
  CHECK(path::join("a", "b") == "a/b");
  CHECK(path::join("a/", "b") == "a/b");
  CHECK(path::join("/", "b") == "/b");
  CHECK(path::join("", "b") == "b");
  CHECK(path::join("a", "/b") == "/b");
}

TEST_CASE("taking paths apart") {
  CHECK(path::parent("a/b") == "a");
  CHECK(path::parent("a") == ".");
  CHECK(path::parent("/a") == "/");
  CHECK(path::parent("/") == "/");
  CHECK(path::parent("a/b/") == "a");
  CHECK(path::parent("a//b") == "a");
  CHECK(path::parent("//a") == "/");
  CHECK(path::parent("") == ".");
  CHECK(path::name("a/b.yaml") == "b.yaml");
  CHECK(path::name("a/b/") == "b");
  CHECK(path::name("a") == "a");
}

TEST_CASE("extensions") {
  CHECK(path::extension("a/Scan.PDF") == "pdf");
  CHECK(path::extension("a.tar.gz") == "gz");
  CHECK(path::extension("a.b/c") == "");
  CHECK(path::extension(".hidden") == "");
  CHECK(path::extension("a.") == "");
  CHECK(path::extension("") == "");
}

TEST_CASE("a disk in memory can refuse to change") {
  MemoryFiles files;
  files.put("file", "old");
  files.refuse_writes(true);
  CHECK(files.write_atomic("file", "new", 0600).error().failure == Failure::io);
  CHECK(files.write_new("other", "new", 0600).error().failure == Failure::io);
  CHECK(files.make_private_directory("folder").error().failure == Failure::io);
  CHECK(files.remove("file").error().failure == Failure::io);
  CHECK(files.read("/file", 10).value() == "old");
  files.refuse_writes(false);
  CHECK(files.write_atomic("file", "new", 0600));
}

TEST_CASE("in memory, folders exist while a file lies below them, and stay") {
  MemoryFiles files;
  files.put("/a/b/file", "x");
  CHECK(files.info("/a").kind == FileInfo::Kind::directory);
  CHECK(files.info("/a/b").kind == FileInfo::Kind::directory);
  CHECK(files.info("/a/bc").kind == FileInfo::Kind::missing);
  CHECK(files.list("/").value() == std::vector<std::string>{"a"});
  CHECK(files.remove("/a/b/file"));
  CHECK(files.info("/a/b").kind == FileInfo::Kind::directory);
}
