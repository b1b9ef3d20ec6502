// What was sent and what came back. SQLite, WAL, synchronous=FULL; personal data sealed; one writer by a kernel lock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/base/file.hpp"
#include "atz/base/random.hpp"
#include "atz/base/result.hpp"
#include "atz/model/case.hpp"
#include "atz/model/profile.hpp"
#include "atz/seal/seal.hpp"

namespace atz::ledger {

// A line as it was asked for.
struct LineIntent {
  int sequence = 1;
  std::string trace;
  std::string code;  // "T2016"
  std::vector<std::string> modifiers;
  model::DateSpan period;
  std::int64_t units = 0;
  std::optional<model::Hours> weekly_hours;
};

// One member's part of a submission.
struct MemberIntent {
  std::string label;
  model::Purpose purpose = model::Purpose::first;
  std::string case_id;           // of the case that it rides on, else empty
  std::string content;           // canonical_request text; stored as keyed digest only
  std::string claim_identifier;  // trace number
  std::string bundle_identifier;
  std::string body;  // exact bytes of the member's PAS bundle, sealed
  // For later inquiries, sealed together:
  std::string member_id, last, first, born, gender, provider_npi, provider_name;
  std::vector<LineIntent> lines;
  model::Date expected_by{};
};

struct BatchIntent {
  std::string batch_id, home_id, profile;
  std::string mode;  // "transaction", "batch", "single"
  std::string url;   // relative: "", "Claim/$submit"
  std::string body;  // exact bytes of the outer request, sealed; empty in single mode (each member's body is sent)
  Instant created{};
  model::Date submitted_on{};  // the Maine date
  std::vector<MemberIntent> members;
};

// What happened to one member's message. case_id, status and lines count only with Delivery::accepted: say so also in
// the answer to an inquiry about an accepted case.
struct MemberOutcome {
  std::string label;
  model::Delivery delivery = model::Delivery::unknown;
  std::string case_id;
  model::CaseStatus status = model::CaseStatus::submitted;
  std::vector<model::LineDecision> lines;
  std::vector<std::string> notes;  // rationale, sealed
  std::string flag;
  std::vector<model::InformationRequest> requests;  // what the payer still asks for, sealed
  std::string raw_reply;                            // sealed
};

struct CaseLine {
  LineIntent asked;
  model::LineDecision decision;  // action empty: none yet
};

// One member's case (or message without a case yet) as known now: the latest attempt of that member in the batch.
struct CaseRecord {
  std::int64_t id = 0;
  std::string batch_id, home_id, profile, label;
  std::string claim_identifier, bundle_identifier;
  model::Purpose purpose = model::Purpose::first;
  std::string case_id;  // "" until accepted, unless it rides on a case
  std::string content_digest;
  model::Delivery delivery = model::Delivery::sending;
  model::CaseStatus status = model::CaseStatus::submitted;
  model::CaseStatus previous_status = model::CaseStatus::submitted;
  std::string flag;
  std::vector<std::string> notes;
  std::vector<model::InformationRequest> requests;
  std::vector<CaseLine> lines;  // of this request; an extension holds only the lines that it added
  Instant sent_at{}, changed_at{},
      asked_at{};  // changed_at: delivery, status or a decision; asked_at: last inquiry; zero = never
  model::Date submitted_on{}, expected_by{};
  int attempt = 1;
};

// The sealed part of a case, opened: only for building an inquiry or a resend.
struct CaseIdentity {
  std::string member_id, last, first, born, gender, provider_npi, provider_name;
};

struct BatchRecord {
  std::string batch_id, home_id, profile;
  std::string mode, url;            // of the latest sending
  Instant created{};                // of the first sending
  std::vector<CaseRecord> members;  // in the order of the case file
};

// A change of delivery, status or a decision, for `status --changes`.
struct Change {
  std::int64_t sequence = 0;
  CaseRecord now;
};

// A message about a case that asks for nothing new: it withdraws a request, or answers a question.
enum class FollowUpKind { cancel, answer };
std::string_view to_string(FollowUpKind kind);  // "cancel", "answer"

struct FollowUpIntent {
  std::int64_t case_row = 0;
  FollowUpKind kind = FollowUpKind::answer;
  std::string claim_identifier, bundle_identifier;
  std::string url;            // relative: "Claim/$submit", "$submit-attachment"
  std::string body;           // exact bytes, sealed
  std::string text;           // reason or note, and what went with it; sealed
  std::string question = {};  // number of the question that it answers; empty: none was given
  Instant created{};
};

struct FollowUp {
  std::int64_t id = 0, case_row = 0;
  FollowUpKind kind = FollowUpKind::answer;
  std::string claim_identifier, bundle_identifier, url, text, question;
  model::Delivery delivery = model::Delivery::sending;
  Instant sent_at{};
};

// One entry of a case's history.
struct HistoryEntry {
  std::int64_t case_row = 0;
  Instant at{};
  std::string kind;  // delivery, status, case_id, decision, remarks, cancel, answer
  int line = 0;      // of a decision
  // Words; for remarks `now` holds the notes, line by line; for cancel and answer `previous` is the delivery and `now`
  // what was said.
  std::string previous, now;
  std::optional<model::LineDecision> decision;
};

// A notification that the payer sent by itself.
enum class NoticeKind { handshake, heartbeat, event };
std::string_view to_string(NoticeKind kind);

struct Notice {
  std::string profile;
  std::string subscription;  // as the payer names it; empty: it named none
  NoticeKind kind = NoticeKind::event;
  // Numbers of its events within the subscription; of a handshake or heartbeat: both the number of events so far.
  // 0: it has none.
  std::int64_t first = 0, last = 0;
  Instant at{};      // when it happened, as the payer says
  std::string body;  // exact bytes; stored as keyed digest only
};

struct CaseOutcome {
  std::int64_t case_row = 0;  // a member's latest message
  MemberOutcome outcome;
};

// What a notification did to one request.
enum class Told {
  changed,   // delivery, status or a decision
  known,     // it said nothing new
  outdated,  // something newer is known already
};

// One entry of the audit trail. Holds no personal data.
struct LogEntry {
  std::int64_t sequence = 0;  // from 1, without gaps
  Instant at{};
  std::string actor;  // login name; empty: not known
  // carry (a message that is older than the log), send, answer, withdraw, respond, settle, notice, retire, rekey,
  // restore
  std::string action;
  std::string profile;        // as it was named then
  std::string subject;        // trace number of a message, name of a subscription
  std::string what;           // the answer: delivery, status and Case ID; of other entries what was done, in words
  std::string digest;         // keyed, of the exact bytes that were sent or came; empty: none
  std::string chain;          // keyed digest of this entry and of the chain before it, 64 hexadecimal digits
  std::int64_t case_row = 0;  // 0: about no request
};

struct LogCheck {
  std::int64_t entries = 0;
  std::string head;                // chain of the last entry: to be noted somewhere else; empty: no log yet
  std::vector<std::string> wrong;  // in words; empty: nobody has changed anything
};

// What a restored ledger knows.
struct Restored {
  std::int64_t messages = 0;    // requests, each attempt counted
  std::int64_t entries = 0;     // of its audit trail
  std::string head;             // of the backup's audit trail
  std::optional<Instant> last;  // when the last of it was sent or came; none: it is empty
  std::string set_aside;        // where the ledger that was there before is now; empty: there was none
};

enum class Access { read, write };

class Ledger {
 public:
  // Opens or creates the ledger in `state_dir` (0700, file 0600). write takes the lock: Failure::busy with the holder's
  // PID when another atz has it; a lock dies with its process. read never creates: nullptr when there is no ledger yet;
  // and it takes the lock only to bring the file of an older atz to this version first. A ledger that is damaged, from
  // a newer version, or sealed with another key is Failure::state. Vault and random outlive it. `actor` is who the
  // audit trail names for what is written.
  static Result<std::unique_ptr<Ledger>> open(Files& files, const std::string& state_dir, const seal::Vault& vault,
                                              Random& random, Access access, const std::string& actor = {});
  // Puts a backup (the bytes of image()) in the place of the ledger in `state_dir`: all of it or nothing. A ledger that
  // is there is copied aside first, and one that knows more than the backup, or can't be read, is replaced only with
  // `replace`: what the backup does not know would be sent again. A backup that is damaged or sealed with another key
  // is Failure::state, and nothing is changed.
  static Result<Restored> restore(Files& files, const std::string& state_dir, const seal::Vault& vault, Random& random,
                                  std::string_view backup, bool replace, const std::string& actor, Instant at);
  virtual ~Ledger() = default;

