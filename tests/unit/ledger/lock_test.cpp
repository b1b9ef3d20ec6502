#include "ledger/lock.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;

TEST_CASE("a second writer in the same process is told who is at work") {
  const Folder folder;
  {
    const auto ledger = folder.open();
    const auto second = folder.try_open(Access::write);
    CHECK(failure(second) == Failure::busy);
    CHECK(second.error().message.find("process " + std::to_string(::getpid()) + ")") != std::string::npos);
    CHECK(folder.open(Access::read) != nullptr);
  }
  CHECK(folder.open() != nullptr);
}

TEST_CASE("a second writer in another process is refused, and free again when the first has ended") {
  const Folder folder;
  const auto attempt = [&] {
    const auto opened = folder.try_open(Access::write);
    return opened ? 0 : opened.error().failure == Failure::busy ? 11 : 1;
  };
  {
    const auto ledger = folder.open();
    CHECK(in_child(attempt) == 11);
  }
  CHECK(in_child(attempt) == 0);
}

TEST_CASE("a killed process leaves nothing to unlock") {
  const Folder folder;
  for (int round = 0; round < 5; ++round) {
    const pid_t child = child_with_ledger(folder);
    const auto opened = folder.try_open(Access::write);
    CHECK(failure(opened) == Failure::busy);
    CHECK(opened.error().message.find("process " + std::to_string(child) + ")") != std::string::npos);
    kill_child(child);
    CHECK(folder.open() != nullptr);
  }
}

TEST_CASE("of many processes at once exactly one gets the lock") {
  const Folder folder;
  folder.open();
  for (int round = 0; round < 10; ++round) {
    int gate[2];
    int results[2];
    REQUIRE(::pipe(gate) == 0);
    REQUIRE(::pipe(results) == 0);
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
      const pid_t pid = ::fork();
      REQUIRE(pid >= 0);
      if (pid == 0) {
        char go = 0;
        ::close(gate[1]);
        (void)!::read(gate[0], &go, 1);  // ends when the parent closes the gate
        const auto lock = WriterLock::take(folder.state() + "/ledger.lock");
        const char answer = lock ? 'y' : lock.error().failure == Failure::busy ? 'n' : '?';
        (void)!::write(results[1], &answer, 1);
        for (;;) ::pause();
      }
      children.push_back(pid);
    }
    ::close(gate[0]);
    ::close(gate[1]);
    std::string answers(4, ' ');
    for (auto& answer : answers) REQUIRE(::read(results[0], &answer, 1) == 1);
    for (const pid_t pid : children) kill_child(pid);
    ::close(results[0]);
    ::close(results[1]);
    CHECK(std::count(answers.begin(), answers.end(), 'y') == 1);
    CHECK(std::count(answers.begin(), answers.end(), 'n') == 3);
  }
}

TEST_CASE("a lock file that can't be one is refused with a reason") {
  const Folder folder;
  CHECK(failure(WriterLock::take(folder.path("missing/ledger.lock"))) == Failure::io);
  CHECK(failure(WriterLock::take("/dev/null")) == Failure::io);
  std::filesystem::create_directory(folder.path("ledger.lock"));
  CHECK(failure(WriterLock::take(folder.path("ledger.lock"))) == Failure::io);
  std::filesystem::create_symlink("/dev/null", folder.path("link.lock"));
  CHECK(failure(WriterLock::take(folder.path("link.lock"))) == Failure::io);
}

TEST_CASE("what the lock file says does not matter, only the lock") {
  const Folder folder;
  write_bytes(folder.path("ledger.lock"), "999999999999\nrubbish \x1b[31m");
  const auto lock = WriterLock::take(folder.path("ledger.lock"));
  REQUIRE(lock);
  write_bytes(folder.path("ledger.lock"), "\x1b[31mrubbish");
  const auto second = WriterLock::take(folder.path("ledger.lock"));
  CHECK(failure(second) == Failure::busy);
  CHECK(second.error().message.find("rubbish") == std::string::npos);
}
