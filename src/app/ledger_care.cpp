#include "atz/app/ledger_care.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "atz/app/open_ledger.hpp"
#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr std::uint64_t kMostBackupBytes = std::uint64_t{8} * 1024 * 1024 * 1024;

Error nothing_there(const Services& services) {
  return {Failure::usage,
          fmt::format("There is no ledger in {}: nothing was ever sent from here.", printable(services.state_dir)),
          "ATZ_STATE_DIR says where the state folder is."};
}

Result<LedgerCheck> check(const ledger::Ledger& ledger) {
  LedgerCheck result;
  result.there = true;
  auto wrong = ledger.verify();
  if (!wrong) return tl::make_unexpected(wrong.error());
  result.wrong = std::move(*wrong);
  if (!result.wrong.empty()) return result;
  auto log = ledger.verify_log("");
  if (!log) return tl::make_unexpected(log.error());
  result.log = std::move(*log);
  const auto batches = ledger.batches();
  if (!batches) return tl::make_unexpected(batches.error());
  result.submissions = static_cast<std::int64_t>(batches->size());
  for (const auto& batch : *batches) result.messages += static_cast<std::int64_t>(batch.members.size());
  return result;
}

// What follows a home's name in its batch IDs, "-20261207-k3m9q", and then in trace numbers, "-A".
bool follows_home(std::string_view rest) {
  constexpr std::size_t kDay = 8;
  return rest.size() > kDay + 1 && rest[0] == '-' && all_digits(rest.substr(1, kDay)) && rest[kDay + 1] == '-';
}

// `word` is a home, a batch ID, a trace number or a Case ID. Labels hold no hyphen.
bool is_about(const ledger::LogEntry& entry, const std::string& word) {
  const std::string_view subject = entry.subject;
  if (subject == word) return true;
  if (subject.substr(0, word.size()) == word) {
    const std::string_view rest = subject.substr(word.size());
    if (follows_home(rest)) return true;
    if (subject.rfind('-') == word.size()) return true;
  }
  const std::string by_case = "case " + word;
  return entry.what.size() >= by_case.size() &&
         entry.what.compare(entry.what.size() - by_case.size(), by_case.size(), by_case) == 0;
}

}  // namespace

Result<LedgerCheck> verify_ledger(const Services& services) {
  const auto reading = open_for_reading(services);
  if (!reading) return tl::make_unexpected(reading.error());
  if (!reading->ledger) return LedgerCheck{};
  auto result = check(*reading->ledger);
  if (!result) return result;
  const auto changing = seal::is_key_changing(services.files, key_path(services));
  if (!changing) return tl::make_unexpected(changing.error());
  result->key_is_changing = *changing;
  return result;
}

Result<LedgerExport> export_ledger(const Services& services, bool personal) {
  const auto reading = open_for_reading(services);
  if (!reading) return tl::make_unexpected(reading.error());
  LedgerExport result;
  if (!reading->ledger) return result;
  const ledger::Ledger& ledger = *reading->ledger;
  auto batches = ledger.batches();
  if (!batches) return tl::make_unexpected(batches.error());
  for (auto& batch : *batches) {
    ExportedBatch& exported = result.batches.emplace_back();
    for (auto& member : batch.members) {
      ExportedMessage& message = exported.members.emplace_back();
      auto history = ledger.history(member.id);
      if (!history) return tl::make_unexpected(history.error());
      message.history = std::move(*history);
      auto follow_ups = ledger.follow_ups(member.id);
      if (!follow_ups) return tl::make_unexpected(follow_ups.error());
      message.follow_ups = std::move(*follow_ups);
      if (personal) {
        auto identity = ledger.identity(member.id);
        if (!identity) return tl::make_unexpected(identity.error());
        message.identity = std::move(*identity);
        auto body = ledger.member_body(member.id);
        if (!body) return tl::make_unexpected(body.error());
        message.body = std::move(*body);
      }
      message.record = std::move(member);
    }
    batch.members.clear();
    exported.batch = std::move(batch);
  }
  auto log = ledger.log();
  if (!log) return tl::make_unexpected(log.error());
  result.log = std::move(*log);
  return result;
}

