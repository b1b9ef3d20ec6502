#include "atz/app/receive.hpp"
#include "atz/app/open_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "app/inbox.hpp"
#include "app/match.hpp"
#include "app/people.hpp"
#include "atz/app/deliver.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/notification.hpp"

namespace atz::app {
namespace {

using fhir::Notification;
using Fate = ReceivedFile::Fate;

// A file that can't be read yet and was written a shorter time ago is taken for one that is still being written.
constexpr std::chrono::seconds kWriting{60};

// How a notification that is not about a case of ours is remembered: its number came, but it itself was not taken in.
// Put back when the case is known, it is taken in as if it came for the first time.
constexpr std::string_view kNotOurs = "not ours\n";

// What is known of a file before its turn comes; it is read again then, since all of them may be too many to hold.
struct Letter {
  std::string name;
  bool readable = false;
  std::int64_t number = 0;    // of its last event; of a handshake or heartbeat: events so far
  bool tells_number = false;  // a handshake or heartbeat
};

struct Opened {
  std::string name, bytes;
  Notification read;
};

ledger::NoticeKind kind_of(const Notification& notification) {
  switch (notification.kind) {
    case Notification::Kind::handshake:
      return ledger::NoticeKind::handshake;
    case Notification::Kind::heartbeat:
      return ledger::NoticeKind::heartbeat;
    case Notification::Kind::event:
      break;
  }
  return ledger::NoticeKind::event;
}

ledger::Notice notice_of(const Notification& read, std::string bytes, const std::string& profile, Instant now) {
  ledger::Notice notice{profile, read.subscription, kind_of(read), read.first_number(), read.last_number(),
                        now,     std::move(bytes)};
  if (notice.kind != ledger::NoticeKind::event) notice.first = notice.last = read.events_so_far.value_or(0);
  if (notice.last == 0 && notice.kind == ledger::NoticeKind::event && read.events_so_far)
    notice.first = notice.last = *read.events_so_far;
  if (read.at) notice.at = *read.at;
  for (const auto& event : read.events) {
    if (event.at) notice.at = *event.at;
  }
  return notice;
}

std::string words_of(const ledger::CaseRecord& record) {
  return fmt::format("{} {} (case {})", record.home_id, record.label, record.case_id.empty() ? "?" : record.case_id);
}

// A number of the payer's that may be shown: no sentence, and nothing that could be a name.
std::string shown(const std::string& number) {
  const bool plain = !number.empty() && number.size() <= 40 &&
                     std::any_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return plain ? printable(number) : "without a number";
}

class Receiver {
 public:
  Receiver(ledger::Ledger& ledger, ReceiveResult& result) : ledger_(ledger), result_(result), people_(ledger) {}

  Result<void> load() {
    auto all = ledger_.cases(result_.profile);
    if (!all) return tl::make_unexpected(all.error());
    records_ = std::move(*all);
    return {};
  }

  // What became of it. A Failure::refused: it is about another person than the one whose case it names.
  Result<ReceivedFile> take(const Opened& letter) {
    ReceivedFile file{letter.name, Fate::taken, letter.read.subscription, 0, 0, {}, false};
    ledger::Notice notice = notice_of(letter.read, letter.bytes, result_.profile, result_.now.at);
    file.first = notice.kind == ledger::NoticeKind::event ? notice.first : 0;
    file.last = notice.kind == ledger::NoticeKind::event ? notice.last : 0;
    const auto known = ledger_.has_notice(notice);
    if (!known) return tl::make_unexpected(known.error());
    if (*known) {
      file.fate = Fate::known;
      return file;
    }
    std::vector<ledger::CaseOutcome> outcomes;
    if (auto read = read_answers(letter, outcomes, file); !read) return tl::make_unexpected(read.error());
    if (letter.read.cases.empty() && notice.kind == ledger::NoticeKind::event) read_mentions(letter.read, file);
    if (file.fate == Fate::refused) {
      notice.body.insert(0, kNotOurs);
      const auto refused_before = ledger_.has_notice(notice);
      if (!refused_before) return tl::make_unexpected(refused_before.error());
      if (*refused_before) return file;
    }
    const auto before = ledger_.last_notice(result_.profile, notice.subscription);
    if (!before) return tl::make_unexpected(before.error());
    const auto told = ledger_.record_notice(notice, outcomes, result_.now.at);
    if (!told) return tl::make_unexpected(told.error());
    look_for_gap(letter.read, notice, *before);
    bool outdated = false;
    for (std::size_t i = 0; i < told->size(); ++i) {
      if ((*told)[i] == ledger::Told::changed) changed_.insert(outcomes[i].case_row);
      outdated = outdated || (*told)[i] == ledger::Told::outdated;
    }
    if (outdated) add_remark(file, "older than what is known already");
    return file;
  }

