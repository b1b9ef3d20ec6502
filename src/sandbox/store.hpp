// The embedded payer's memory: one SQLite file in which everything that tells of a person is sealed, and everything
// that is looked up by a person's data is a keyed digest. Serving and reviewing processes may use it at the same time.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "atz/model/case.hpp"
#include "atz/sandbox/sandbox.hpp"
#include "sandbox/case_state.hpp"
#include "sandbox/database.hpp"
#include "sandbox/locked_random.hpp"
#include "sandbox/subscription.hpp"

namespace atz::sandbox {

// One message of a case: a Claim and the version that it replaced.
struct Round {
  std::string case_id;
  int chain = 1;
  int number = 1;       // within the case
  bool newest = true;   // of its chain: only this one can be followed by an update
  std::string content;  // keyed digest
};

struct Note {
  Instant at{};
  std::string text;
  int chain = 0;           // 0: about the whole case
  std::vector<int> lines;  // sequences in that chain
};

struct FullCase {
  CaseState state;
  std::vector<fhir::ReceivedRequest> requests;  // the newest of every chain
  std::vector<Note> notes;                      // in the order in which they were made
  std::vector<Question> questions;

  [[nodiscard]] const fhir::ReceivedRequest& request(int chain) const {
    return requests.at(static_cast<std::size_t>(chain - 1));
  }
  [[nodiscard]] const fhir::ReceivedRequest& newest() const { return requests.back(); }
};

// Something that is to happen at its time. `data` means what the kind says.
struct Timer {
  std::int64_t id = 0;
  Instant due{};
  std::string case_id, kind, data;
};

// A line whose state changed.
struct HistoryRow {
  std::int64_t id = 0;
  Instant at{};
  std::string case_id;
  model::CaseStatus before = model::CaseStatus::submitted;
  LineState line;  // as it was from then on
  std::string reason;
};

struct MemberRecord {
  std::string id, last, first, born, gender;  // born YYYY-MM-DD
  std::string patient_json;                   // as first received; "" for one from a members file
  std::string client;                         // who sent that
  bool listed = false;                        // from the members file of the running server
};

struct StoredReply {
  std::string body_digest;
  int status = 0;
  std::string body;
  std::string case_id;
};

enum class MessageKind { submit, transaction, attachment };

struct MessageKey {
  std::string client;
  MessageKind kind = MessageKind::submit;
  std::string system, value;  // of Bundle.identifier
};

class Store {
 public:
  static Result<std::unique_ptr<Store>> open(const Services& services);

  // One SQLite transaction; rolled back unless committed. The store's other functions must be called inside of one.
  // A writing one waits for other processes' writes, and sees all of them.
  class Transaction {
   public:
    Transaction(Store& store, std::unique_lock<std::mutex> lock) : store_(&store), lock_(std::move(lock)) {}
    Transaction(Transaction&& other) noexcept
        : store_(std::exchange(other.store_, nullptr)), lock_(std::move(other.lock_)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

   private:
    Store* store_;
    std::unique_lock<std::mutex> lock_;
  };
  Result<Transaction> write();
  Result<Transaction> read();

  // Cases.
  Result<std::string> next_case_id();               // from 900000101
  Result<std::string> next_authorization_number();  // from PA7700451
  Result<void> add_case(const CaseState& state, const fhir::ReceivedRequest& request);
  // A further message of the case; its lines are in `state` already and are saved with it.
  Result<void> add_round(const CaseState& state, int chain, const fhir::ReceivedRequest& request, Instant at);
  // What was decided or changed. A line whose status differs from the stored one goes into the history with `reason`.
  Result<void> save(const CaseState& state, Instant at, std::string_view reason);
  Result<std::optional<CaseState>> state(const std::string& case_id);
  Result<std::vector<CaseState>> states();  // of all cases, oldest first
  Result<FullCase> load(CaseState state);
  Result<int> rounds(const std::string& case_id);
  // The message that had this Claim.identifier, of this client; the newest when several had.
  Result<std::optional<Round>> round_of_claim(const std::string& client, const std::string& system,
                                              const std::string& value);
  // Case IDs of one client's cases of one member, oldest first.
  Result<std::vector<std::string>> find_by_case_id(const std::string& client, const std::string& member_id,
                                                   const std::string& case_id);
  Result<std::vector<std::string>> find_by_authorization(const std::string& client, const std::string& member_id,
                                                         const std::string& number);
  // `code` "" and no period: any.
  Result<std::vector<std::string>> find_by_line(const std::string& client, const std::string& member_id,
                                                const std::string& code, const std::optional<model::DateSpan>& period);
  // Another case than `except`, open or granted, of this client for the same member and service on some of the same
  // days.
  Result<std::optional<std::string>> overlapping(const std::string& client, const std::string& member_id,
                                                 const fhir::ReceivedLine& line, const std::string& except = "");
  Result<bool> belongs_to(const std::string& case_id, const std::string& client, const std::string& member_id);

