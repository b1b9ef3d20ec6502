#include <fmt/format.h>

#include "app/bundle_mode.hpp"
#include "app/clock_skew.hpp"
#include "atz/app/checkup.hpp"
#include "atz/app/session.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

using Level = Checkup::Level;

// "2.2" of "2.2.1-ballot": versions that differ only behind that are read alike.
std::string main_version(const std::string& version) {
  const auto first = version.find('.');
  return first == std::string::npos ? version : version.substr(0, version.find('.', first + 1));
}

std::string sign_in_words(const model::PayerProfile& profile) {
  switch (profile.auth.mode) {
    case model::AuthMode::none:
      return "none is asked for";
    case model::AuthMode::client_secret_basic:
    case model::AuthMode::client_secret_post:
      return "accepted, by client secret";
    case model::AuthMode::private_key_jwt:
      return "accepted, by private key";
    case model::AuthMode::authorization_code:
      return "accepted, by authorization code";
    case model::AuthMode::token_command:
      return "a token came from the token command";
  }
  return {};
}

class Findings {
 public:
  Findings(const model::PayerProfile& profile, const fhir::Capabilities& offered, std::vector<Checkup>& out)
      : profile_(profile), offered_(offered), out_(out) {}

  void collect() {
    add(Level::good, "server",
        offered_.software.empty()
            ? "FHIR " + offered_.fhir_version
            : fmt::format("{}, FHIR {}", printable(offered_.software), printable(offered_.fhir_version)));
    version();
    operations();
    bundles();
    others();
  }

 private:
  void add(Level level, std::string what, std::string found, std::string then = {}) {
    out_.push_back({level, std::move(what), std::move(found), std::move(then)});
  }

  void version() {
    if (offered_.pas_version.empty()) {
      add(Level::note, "PAS version", "the payer does not say",
          fmt::format("atz writes as the profile says ({}) and reads every version", profile_.pas_version));
    } else if (main_version(offered_.pas_version) == main_version(profile_.pas_version)) {
      add(Level::good, "PAS version", printable(offered_.pas_version));
    } else {
      add(Level::warning, "PAS version",
          fmt::format("{}, but the profile says {}", printable(offered_.pas_version), profile_.pas_version),
          "ask the payer, then set pas_version in the profile");
    }
  }

  void operations() {
    if (offered_.submit) {
      add(Level::good, "requests", "Claim/$submit is offered");
    } else {
      add(Level::warning, "requests", "the payer does not list Claim/$submit", "atz tries it all the same");
    }
    if (offered_.inquire) {
      add(Level::good, "inquiries", "Claim/$inquire is offered",
          profile_.min_inquiry_interval_seconds == 0
              ? "`atz status` asks about open cases each time"
              : fmt::format("`atz status` asks about a case every {} minutes at most",
                            (profile_.min_inquiry_interval_seconds + 59) / 60));
    } else {
      add(Level::warning, "inquiries", "the payer does not list Claim/$inquire",
          "without it an unknown outcome can only be settled by telephone");
    }
  }

  void bundles() {
    const auto choice = choose_mode(profile_, offered_);
    const std::string found = offered_.transaction ? (offered_.batch ? "transactions and batches" : "transactions")
                              : offered_.batch     ? "batches, no transactions"
                                                   : "neither transactions nor batches";
    if (!choice) {
      add(Level::problem, "whole homes", found,
          "a home can't be sent as a whole: set allow_partial: true if some members may be accepted without the "
          "others");
      return;
    }
    const bool doubtful =
        (choice->mode == kTransaction && !offered_.transaction) || (choice->mode == kBatch && !offered_.batch);
    const std::string how = choice->mode == kTransaction ? "a home travels as one transaction"
                            : choice->mode == kBatch ? "a home travels as one batch; members may be refused one by one"
                                                     : "members travel one by one and may be refused one by one";
    add(doubtful ? Level::warning : Level::good, "whole homes", found, fmt::format("{} ({})", how, choice->why));
    if (!offered_.batch && profile_.bundle_mode != model::BundleMode::batch)
      add(Level::note, "many cases", "no batches", "`atz status` asks about each case in a request of its own");
  }

  void others() {
    add(Level::note, "limits",
        fmt::format("{} members and {} bytes in one request, as the profile says", profile_.max_members,
                    profile_.max_bytes),
        "a larger home is refused before it is sent");
    add(Level::note, "lost answers",
        profile_.replay_safe ? "the profile says that the same bytes may be sent again"
                             : "nothing says that the same bytes may be sent again",
        profile_.replay_safe ? "atz repeats a request whose answer was lost"
                             : "atz asks the payer what arrived, and repeats only with `atz recover --resend`");
    answers();
    add(Level::note, "member search",
        offered_.patient_search ? "offered: `atz member find` works" : "not offered: `atz member find` does not work");
    add(Level::note, "notifications", offered_.subscriptions ? "offered" : "not offered",
        offered_.subscriptions ? "a gateway can leave them in a folder for `atz receive`" : "");
    if (profile_.live)
      add(Level::note, "live", "real people's data go there", "placeholder data and --as-of are refused");
  }

  void answers() {
    const bool named = !profile_.attachment_url.empty();
    if (profile_.answer_by == model::AnswerBy::update) {
      add(Level::note, "answers", "the profile says: by an update of the request");
    } else if (offered_.attachments || named) {
      add(Level::good, "answers", "questions can be answered by attachment");
    } else if (profile_.answer_by == model::AnswerBy::attachment) {
      add(Level::warning, "answers", "the payer does not list $submit-attachment, but the profile says so",
          "set answer_by: update, or attachment_url");
    } else {
      add(Level::note, "answers", "the payer does not list $submit-attachment",
          "atz answers as each question demands, else by an update of the request");
    }
  }

  const model::PayerProfile& profile_;
  const fhir::Capabilities& offered_;
  std::vector<Checkup>& out_;
};

}  // namespace

Result<ProfileTest> test_profile(const Services& services, const std::optional<std::string>& name,
                                 const std::optional<std::string>& as_of) {
  auto around = look_around(services, name, as_of, Effect::moves_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  ProfileTest test;
  test.now = std::move(around->now);
  test.profile = profile.name;
  test.live = profile.live;
  test.base_url = profile.base_url;
  const auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  CommandClock clock(services.clock, test.now);
  const auto session = Session::open(services, profile, *vault, clock, Session::Ask::again);
  if (!session) {
    test.ok = false;
    test.error = session.error();
    return test;
  }
  test.base_url = (*session)->profile().base_url;
  if (!profile.remark.empty()) test.checks.push_back({Level::warning, "profile", profile.remark, {}});
  test.checks.push_back({Level::good, "sign-in", sign_in_words(profile), {}});
  Findings((*session)->profile(), (*session)->capabilities(), test.checks).collect();
  if (!test.now.standing) {
    if (const auto skew = clock_skew((*session)->served_at(), services.clock.now())) test.checks.push_back(*skew);
  }
  return test;
}

}  // namespace atz::app
