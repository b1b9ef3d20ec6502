#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>

#include "atz/seal/seal.hpp"

using namespace atz;
using namespace atz::seal;

namespace {

constexpr const char* kKeyFile = "/home/state/key";

Error error_of(Result<Vault> result) {
  REQUIRE_FALSE(result);
  return result.error();
}

// Someone else creates the key between our look and our write.
class RacingFiles final : public Files {
 public:
  explicit RacingFiles(MemoryFiles& disk) : disk_(disk) {}
  [[nodiscard]] FileInfo info(const std::string& path) const override { return disk_.info(path); }
  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t most) const override {
    return disk_.read(path, most);
  }
  [[nodiscard]] Result<std::unique_ptr<OpenFile>> open(const std::string& path) const override {
    return disk_.open(path);
  }
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path) const override {
    return disk_.list(path);
  }
  Result<void> write_atomic(const std::string& path, std::string_view bytes, unsigned mode) override {
    return disk_.write_atomic(path, bytes, mode);
  }
  Result<bool> write_new(const std::string& path, std::string_view bytes, unsigned mode) override {
    disk_.put(path, std::string(32, 't'));
    return disk_.write_new(path, bytes, mode);
  }
  Result<void> rewrite(const std::string& path, std::string_view bytes) override { return disk_.rewrite(path, bytes); }
  Result<void> make_private_directory(const std::string& path) override { return disk_.make_private_directory(path); }
  Result<void> remove(const std::string& path) override { return disk_.remove(path); }
  [[nodiscard]] std::string absolute(const std::string& path) const override { return disk_.absolute(path); }
  [[nodiscard]] std::string resolved(const std::string& path) const override { return disk_.resolved(path); }

 private:
  MemoryFiles& disk_;
};

}  // namespace

TEST_CASE("a missing key is made once and then read") {
  MemoryFiles files;
  SeededRandom random(1);
  CHECK(error_of(open_vault(files, kKeyFile, false, random)).failure == Failure::state);
  CHECK(files.info(kKeyFile).kind == FileInfo::Kind::missing);
  const auto first = open_vault(files, kKeyFile, true, random);
  REQUIRE(first);
  CHECK(files.info(kKeyFile).mode == 0600);
  CHECK(files.info(kKeyFile).size == 32);
  const auto second = open_vault(files, kKeyFile, true, random);
  REQUIRE(second);
  CHECK(first->digest("x", "c") == second->digest("x", "c"));
  CHECK(open_vault(files, kKeyFile, false, random)->digest("x", "c") == first->digest("x", "c"));
}

TEST_CASE("on a disk, the folder is private too, and several first runs agree on one key") {
  std::string pattern = (std::filesystem::temp_directory_path() / "atz-key-XXXXXX").string();
  const std::string root = ::mkdtemp(pattern.data());
  const std::string key_file = root + "/state/key";
  const auto files = real_files();
  std::vector<std::string> digests(6);
  std::vector<std::thread> runs;
  for (std::size_t i = 0; i < digests.size(); ++i) {
    runs.emplace_back([&, i] {
      SystemRandom random;
      const auto vault = open_vault(*files, key_file, true, random);
      digests[i] = vault ? vault->digest("x", "c") : vault.error().message;
    });
  }
  for (auto& run : runs) {
    run.join();
  }
  for (const std::string& digest : digests) {
    CHECK(digest.size() == 64);
    CHECK(digest == digests[0]);
  }
  CHECK(files->info(root + "/state").mode == 0700);
  CHECK(files->info(key_file).mode == 0600);
  CHECK(files->list(root + "/state").value() == std::vector<std::string>{"key"});
  std::filesystem::remove_all(root);
}

TEST_CASE("who comes second uses the key of the first") {
  MemoryFiles disk;
  RacingFiles files(disk);
  SeededRandom random(1);
  const auto vault = open_vault(files, kKeyFile, true, random);
  REQUIRE(vault);
  CHECK(vault->digest("x", "c") == Vault(Secret(std::string(32, 't'))).digest("x", "c"));
}

TEST_CASE("a key file that others can use is refused with the command that closes it") {
  SeededRandom random(1);
  for (const unsigned mode : {0640U, 0610U, 0620U, 0604U, 0602U, 0601U, 0644U}) {
    CAPTURE(mode);
    MemoryFiles files;
    files.put("/home/my state/key", std::string(32, 'k'), mode);
    const Error error = error_of(open_vault(files, "/home/my state/key", true, random));
    CHECK(error.failure == Failure::state);
    CHECK(error.help == "Type: chmod 600 '/home/my state/key'");
  }
  for (const unsigned mode : {0600U, 0400U}) {
    MemoryFiles files;
    files.put(kKeyFile, std::string(32, 'k'), mode);
    CHECK(open_vault(files, kKeyFile, false, random));
  }
}

TEST_CASE("a key file has 32 bytes, and is never overwritten") {
  SeededRandom random(1);
  for (const std::size_t size : {0U, 31U, 33U, 100000U}) {
    CAPTURE(size);
    MemoryFiles files;
    files.put(kKeyFile, std::string(size, 'k'));
    CHECK(error_of(open_vault(files, kKeyFile, true, random)).failure == Failure::state);
    CHECK(files.info(kKeyFile).size == size);
  }
  MemoryFiles files;
  files.put_special(kKeyFile);
  CHECK(error_of(open_vault(files, kKeyFile, true, random)).failure == Failure::state);
  CHECK(error_of(open_vault(files, "/home", true, random)).failure == Failure::state);
}

