#include <fmt/format.h>

#include <algorithm>

#include "app/clock_skew.hpp"
#include "atz/app/checkup.hpp"
#include "atz/app/open_ledger.hpp"
#include "atz/app/profile.hpp"
#include "atz/app/session.hpp"
#include "atz/base/text.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/calendar.hpp"

namespace atz::app {
namespace {

using Level = Checkup::Level;
using Kind = FileInfo::Kind;

constexpr unsigned kOthers = 077;

class Examination {
 public:
  Examination(const Services& services, const DoctorSettings& settings) : services_(services), settings_(settings) {}

  std::vector<Checkup> run() {
    add(Level::good, "version", "atz " ATZ_VERSION);
    time_zone();
    folder("configuration", services_.config_dir);
    folder("state", services_.state_dir);
    profiles();
    key_and_ledger();
    payer();
    return std::move(checks_);
  }

 private:
  void add(Level level, std::string what, std::string found, std::string then = {}) {
    checks_.push_back({level, std::move(what), std::move(found), std::move(then)});
  }
  void add(Level level, std::string what, const Error& error) {
    add(level, std::move(what), error.message, error.help);
  }

  // Days are counted in Maine, whatever this computer's zone is: the zone's rules must be there.
  void time_zone() {
    const auto winter = model::maine_date(Instant{std::chrono::seconds(1'798'779'600 - 1)});  // 2026-12-31 23:59:59
    const auto summer = model::maine_date(Instant{std::chrono::seconds(1'782'878'400 - 1)});  // 2026-06-30 23:59:59
    const bool right = model::format_date(winter) == "2026-12-31" && model::format_date(summer) == "2026-06-30";
    add(right ? Level::good : Level::problem, "time zone",
        right ? "Maine's days are known" : "Maine's days come out wrong", right ? "" : "reinstall the package tzdata");
  }

  void folder(const std::string& what, const std::string& path) {
    const FileInfo info = services_.files.info(path);
    if (info.kind == Kind::missing) {
      add(Level::note, what, fmt::format("{} is not there yet", path), "it is made when it is needed");
      return;
    }
    if (info.kind != Kind::directory) {
      add(Level::problem, what, fmt::format("{} is no folder", path));
      return;
    }
    std::vector<std::string> open;
    if ((info.mode & kOthers) != 0) open.push_back(path);
    if (const auto names = services_.files.list(path)) {
      for (const auto& name : *names) {
        const std::string file = path::join(path, name);
        const FileInfo inside = services_.files.info(file);
        if (inside.kind == Kind::regular && (inside.mode & kOthers) != 0) open.push_back(file);
      }
    } else {
      add(Level::problem, what, names.error());
      return;
    }
    if (open.empty()) {
      add(Level::good, what, fmt::format("{}, for you alone", path));
      return;
    }
    std::string words;
    for (const auto& file : open) words += " " + shell_word(file);
    add(Level::problem, what, fmt::format("{} can be used by others", join(open, ", ")),
        fmt::format("type: chmod go-rwx{}", words));
  }

  void profiles() {
    const std::string file = path::join(services_.config_dir, "profiles.yaml");
    const auto read = casefile::load_profiles(services_.files, file);
    if (!read) {
      add(Level::problem, "profiles", read.error());
      return;
    }
    add(Level::good, "profiles", fmt::format("{} payers are set up", read->size()));
    for (const auto& [name, profile] : *read) {
      secret_file(name, "auth.secret_file", profile.auth.secret_file);
      secret_file(name, "auth.key_file", profile.auth.key_file);
      secret_file(name, "tls.client_key", profile.tls.client_key);
    }
  }

  void secret_file(const std::string& profile, const char* setting, const std::string& file) {
    if (file.empty()) return;
    const FileInfo info = services_.files.info(file);
    const std::string what = fmt::format("profile {}", profile);
    if (info.kind != Kind::regular) {
      // Somebody may have written the secret itself where the file's name belongs.
      add(Level::problem, what, fmt::format("what {} names is not there, or no file", setting),
          "write the name of the file with the secret or key there, never the secret itself");
    } else if ((info.mode & kOthers) != 0) {
      add(Level::problem, what, fmt::format("{} can be used by others", file),
          fmt::format("type: chmod 600 {}", shell_word(file)));
    }
  }

  void key_and_ledger() {
    const bool has_ledger = services_.files.info(path::join(services_.state_dir, "ledger.db")).kind != Kind::missing;
    const bool has_key = services_.files.info(key_path(services_)).kind != Kind::missing;
    if (!has_key) {
      if (has_ledger) {
        add(Level::problem, "ledger", "the key is missing: what was sealed can't be read",
            "restore the file `key` of the state folder from a backup");
      } else {
        add(Level::note, "ledger", "nothing was sent from here yet");
      }
      return;
    }
    const auto vault = open_vault(services_, false);
    if (!vault) {
      add(Level::problem, "ledger", vault.error());
      return;
    }
    const auto ledger = open_ledger(services_, *vault, ledger::Access::read);
    if (!ledger) {
      add(Level::problem, "ledger", ledger.error());
    } else if (*ledger == nullptr) {
      add(Level::note, "ledger", "nothing was sent from here yet");
    } else {
      health(**ledger);
    }
  }

  void health(const ledger::Ledger& ledger) {
    const auto wrong = ledger.verify();
    if (!wrong) {
      add(Level::problem, "ledger", wrong.error());
      return;
    }
    for (const auto& one : *wrong) add(Level::problem, "ledger", one, "restore the state folder from a backup");
    if (wrong->empty()) add(Level::good, "ledger", "sound: everything in it can be read");
    const auto profiles = casefile::load_profiles(services_.files, path::join(services_.config_dir, "profiles.yaml"));
    if (!profiles) return;
    for (const auto& [name, profile] : *profiles) {
      const auto open = ledger.unsettled(name);
      const auto messages = ledger.open_follow_ups(name);
      const std::size_t count = (open ? open->size() : 0) + (messages ? messages->size() : 0);
      if (count > 0)
        add(Level::warning, "ledger", fmt::format("{} messages to payer {} have an unknown outcome", count, name),
            "run `atz recover`");
    }
  }

  void payer() {
    const auto workspace =
        casefile::WorkspaceCache(services_.files, services_.config_file).for_directory(services_.files.absolute("."));
    const auto profile = choose_profile(services_, settings_.profile, workspace.get());
    if (!profile) {
      add(Level::problem, "payer", profile.error());
      return;
    }
    if (profile->embedded) {
      add(Level::good, "payer", "the embedded one: nothing to reach");
      return;
    }
    if (settings_.offline) {
      add(Level::note, "payer", fmt::format("{} was not asked (--offline)", profile->name));
      return;
    }
    const auto vault = open_vault(services_, true);
    if (!vault) {
      add(Level::problem, "payer", vault.error());
      return;
    }
    const auto session = Session::open(services_, *profile, *vault, services_.clock, Session::Ask::again);
    if (!session) {
      add(Level::problem, "payer", session.error());
      return;
    }
    add(Level::good, "payer", fmt::format("{} can be reached and signs us in", profile->name),
        fmt::format("`atz profile test --profile {}` tells what it offers", profile->name));
    if (const auto skew = clock_skew((*session)->served_at(), services_.clock.now())) checks_.push_back(*skew);
  }

  const Services& services_;
  const DoctorSettings& settings_;
  std::vector<Checkup> checks_;
};

}  // namespace

Doctor see_doctor(const Services& services, const DoctorSettings& settings) {
  return {Examination(services, settings).run()};
}

}  // namespace atz::app
