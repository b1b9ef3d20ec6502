#include "atz/app/recover.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/follow_up.hpp"
#include "atz/app/deliver.hpp"
#include "atz/app/inquire.hpp"

namespace atz::app {
namespace {

bool is_open(const ledger::CaseRecord& member) {
  return member.delivery == model::Delivery::sending || member.delivery == model::Delivery::unknown;
}

class Settlement {
 public:
  Settlement(Session& session, const Services& services, ledger::Ledger& ledger, const Now& now, bool resend)
      : session_(session),
        services_(services),
        ledger_(ledger),
        now_(now),
        resend_(resend || session.profile().replay_safe) {}

  // A withdrawal or an answer: what the case says shows whether it arrived.
  Result<Settled> run(const ledger::CaseRecord& record, const ledger::FollowUp& message) {
    Settled settled;
    settled.batch = {record.batch_id, record.home_id, record.profile, {}, {}, record.sent_at, {record}};
    settled.what = fmt::format("{} case {}", message.kind == ledger::FollowUpKind::cancel ? "withdrawing" : "answering",
                               record.case_id);
    auto arrived = follow_up_arrived(session_, services_, ledger_, record, message, now_.at);
    if (!arrived) return left_unknown(std::move(settled), arrived.error());
    if (*arrived) {
      settled.how = Settled::How::found;
    } else if (!resend_) {
      settled.how = Settled::How::absent;
      settled.error = {Failure::unknown_outcome, fmt::format("Nothing shows that {} arrived", settled.what),
                       "`atz recover --resend` sends the same bytes again."};
      return settled;
    } else {
      auto sent = post_follow_up(session_, services_, ledger_, record, message, true, now_.at);
      if (!sent) return tl::make_unexpected(sent.error());
      settled.how = sent->ok                                          ? Settled::How::resent
                    : sent->error.failure == Failure::unknown_outcome ? Settled::How::unknown
                                                                      : Settled::How::refused;
      settled.error = sent->error;
      if (sent->ok) settled.error = {};
    }
    return reload(std::move(settled));
  }

  Result<Settled> run(const ledger::BatchRecord& batch) {
    Settled settled{batch, Settled::How::found, {}, {}};
    std::vector<const ledger::CaseRecord*> open;
    for (const auto& member : batch.members) {
      if (is_open(member)) open.push_back(&member);
    }
    auto absent = adopt_known(batch, open);
    if (!absent) return left_unknown(std::move(settled), absent.error());
    if (!absent->empty()) {
      if (auto done = handle_absent(batch, *absent, settled); !done) return tl::make_unexpected(done.error());
    }
    return reload(std::move(settled));
  }

 private:
  // What the payer says about one message is no reason to leave the others unsettled.
  Result<Settled> left_unknown(Settled settled, Error error) {
    if (error.failure != Failure::refused) return tl::make_unexpected(std::move(error));
    error.failure = Failure::unknown_outcome;
    settled.how = Settled::How::unknown;
    settled.error = std::move(error);
    return reload(std::move(settled));
  }

  // Takes over what the payer knows and returns the messages that it does not know. Of a transaction everyone is asked
  // about, too: not every payer keeps the promise of all or nothing.
  Result<std::vector<const ledger::CaseRecord*>> adopt_known(const ledger::BatchRecord& batch,
                                                             const std::vector<const ledger::CaseRecord*>& open) {
    auto found = inquire(session_, services_, ledger_, open, now_.at);
    if (!found) return tl::make_unexpected(found.error());
    std::vector<ledger::MemberOutcome> outcomes;
    std::vector<const ledger::CaseRecord*> absent;
    std::optional<Error> trouble;  // what was learned of the others is kept all the same
    for (std::size_t i = 0; i < open.size(); ++i) {
      const Found& answer = (*found)[i];
      if (!answer) {
        if (!trouble) trouble = answer.error();
      } else if (*answer) {
        outcomes.push_back(to_outcome(open[i]->label, **answer, sequences_of(*open[i])));
      } else {
        absent.push_back(open[i]);
      }
    }
    if (!outcomes.empty()) {
      if (auto saved = ledger_.record_outcome(batch.batch_id, outcomes, now_.at); !saved)
        return tl::make_unexpected(saved.error());
    }
    if (trouble) return tl::make_unexpected(*trouble);
    return absent;
  }

  Result<void> handle_absent(const ledger::BatchRecord& batch, const std::vector<const ledger::CaseRecord*>& absent,
                             Settled& settled) {
    if (!resend_) {
      settled.how = Settled::How::absent;
      settled.error = {Failure::unknown_outcome,
                       fmt::format("The payer does not know {} of {} requests of {}", absent.size(),
                                   batch.members.size(), batch.batch_id),
                       "If you are sure that they did not arrive, `atz recover --resend` sends the same bytes again."};
      return {};
    }
    settled.how = Settled::How::resent;
    if (batch.mode == "transaction" && absent.size() == batch.members.size())
      return resend_whole(batch, absent, settled);
    for (const auto* member : absent) {
      if (auto sent = resend_one(batch, *member, settled); !sent) return sent;
    }
    return {};
  }

  Result<void> resend_whole(const ledger::BatchRecord& batch, const std::vector<const ledger::CaseRecord*>& members,
                            Settled& settled) {
    auto body = ledger_.body(batch.batch_id);
    if (!body) return tl::make_unexpected(body.error());
    return send(batch, *body, true, members, settled);
  }

