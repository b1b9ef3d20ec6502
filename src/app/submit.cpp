#include "atz/app/submit.hpp"
#include "atz/app/open_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/bundle_mode.hpp"
#include "app/capabilities.hpp"
#include "app/next_steps.hpp"
#include "app/refusals.hpp"
#include "atz/app/deliver.hpp"
#include "atz/app/session.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

std::string text_of(const model::Field<std::string>& field) {
  return field.value.value_or("");
}

class Submission {
 public:
  Submission(const Services& services, SubmitResult& result, ledger::Ledger& ledger)
      : services_(services), result_(result), plan_(result.plan), ledger_(ledger) {}

  // Compares with the ledger and decides who is to be sent. False: there is nothing to send (the result says why).
  Result<bool> prepare() {
    if (auto found = find_priors(plan_, &ledger_); !found) return tl::make_unexpected(found.error());
    if (auto built = build_requests(services_, plan_, {}); !built) return tl::make_unexpected(built.error());
    if (auto compared = compare_with_ledger(plan_, &ledger_); !compared) return tl::make_unexpected(compared.error());
    if (plan_.has(Action::changed)) {
      result_.ok = false;
      result_.error = why_changed();
      if (auto known = report_known(); !known) return tl::make_unexpected(known.error());
      return false;
    }
    if (!plan_.has(Action::fresh)) {
      if (auto known = report_known(); !known) return tl::make_unexpected(known.error());
      return false;
    }
    if (auto rebuilt = find_resume(); !rebuilt) return tl::make_unexpected(rebuilt.error());
    return true;
  }

  Result<void> send(Session& session) {
    auto choice = choose_mode(session.profile(), session.capabilities());
    if (!choice) return tl::make_unexpected(choice.error());
    for (std::string mode = choice->mode;;) {
      result_.mode = mode;
      result_.batch_id = plan_.batch_id;
      if (auto sized = check_limits(session.profile()); !sized) return sized;
      auto delivered = mode == kSingle ? send_single(session) : send_outer(session, mode == kTransaction);
      if (!delivered) return tl::make_unexpected(delivered.error());
      if (delivered->try_other_mode) forget_capabilities(services_, session.profile());
      const auto other =
          delivered->try_other_mode ? next_mode(session.profile(), session.capabilities(), mode) : std::nullopt;
      if (!other) {
        return finish(*delivered, mode != kSingle);
      }
      services_.note(fmt::format("The payer takes no {}; nothing was processed. Sending as {}.", mode, *other));
      mode = *other;
      plan_.batch_id = new_batch_id(plan_.home_id, plan_.now.today, services_.random);
      if (auto rebuilt = build_requests(services_, plan_, {}); !rebuilt) return rebuilt;
    }
  }

 private:
  [[nodiscard]] Error why_changed() const {
    const auto first = std::find_if(plan_.members.begin(), plan_.members.end(),
                                    [](const MemberPlan& member) { return member.action == Action::changed; });
    if (first->prior || first->purpose == model::Purpose::termination) {
      return {Failure::input,
              fmt::format("Another request for member {} is in review under case {}", first->label,
                          printable(first->earlier->case_id)),
              "Nothing was sent. Wait for its decision, or withdraw it with `atz cancel` first."};
    }
    return {Failure::input, "The content of an open case has changed since it was sent",
            "Nothing was sent. Put the file back as it was sent, or wait for the decision: a change of what was "
            "approved is a request of its own."};
  }

  [[nodiscard]] std::vector<const MemberPlan*> fresh() const {
    std::vector<const MemberPlan*> members;
    for (const auto& member : plan_.members) {
      if (member.action == Action::fresh) members.push_back(&member);
    }
    return members;
  }

  // A home that was half accepted (batch and single mode) goes on under its batch ID with the members that are missing.
  Result<void> find_resume() {
    if (!plan_.has(Action::sent)) return {};
    auto batches = ledger_.batches_of_home(plan_.profile.name, plan_.home_id);
    if (!batches) return tl::make_unexpected(batches.error());
    for (auto batch = batches->rbegin(); batch != batches->rend(); ++batch) {
      std::vector<int> attempts(plan_.members.size(), 0);
      bool fits = batch->mode != kTransaction;
      for (std::size_t i = 0; i < plan_.members.size() && fits; ++i) {
        const auto known = std::find_if(batch->members.begin(), batch->members.end(),
                                        [&](const auto& record) { return record.label == plan_.members[i].label; });
        fits = known != batch->members.end() &&
               (plan_.members[i].action == Action::fresh
                    ? known->delivery == model::Delivery::refused
                    : plan_.members[i].earlier && known->id == plan_.members[i].earlier->id);
        if (fits && plan_.members[i].action == Action::fresh) attempts[i] = known->attempt + 1;
      }
      if (!fits) continue;
      plan_.batch_id = batch->batch_id;
      return build_requests(services_, plan_, attempts);
    }
    return {};
  }

