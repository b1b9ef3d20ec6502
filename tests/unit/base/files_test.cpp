// What both disks must do alike, on the real one and in memory.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "atz/base/file.hpp"

using namespace atz;

namespace {

struct RealDisk {
  RealDisk() {
    std::string pattern = (std::filesystem::temp_directory_path() / "atz-files-XXXXXX").string();
    root = ::mkdtemp(pattern.data());
  }
  RealDisk(const RealDisk&) = delete;
  RealDisk& operator=(const RealDisk&) = delete;
  ~RealDisk() { std::filesystem::remove_all(root); }
  std::string root;
  std::unique_ptr<Files> owned = real_files();
  Files& files = *owned;
  void special(const std::string& path) const { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }
};

struct MemoryDisk {
  MemoryDisk() { REQUIRE(files.make_private_directory(root)); }
  std::string root = "/work";
  MemoryFiles files;
  void special(const std::string& path) { files.put_special(path); }
};

}  // namespace

TEST_CASE_TEMPLATE("a disk", Disk, RealDisk, MemoryDisk) {
  Disk disk;
  Files& files = disk.files;
  const std::string path = path::join(disk.root, "a file");

  SUBCASE("what is written is read, with its size and mode") {
    const std::string bytes("x\0y\xFF\n", 5);
    REQUIRE(files.write_atomic(path, bytes, 0640));
    CHECK(files.read(path, 5).value() == bytes);
    const FileInfo info = files.info(path);
    CHECK(info.kind == FileInfo::Kind::regular);
    CHECK(info.size == 5);
    CHECK(info.mode == 0640);
    CHECK_FALSE(info.is_symlink);
  }

  SUBCASE("one byte more than allowed is refused") {
    REQUIRE(files.write_atomic(path, "12345", 0600));
    CHECK(files.read(path, 5));
    const auto refused = files.read(path, 4);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().failure == Failure::input);
    REQUIRE(files.write_atomic(path, "", 0600));
    CHECK(files.read(path, 0).value().empty());
  }

  SUBCASE("missing files, folders and special files are no input") {
    CHECK(files.info(path).kind == FileInfo::Kind::missing);
    CHECK(files.read(path, 10).error().failure == Failure::input);
    CHECK(files.info(disk.root).kind == FileInfo::Kind::directory);
    CHECK(files.read(disk.root, 10).error().failure == Failure::input);
    disk.special(path);
    CHECK(files.info(path).kind == FileInfo::Kind::special);
    CHECK(files.read(path, 10).error().failure == Failure::input);  // a pipe without a writer does not hang it
  }

  SUBCASE("writing replaces, writing new does not") {
    REQUIRE(files.write_atomic(path, "old", 0600));
    REQUIRE(files.write_atomic(path, "new", 0600));
    CHECK(files.read(path, 10).value() == "new");
    CHECK(files.write_new(path, "newer", 0600).value() == false);
    CHECK(files.read(path, 10).value() == "new");
    CHECK(files.write_new(path + "2", "second", 0600).value() == true);
    CHECK(files.read(path + "2", 10).value() == "second");
    CHECK(files.info(path + "2").mode == 0600);
    CHECK(files.list(disk.root).value() == std::vector<std::string>{"a file", "a file2"});
  }

  SUBCASE("nothing is written below a missing folder, into a folder's name, or left behind") {
    CHECK(files.write_atomic(path::join(disk.root, "none/file"), "x", 0600).error().failure == Failure::io);
    const std::string folder = path::join(disk.root, "folder");
    REQUIRE(files.make_private_directory(folder));
    REQUIRE(files.write_atomic(path::join(folder, "inside"), "x", 0600));
    CHECK(files.write_atomic(folder, "x", 0600).error().failure == Failure::io);
    CHECK(files.write_new(folder, "x", 0600).value() == false);
    CHECK(files.list(disk.root).value() == std::vector<std::string>{"folder"});
  }

  SUBCASE("listing is sorted by bytes and refuses what is no folder") {
    for (const char* name : {"b", "a", "Z", "é", ".hidden"}) {
      REQUIRE(files.write_atomic(path::join(disk.root, name), "", 0600));
    }
    CHECK(files.list(disk.root).value() == std::vector<std::string>{".hidden", "Z", "a", "b", "é"});
    CHECK(files.list(path::join(disk.root, "a")).error().failure == Failure::input);
    CHECK(files.list(path + " that is not there").error().failure == Failure::input);
  }

  SUBCASE("private folders are made with their parents, again without complaint") {
    const std::string deep = path::join(disk.root, "x/y/z");
    REQUIRE(files.make_private_directory(deep));
    REQUIRE(files.make_private_directory(deep + "/"));
    CHECK(files.info(path::join(disk.root, "x")).mode == 0700);
    CHECK(files.info(deep).mode == 0700);
    REQUIRE(files.write_atomic(path, "", 0600));
    CHECK(files.make_private_directory(path).error().failure == Failure::io);
    CHECK(files.make_private_directory(path + "/below").error().failure == Failure::io);
  }

  SUBCASE("removing") {
    REQUIRE(files.write_atomic(path, "x", 0600));
    CHECK(files.remove(path));
    CHECK(files.info(path).kind == FileInfo::Kind::missing);
    CHECK(files.remove(path));
    CHECK(files.info(disk.root).kind == FileInfo::Kind::directory);
    CHECK(files.remove(disk.root).error().failure == Failure::io);
  }

  SUBCASE("absolute paths are lexically normal") {
    CHECK(files.absolute("/a//b/./../c/") == "/a/c");
    CHECK(files.absolute("/../..") == "/");
    CHECK(files.absolute("/") == "/");
    CHECK(files.absolute("x") == path::join(files.absolute("."), "x"));
  }

  SUBCASE("an open file is read in parts, and stays itself when its name is given away") {
    REQUIRE(files.write_atomic(path, "0123456789", 0600));
    const auto file = files.open(path);
    REQUIRE(file);
    CHECK((*file)->size() == 10);
    REQUIRE(files.write_atomic(path, "other", 0600));
    CHECK((*file)->read_at(0, 10).value() == "0123456789");
    CHECK((*file)->read_at(7, 3).value() == "789");
    CHECK((*file)->read_at(10, 0).value().empty());
    for (const auto& [offset, length] : {std::pair<std::uint64_t, std::size_t>{8, 3}, {11, 0}, {~0ULL, 1}}) {
      const auto beyond = (*file)->read_at(offset, length);
      REQUIRE_FALSE(beyond);
      CHECK(beyond.error().failure == Failure::input);
    }
    CHECK(files.open(path + " that is not there").error().failure == Failure::input);
    CHECK(files.open(disk.root).error().failure == Failure::input);
  }
}