  Result<void> collect() {
    const auto all = ledger_.cases(result_.profile);
    if (!all) return tl::make_unexpected(all.error());
    for (const auto& record : *all) {
      if (changed_.count(record.id) == 0) continue;
      result_.cases.push_back(record);
      result_.continuations.push_back(continuation_of(record, *all));
    }
    return {};
  }

 private:
  static void add_remark(ReceivedFile& file, const std::string& remark) {
    file.remark += (file.remark.empty() ? "" : "; ") + remark;
  }

  // Everything is looked at before anything is taken over.
  Result<void> read_answers(const Opened& letter, std::vector<ledger::CaseOutcome>& outcomes, ReceivedFile& file) {
    std::size_t ours = 0;
    for (auto reply : letter.read.cases) {
      const auto named = requests_of(reply, records_);
      if (named.empty()) {
        add_remark(file, fmt::format("case {} was not sent from here", shown(reply.case_id)));
        continue;
      }
      ++ours;
      const auto discretion = people_.around(*named.front());
      if (!discretion) return tl::make_unexpected(discretion.error());
      (*discretion)->clean(reply);
      for (const auto* record : named) {
        const auto identity = ledger_.identity(record->id);
        if (!identity) return tl::make_unexpected(identity.error());
        if (!check_person(reply, *record, identity->member_id)) {
          return fail(Failure::refused,
                      fmt::format("{} is about another person than {}", printable(letter.name), words_of(*record)),
                      "Nothing of it was taken over. Call the payer and quote the Case ID.");
        }
        const bool settles = record->delivery == model::Delivery::accepted || !is_doubtful(reply);
        if (reply.refused || !settles) {
          file.for_person = true;
          add_remark(file,
                     fmt::format("the payer reports an error about {}: {}", words_of(*record),
                                 reply.errors.empty() ? "no reason given" : printable(reply.errors.front().text)));
          continue;
        }
        auto outcome = to_outcome(record->label, reply, sequences_of(*record));
        outcome.raw_reply = letter.bytes;
        outcomes.push_back({record->id, std::move(outcome)});
      }
    }
    if (ours == 0 && !letter.read.cases.empty()) file.fate = Fate::refused;
    return {};
  }

  // Payers of PAS 2.0.1 tell only that something happened.
  void read_mentions(const Notification& read, ReceivedFile& file) {
    std::vector<std::string> found;
    for (const auto& record : records_) {
      const auto names = [&](const std::string& mention) {
        return mention == record.claim_identifier || (!record.case_id.empty() && mention == record.case_id);
      };
      if (std::none_of(read.mentions.begin(), read.mentions.end(), names)) continue;
      found.push_back(words_of(record));
      add_to_ask(record.case_id);
    }
    file.for_person = true;
    add_remark(file, found.empty() ? std::string("it tells that a case changed, but not which one: run atz status")
                                   : fmt::format("it tells only that {} changed: run atz status", join(found, ", ")));
  }

  void add_to_ask(const std::string& case_id) {
    auto& all = result_.to_ask;
    if (!case_id.empty() && std::find(all.begin(), all.end(), case_id) == all.end()) all.push_back(case_id);
  }