  [[nodiscard]] virtual std::string content_digest(std::string_view content) const = 0;

  // All of it or nothing, durable when it returns: called before the first byte of a submission leaves.
  // A batch that exists already gets new attempts of the members that were refused or not in it before; Failure::bug
  // when any member of it is still sending or unknown, when a member was accepted, or when an identifier is used for
  // something else. The very same intent while it is still open changes nothing.
  virtual Result<void> record_intent(const BatchIntent& intent) = 0;
  // Each outcome goes to the latest attempt of its member. The same outcome twice changes nothing; accepted is never
  // taken back; a line that the reply leaves out, or says nothing about, keeps its decision. The first outcome of an
  // intent that this object recorded is no news for changes_since.
  virtual Result<void> record_outcome(const std::string& batch_id, const std::vector<MemberOutcome>& outcomes,
                                      Instant at) = 0;
  // An answer to an inquiry about a known case (its latest attempt), merged as above; returns whether
  // delivery, status or a decision changed. Sets asked_at too. Until the mark moves or the ledger closes, a power cut
  // (not a crash of atz) can undo it: then the payer is asked again.
  virtual Result<bool> record_inquiry(std::int64_t case_row, const MemberOutcome& answer, Instant at) = 0;
  virtual Result<void> record_asked(std::int64_t case_row, Instant at) = 0;  // asked, nothing new