TEST_CASE("a key that cannot be written is an error of the disk") {
  MemoryFiles files;
  files.refuse_writes(true);
  SeededRandom random(1);
  CHECK(error_of(open_vault(files, kKeyFile, true, random)).failure == Failure::io);
}

TEST_CASE("a secret file loses its trailing newlines and nothing else") {
  MemoryFiles files;
  for (const auto& [bytes, expected] :
       {std::pair<std::string, std::string>{"pa ss\n", "pa ss"}, {"x\r\n\n", "x"}, {" x ", " x "}, {"\nx", "\nx"}}) {
    files.put("secret", bytes);
    const auto secret = read_secret_file(files, "secret");
    REQUIRE(secret);
    CHECK(secret->reveal() == expected);
  }
}

TEST_CASE("secret files that are wide, empty, missing or huge are refused") {
  MemoryFiles files;
  files.put("wide", "x", 0640);
  CHECK(read_secret_file(files, "wide").error().failure == Failure::usage);
  CHECK(read_secret_file(files, "wide").error().help == "Type: chmod 600 wide");
  files.put("empty", "\n\n");
  CHECK(read_secret_file(files, "empty").error().failure == Failure::input);
  const auto missing = read_secret_file(files, "conf/pasted-secret").error();
  CHECK(missing.failure == Failure::input);
  CHECK((missing.message + missing.help).find("pasted-secret") == std::string::npos);
  files.put("huge", std::string(65537, 'x'));
  CHECK(read_secret_file(files, "huge").error().failure == Failure::input);
  files.put("large", std::string(65536, 'x'));
  CHECK(read_secret_file(files, "large"));
}

TEST_CASE("a change of the key: both keys open while it lasts, then only the new one") {
  MemoryFiles files;
  SeededRandom random(1);
  const auto former = open_vault(files, kKeyFile, true, random);
  REQUIRE(former);
  const std::string sealed = former->seal("text", "c", random);
  const std::string digest = former->digest("text", "c");
  const auto both = begin_key_change(files, kKeyFile, random);
  REQUIRE(both);
  CHECK(is_key_changing(files, kKeyFile).value());
  CHECK(files.info(kKeyFile).mode == 0600);
  CHECK(both->open(sealed, "c").value() == "text");
  CHECK_FALSE(former->open(both->seal("text", "c", random), "c"));
  // What a digest was, and what becomes of it.
  CHECK(both->key_changes() == 1);
  CHECK(both->digest_after(0, "text", "c") == digest);
  CHECK(both->digest("text", "c") != digest);
  CHECK(both->carry_digest(0, digest) == both->digest("text", "c"));
  CHECK(both->carry_digest(1, digest) == digest);

  const auto after = finish_key_change(files, kKeyFile);
  REQUIRE(after);
  CHECK_FALSE(is_key_changing(files, kKeyFile).value());
  CHECK_FALSE(after->open(sealed, "c"));
  CHECK(after->open(both->seal("text", "c", random), "c").value() == "text");
  CHECK(after->digest("text", "c") == both->digest("text", "c"));
  CHECK(open_vault(files, kKeyFile, false, random)->digest("text", "c") == both->digest("text", "c"));
  CHECK(finish_key_change(files, kKeyFile)->digest("text", "c") == both->digest("text", "c"));

  // The former sealing key is not in the file any more, and the next change carries the digests on.
  const auto next = begin_key_change(files, kKeyFile, random);
  REQUIRE(next);
  CHECK(next->key_changes() == 2);
  CHECK(next->carry_digest(0, digest) == next->digest("text", "c"));
  CHECK(next->carry_digest(1, both->digest("text", "c")) == next->digest("text", "c"));
}

TEST_CASE("a change of the key can be taken up again, and one that can't be written changes nothing") {
  MemoryFiles files;
  SeededRandom random(1);
  const auto former = open_vault(files, kKeyFile, true, random);
  const std::string bytes = files.read(kKeyFile, 100000).value();
  files.refuse_writes(true);
  CHECK_FALSE(begin_key_change(files, kKeyFile, random));
  CHECK(files.read(kKeyFile, 100000).value() == bytes);
  files.refuse_writes(false);
  const auto both = begin_key_change(files, kKeyFile, random);
  CHECK(begin_key_change(files, kKeyFile, random)->digest("x", "y") == both->digest("x", "y"));
  files.refuse_writes(true);
  CHECK_FALSE(finish_key_change(files, kKeyFile));
  CHECK(is_key_changing(files, kKeyFile).value());
}

TEST_CASE("what looks like a changed key file, but is none") {
  MemoryFiles files;
  SeededRandom random(1);
  open_vault(files, kKeyFile, true, random);
  begin_key_change(files, kKeyFile, random);
  const std::string whole = files.read(kKeyFile, 100000).value();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    if (length == 32) continue;  // a key of the first form
    files.put(kKeyFile, whole.substr(0, length));
    CHECK(error_of(open_vault(files, kKeyFile, false, random)).failure == Failure::state);
  }
  for (const auto& [place, byte] : {std::pair{0, 'b'}, {4, '\0'}, {4, '\2'}, {5, '\2'}, {5, '\0'}}) {
    std::string changed = whole;
    changed[static_cast<std::size_t>(place)] = byte;
    files.put(kKeyFile, changed);
    CHECK(error_of(open_vault(files, kKeyFile, false, random)).failure == Failure::state);
  }
}