  void look_for_gap(const Notification& read, const ledger::Notice& notice, std::optional<std::int64_t> before) {
    const auto lose = [&](std::int64_t first, std::int64_t last) {
      if (first <= last) result_.lost.push_back({notice.subscription, first, last});
    };
    if (notice.kind != ledger::NoticeKind::event) {  // it tells how many there were until now
      if (before) lose(*before + 1, notice.last);
      return;
    }
    std::vector<std::int64_t> numbers;
    for (const auto& event : read.events) {
      if (event.number > 0) numbers.push_back(event.number);
    }
    if (numbers.empty() && notice.last > 0) numbers.push_back(notice.last);
    std::sort(numbers.begin(), numbers.end());
    std::int64_t expected = before.value_or(0) + 1;
    for (const auto number : numbers) {
      lose(expected, number - 1);
      expected = std::max(expected, number + 1);
    }
  }

  ledger::Ledger& ledger_;
  ReceiveResult& result_;
  std::vector<ledger::CaseRecord> records_;
  People people_;
  std::set<std::int64_t> changed_;
};

// In the order of the payer's numbers, then of names; what can't be read comes last. What counts the events until now
// comes after the last of them, or it would find them lost.
void put_in_order(std::vector<Letter>& letters) {
  const auto key = [](const Letter& letter) {
    return std::make_tuple(!letter.readable, letter.number, letter.tells_number, letter.name);
  };
  std::sort(letters.begin(), letters.end(), [&](const Letter& a, const Letter& b) { return key(a) < key(b); });
}

class Run {
 public:
  Run(const Services& services, const ReceiveSettings& settings, const model::PayerProfile& profile,
      ReceiveResult& result)
      : services_(services),
        settings_(settings),
        profile_(profile),
        result_(result),
        inbox_(services.files, result.folder, settings.keep || settings.text.has_value()) {}

  Result<void> run() {
    if (auto read = look_at_all(); !read) return read;
    if (letters_.empty()) return {};
    put_in_order(letters_);
    auto vault = open_vault(services_, true);
    if (!vault) return tl::make_unexpected(vault.error());
    auto ledger = open_ledger(services_, *vault, ledger::Access::write);
    if (!ledger) return tl::make_unexpected(ledger.error());
    Receiver receiver(**ledger, result_);
    if (auto loaded = receiver.load(); !loaded) return loaded;
    for (const Letter& letter : letters_) {
      if (services_.cancelled()) {
        result_.stopped = Error{Failure::interrupted, "Interrupted; everything that was taken in is kept", {}};
        break;
      }
      if (auto settled = settle(receiver, letter.name); !settled) {
        result_.stopped = settled.error();
        break;
      }
    }
    if (unmoved_ > 0 && !result_.stopped) {
      result_.stopped =
          Error{unmoved_error_.failure,
                fmt::format("{} of {} files could not be moved: {}", unmoved_, letters_.size(), unmoved_error_.message),
                "What they say is kept. With --keep every file stays where it is."};
    }
    return receiver.collect();
  }

 private:
  Result<void> look_at_all() {
    if (settings_.text) {
      look_at("-", *settings_.text);
      return {};
    }
    const auto names = inbox_.names();
    if (!names) return tl::make_unexpected(names.error());
    for (const auto& name : *names) {
      if (const auto bytes = read(name)) look_at(name, *bytes);
    }
    return {};
  }

  // What can't be read stays where it is: it can't be moved without loss.
  std::optional<std::string> read(const std::string& name) {
    if (settings_.text) return settings_.text;
    auto bytes = inbox_.read(name);
    if (bytes) return std::move(*bytes);
    if (inbox_.has(name)) refuse(name, {}, bytes.error().message);
    return std::nullopt;  // somebody else has moved it, then
  }

  void look_at(const std::string& name, const std::string& bytes) {
    const auto read = open(name, bytes);
    if (!read && read.error().failure == Failure::temporary) return;
    Letter letter{name, read.has_value(), 0, false};
    if (read) {
      const auto notice = notice_of(*read, {}, result_.profile, result_.now.at);
      letter.number = notice.last;
      letter.tells_number = notice.kind != ledger::NoticeKind::event;
    }
    letters_.push_back(std::move(letter));
  }

