// What only a real disk can do: links, umask, a write that fails half-way.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "atz/base/file.hpp"
#include "base/atomic_file.hpp"

using namespace atz;

namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "atz-real-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const char* name) const { return path::join(path_, name); }

 private:
  std::string path_;
};

// Writes past this many bytes fail with EFBIG while it lives, as they would on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a write that fails half-way leaves the old file and nothing else") {
  const Folder folder;
  const auto files = real_files();
  REQUIRE(files->write_atomic(folder / "file", "old", 0600));
  Result<void> replaced;
  Result<bool> created;
  {
    const FileSizeLimit limit(1000);
    replaced = files->write_atomic(folder / "file", std::string(5000, 'x'), 0600);
    created = files->write_new(folder / "other", std::string(5000, 'x'), 0600);
  }
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().failure == Failure::io);
  CHECK_FALSE(created);
  CHECK(files->read(folder / "file", 100).value() == "old");
  CHECK(files->list(folder.path()).value() == std::vector<std::string>{"file"});
}

TEST_CASE("an atomic file that is not committed was never there") {
  const Folder folder;
  const auto files = real_files();
  REQUIRE(files->write_atomic(folder / "file", "old", 0600));
  {
    auto file = AtomicFile::create(folder / "file", 0600);
    REQUIRE(file);
    REQUIRE(file->write("half"));
    CHECK(files->list(folder.path()).value().size() == 2);
    const AtomicFile moved = std::move(*file);
    CHECK(files->read(folder / "file", 100).value() == "old");
  }
  CHECK(files->list(folder.path()).value() == std::vector<std::string>{"file"});
}

TEST_CASE("the umask does not change the mode of a file") {
  const Folder folder;
  const auto files = real_files();
  const mode_t before = ::umask(0077);
  const auto written = files->write_atomic(folder / "file", "", 0644);
  ::umask(before);
  REQUIRE(written);
  CHECK(files->info(folder / "file").mode == 0644);
}

TEST_CASE("symbolic links are followed when read, reported, and replaced when written") {
  const Folder folder;
  const auto files = real_files();
  REQUIRE(files->write_atomic(folder / "target", "text", 0600));
  std::filesystem::create_symlink("target", folder / "link");
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  CHECK(files->info(folder / "link").kind == FileInfo::Kind::regular);
  CHECK(files->info(folder / "link").is_symlink);
  CHECK(files->read(folder / "link", 10).value() == "text");
  CHECK(files->info(folder / "dangling").kind == FileInfo::Kind::missing);
  CHECK(files->info(folder / "dangling").is_symlink);
  CHECK(files->write_new(folder / "dangling", "x", 0600).value() == false);
  REQUIRE(files->write_atomic(folder / "link", "new", 0600));
  CHECK_FALSE(files->info(folder / "link").is_symlink);
  CHECK(files->read(folder / "target", 10).value() == "text");
}

TEST_CASE("rewriting keeps the mode and follows a symbolic link") {
  const Folder folder;
  const auto files = real_files();
  REQUIRE(files->write_atomic(folder / "target", "text", 0640));
  std::filesystem::create_symlink("target", folder / "link");
  REQUIRE(files->rewrite(folder / "link", "new"));
  CHECK(files->info(folder / "link").is_symlink);
  CHECK(files->info(folder / "target").mode == 0640);
  CHECK(*files->read(folder / "target", 99) == "new");
  CHECK(files->rewrite(folder / "none", "x").error().failure == Failure::io);
  CHECK(files->rewrite(folder.path(), "x").error().failure == Failure::input);
  std::filesystem::create_symlink("nowhere", folder / "dangling");
  CHECK_FALSE(files->rewrite(folder / "dangling", "x"));
}

TEST_CASE("files without a size are read whole, within the limit") {
  const auto files = real_files();
  CHECK(files->read("/proc/self/stat", 1 << 20).value().size() > 10);
  CHECK(files->read("/proc/self/stat", 10).error().failure == Failure::input);
  CHECK(files->read("/dev/null", 10).error().failure == Failure::input);
}

TEST_CASE("a file that is cut while it is open is an error, not a crash") {
  const Folder folder;
  const auto files = real_files();
  REQUIRE(files->write_atomic(folder / "file", std::string(5000, 'x'), 0600));
  const auto file = files->open(folder / "file");
  REQUIRE(file);
  std::filesystem::resize_file(folder / "file", 100);
  CHECK((*file)->read_at(0, 100));
  CHECK((*file)->read_at(0, 5000).error().failure == Failure::input);
}

TEST_CASE("a NUL does not shorten a path") {
  const Folder folder;
  const auto files = real_files();
  REQUIRE(files->write_atomic(folder / "file", "x", 0600));
  const std::string trap = (folder / "file") + std::string("\0.yaml", 6);
  CHECK(files->info(trap).kind == FileInfo::Kind::missing);
  CHECK(files->read(trap, 10).error().failure == Failure::input);
  CHECK_FALSE(files->write_atomic(trap, "y", 0600));
  CHECK_FALSE(files->list(trap));
  CHECK_FALSE(files->remove(trap));
  CHECK_FALSE(files->make_private_directory(trap));
  CHECK(files->read(folder / "file", 10).value() == "x");
}

TEST_CASE("of several first writers exactly one wins, and its bytes stay") {
  const Folder folder;
  const auto files = real_files();
  std::vector<std::thread> writers;
  std::vector<char> won(8, 0);
  for (std::size_t i = 0; i < won.size(); ++i) {
    writers.emplace_back([&, i] {
      const auto written = files->write_new(folder / "file", std::string(1, static_cast<char>('a' + i)), 0600);
      won[i] = written && *written ? 1 : 0;
    });
  }
  for (auto& writer : writers) {
    writer.join();
  }
  REQUIRE(std::count(won.begin(), won.end(), 1) == 1);
  const auto winner = std::find(won.begin(), won.end(), 1) - won.begin();
  CHECK(files->read(folder / "file", 10).value() == std::string(1, static_cast<char>('a' + winner)));
  CHECK(files->list(folder.path()).value() == std::vector<std::string>{"file"});
}

TEST_CASE("a message names the file and says what the system said") {
  const auto files = real_files();
  const auto refused = files->read("/no\x1b/file", 10);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "cannot read /no\\x1b/file: No such file or directory");
}