  Result<void> resend_one(const ledger::BatchRecord& batch, const ledger::CaseRecord& member, Settled& settled) {
    auto body = ledger_.member_body(member.id);
    if (!body) return tl::make_unexpected(body.error());
    return send(batch, *body, false, {&member}, settled);
  }

  Result<void> send(const ledger::BatchRecord& batch, const std::string& body, bool outer,
                    const std::vector<const ledger::CaseRecord*>& members, Settled& settled) {
    std::vector<Expected> expected;
    for (const auto* member : members) {
      auto identity = ledger_.identity(member->id);
      if (!identity) return tl::make_unexpected(identity.error());
      expected.push_back({member->label, member->claim_identifier, {}, identity->member_id, sequences_of(*member)});
    }
    Delivered delivered = deliver(session_, services_, body, outer, expected, true);
    if (!delivered.ok) {
      settle_duplicates(delivered);
      const bool unsettled = delivered.error.failure == Failure::unknown_outcome;
      settled.how = unsettled ? Settled::How::unknown : Settled::How::refused;
      settled.error = delivered.error;
      if (unsettled) return {};
    }
    return ledger_.record_outcome(batch.batch_id, delivered.outcomes, now_.at);
  }

  // The payer has just said that it knows nothing under our numbers. What it calls a duplicate now is one of a request
  // that was not sent from here.
  static void settle_duplicates(Delivered& delivered) {
    bool others = false;
    for (std::size_t i = 0; i < delivered.outcomes.size(); ++i) {
      auto& outcome = delivered.outcomes[i];
      if (i < delivered.errors.size() && says_duplicate(delivered.errors[i]))
        outcome.delivery = model::Delivery::refused;
      others = others || outcome.delivery == model::Delivery::unknown;
    }
    if (delivered.error.failure != Failure::unknown_outcome || others || delivered.errors.empty()) return;
    delivered.error = {Failure::refused, "The payer calls it a duplicate of a request that was not sent from here",
                       "Call the payer: there may be a request that was filed in its portal."};
  }

  Result<Settled> reload(Settled settled) {
    auto batches = ledger_.batches_of_home(settled.batch.profile, settled.batch.home_id);
    if (!batches) return tl::make_unexpected(batches.error());
    for (auto& batch : *batches) {
      if (batch.batch_id == settled.batch.batch_id) settled.batch = std::move(batch);
    }
    return settled;
  }

  Session& session_;
  const Services& services_;
  ledger::Ledger& ledger_;
  const Now& now_;
  bool resend_;
};

// Whatever keeps the payer from telling: what was sent before may have arrived, so nobody may take it that nothing was
// accepted.
Error still_unknown(Error error) {
  switch (error.failure) {
    case Failure::temporary:
    case Failure::sign_in:
    case Failure::refused:
    case Failure::input:
      error.failure = Failure::unknown_outcome;
      error.message = fmt::format("What became of an earlier message is still not known. {}", error.message);
      if (error.help.empty()) error.help = "Run `atz recover` again later.";
      return error;
    default:
      return error;
  }
}

Result<std::vector<Settled>> settle_all(Session& session, const Services& services, ledger::Ledger& ledger,
                                        const Now& now, const RecoverSettings& settings) {
  auto open = ledger.unsettled(session.profile().name);
  if (!open) return tl::make_unexpected(open.error());
  std::vector<Settled> settled;
  Settlement settlement(session, services, ledger, now, settings.resend);
  for (const auto& batch : *open) {
    if (!settings.only_home.empty() && batch.home_id != settings.only_home) continue;
    auto done = settlement.run(batch);
    if (!done) return tl::make_unexpected(done.error());
    settled.push_back(std::move(*done));
  }
  auto messages = ledger.open_follow_ups(session.profile().name);
  if (!messages) return tl::make_unexpected(messages.error());
  for (const auto& message : *messages) {
    auto record = record_of(ledger, session.profile().name, message.case_row);
    if (!record) return tl::make_unexpected(record.error());
    if (!settings.only_home.empty() && record->home_id != settings.only_home) continue;
    auto done = settlement.run(*record, message);
    if (!done) return tl::make_unexpected(done.error());
    settled.push_back(std::move(*done));
  }
  return settled;
}

}  // namespace

Result<std::vector<Settled>> settle(Session& session, const Services& services, ledger::Ledger& ledger, const Now& now,
                                    const RecoverSettings& settings) {
  auto settled = settle_all(session, services, ledger, now, settings);
  if (!settled) return tl::make_unexpected(still_unknown(settled.error()));
  return settled;
}

Result<bool> has_unsettled(const ledger::Ledger& ledger, const std::string& profile, const std::string& home_id) {
  auto batches = ledger.unsettled(profile);
  if (!batches) return tl::make_unexpected(batches.error());
  if (std::any_of(batches->begin(), batches->end(), [&](const auto& batch) { return batch.home_id == home_id; })) {
    return true;
  }
  auto messages = ledger.open_follow_ups(profile);
  if (!messages) return tl::make_unexpected(messages.error());
  for (const auto& message : *messages) {
    auto record = record_of(ledger, profile, message.case_row);
    if (!record) return tl::make_unexpected(record.error());
    if (record->home_id == home_id) return true;
  }
  return false;
}

}  // namespace atz::app
