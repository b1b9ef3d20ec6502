// A store whose key was changed: everything is sealed anew, and digests are carried on to the new key.
#include <fmt/format.h>

#include <array>

#include "sandbox/store.hpp"

namespace atz::sandbox {
namespace {

// `rows` selects the two parts of a row's key, the sealed value and the row's name in its context.
struct Sealed {
  const char* place;
  const char* rows;
  const char* update;
};
constexpr std::array kSealed{
    Sealed{"rounds.request", "SELECT case_id, number, request, case_id || '/' || number FROM rounds",
           "UPDATE rounds SET request = ?3 WHERE case_id = ?1 AND number = ?2"},
    Sealed{"events.note", "SELECT id, 0, note, case_id FROM events WHERE note IS NOT NULL",
           "UPDATE events SET note = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"questions.question", "SELECT id, 0, question, control FROM questions",
           "UPDATE questions SET question = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"letters.letter", "SELECT id, 0, letter, case_id FROM letters",
           "UPDATE letters SET letter = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"history.reason", "SELECT id, 0, reason, case_id FROM history",
           "UPDATE history SET reason = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"timers.data", "SELECT id, 0, data, case_id FROM timers",
           "UPDATE timers SET data = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"subscriptions.channel", "SELECT id, 0, channel, id FROM subscriptions",
           "UPDATE subscriptions SET channel = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"outbox.body", "SELECT id, 0, body, subscription FROM outbox",
           "UPDATE outbox SET body = ?3 WHERE id = ?1 AND ?2 = 0"},
    Sealed{"meta.check", "SELECT key, 0, value, '' FROM meta WHERE key = 'check'",
           "UPDATE meta SET value = ?3 WHERE key = ?1 AND ?2 = 0"},
    Sealed{"meta.script", "SELECT key, 0, value, '' FROM meta WHERE key = 'script'",
           "UPDATE meta SET value = ?3 WHERE key = ?1 AND ?2 = 0"},
};

struct Digest {
  const char* rows;
  const char* update;
};
// messages.key and members.member are contexts of what is sealed beside them as well: see rekey().
constexpr std::array kDigests{
    Digest{"SELECT case_id, 0, member FROM cases", "UPDATE cases SET member = ?3 WHERE case_id = ?1 AND ?2 = 0"},
    Digest{"SELECT case_id, number, claim FROM rounds",
           "UPDATE rounds SET claim = ?3 WHERE case_id = ?1 AND number = ?2"},
    Digest{"SELECT case_id, number, content FROM rounds",
           "UPDATE rounds SET content = ?3 WHERE case_id = ?1 AND number = ?2"},
    Digest{"SELECT id, 0, body FROM messages", "UPDATE messages SET body = ?3 WHERE id = ?1 AND ?2 = 0"},
    Digest{"SELECT member, 0, name FROM members", "UPDATE members SET name = ?3 WHERE member = ?1 AND ?2 = 0"},
};

Parameter key_of(const Row& row, std::size_t column) {
  const std::string& text = row.text(column);
  return text.empty() ? Parameter(row.integer(column)) : Parameter(std::string_view(text));
}

}  // namespace

Result<int> Store::key_changes() {
  const auto row = database_.one("SELECT value FROM meta WHERE key = 'key_changes'");
  if (!row) return tl::make_unexpected(row.error());
  return *row ? static_cast<int>((*row)->integer(0)) : 0;
}

Result<void> Store::rekey(int changes) {
  for (const auto& column : kSealed) {
    const auto rows = database_.query(column.rows);
    if (!rows) return tl::make_unexpected(rows.error());
    for (const Row& row : *rows) {
      const auto plain = unseal(row.text(2), column.place, row.text(3));
      if (!plain) return tl::make_unexpected(plain.error());
      const std::string sealed = seal(*plain, column.place, row.text(3));
      auto put = database_.run(column.update, {key_of(row, 0), key_of(row, 1), Blob{sealed}});
      if (!put) return put;
    }
  }
  for (const auto& column : kDigests) {
    const auto rows = database_.query(column.rows);
    if (!rows) return tl::make_unexpected(rows.error());
    for (const Row& row : *rows) {
      const std::string carried = vault_.carry_digest(changes, row.text(2));
      auto put = database_.run(column.update, {key_of(row, 0), key_of(row, 1), std::string_view(carried)});
      if (!put) return put;
    }
  }
  const auto messages = database_.query("SELECT id, key, reply FROM messages");
  if (!messages) return tl::make_unexpected(messages.error());
  for (const Row& row : *messages) {
    const auto plain = unseal(row.text(2), "messages.reply", row.text(1));
    if (!plain) return tl::make_unexpected(plain.error());
    const std::string key = vault_.carry_digest(changes, row.text(1));
    const std::string sealed = seal(*plain, "messages.reply", key);
    auto put = database_.run("UPDATE messages SET key = ?2, reply = ?3 WHERE id = ?1",
                             {row.integer(0), std::string_view(key), Blob{sealed}});
    if (!put) return put;
  }
  const auto members = database_.query("SELECT member, record FROM members");
  if (!members) return tl::make_unexpected(members.error());
  for (const Row& row : *members) {
    const auto plain = unseal(row.text(1), "members.record", row.text(0));
    if (!plain) return tl::make_unexpected(plain.error());
    const std::string member = vault_.carry_digest(changes, row.text(0));
    const std::string sealed = seal(*plain, "members.record", member);
    auto put = database_.run("UPDATE members SET member = ?2, record = ?3 WHERE member = ?1",
                             {std::string_view(row.text(0)), std::string_view(member), Blob{sealed}});
    if (!put) return put;
  }
  return database_.run("INSERT INTO meta VALUES('key_changes', ?1) ON CONFLICT(key) DO UPDATE SET value = ?1",
                       {std::int64_t{vault_.key_changes()}});
}

Result<void> rekey(const Services& services) {
  if (services.files.info(path::join(services.state_dir, "sandbox.db")).kind == FileInfo::Kind::missing) return {};
  const auto store = Store::open(services);
  if (!store) return tl::make_unexpected(store.error());
  return (*store)->purge();
}

Result<void> Store::purge() {
  const std::lock_guard lock(mutex_);
  if (auto folded = database_.run("PRAGMA wal_checkpoint(TRUNCATE)"); !folded) return folded;
  if (auto packed = database_.run("VACUUM"); !packed) return packed;
  return database_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace atz::sandbox
