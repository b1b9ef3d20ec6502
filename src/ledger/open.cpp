#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "ledger/schema.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

namespace {

constexpr const char* kRestore =
    "Restore the state folder from a backup. Without one, look up at the payer what was sent before you send again.";

std::string key_check(const seal::Vault& vault, int key_changes) {
  return vault.digest_after(key_changes, "atz ledger", "properties.key_check");
}

// A new ledger appears whole or not at all: an empty or half-made file is damage, never taken for a fresh start that
// would send everything again.
Result<void> create(Files& files, const std::string& path, const seal::Vault& vault) {
  auto memory = Connection::open(path, Connection::Mode::memory);
  if (!memory) return tl::make_unexpected(memory.error());
  if (auto set = memory->script(fmt::format("PRAGMA application_id={}", kApplicationId)); !set) return set;
  if (auto made = migrate(*memory, 0); !made) return made;
  auto put = memory->run("INSERT INTO properties VALUES ('key_check', ?1), ('key_changes', ?2)",
                         key_check(vault, vault.key_changes()), std::to_string(vault.key_changes()));
  if (!put) return put;
  const auto image = memory->image();
  if (!image) return tl::make_unexpected(image.error());
  return files.write_atomic(path, *image, 0600);
}

// SQLite gives its side files the mode of the main file, but only when it creates them.
Result<void> restrict_modes(const Files& files, const std::string& path) {
  for (const auto& name : {path, path + "-wal", path + "-shm"}) {
    const FileInfo info = files.info(name);
    if (info.kind == FileInfo::Kind::missing || (info.mode & 077U) == 0) continue;
    if (::chmod(name.c_str(), 0600) != 0) {
      return fail(Failure::state,
                  fmt::format("{} can be read by others, and that can't be changed: {}.", name,
                              std::error_code(errno, std::generic_category()).message()),
                  fmt::format("Type: chmod 600 {}", name));
    }
  }
  return {};
}

// Whether there is a ledger.
Result<bool> look(const Files& files, const std::string& path) {
  const FileInfo info = files.info(path);
  if (info.is_symlink) {
    return fail(Failure::state, fmt::format("The ledger {} is a symbolic link.", path),
                "Move the file itself into the state folder, or point ATZ_STATE_DIR at the folder it is in.");
  }
  if (info.kind == FileInfo::Kind::missing) {
    const std::string journal = path + "-wal";
    if (files.info(journal).size == 0) return false;
    return fail(Failure::state, fmt::format("The ledger {} is missing, but its journal {} is there.", path, journal),
                kRestore);
  }
  if (info.kind != FileInfo::Kind::regular) {
    return fail(Failure::state, fmt::format("The ledger {} is not a regular file.", path), kRestore);
  }
  return true;
}

Result<int> check_version(const Connection& db) {
  const auto application = db.number("PRAGMA application_id");
  if (!application) return tl::make_unexpected(application.error());
  const auto version = db.number("PRAGMA user_version");
  if (!version) return tl::make_unexpected(version.error());
  if (application->value_or(0) != kApplicationId || version->value_or(0) < 1) {
    return fail(Failure::state, fmt::format("{} is no ledger of atz, or it is damaged.", db.path()), kRestore);
  }
  if (**version > newest_version()) {
    return fail(Failure::state,
                fmt::format("The ledger {} was written by a newer atz (its version is {}, this atz knows {}).",
                            db.path(), **version, newest_version()),
                "Use the newer atz; a ledger can't be turned back.");
  }
  return static_cast<int>(**version);
}

// After how many changes of the key the digests are those of the ledger. With another key, nothing sent earlier would
// be recognised, and it would be sent again.
Result<int> check_key(const Connection& db, const seal::Vault& vault) {
  // As a number of its own, whatever text stands there. Before there were changes nothing did.
  const auto changes = db.number("SELECT CAST(value AS INTEGER) FROM properties WHERE name = 'key_changes'");
  if (!changes) return tl::make_unexpected(changes.error());
  Statement row(db, "SELECT value FROM properties WHERE name = 'key_check'");
  const auto found = row.next();
  if (!found) return tl::make_unexpected(found.error());
  const std::int64_t count = changes->value_or(0);
  if (count > vault.key_changes()) {
    return fail(Failure::state,
                fmt::format("The key of the ledger {} was changed since this key file was in use.", db.path()),
                "Put back the key file of the last `atz ledger rekey`.");
  }
  if (count >= 0 && *found && seal::equal_in_constant_time(row.text(0), key_check(vault, static_cast<int>(count))))
    return static_cast<int>(count);
  return fail(Failure::state, fmt::format("The key does not fit the ledger {}.", db.path()),
              "Put back the key file that this ledger was made with.");
}

Result<void> use_write_ahead_log(const Connection& db) {
  Statement mode(db, "PRAGMA journal_mode=WAL");
  const auto row = mode.next();
  if (!row) return tl::make_unexpected(row.error());
  if (!*row || mode.text(0) != "wal") {
    return fail(Failure::io, fmt::format("The folder of the ledger {} does not allow a write-ahead log.", db.path()),
                "Keep the state folder on a local disk; ATZ_STATE_DIR says where it is.");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(Files& files, const std::string& state_dir, const seal::Vault& vault,
                                             Random& random, Access access, const std::string& actor) {
  const bool write = access == Access::write;
  const std::string path = path::join(files.absolute(state_dir), "ledger.db");
  std::optional<WriterLock> lock;
  if (write) {
    if (auto made = files.make_private_directory(state_dir); !made) return tl::make_unexpected(made.error());
    auto taken = WriterLock::take(path::join(path::parent(path), "ledger.lock"));
    if (!taken) return tl::make_unexpected(taken.error());
    lock.emplace(std::move(*taken));
  }
  const auto there = look(files, path);
  if (!there) return tl::make_unexpected(there.error());
  if (!*there && !write) return std::unique_ptr<Ledger>();
  if (!*there) {
    if (auto made = create(files, path, vault); !made) return tl::make_unexpected(made.error());
  }
  if (write) {
    if (auto safe = restrict_modes(files, path); !safe) return tl::make_unexpected(safe.error());
  }

  auto db = Connection::open(path, write ? Connection::Mode::write : Connection::Mode::read);
  if (!db) return tl::make_unexpected(db.error());
  db->fold_on_close(write);
  const auto version = check_version(*db);
  if (!version) return tl::make_unexpected(version.error());
  if (!write && *version < newest_version()) {
    auto grown = open(files, state_dir, vault, random, Access::write, actor);
    if (!grown) return grown;
    grown->reset();
    return open(files, state_dir, vault, random, access, actor);
  }
  if (write) {
    if (auto set = use_write_ahead_log(*db); !set) return tl::make_unexpected(set.error());
    if (auto grown = migrate(*db, *version); !grown) return tl::make_unexpected(grown.error());
  }
  const auto key_changes = check_key(*db, vault);
  if (!key_changes) return tl::make_unexpected(key_changes.error());
  auto ledger = std::make_unique<SqliteLedger>(std::move(lock), std::move(*db), vault, random,
                                               SqliteLedger::Keyed{actor, *key_changes});
  if (write) {
    if (auto carried = ledger->carry_into_log(); !carried) return tl::make_unexpected(carried.error());
  }
  return ledger;
}

}  // namespace atz::ledger