  // Whether these very bytes were taken in under these numbers, and the highest number that any notification of a
  // subscription had; nullopt: none came yet.
  [[nodiscard]] virtual Result<bool> has_notice(const Notice& notice) const = 0;
  [[nodiscard]] virtual Result<std::optional<std::int64_t>> last_notice(const std::string& profile,
                                                                        const std::string& subscription) const = 0;
  // The notification and what it says, merged as above: all of it or nothing, durable when it returns. asked_at stays.
  // A notification changes nothing about a request of which a later one was taken in, or that the payer was asked
  // about after it; only its questions are added where the status still holds and none are known. One answer for each
  // of `outcomes`.
  virtual Result<std::vector<Told>> record_notice(const Notice& notice, const std::vector<CaseOutcome>& outcomes,
                                                  Instant at) = 0;

  [[nodiscard]] virtual Result<std::vector<CaseRecord>> cases(
      const std::string& profile) const = 0;  // newest batch last
  [[nodiscard]] virtual Result<std::vector<BatchRecord>> batches_of_home(const std::string& profile,
                                                                         const std::string& home_id) const = 0;
  [[nodiscard]] virtual Result<std::vector<BatchRecord>> batches() const = 0;  // of all profiles, also retired ones
  [[nodiscard]] virtual Result<std::vector<BatchRecord>> unsettled(
      const std::string& profile) const = 0;  // any member sending or unknown
  [[nodiscard]] virtual Result<std::string> body(const std::string& batch_id) const = 0;  // outer bytes, opened
  [[nodiscard]] virtual Result<std::string> member_body(std::int64_t case_row) const = 0;
  [[nodiscard]] virtual Result<CaseIdentity> identity(std::int64_t case_row) const = 0;

  // A follow-up is on disk before its first byte leaves. One at a time per case: Failure::bug while another is open.
  virtual Result<std::int64_t> record_follow_up(const FollowUpIntent& intent) = 0;
  virtual Result<void> settle_follow_up(std::int64_t id, model::Delivery delivery, const std::string& raw_reply,
                                        Instant at) = 0;
  [[nodiscard]] virtual Result<std::vector<FollowUp>> follow_ups(std::int64_t case_row) const = 0;  // oldest first
  [[nodiscard]] virtual Result<std::vector<FollowUp>> open_follow_ups(
      const std::string& profile) const = 0;  // sending or unknown
  [[nodiscard]] virtual Result<std::string> follow_up_body(std::int64_t id) const = 0;
  // The bytes of the last PAS bundle that the payer accepted for a case of ours; "" when none was sent from here.
  [[nodiscard]] virtual Result<std::string> last_claim(const std::string& profile,
                                                       const std::string& case_id) const = 0;

  // What happened to one request, oldest first; and to all of a payer's in [from, before).
  [[nodiscard]] virtual Result<std::vector<HistoryEntry>> history(std::int64_t case_row) const = 0;
  [[nodiscard]] virtual Result<std::vector<HistoryEntry>> events(const std::string& profile, Instant from,
                                                                 Instant before) const = 0;

  // What became news after the mark of that name, once per case as it is now, in the order of the last news; move the
  // mark to the last sequence when it has been printed (a mark never moves back).
  [[nodiscard]] virtual Result<std::vector<Change>> changes_since(const std::string& profile,
                                                                  const std::string& mark) const = 0;
  virtual Result<void> move_mark(const std::string& profile, const std::string& mark, std::int64_t sequence) = 0;

  // Whether everything is as it was written: what SQLite finds, references between tables, that every sealed value
  // opens, every stored message is the one that was sent, and the audit trail is whole. What is wrong, in words without
  // personal data; none: sound.
  [[nodiscard]] virtual Result<std::vector<std::string>> verify() const = 0;

  // The audit trail, oldest first. Entries are written together with what they tell of, and are never changed.
  [[nodiscard]] virtual Result<std::vector<LogEntry>> log() const = 0;
  // Whether the audit trail is as it was written and tells of every request as it stands in the ledger. `noted_head` is
  // a head that was written down earlier: it must be in the chain, so that a shorter or older log is found out too;
  // empty: none.
  [[nodiscard]] virtual Result<LogCheck> verify_log(const std::string& noted_head) const = 0;

  // The whole ledger as the bytes of a file that Ledger::open reads: for a backup. Stays sealed.
  [[nodiscard]] virtual Result<std::string> image() const = 0;
  // Seals everything anew with the newest key of the vault, all of it or nothing, and leaves no trace of what the
  // former key had sealed. Nothing to do: does nothing.
  virtual Result<void> rekey(Instant at) = 0;

  // Sets aside all that was sent to a profile whose payer has forgotten it (`sandbox reset`): it stays in the history,
  // and is never shown, compared with or asked about again.
  virtual Result<void> retire(const std::string& profile, Instant at) = 0;
};

}  // namespace atz::ledger
