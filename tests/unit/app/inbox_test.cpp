// Moving on what a gateway left: nothing is lost, whatever the gateway does meanwhile.
#include "app/inbox.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "atz/base/rename.hpp"

namespace atz::app {
namespace {

namespace fs = std::filesystem;

class Spool {
 public:
  Spool() {
    std::string pattern = (fs::temp_directory_path() / "atz-inbox-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool() { fs::remove_all(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }
  void put(const std::string& name, const std::string& bytes) const { std::ofstream(path_ + "/" + name) << bytes; }
  [[nodiscard]] std::string read(const std::string& name) const {
    const auto bytes = files->read(path_ + "/" + name, 1000);
    return bytes ? *bytes : "nothing";
  }
  [[nodiscard]] Inbox inbox(bool keep = false) const { return {*files, path_, keep}; }
  // Of all files, hidden ones too.
  [[nodiscard]] std::vector<std::string> names(const std::string& below = ".") const {
    std::vector<std::string> found;
    for (const auto& file : fs::directory_iterator(path_ + "/" + below)) {
      if (file.is_regular_file()) found.push_back(file.path().filename().string());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  std::unique_ptr<Files> files = real_files();

 private:
  std::string path_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a file is moved under a name that is free, and the same bytes are kept once") {
  const Spool spool;
  auto inbox = spool.inbox();
  for (const char* bytes : {"one", "two", "one"}) {
    spool.put("a.json", bytes);
    REQUIRE(inbox.move("a.json", bytes, "done"));
    CHECK(spool.names().empty());
  }
  CHECK(spool.names("done") == Names{"a-2.json", "a.json"});
  CHECK(spool.read("done/a.json") == "one");
  CHECK(spool.read("done/a-2.json") == "two");
}

TEST_CASE("a new message under the name of one that was read stays, and both are kept") {
  const Spool spool;
  spool.put("a.json", "new");
  REQUIRE(spool.inbox().move("a.json", "old", "done"));
  CHECK(spool.names() == Names{"a.json"});
  CHECK(spool.read("a.json") == "new");
  CHECK(spool.read("done/a.json") == "old");
}

TEST_CASE("a refused file has a text beside it, and one that is gone is kept as it was read") {
  const Spool spool;
  spool.put("a.json", "one");
  REQUIRE(spool.inbox().refuse("a.json", "one", "because"));
  REQUIRE(spool.inbox().refuse("b.json", "two", "so"));
  CHECK(spool.names().empty());
  CHECK(spool.names("refused") == Names{"a.json", "a.json.txt", "b.json", "b.json.txt"});
  CHECK(spool.read("refused/a.json.txt") == "because\n");
  CHECK(spool.read("refused/b.json") == "two");
}

TEST_CASE("what an interrupted move left is found again and moved under its own name") {
  const Spool spool;
  spool.put(".atz-moving-a.json", "one");
  spool.put(".other.json", "not for us");
  spool.put("a.json", "two");
  auto inbox = spool.inbox();
  const auto names = inbox.names();
  REQUIRE(names);
  CHECK(*names == Names{".atz-moving-a.json", "a.json"});
  REQUIRE(inbox.move("a.json", "two", "done"));
  REQUIRE(inbox.move(".atz-moving-a.json", "one", "done"));
  CHECK(spool.names() == Names{".other.json"});
  CHECK(spool.names("done") == Names{"a-2.json", "a.json"});
}

TEST_CASE("a file that can't be moved keeps its name") {
  const Spool spool;
  spool.put("a.json", "one");
  spool.put("done", "in the way");
  CHECK_FALSE(spool.inbox().move("a.json", "one", "done"));
  CHECK(spool.names() == Names{"a.json", "done"});
  REQUIRE(spool.inbox(true).move("a.json", "one", "done"));
  CHECK(spool.names() == Names{"a.json", "done"});
}

TEST_CASE("a name that is in use is never given away") {
  const Spool spool;
  spool.put("a.json", "one");
  spool.put("b.json", "two");
  const auto taken = rename_new(spool.path() + "/a.json", spool.path() + "/b.json");
  REQUIRE(taken);
  CHECK_FALSE(*taken);
  CHECK(spool.read("b.json") == "two");
  const auto missing = rename_new(spool.path() + "/x.json", spool.path() + "/y.json");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().failure == Failure::io);
  CHECK(*rename_new(spool.path() + "/a.json", spool.path() + "/c.json"));
  CHECK(spool.read("c.json") == "one");
}

}  // namespace atz::app
