#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;

namespace {

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

Failure open_failure(const Folder& folder, Access access = Access::write) {
  return failure(folder.try_open(access));
}

}  // namespace

TEST_CASE("reading creates nothing: no ledger is a null pointer") {
  const Folder folder;
  CHECK(folder.open(Access::read) == nullptr);
  CHECK_FALSE(std::filesystem::exists(folder.state()));
  folder.open();
  CHECK(folder.open(Access::read) != nullptr);
}

TEST_CASE("files are for the owner only, even with a wide umask and after somebody widened them") {
  const Folder folder;
  const mode_t old = ::umask(0);
  {
    const auto ledger = folder.open();
    must(ledger->record_intent(batch()));
    CHECK(mode_of(folder.state()) == 0700);
    CHECK(folder.files().size() == 4);
    for (const auto& path : folder.files()) CHECK_MESSAGE(mode_of(path) == 0600, path);
  }
  for (const auto& path : folder.files()) ::chmod(path.c_str(), 0644);
  {
    const auto ledger = folder.open();
    for (const auto& name : {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) {
      CHECK(mode_of(folder.state() + "/" + name) == 0600);
    }
  }
  ::umask(old);
}

TEST_CASE("a ledger is written whole before it has its name; nothing else is left beside it") {
  const Folder folder;
  folder.open();
  auto names = must(folder.disk().list(folder.state()));
  CHECK(names == std::vector<std::string>{"ledger.db", "ledger.lock"});
  CHECK(number(folder.db(), "PRAGMA user_version") == 4);
  CHECK(number(folder.db(), "SELECT count(*) FROM properties") == 2);
}

TEST_CASE("a reader works beside a writer and sees what was committed") {
  const Folder folder;
  const auto writer = folder.open();
  const auto reader = folder.open(Access::read);
  CHECK(must(reader->cases("sandbox")).empty());
  must(writer->record_intent(batch()));
  CHECK(must(reader->cases("sandbox")).size() == 3);
  CHECK(failure(reader->record_intent(batch())) == Failure::bug);
  CHECK(failure(reader->record_outcome("x", {}, at(1))) == Failure::bug);
  CHECK(failure(reader->record_inquiry(1, {}, at(1))) == Failure::bug);
  CHECK(failure(reader->record_asked(1, at(1))) == Failure::bug);
  CHECK(failure(reader->move_mark("sandbox", "status", 1)) == Failure::bug);
}

TEST_CASE("a reader that is inside a long read does not stop the writer") {
  const Folder folder;
  folder.open();
  const auto reader = folder.open(Access::read);
  {
    const auto writer = folder.open();
    must(writer->record_intent(batch()));
  }
  const auto writer = folder.open();
  must(writer->record_outcome("maple-street-20261207-aaaaa", {accepted("A")}, at(1)));
  CHECK(find(*reader, "A").case_id == "PA-A");
}

TEST_CASE("closing a submission leaves its log, closing anything else folds it") {
  const Folder folder;
  const auto log_size = [&] { return folder.disk().info(folder.db() + "-wal").size; };
  {
    const auto ledger = folder.open();
    must(ledger->record_intent(batch()));
  }
  CHECK(log_size() > 0);
  folder.open(Access::read);
  CHECK(log_size() > 0);
  folder.open();
  CHECK(log_size() == 0);
  CHECK(must(folder.open(Access::read)->cases("sandbox")).size() == 3);
}

TEST_CASE("a file that is no ledger is left alone and refused") {
  const Folder folder;
  must(folder.disk().make_private_directory(folder.state()));
  const auto refused_unchanged = [&](const std::string& bytes) {
    write_bytes(folder.db(), bytes);
    CHECK(open_failure(folder) == Failure::state);
    CHECK(open_failure(folder, Access::read) == Failure::state);
    CHECK(read_bytes(folder.db()) == bytes);
  };
  refused_unchanged("");
  refused_unchanged("x");
  refused_unchanged(std::string(8192, '\0'));
  refused_unchanged("SQLite format 3");
  refused_unchanged("not a database at all, but long enough for a header of one hundred bytes " +
                    std::string(100, '.'));

  std::filesystem::remove(folder.db());
  sql(folder.db(), "CREATE TABLE foreign_table (x); PRAGMA user_version=1;");
  refused_unchanged(read_bytes(folder.db()));
}

TEST_CASE("an emptied or vanished ledger is never taken for a fresh start") {
  const Folder folder;
  must(folder.open()->record_intent(batch()));
  const std::string log = read_bytes(folder.db() + "-wal");
  std::filesystem::remove(folder.db());
  CHECK(open_failure(folder) == Failure::state);
  CHECK(open_failure(folder, Access::read) == Failure::state);
  CHECK(read_bytes(folder.db() + "-wal") == log);
}

TEST_CASE("a folder, a link or a foreign key in the place of the ledger") {
  const Folder folder;
  folder.open();
  SUBCASE("link") {
    std::filesystem::rename(folder.db(), folder.path("elsewhere.db"));
    std::filesystem::create_symlink(folder.path("elsewhere.db"), folder.db());
    CHECK(open_failure(folder) == Failure::state);
    std::filesystem::remove(folder.path("elsewhere.db"));
    CHECK(open_failure(folder) == Failure::state);
  }
  SUBCASE("folder") {
    std::filesystem::remove(folder.db());
    std::filesystem::create_directory(folder.db());
    CHECK(open_failure(folder) == Failure::state);
  }
  SUBCASE("key") {
    const seal::Vault other = vault('x');
    for (const auto access : {Access::read, Access::write}) {
      CHECK(failure(Ledger::open(folder.disk(), folder.state(), other, entropy(), access)) == Failure::state);
    }
  }
}

TEST_CASE("a ledger of a newer version is refused and not changed") {
  const Folder folder;
  folder.open();
  sql(folder.db(), "PRAGMA user_version=99");
  const std::string bytes = read_bytes(folder.db());
  const auto opened = folder.try_open(Access::write);
  CHECK(failure(opened) == Failure::state);
  CHECK(opened.error().message.find("newer") != std::string::npos);
  CHECK(open_failure(folder, Access::read) == Failure::state);
  CHECK(read_bytes(folder.db()) == bytes);
}

TEST_CASE("values that somebody changed or moved do not pass for ours") {
  const Folder folder;
  must(folder.open()->record_intent(batch()));
  const auto ledger = folder.open();
  sql(folder.db(),
      "UPDATE cases SET body = zeroblob(60), identity = (SELECT identity FROM cases WHERE label = 'B') WHERE label = "
      "'A'");
  const auto record = find(*ledger, "A");
  CHECK(failure(ledger->member_body(record.id)) == Failure::state);
  CHECK(failure(ledger->identity(record.id)) == Failure::state);
  sql(folder.db(), "UPDATE cases SET delivery = 'somewhere'");
  CHECK(failure(ledger->cases("sandbox")) == Failure::state);
}
