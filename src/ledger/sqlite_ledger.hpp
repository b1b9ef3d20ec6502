// The ledger over SQLite. Its members are spread over files by use: opening, intents, outcomes, reading, changes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "atz/ledger/ledger.hpp"
#include "ledger/lock.hpp"
#include "ledger/sqlite.hpp"

namespace atz::ledger {

struct LogNote;

// What names one message for good; the context of everything sealed about it.
struct MessageKey {
  std::string batch_id, label;
  std::int64_t attempt = 1;
};

class SqliteLedger final : public Ledger {
 public:
  struct Keyed {
    std::string actor;
    int key_changes = 0;  // after how many changes of the key its digests are
  };
  SqliteLedger(std::optional<WriterLock> lock, Connection connection, const seal::Vault& vault, Random& random,
               Keyed keyed);
  // What a ledger of before version 4 holds is entered into its log, once.
  Result<void> carry_into_log();

  [[nodiscard]] std::string content_digest(std::string_view content) const override;

  Result<void> record_intent(const BatchIntent& intent) override;
  Result<void> record_outcome(const std::string& batch_id, const std::vector<MemberOutcome>& outcomes,
                              Instant at) override;
  Result<bool> record_inquiry(std::int64_t case_row, const MemberOutcome& answer, Instant at) override;
  Result<void> record_asked(std::int64_t case_row, Instant at) override;

  [[nodiscard]] Result<bool> has_notice(const Notice& notice) const override;
  [[nodiscard]] Result<std::optional<std::int64_t>> last_notice(const std::string& profile,
                                                                const std::string& subscription) const override;
  Result<std::vector<Told>> record_notice(const Notice& notice, const std::vector<CaseOutcome>& outcomes,
                                          Instant at) override;

  [[nodiscard]] Result<std::vector<CaseRecord>> cases(const std::string& profile) const override;
  [[nodiscard]] Result<std::vector<BatchRecord>> batches_of_home(const std::string& profile,
                                                                 const std::string& home_id) const override;
  [[nodiscard]] Result<std::vector<BatchRecord>> batches() const override;
  [[nodiscard]] Result<std::vector<BatchRecord>> unsettled(const std::string& profile) const override;
  [[nodiscard]] Result<std::string> body(const std::string& batch_id) const override;
  [[nodiscard]] Result<std::string> member_body(std::int64_t case_row) const override;
  [[nodiscard]] Result<CaseIdentity> identity(std::int64_t case_row) const override;

  Result<std::int64_t> record_follow_up(const FollowUpIntent& intent) override;
  Result<void> settle_follow_up(std::int64_t id, model::Delivery delivery, const std::string& raw_reply,
                                Instant at) override;
  [[nodiscard]] Result<std::vector<FollowUp>> follow_ups(std::int64_t case_row) const override;
  [[nodiscard]] Result<std::vector<FollowUp>> open_follow_ups(const std::string& profile) const override;
  [[nodiscard]] Result<std::string> follow_up_body(std::int64_t id) const override;
  [[nodiscard]] Result<std::string> last_claim(const std::string& profile, const std::string& case_id) const override;
  [[nodiscard]] Result<std::vector<HistoryEntry>> history(std::int64_t case_row) const override;
  [[nodiscard]] Result<std::vector<HistoryEntry>> events(const std::string& profile, Instant from,
                                                         Instant before) const override;

  [[nodiscard]] Result<std::vector<Change>> changes_since(const std::string& profile,
                                                          const std::string& mark) const override;
  Result<void> move_mark(const std::string& profile, const std::string& mark, std::int64_t sequence) override;
  [[nodiscard]] Result<std::vector<std::string>> verify() const override;
  Result<void> retire(const std::string& profile, Instant at) override;
  [[nodiscard]] Result<std::vector<LogEntry>> log() const override;
  [[nodiscard]] Result<LogCheck> verify_log(const std::string& noted_head) const override;
  [[nodiscard]] Result<std::string> image() const override;
  Result<void> rekey(Instant at) override;
  // Notes in the audit trail that the ledger came from a backup whose trail ended with `head`.
  Result<void> note_restored(const std::string& head, Instant at);