  Result<void> check_limits(const model::PayerProfile& profile) {
    std::size_t bytes = 0;
    for (const auto* member : fresh()) bytes += member->request.bytes.size();
    if (fresh().size() > static_cast<std::size_t>(profile.max_members)) {
      return fail(Failure::input, fmt::format("{} members are more than {} takes in one request ({})", fresh().size(),
                                              profile.name, profile.max_members));
    }
    if (bytes > profile.max_bytes) {
      return fail(Failure::input,
                  fmt::format("The request would have {} bytes; {} takes {}", bytes, profile.name, profile.max_bytes),
                  "Nothing was sent. Attach smaller documents: a document for the whole home is sent once per member.");
    }
    if (runs_past_midnight(profile, plan_.now.at, fresh().size())) {
      return fail(Failure::input,
                  "[HS012] Sending now could run past midnight, and the home would be filed on two days",
                  "Nothing was sent. Run the command after midnight, or earlier in the day.");
    }
    return {};
  }

  [[nodiscard]] ledger::BatchIntent intent(const std::string& mode, std::string url, std::string body) const {
    ledger::BatchIntent intent;
    intent.batch_id = plan_.batch_id;
    intent.home_id = plan_.home_id;
    intent.profile = plan_.profile.name;
    intent.mode = mode;
    intent.url = std::move(url);
    intent.body = std::move(body);
    intent.created = plan_.now.at;
    intent.submitted_on = plan_.now.today;
    const auto& home = plan_.checked.file.home;
    const bool expedited = home.priority.expedited.value.value_or(false);
    for (const auto* member : fresh()) {
      const auto& person = home.members[member->index];
      ledger::MemberIntent entry;
      entry.label = member->label;
      entry.purpose = member->purpose;
      if (member->prior) entry.case_id = member->prior->case_id;
      entry.content = member->content;
      entry.claim_identifier = member->request.claim_identifier;
      entry.bundle_identifier = member->request.bundle_identifier;
      entry.body = member->request.bytes;
      entry.member_id = member->request.member_id;
      entry.last = text_of(person.name.last);
      entry.first = text_of(person.name.first);
      if (person.born) entry.born = model::format_date(*person.born);
      entry.gender = text_of(person.gender);
      entry.provider_npi = text_of(home.provider.npi);
      entry.provider_name = text_of(home.provider.name);
      entry.lines = member->lines;
      entry.expected_by = expected_by(member->purpose, expedited);
      intent.members.push_back(std::move(entry));
    }
    return intent;
  }

  // A termination waits for a review of two business days, and at the worst for a call back and an answer to a letter.
  [[nodiscard]] model::Date expected_by(model::Purpose purpose, bool expedited) const {
    if (purpose != model::Purpose::termination) return model::expected_by(plan_.now.today, expedited);
    const model::BusinessCalendar calendar(plan_.checked.file.workspace->tables.holidays);
    constexpr int kReviewDays = 2;
    return calendar.add_business_days(plan_.now.today, kReviewDays) + kCallBackAfterReview + kLetterAfterCallBack;
  }

  static Expected expected(const MemberPlan& member) {
    std::vector<int> lines;
    for (const auto& line : member.lines) lines.push_back(line.sequence);
    return {member.label, member.request.claim_identifier, member.request.claim_url, member.request.member_id, lines};
  }

  Result<Delivered> send_outer(Session& session, bool transaction) {
    const std::string body = outer_body(plan_, transaction ? fhir::OuterKind::transaction : fhir::OuterKind::batch);
    if (auto saved = ledger_.record_intent(intent(result_.mode, "", body)); !saved)
      return tl::make_unexpected(saved.error());
    std::vector<Expected> members;
    for (const auto* member : fresh()) members.push_back(expected(*member));
    auto delivered = deliver(session, services_, body, true, members);
    result_.sent = true;
    if (auto saved = ledger_.record_outcome(plan_.batch_id, delivered.outcomes, plan_.now.at); !saved) {
      return tl::make_unexpected(saved.error());
    }
    return delivered;
  }

  // One call per member, in order; the first refusal or fault stops, and the rest counts as not sent.
  Result<Delivered> send_single(Session& session) {
    if (auto saved = ledger_.record_intent(intent(result_.mode, "Claim/$submit", "")); !saved)
      return tl::make_unexpected(saved.error());
    Delivered all;
    for (const auto* member : fresh()) {
      Delivered one;
      if (all.ok) {
        one = deliver(session, services_, member->request.bytes, false, {expected(*member)});
        result_.sent = true;
      } else {
        ledger::MemberOutcome skipped;
        skipped.label = member->label;
        skipped.delivery = model::Delivery::refused;
        skipped.flag = "not sent: a member before this one was not accepted";
        one.outcomes.push_back(std::move(skipped));
      }
      if (auto saved = ledger_.record_outcome(plan_.batch_id, one.outcomes, plan_.now.at); !saved)
        return tl::make_unexpected(saved.error());
      one.errors.resize(1);
      std::move(one.outcomes.begin(), one.outcomes.end(), std::back_inserter(all.outcomes));
      std::move(one.issues.begin(), one.issues.end(), std::back_inserter(all.issues));
      std::move(one.errors.begin(), one.errors.end(), std::back_inserter(all.errors));
      if (all.ok && !one.ok) {
        all.ok = false;
        all.error = one.error;
        all.request_id = one.request_id;
      }
    }
    return all;
  }

