// A backup in the place of the ledger.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {
namespace {

constexpr std::string_view kName = "ledger.db";

// A folder of its own for looking at a backup, emptied before and after.
class Scratch {
 public:
  Scratch(Files& files, std::string folder) : files_(files), folder_(std::move(folder)) { clear(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { clear(); }
  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  void clear() {
    for (const char* name : {"ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.lock"})
      static_cast<void>(files_.remove(path::join(folder_, name)));  // what can't be removed is overwritten next time
  }
  Files& files_;
  std::string folder_;
};

Result<std::vector<LogEntry>> log_of(Files& files, const std::string& state_dir, const seal::Vault& vault,
                                     Random& random) {
  const auto there = Ledger::open(files, state_dir, vault, random, Access::read);
  if (!there) return tl::make_unexpected(there.error());
  return *there ? (*there)->log() : std::vector<LogEntry>();
}

bool holds(const std::vector<LogEntry>& log, const std::string& chain) {
  return std::any_of(log.begin(), log.end(), [&](const LogEntry& entry) { return entry.chain == chain; });
}

// Whether everything that the present ledger did is in the backup too.
Result<void> compare(const Result<std::vector<LogEntry>>& present, const std::vector<LogEntry>& backup) {
  constexpr const char* kReplace =
      "To use the backup all the same, add --replace: the present ledger is set aside. Then look up at the payer what "
      "was sent since the backup was made, before you send anything.";
  if (!present) {
    return fail(Failure::state,
                fmt::format("There is a ledger already, and it can't be read: {}", present.error().message), kReplace);
  }
  if (present->empty() || holds(backup, present->back().chain)) return {};
  const auto known = std::find_if(present->rbegin(), present->rend(),
                                  [&](const LogEntry& entry) { return holds(backup, entry.chain); });
  const auto more = known - present->rbegin();
  return fail(
      Failure::usage,
      fmt::format("The ledger that is there knows more than the backup: {} of its {} log entries are not in it.", more,
                  present->size()),
      kReplace);
}

// The present ledger as one file, its write-ahead log folded in where it can be read at all. "" when there is none.
Result<std::string> set_aside(Files& files, const std::string& path, Instant at) {
  if (files.info(path).kind == FileInfo::Kind::missing && files.info(path + "-wal").size == 0) return std::string();
  const std::string aside = fmt::format("{}.replaced-{}", path, seconds(at));
  std::string image;
  if (auto db = Connection::open(path, Connection::Mode::write); db) {
    if (auto bytes = db->image(); bytes) image = std::move(*bytes);
    // Until the backup has its place, the main file alone has to be the ledger. A damaged one is replaced as it is.
    const auto folded = db->script("PRAGMA wal_checkpoint(TRUNCATE)");
    if (folded && files.info(path + "-wal").size > 0) {
      return fail(Failure::busy, fmt::format("Another program is reading the ledger {}. Nothing was changed.", path),
                  "Close the program that has the file open, then run the command again.");
    }
  }
  constexpr std::uint64_t kMost = std::uint64_t{8} * 1024 * 1024 * 1024;
  for (const char* side : {"", "-wal"}) {
    if (files.info(path + side).kind == FileInfo::Kind::missing) continue;
    const bool whole = side[0] == '\0' && !image.empty();
    const auto bytes = whole ? Result<std::string>(std::move(image)) : files.read(path + side, kMost);
    if (!bytes) return tl::make_unexpected(bytes.error());
    if (auto written = files.write_atomic(aside + side, *bytes, 0600); !written)
      return tl::make_unexpected(written.error());
    if (whole) break;
  }
  return aside;
}

}  // namespace

Result<Restored> Ledger::restore(Files& files, const std::string& state_dir, const seal::Vault& vault, Random& random,
                                 std::string_view backup, bool replace, const std::string& actor, Instant at) {
  if (auto made = files.make_private_directory(state_dir); !made) return tl::make_unexpected(made.error());
  const std::string path = path::join(files.absolute(state_dir), kName);
  const auto lock = WriterLock::take(path::join(path::parent(path), "ledger.lock"));
  if (!lock) return tl::make_unexpected(lock.error());

  const Scratch scratch(files, path::join(path::parent(path), "restore"));
  if (auto made = files.make_private_directory(scratch.folder()); !made) return tl::make_unexpected(made.error());
  if (auto put = files.write_atomic(path::join(scratch.folder(), kName), backup, 0600); !put)
    return tl::make_unexpected(put.error());
  auto opened = Ledger::open(files, scratch.folder(), vault, random, Access::write, actor);
  if (!opened) {
    Error error = opened.error();
    error.message = fmt::format("The backup can't be used: {}", error.message);
    error.help = "Nothing was changed. Take another backup, or the key file that this one was made with.";
    return tl::make_unexpected(error);
  }
  auto& fresh = static_cast<SqliteLedger&>(**opened);
  const auto wrong = fresh.verify();
  if (!wrong) return tl::make_unexpected(wrong.error());
  if (!wrong->empty()) {
    return fail(Failure::state, fmt::format("The backup is damaged: {}.", wrong->front()),
                "Nothing was changed. Take another backup.");
  }
  const auto log = fresh.log();
  if (!log) return tl::make_unexpected(log.error());
  if (!replace) {
    const auto present = log_of(files, state_dir, vault, random);
    if (auto same = compare(present, *log); !same) return tl::make_unexpected(same.error());
  }

  Restored restored;
  restored.entries = static_cast<std::int64_t>(log->size());
  if (!log->empty()) restored.head = log->back().chain;
  for (const auto& entry : *log) {
    if (entry.action == "send" || entry.action == "carry") ++restored.messages;
    if (!restored.last || *restored.last < entry.at) restored.last = entry.at;
  }
  if (auto noted = fresh.note_restored(restored.head, at); !noted) return tl::make_unexpected(noted.error());
  const auto image = fresh.image();
  if (!image) return tl::make_unexpected(image.error());
  opened->reset();

  auto aside = set_aside(files, path, at);
  if (!aside) return tl::make_unexpected(aside.error());
  restored.set_aside = std::move(*aside);
  // A log that is left of the former ledger must not be read as part of this one. It is in the copy.
  for (const char* side : {"-wal", "-shm"}) {
    if (auto gone = files.remove(path + side); !gone) return tl::make_unexpected(gone.error());
  }
  if (auto put = files.write_atomic(path, *image, 0600); !put) return tl::make_unexpected(put.error());
  return restored;
}

}  // namespace atz::ledger