  // What hangs on a case.
  Result<void> add_note(const std::string& case_id, const Note& note);
  Result<std::string> next_control_number();  // from ACN-55021
  Result<void> add_question(const std::string& case_id, const Question& question, Instant at);
  Result<void> save_question(const Question& question);
  Result<std::vector<Question>> questions(const std::string& case_id);
  Result<std::optional<std::string>> case_of_question(const std::string& control_number);
  Result<void> add_letter(const std::string& case_id, Instant at, std::string_view json);
  struct LetterRow {
    std::string case_id, json;
  };
  Result<std::vector<LetterRow>> letters();  // oldest first
  Result<std::vector<HistoryRow>> history(Instant from, Instant before);

  // Timers and the decision script.
  Result<void> add_timer(const Timer& timer);
  Result<std::optional<Timer>> next_timer(Instant now);  // the earliest that is due
  Result<void> drop_timer(std::int64_t id);
  Result<void> drop_timers(const std::string& case_id, std::string_view kinds = "*");  // a glob pattern
  Result<void> set_script(std::string_view json);                                      // "": none
  Result<std::string> script();

  // Who is told of changes. Saving makes a new one or changes it.
  [[nodiscard]] std::string new_subscription_id();
  Result<void> save_subscription(const Subscription& subscription, Instant at);
  Result<void> drop_subscription(const std::string& id);
  Result<std::vector<Subscription>> subscriptions();
  Result<std::optional<Subscription>> subscription(const std::string& id);
  Result<void> post_handshake(const Subscription& subscription, Instant at);
  Result<std::vector<Outgoing>> outbox(const std::string& subscription);  // oldest first
  Result<bool> outbox_waits();                                            // something that has not been tried yet
  Result<void> drop_from_outbox(std::int64_t id);
  // The folder in which notifications are left as files; "": none.
  Result<std::string> notify_folder();
  Result<void> set_notify_folder(const std::string& folder, Instant at);
  // The style of notifications, whoever makes the change: that of the server which was started last (2.2.1 before).
  Result<void> set_pas_version(const std::string& version);
  Result<std::string> pas_version();
  // Puts a notification of every case that was changed since the last call into the outbox; committing does it, too.
  Result<void> announce();

  // A part of the transaction that may be taken back.
  Result<void> mark();
  Result<void> back_to_mark();
  Result<void> forget_mark();

  [[nodiscard]] std::string content_digest(const fhir::ReceivedRequest& request) const;

  // Signed statements that a client signed in with. False: this one was used before; Failure::busy: far too many were.
  Result<bool> spend_assertion(const std::string& digest, Instant until, Instant now);

  // Messages, for replays.
  [[nodiscard]] std::string body_digest(std::string_view canonical) const;
  Result<std::vector<StoredReply>> replies(const MessageKey& key);
  Result<void> remember(const MessageKey& key, const StoredReply& reply, Instant at);

  // Members.
  Result<std::optional<MemberRecord>> member(const std::string& id);
  Result<std::vector<MemberRecord>> members_by_name(const std::string& last, const std::string& born);
  Result<void> save_member(const MemberRecord& member);
  // Whether this client has sent a request for them.
  Result<bool> has_sent(const std::string& client, const std::string& member_id);
  Result<void> unlist_members();
  [[nodiscard]] std::string member_digest(std::string_view id) const;

  Result<void> forget_everything();
  // After a change of the key, which opening brings the store to: nothing of what the former key sealed is left in the
  // file.
  Result<void> purge();

 private:
  Store(Database database, const Services& services);
  Result<void> prepare();
  Result<std::string> next(const char* counter, std::int64_t first, const char* prefix);
  Result<void> give_life_to_cases();  // from version 1 to 2
  // Seals everything anew when the vault's key was changed; `changes`: after how many changes the store is.
  Result<void> rekey(int changes);
  [[nodiscard]] Result<int> key_changes();
  Result<void> add_round(const std::string& case_id, int chain, int number, const fhir::ReceivedRequest& request,
                         Instant at);
  Result<void> save_line(const std::string& case_id, const LineState& line);
  Result<void> add_history(const std::string& case_id, Instant at, model::CaseStatus before, const LineState& line,
                           std::string_view reason);
  Result<std::vector<LineState>> lines_of(const std::string& case_id);
  Result<std::vector<std::string>> ids(Result<std::vector<Row>> rows);
  [[nodiscard]] std::string seal(std::string_view plain, std::string_view place, std::string_view row);
  [[nodiscard]] Result<std::string> unseal(std::string_view sealed, std::string_view place, std::string_view row) const;
  [[nodiscard]] std::string name_digest(std::string_view last, std::string_view born) const;
  Result<MemberRecord> member_from(const Row& row) const;

  Result<void> post(const Subscription& subscription, const Outgoing& outgoing, Instant at);
  void note_change(const std::string& case_id, int chain, Instant at);  // chain 0: the case as a whole

  struct CaseChange {
    std::string case_id;
    int chain = 0;
    Instant at{};
  };

  std::mutex mutex_;
  // Of the open transaction: what was changed, how much of it before the mark, and which cases are new.
  std::vector<CaseChange> changes_;
  std::size_t marked_changes_ = 0;
  std::vector<std::string> opened_;
  Database database_;
  const seal::Vault& vault_;
  LockedRandom random_;
  bool prepared_ = false;
};

}  // namespace atz::sandbox