  Result<void> finish(const Delivered& delivered, bool outer) {
    result_.ok = delivered.ok;
    result_.error = delivered.error;
    if (!delivered.request_id.empty() && !delivered.ok) {
      result_.error.help += fmt::format("{}Our request number for the payer's help desk: {}.",
                                        result_.error.help.empty() ? "" : " ", delivered.request_id);
    }
    std::vector<fhir::MemberRequest> requests;
    for (const auto* member : fresh()) requests.push_back(member->request);
    result_.refusals = explain_refusal(delivered, requests, outer);
    return report_known();
  }

  // The cases of the home's members as the ledger has them now.
  Result<void> report_known() {
    const auto batches = ledger_.batches_of_home(plan_.profile.name, plan_.home_id);
    if (!batches) return tl::make_unexpected(batches.error());
    for (const auto& member : plan_.members) {
      const ledger::CaseRecord* latest = nullptr;
      for (const auto& batch : *batches) {
        for (const auto& record : batch.members) {
          const bool is_it = member.earlier ? record.id == member.earlier->id : record.label == member.label;
          if (is_it) latest = &record;
        }
      }
      if (latest == nullptr) continue;
      result_.cases.push_back({latest->label, latest->case_id, latest->claim_identifier, latest->delivery,
                               latest->status, latest->expected_by, latest->flag});
      if (!result_.sent) {
        result_.batch_id = latest->batch_id;
        for (const auto& batch : *batches) {
          if (batch.batch_id == latest->batch_id) result_.mode = batch.mode;
        }
      }
    }
    return {};
  }

  const Services& services_;
  SubmitResult& result_;
  HomePlan& plan_;
  ledger::Ledger& ledger_;
};

// Earlier submissions of this home whose outcome is unknown are settled before anything new is built.
Result<bool> settle_first(Session& session, const Services& services, ledger::Ledger& ledger, SubmitResult& result) {
  auto settled = settle(session, services, ledger, result.plan.now, {false, result.plan.home_id});
  if (!settled) return tl::make_unexpected(settled.error());
  result.settled = std::move(*settled);
  for (const auto& one : result.settled) {
    if (one.how != Settled::How::absent && one.how != Settled::How::unknown) continue;
    result.ok = false;
    result.error = one.error;
    return false;
  }
  return true;
}

}  // namespace

bool SubmitResult::partly_accepted() const {
  const auto accepted = std::count_if(cases.begin(), cases.end(),
                                      [](const auto& one) { return one.delivery == model::Delivery::accepted; });
  return accepted > 0 && accepted < static_cast<std::ptrdiff_t>(cases.size());
}

bool runs_past_midnight(const model::PayerProfile& profile, Instant now, std::size_t members) {
  const payer::Limits limits = payer::limits_of(profile);
  const auto needed = std::chrono::ceil<std::chrono::seconds>(
      2 * (limits.base + limits.per_member * static_cast<std::int64_t>(members)));
  return model::maine_date(now + needed - std::chrono::seconds(1)) != model::maine_date(now);
}

Result<SubmitResult> submit(const Services& services, const CheckSettings& settings, const std::string& path) {
  auto plan = prepare(services, {settings, Effect::moves_clock}, path);
  if (!plan) return tl::make_unexpected(plan.error());
  SubmitResult result;
  result.plan = std::move(*plan);
  if (result.plan.checked.has_errors()) {
    result.ok = false;
    return result;
  }
  auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  auto ledger = open_ledger(services, *vault, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());

  CommandClock clock(services.clock, result.plan.now);
  std::unique_ptr<Session> session;
  const auto connect = [&]() -> Result<void> {
    if (session) return {};
    auto opened = Session::open(services, result.plan.profile, *vault, clock);
    if (!opened) return tl::make_unexpected(opened.error());
    session = std::move(*opened);
    return {};
  };

  const auto unsettled = has_unsettled(**ledger, result.plan.profile.name, result.plan.home_id);
  if (!unsettled) return tl::make_unexpected(unsettled.error());
  if (*unsettled) {
    if (auto connected = connect(); !connected) return tl::make_unexpected(connected.error());
    auto settled = settle_first(*session, services, **ledger, result);
    if (!settled) return tl::make_unexpected(settled.error());
    if (!*settled) return result;
  }
  Submission submission(services, result, **ledger);
  auto to_send = submission.prepare();
  if (!to_send) return tl::make_unexpected(to_send.error());
  if (!*to_send) return result;
  if (auto connected = connect(); !connected) return tl::make_unexpected(connected.error());
  if (auto sent = submission.send(*session); !sent) return tl::make_unexpected(sent.error());
  return result;
}

}  // namespace atz::app