Result<LedgerCheck> backup_ledger(const Services& services, const std::string& path) {
  const auto reading = open_for_reading(services);
  if (!reading) return tl::make_unexpected(reading.error());
  if (!reading->ledger) return tl::make_unexpected(nothing_there(services));
  auto result = check(*reading->ledger);
  if (!result) return result;
  if (!result->wrong.empty()) {
    return fail(Failure::state,
                fmt::format("The ledger is damaged, so it is not copied over a backup that may be sound: {}.",
                            result->wrong.front()),
                "`atz ledger verify` lists everything that is wrong. Copy the state folder as it is before you repair "
                "anything.");
  }
  const auto image = reading->ledger->image();
  if (!image) return tl::make_unexpected(image.error());
  if (auto written = services.files.write_atomic(path, *image, 0600); !written)
    return tl::make_unexpected(written.error());
  return result;
}

Result<ledger::Restored> restore_ledger(const Services& services, const std::string& path, bool replace) {
  const auto backup = services.files.read(path, kMostBackupBytes);
  if (!backup) return tl::make_unexpected(backup.error());
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  return ledger::Ledger::restore(services.files, services.state_dir, *vault, services.random, *backup, replace,
                                 services.user, services.clock.now());
}

Result<int> change_key(const Services& services) {
  if (!has_vault(services)) return tl::make_unexpected(nothing_there(services));
  {
    // Whatever is wrong comes to light before there is a new key, and nobody else is at work.
    auto vault = open_vault(services, false);
    if (!vault) return tl::make_unexpected(vault.error());
    const auto ledger = open_ledger(services, *vault, ledger::Access::write);
    if (!ledger) return tl::make_unexpected(ledger.error());
    const auto wrong = (*ledger)->verify();
    if (!wrong) return tl::make_unexpected(wrong.error());
    if (!wrong->empty()) {
      return fail(Failure::state, fmt::format("The ledger is damaged, so its key is not changed: {}.", wrong->front()),
                  "`atz ledger verify` lists everything that is wrong.");
    }
    if (auto sound = sandbox::rekey(payer_services(services, services.clock, *vault)); !sound)
      return tl::make_unexpected(sound.error());
  }
  const auto vault = seal::begin_key_change(services.files, key_path(services), services.random);
  if (!vault) return tl::make_unexpected(vault.error());
  const auto ledger = open_ledger(services, *vault, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (auto done = (*ledger)->rekey(services.clock.now()); !done) return tl::make_unexpected(done.error());
  if (auto done = sandbox::rekey(payer_services(services, services.clock, *vault)); !done)
    return tl::make_unexpected(done.error());
  // Tokens live for an hour at most: signing in again is simpler than carrying them over.
  const std::string tokens = token_folder(services);
  if (services.files.info(tokens).kind != FileInfo::Kind::missing) {
    const auto names = services.files.list(tokens);
    if (!names) return tl::make_unexpected(names.error());
    for (const auto& name : *names) {
      if (auto gone = services.files.remove(path::join(tokens, name)); !gone) return tl::make_unexpected(gone.error());
    }
  }
  const auto finished = seal::finish_key_change(services.files, key_path(services));
  if (!finished) return tl::make_unexpected(finished.error());
  return finished->key_changes();
}

Result<LogView> read_log(const Services& services, const LogSettings& settings) {
  const auto reading = open_for_reading(services);
  if (!reading) return tl::make_unexpected(reading.error());
  LogView view;
  if (!reading->ledger) return view;
  auto entries = reading->ledger->log();
  if (!entries) return tl::make_unexpected(entries.error());
  view.total = static_cast<std::int64_t>(entries->size());
  if (!entries->empty()) view.head = entries->back().chain;
  // A request has its Case ID only from the payer's answer on: its earlier entries belong to it as well.
  std::set<std::int64_t> requests;
  const auto named = [&](const ledger::LogEntry& entry) {
    return std::any_of(settings.about.begin(), settings.about.end(),
                       [&](const std::string& word) { return is_about(entry, word); });
  };
  for (const auto& entry : *entries) {
    if (entry.case_row != 0 && named(entry)) requests.insert(entry.case_row);
  }
  for (auto& entry : *entries) {
    if (settings.since && model::maine_date(entry.at) < *settings.since) continue;
    if (!settings.about.empty() && requests.count(entry.case_row) == 0 && !named(entry)) continue;
    view.entries.push_back(std::move(entry));
  }
  return view;
}

Result<ledger::LogCheck> verify_log(const Services& services, const std::string& noted_head) {
  const auto reading = open_for_reading(services);
  if (!reading) return tl::make_unexpected(reading.error());
  if (!reading->ledger) {
    if (noted_head.empty()) return ledger::LogCheck{};
    return tl::make_unexpected(nothing_there(services));
  }
  return reading->ledger->verify_log(noted_head);
}

}  // namespace atz::app