  // Failure::temporary: it is left for the next run.
  Result<Notification> open(const std::string& name, const std::string& bytes) {
    auto read = fhir::read_notification(bytes, profile_);
    if (read || read.error().failure != Failure::temporary) return read;
    if (is_being_written(name)) {
      result_.files.push_back({name, Fate::waiting, {}, 0, 0, {}, false});
    } else {
      read.error().failure = Failure::input;
    }
    return read;
  }

  void refuse(const std::string& name, const std::string& subscription, const std::string& why) {
    result_.files.push_back({name, Fate::refused, subscription, 0, 0, why, false});
  }

  [[nodiscard]] bool is_being_written(const std::string& name) const {
    if (settings_.text) return false;
    const auto written = settings_.last_written(inbox_.path_of(name));
    if (!written) return false;
    const auto age = services_.clock.now() - *written;  // real time on both sides
    return age < kWriting && age > -kWriting;
  }

  Result<void> settle(Receiver& receiver, const std::string& name) {
    auto bytes = read(name);
    if (!bytes) return {};
    auto opened = open(name, *bytes);
    if (!opened) {
      if (opened.error().failure == Failure::temporary) return {};
      refuse(name, {}, opened.error().message);
      note(inbox_.refuse(name, *bytes, opened.error().message + ". " + opened.error().help));
      return {};
    }
    const Opened letter{name, std::move(*bytes), std::move(*opened)};
    auto file = receiver.take(letter);
    if (!file) {
      if (file.error().failure != Failure::refused) return tl::make_unexpected(file.error());
      const std::string& why = file.error().message;
      refuse(name, letter.read.subscription, why);
      note(inbox_.refuse(name, letter.bytes, why + ". " + file.error().help));
      return tl::make_unexpected(file.error());
    }
    result_.files.push_back(*file);
    note(file->fate == Fate::refused ? inbox_.refuse(name, letter.bytes, file->remark)
                                     : inbox_.move(name, letter.bytes, "done"));
    return {};
  }

  // A file that can't be moved is no reason to leave out the others.
  void note(const Result<void>& moved) {
    if (moved) return;
    if (unmoved_++ == 0) unmoved_error_ = moved.error();
  }

  const Services& services_;
  const ReceiveSettings& settings_;
  const model::PayerProfile& profile_;
  ReceiveResult& result_;
  Inbox inbox_;
  std::vector<Letter> letters_;
  std::size_t unmoved_ = 0;
  Error unmoved_error_;  // of the first
};

}  // namespace

std::string usual_inbox(const Services& services) {
  return path::join(services.state_dir, "notifications");
}

bool ReceiveResult::needs_person() const {
  return !lost.empty() || std::any_of(files.begin(), files.end(), [](const auto& file) {
    return file.for_person || file.fate == Fate::refused;
  }) || std::any_of(cases.begin(), cases.end(), [](const auto& record) { return model::needs_person(record.status); });
}

Result<ReceiveResult> receive(const Services& services, const ReceiveSettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of, Effect::keeps_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  if (settings.text && settings.text->size() > kMostNotificationBytes) {
    return fail(Failure::input,
                fmt::format("Standard input holds more than {} MiB", kMostNotificationBytes / 1024 / 1024),
                "Give one notification at a time.");
  }
  ReceiveResult result;
  result.now = std::move(around->now);
  result.profile = profile.name;
  result.live = profile.live;
  result.folder = settings.folder.empty() ? usual_inbox(services) : settings.folder;
  // The usual folder is made by whoever first leaves something in it.
  const bool made = services.files.info(result.folder).kind != FileInfo::Kind::missing;
  if (settings.folder.empty() && !settings.text && !made) return result;
  if (auto done = Run(services, settings, profile, result).run(); !done) return tl::make_unexpected(done.error());
  return result;
}

}  // namespace atz::app