 private:
  struct Known;    // a batch that is there, with the latest attempts of its members
  struct Current;  // a message as it is before an answer is merged into it
  struct Event;
  enum class Fit { resumes, recorded };
  struct States {  // of one message, as the log tells it
    std::string digest;
    int key_changes = 0;
  };
  // synced: on the platter when committed. soon: safe from a crash of atz at once, from a power cut with the next
  // synced commit or when the ledger closes; for what the payer can be asked again.
  enum class Durable { synced, soon };

  Result<Transaction> begin_write(Durable durable);
  [[nodiscard]] Error damaged(const std::string& what) const;
  [[nodiscard]] std::string seal(std::string_view plain, const std::string& context) const;
  [[nodiscard]] Result<std::string> unseal(const Statement& row, int column, const std::string& context) const;
  [[nodiscard]] std::string digest(std::string_view data, std::string_view context) const;
  [[nodiscard]] std::string body_digest(std::string_view body) const;

  [[nodiscard]] Result<bool> has_log() const;  // a ledger that is only read may be older than the log
  Result<void> add_log(const LogNote& note, Instant at);
  Result<void> log_case(std::string_view action, std::int64_t case_row, const std::string& digest_of_bytes, Instant at);
  Result<void> log_follow_up(std::string_view action, std::int64_t id, const std::string& digest_of_bytes, Instant at);
  Result<void> finish_rekey(Instant at);
  [[nodiscard]] static std::string packed_state(const Current& now);
  [[nodiscard]] Result<void> compare_states(std::map<std::int64_t, States>& states,
                                            std::map<std::int64_t, States>& follow_ups,
                                            std::vector<std::string>& wrong) const;

  [[nodiscard]] Result<std::optional<Known>> find_batch(const std::string& batch_id) const;
  [[nodiscard]] Result<Fit> fit(const Known& known, const BatchIntent& intent) const;
  [[nodiscard]] Result<void> check_identifiers(const BatchIntent& intent) const;
  Result<void> insert_intent(const BatchIntent& intent, const std::optional<Known>& known);
  Result<void> insert_member(const MemberIntent& member, const BatchIntent& intent, std::int64_t batch,
                             std::int64_t transmission, std::int64_t position, std::int64_t attempt);

  [[nodiscard]] Result<Current> current(std::int64_t case_row) const;
  // Whether delivery, status or a decision changed.
  Result<bool> merge(std::int64_t case_row, const MemberOutcome& answer, Instant at);
  Result<void> add_event(const Current& of, const Event& event, Instant at, bool news);
  [[nodiscard]] std::string notice_digest(const Notice& notice) const;
  [[nodiscard]] Result<bool> is_outdated(const Notice& notice, std::int64_t case_row) const;
  // Of an answer that is older than what is known only the requests count, when they explain a status that still holds
  // and none are known. Whether that was so.
  Result<bool> merge_requests(std::int64_t case_row, const MemberOutcome& answer, Instant at);
  Result<void> set_asked(std::int64_t case_row, Instant at);
  Result<void> keep_reply(const Current& of, std::string_view body, Instant at);

  [[nodiscard]] Result<std::vector<FollowUp>> load_follow_ups(Statement& selected) const;
  [[nodiscard]] Result<std::vector<HistoryEntry>> load_history(Statement& selected) const;

  // A condition on batches b and latest cases c; the caller binds its values.
  [[nodiscard]] Statement select_cases(const std::string& where) const;
  [[nodiscard]] Result<std::vector<CaseRecord>> load_cases(Statement& selected) const;
  [[nodiscard]] Result<CaseRecord> read_case(const Statement& row) const;
  [[nodiscard]] Result<void> load_lines(Statement& lines, CaseRecord& record) const;
  [[nodiscard]] Result<std::vector<BatchRecord>> load_batches(Statement& selected) const;
  [[nodiscard]] Result<MessageKey> key_of(std::int64_t case_row) const;

  std::optional<WriterLock> lock_;  // released after the connection has closed
  Connection db_;
  const seal::Vault* vault_;
  Random* random_;
  std::string actor_;
  int key_changes_ = 0;
  // Batches whose intent this process recorded: it shows their first outcome itself, so that is no news.
  std::set<std::string> own_;
};

std::string context(std::string_view column, const MessageKey& key);
std::string context(std::string_view column, const MessageKey& key, std::int64_t number);
std::int64_t seconds(Instant instant);
Instant instant(std::int64_t seconds);
inline Error bug(std::string message) {
  return {Failure::bug, std::move(message), {}};
}

}  // namespace atz::ledger
