#include "unit/ledger/fixture.hpp"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace atz::ledger::test {

using model::CaseStatus;
using model::Delivery;

Folder::Folder() : files_(real_files()) {
  std::string name = (std::filesystem::temp_directory_path() / "atz-ledger-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> Folder::files() const {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(state())) paths.push_back(entry.path().string());
  return paths;
}

Result<std::unique_ptr<Ledger>> Folder::try_open(Access access) const {
  static const seal::Vault key = vault();
  return Ledger::open(*files_, state(), key, entropy(), access);
}

std::unique_ptr<Ledger> Folder::open(Access access) const {
  auto opened = try_open(access);
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

seal::Vault vault(char key) {
  return seal::Vault(seal::Secret(std::string(32, key)));
}

Random& entropy() {
  static SeededRandom bytes(7);
  return bytes;
}

Instant at(int minutes) {
  return Instant{std::chrono::seconds{1796641200} + std::chrono::minutes{minutes}};
}

std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
}

bool try_sql(const std::string& db, const std::string& script) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(db.c_str(), &handle) == SQLITE_OK);
  const int code = sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  return code == SQLITE_OK;
}

void sql(const std::string& db, const std::string& script) {
  REQUIRE(try_sql(db, script));
}

namespace {

template <class Read>
auto first_row(const std::string& db, const std::string& query, const Read& read) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(db.c_str(), &handle) == SQLITE_OK);
  sqlite3_stmt* row = nullptr;
  REQUIRE(sqlite3_prepare_v2(handle, query.c_str(), -1, &row, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(row) == SQLITE_ROW);
  auto value = read(row);
  sqlite3_finalize(row);
  sqlite3_close(handle);
  return value;
}

}  // namespace

std::int64_t number(const std::string& db, const std::string& query) {
  return first_row(db, query, [](sqlite3_stmt* row) { return std::int64_t{sqlite3_column_int64(row, 0)}; });
}

std::string bytes(const std::string& db, const std::string& query) {
  return first_row(db, query, [](sqlite3_stmt* row) {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(row, 0));
    return std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(row, 0)));
  });
}

MemberIntent member(const std::string& label, const std::string& batch, const std::string& suffix) {
  MemberIntent member;
  member.label = label;
  member.content = "atz/content/1\nmember = " + label + suffix;
  member.claim_identifier = batch + "-" + label + suffix;
  member.bundle_identifier = member.claim_identifier + "-S1";
  member.body = "{\"resourceType\":\"Bundle\",\"of\":\"" + member.claim_identifier + "\"}";
  member.member_id = "99000001" + label;
  member.last = "Sampleton";
  member.first = "Testa" + label;
  member.born = "1988-02-29";
  member.gender = "female";
  member.provider_npi = "2000000002";
  member.provider_name = "Pinecone Example Home Supports";
  member.lines.push_back({1,
                          member.claim_identifier + "-L1",
                          "T2016",
                          {},
                          {model::make_date(2027, 1, 4), model::make_date(2028, 1, 3)},
                          365,
                          model::Hours{271}});
  member.lines.push_back({2,
                          member.claim_identifier + "-L2",
                          "T2016",
                          {"SC", "U1"},
                          {model::make_date(2027, 1, 4), model::make_date(2027, 6, 30)},
                          178,
                          std::nullopt});
  member.expected_by = model::make_date(2026, 12, 14);
  return member;
}

BatchIntent batch(const std::string& id, const std::vector<std::string>& labels, const std::string& suffix) {
  BatchIntent intent;
  intent.batch_id = id;
  intent.home_id = id.substr(0, id.size() - 15);
  intent.profile = "sandbox";
  intent.mode = "transaction";
  intent.created = at(0);
  intent.submitted_on = model::make_date(2026, 12, 7);
  for (const auto& label : labels) {
    intent.members.push_back(member(label, id, suffix));
    intent.body += intent.members.back().body;
  }
  return intent;
}

model::LineDecision decided(model::ReviewAction action, std::int64_t quarters) {
  model::LineDecision line;
  line.sequence = 1;
  line.action = action;
  line.action_code = "A1";
  line.authorization_number = "AUTH0001";
  line.weekly_hours = model::Hours{quarters};
  line.units = 365;
  line.period = model::DateSpan{model::make_date(2027, 1, 4), model::make_date(2028, 1, 3)};
  line.reasons = {{"0X", "Rationale canary of a line"}};
  return line;
}

MemberOutcome accepted(const std::string& label, CaseStatus status) {
  MemberOutcome outcome;
  outcome.label = label;
  outcome.delivery = Delivery::accepted;
  outcome.case_id = "PA-" + label;
  outcome.status = status;
  outcome.raw_reply = "{\"reply\":\"" + label + "\"}";
  return outcome;
}

MemberOutcome undelivered(const std::string& label, Delivery delivery) {
  MemberOutcome outcome;
  outcome.label = label;
  outcome.delivery = delivery;
  return outcome;
}

CaseRecord find(const Ledger& ledger, const std::string& label) {
  const auto cases = ledger.cases("sandbox");
  if (!cases) FAIL(cases.error().message);
  const auto of_label = [&](const CaseRecord& record) { return record.label == label; };
  REQUIRE(std::count_if(cases->begin(), cases->end(), of_label) == 1);
  return *std::find_if(cases->begin(), cases->end(), of_label);
}

int in_child(const std::function<int()>& work) {
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) ::_exit(work());
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

pid_t child_with_ledger(const Folder& folder) {
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    const auto ledger = folder.try_open(Access::write);
    const char answer = ledger ? 'y' : 'n';
    if (::write(ready[1], &answer, 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  ::close(ready[1]);
  char answer = 'n';
  const ssize_t size = ::read(ready[0], &answer, 1);
  ::close(ready[0]);
  if (size != 1 || answer != 'y') {
    kill_child(pid);
    FAIL("the child could not open the ledger");
  }
  return pid;
}

void kill_child(pid_t pid) {
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

}  // namespace atz::ledger::test
