// A ledger on the real disk, in a folder of its own, and fake submissions for it.
#pragma once

#include <doctest/doctest.h>
#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "atz/ledger/ledger.hpp"

namespace atz::ledger::test {

class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] std::string state() const { return path("state"); }
  [[nodiscard]] std::string db() const { return path("state/ledger.db"); }
  [[nodiscard]] std::vector<std::string> files() const;  // paths of everything in the state folder

  Result<std::unique_ptr<Ledger>> try_open(Access access) const;
  std::unique_ptr<Ledger> open(Access access = Access::write) const;  // must work
  Files& disk() const { return *files_; }

 private:
  std::string path_;
  std::unique_ptr<Files> files_;
};

seal::Vault vault(char key = 'k');
Random& entropy();
Instant at(int minutes);  // after a fixed start
std::string read_bytes(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);
bool try_sql(const std::string& db, const std::string& script);  // by another connection, outside the ledger
void sql(const std::string& db, const std::string& script);      // must work
std::int64_t number(const std::string& db, const std::string& query);
std::string bytes(const std::string& db, const std::string& query);  // the first column of the first row

MemberIntent member(const std::string& label, const std::string& batch, const std::string& suffix = "");
BatchIntent batch(const std::string& id = "maple-street-20261207-aaaaa",
                  const std::vector<std::string>& labels = {"A", "B", "C"}, const std::string& suffix = "");
MemberOutcome accepted(const std::string& label, model::CaseStatus status = model::CaseStatus::in_review);
MemberOutcome undelivered(const std::string& label, model::Delivery delivery);
model::LineDecision decided(model::ReviewAction action, std::int64_t quarters);

// The only case of that label in the profile "sandbox".
CaseRecord find(const Ledger& ledger, const std::string& label);

// Runs `work` in a child process that ends without any clean-up; returns its exit status, or -1 for a signal.
int in_child(const std::function<int()>& work);
// A child that has opened the ledger for writing and waits to be killed.
pid_t child_with_ledger(const Folder& folder);
void kill_child(pid_t pid);

template <class T>
const T& must(const Result<T>& result) {
  if (!result) FAIL(result.error().message);
  return *result;
}
inline void must(const Result<void>& result) {
  if (!result) FAIL(result.error().message);
}
template <class T>
Failure failure(const Result<T>& result) {
  REQUIRE_FALSE(result);
  CHECK_FALSE(result.error().message.empty());
  return result.error().failure;
}

}  // namespace atz::ledger::test
