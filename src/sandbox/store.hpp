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
#include "sandbox/database.hpp"
#include "sandbox/locked_random.hpp"

namespace atz::sandbox {

struct LineState {
  int sequence = 0;
  std::string code;
  model::DateSpan requested;
  std::optional<model::Hours> requested_hours;
  std::string action = "A4";
  std::string authorization_number;
  std::optional<model::DateSpan> authorized;
  std::optional<model::Date> issued;
  std::optional<model::Hours> granted_hours;  // only when they differ from the request
};

// What can be known of a case without opening what is sealed.
struct CaseState {
  std::string case_id, client, home_id, label, batch, npi;
  Instant received{};
  std::optional<Instant> decided;
  model::CaseStatus status = model::CaseStatus::in_review;
  std::vector<LineState> lines;  // by sequence
};

struct FullCase {
  CaseState state;
  fhir::ReceivedRequest request;
  std::vector<std::string> notes;  // in the order in which they were made
};

struct MemberRecord {
  std::string id, last, first, born, gender;  // born YYYY-MM-DD
  std::string patient_json;                   // as first received; "" for one from a members file
  bool listed = false;                        // from the members file of the running server
};

struct StoredReply {
  std::string body_digest;
  int status = 0;
  std::string body;
  std::string case_id;
};

enum class MessageKind { submit, transaction };

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
  Result<void> save_decision(const CaseState& state, std::string_view event, std::string_view note);
  Result<std::optional<CaseState>> state(const std::string& case_id);
  Result<std::vector<CaseState>> states();  // of all cases, oldest first
  Result<FullCase> load(CaseState state);
  Result<std::optional<std::string>> case_of_claim(const std::string& client, const fhir::ReceivedRequest& request,
                                                   std::string* content_digest);
  // Case IDs of one client's cases of one member, oldest first.
  Result<std::vector<std::string>> find_by_case_id(const std::string& client, const std::string& member_id,
                                                   const std::string& case_id);
  Result<std::vector<std::string>> find_by_authorization(const std::string& client, const std::string& member_id,
                                                         const std::string& number);
  // `code` "" and no period: any.
  Result<std::vector<std::string>> find_by_line(const std::string& client, const std::string& member_id,
                                                const std::string& code, const std::optional<model::DateSpan>& period);
  // A case, open or granted, of this client for the same member and code on some of the same days.
  Result<std::optional<std::string>> overlapping(const std::string& client, const std::string& member_id,
                                                 const std::string& code, const model::DateSpan& period);
  [[nodiscard]] std::string content_digest(const fhir::ReceivedRequest& request) const;

  // Messages, for replays.
  [[nodiscard]] std::string body_digest(std::string_view canonical) const;
  Result<std::vector<StoredReply>> replies(const MessageKey& key);
  Result<void> remember(const MessageKey& key, const StoredReply& reply, Instant at);

  // Members.
  Result<std::optional<MemberRecord>> member(const std::string& id);
  Result<std::vector<MemberRecord>> members_by_name(const std::string& last, const std::string& born);
  Result<void> save_member(const MemberRecord& member);
  Result<void> unlist_members();
  [[nodiscard]] std::string member_digest(std::string_view id) const;

  Result<void> forget_everything();

 private:
  Store(Database database, const Services& services);
  Result<void> prepare();
  Result<std::string> next(const char* counter, std::int64_t first, const char* prefix);
  Result<std::vector<LineState>> lines_of(const std::string& case_id);
  Result<std::vector<std::string>> ids(Result<std::vector<Row>> rows);
  [[nodiscard]] std::string seal(std::string_view plain, std::string_view place, std::string_view row);
  [[nodiscard]] Result<std::string> unseal(std::string_view sealed, std::string_view place, std::string_view row) const;
  [[nodiscard]] std::string name_digest(std::string_view last, std::string_view born) const;
  Result<MemberRecord> member_from(const Row& row) const;

  std::mutex mutex_;
  Database database_;
  const seal::Vault& vault_;
  LockedRandom random_;
};

}  // namespace atz::sandbox
