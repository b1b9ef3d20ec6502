#include "atz/app/deliver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/bundle_mode.hpp"
#include "app/match.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/withhold.hpp"

namespace atz::app {
namespace {

using Fate = payer::Exchange::Fate;

constexpr std::array kReplayWaits = {std::chrono::seconds(2), std::chrono::seconds(8), std::chrono::seconds(30)};

void set_all(Delivered& result, const std::vector<Expected>& members, model::Delivery delivery,
             const std::string& flag) {
  result.outcomes.clear();
  for (const auto& member : members) {
    ledger::MemberOutcome outcome;
    outcome.label = member.label;
    outcome.delivery = delivery;
    outcome.flag = flag;
    result.outcomes.push_back(std::move(outcome));
  }
}

Delivered failed(const std::vector<Expected>& members, model::Delivery delivery, Error error) {
  Delivered result;
  set_all(result, members, delivery, error.message);
  result.error = std::move(error);
  result.ok = false;
  return result;
}

Delivered unknown(const std::vector<Expected>& members, std::string message) {
  return failed(members, model::Delivery::unknown,
                {Failure::unknown_outcome, std::move(message),
                 "Run `atz recover`: it asks the payer what arrived. Nothing is sent twice."});
}

// The payer's words, without the full stop, for the middle of a sentence of ours.
std::string inside_sentence(const std::string& text) {
  std::string words = printable(text);
  while (words.ends_with('.')) words.pop_back();
  return words;
}

// The answer must be about the message that we sent: a mix-up between members is a hard stop.
bool is_answer_to(const fhir::CaseReply& reply, const Expected& member) {
  if (!reply.claim_identifier.empty() && reply.claim_identifier != member.claim_identifier) return false;
  if (reply.claim_identifier.empty() &&
      (member.claim_url.empty() || !reply.request_reference.ends_with(member.claim_url))) {
    return false;
  }
  return reply.patient_member_id.empty() || reply.patient_member_id == member.member_id;
}

bool is_called_duplicate(const std::vector<fhir::Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(), [](const fhir::Issue& issue) { return issue.code == "duplicate"; });
}

// One call's answer that carries a status and perhaps a reply.
void take_entry(Delivered& result, const Expected& member, const fhir::EntryReply& entry) {
  ledger::MemberOutcome outcome;
  outcome.label = member.label;
  std::vector<fhir::BusinessError> errors;
  if (entry.reply && !is_answer_to(*entry.reply, member)) {
    outcome.delivery = model::Delivery::unknown;
    outcome.flag = "the answer is about another request";
  } else if (entry.reply && entry.reply->refused) {
    errors = entry.reply->errors;
    const bool duplicate = says_duplicate(errors);
    outcome.delivery = duplicate ? model::Delivery::unknown : model::Delivery::refused;
    if (duplicate) outcome.flag = "the payer calls it a duplicate";
    if (!errors.empty() && outcome.flag.empty()) outcome.flag = errors.front().text;
  } else if (entry.reply && is_doubtful(*entry.reply)) {
    outcome.delivery = model::Delivery::unknown;
    outcome.flag = entry.reply->flag;
  } else if (entry.reply) {
    outcome = to_outcome(member.label, *entry.reply, member.lines);
  } else {
    const bool refused = entry.http_status / 100 == 4 && entry.http_status != 408 && entry.http_status != 409 &&
                         !is_called_duplicate(entry.issues);
    outcome.delivery = refused ? model::Delivery::refused : model::Delivery::unknown;
    outcome.flag =
        entry.issues.empty() ? fmt::format("HTTP {} for this member", entry.http_status) : entry.issues.front().text;
    result.issues.insert(result.issues.end(), entry.issues.begin(), entry.issues.end());
  }
  result.errors.push_back(std::move(errors));
  result.outcomes.push_back(std::move(outcome));
}

void summarise(Delivered& result) {
  const auto count = [&](model::Delivery delivery) {
    return std::count_if(result.outcomes.begin(), result.outcomes.end(),
                         [&](const auto& outcome) { return outcome.delivery == delivery; });
  };
  const auto accepted = count(model::Delivery::accepted);
  const auto lost = count(model::Delivery::unknown);
  if (accepted == static_cast<std::ptrdiff_t>(result.outcomes.size())) return;
  result.ok = false;
  if (lost > 0) {
    result.error = {Failure::unknown_outcome, "The payer's answer can't be trusted for every member.",
                    "Run `atz recover`: it asks the payer what arrived."};
  } else {
    result.error = {
        Failure::refused,
        accepted > 0 ? "The payer accepted some members and refused others." : "The payer refused the request.", ""};
  }
}

// What the person who sent it, or who set the payer up, can do about a refusal.
std::string help_for(int status, const std::vector<fhir::Issue>& issues, const model::PayerProfile& profile,
                     std::size_t body_size, bool outer) {
  const bool too_many = std::any_of(issues.begin(), issues.end(), [](const fhir::Issue& issue) {
    return issue.code == "too-costly" || issue.code == "too-long";
  });
  if (too_many && outer) {
    return "The payer takes fewer members in one request: ask how many, and write that to limits.members in the "
           "profile.";
  }
  switch (status) {
    case 404:
    case 405:
      return "Check base_url in the profile; `atz profile test` tells what this payer offers.";
    case 406:
    case 415:
      return "The payer takes no FHIR JSON here: check base_url in the profile.";
    case 413: {
      std::string help =
          fmt::format("The request has {} bytes, more than the payer takes: attach smaller documents", body_size);
      if (outer && profile.allow_partial) help += ", or send the members one by one (bundle_mode: single)";
      return help + ". With limits.bytes in the profile atz finds that out before it sends.";
    }
    default:
      return {};
  }
}

Delivered take_answer(Session& session, const payer::Exchange& answer, bool outer, std::string_view body,
                      const std::vector<Expected>& members) {
  const int status = answer.http_status;
  fhir::Discretion discretion;
  discretion.add_request(body);
  if (status == 200 || status == 201) {
    std::vector<fhir::EntryReply> entries;
    if (outer) {
      auto read = fhir::read_outer_reply(answer.body, members.size(), session.profile());
      if (!read)
        return unknown(members, "The payer answered something that atz does not understand: " + read.error().message);
      entries = std::move(*read);
    } else {
      auto read = fhir::read_submit_reply(status, answer.body, session.profile());
      if (!read)
        return unknown(members, "The payer answered something that atz does not understand: " + read.error().message);
      entries.push_back(std::move(*read));
    }
    Delivered result;
    for (std::size_t i = 0; i < members.size(); ++i) {
      discretion.clean(entries[i]);
      take_entry(result, members[i], entries[i]);
    }
    summarise(result);
    return result;
  }
  auto issues = fhir::read_outcome(answer.body);
  discretion.clean(issues);
  const std::string first = issues.empty() ? std::string() : ": " + inside_sentence(issues.front().text);
  if (status == 401 || status == 403) {
    return failed(members, model::Delivery::refused,
                  {Failure::sign_in, fmt::format("The payer does not let us submit (HTTP {}){}", status, first),
                   "Check the profile's client and scope."});
  }
  if (status == 429) {
    std::string help = "Run the same command again later.";
    if (answer.retry_after.count() > 0)
      help = fmt::format("The payer asks to wait {} s; run the same command again after that.",
                         answer.retry_after.count());
    return failed(members, model::Delivery::refused,
                  {Failure::temporary, "The payer is busy (HTTP 429); nothing was accepted", std::move(help)});
  }
  if (status == 409 || is_called_duplicate(issues)) {
    return unknown(members, fmt::format("The payer says that it has this request already (HTTP {}){}", status, first));
  }
  if (status / 100 == 4 && status != 408) {
    auto result =
        failed(members, model::Delivery::refused,
               {Failure::refused,
                fmt::format("The payer refused the request (HTTP {}); nothing was accepted for anyone", status),
                help_for(status, issues, session.profile(), body.size(), outer)});
    result.try_other_mode = outer && refuses_mode(status, issues);
    result.issues = std::move(issues);
    return result;
  }
  if (status == 501) {
    auto result = failed(members, model::Delivery::refused,
                         {Failure::refused, "The payer does not offer this kind of request (HTTP 501)", ""});
    result.try_other_mode = outer && refuses_mode(status, issues);
    return result;
  }
  auto result = unknown(
      members, fmt::format("The payer answered HTTP {}{}; the request may or may not have arrived", status, first));
  if (status / 100 == 3)
    result.error.help += " Nobody is sent on to another address: base_url in the profile may be out of date.";
  return result;
}

// Whether an answer to repeated bytes also says what became of the first try: a payer where replay is safe would have
// repeated its acceptance.
bool settles(const payer::Exchange& answer) {
  if (answer.fate != Fate::answered) return false;
  return answer.http_status == 200 || answer.http_status == 201 || answer.http_status == 400 ||
         answer.http_status == 422;
}

// Every line denied, and every time because the same was asked for before.
bool is_denied_as_duplicate(const fhir::CaseReply& reply) {
  constexpr const char* kDuplicateRequest = "0Q";
  return !reply.lines.empty() && std::all_of(reply.lines.begin(), reply.lines.end(), [&](const auto& line) {
    return line.action == model::ReviewAction::denied &&
           std::any_of(line.reasons.begin(), line.reasons.end(),
                       [&](const auto& reason) { return reason.code == kDuplicateRequest; });
  });
}

}  // namespace

bool says_duplicate(const std::vector<fhir::BusinessError>& errors) {
  return std::any_of(errors.begin(), errors.end(), [](const auto& error) { return error.reject_code == "91"; });
}

std::vector<int> sequences_of(const ledger::CaseRecord& record) {
  std::vector<int> sequences;
  for (const auto& line : record.lines) sequences.push_back(line.asked.sequence);
  return sequences;
}

ledger::MemberOutcome to_outcome(const std::string& label, const fhir::CaseReply& whole,
                                 const std::vector<int>& lines) {
  const fhir::CaseReply reply = fhir::about_lines(whole, lines);
  ledger::MemberOutcome outcome;
  outcome.label = label;
  outcome.delivery = model::Delivery::accepted;
  outcome.case_id = reply.case_id;
  outcome.status = reply.status;
  outcome.lines = reply.lines;
  for (const auto& note : reply.notes) outcome.notes.push_back(note.text);
  outcome.requests = reply.requests;
  outcome.flag = reply.flag;
  if (outcome.flag.empty() && is_denied_as_duplicate(reply)) outcome.flag = "the payer calls it a duplicate";
  return outcome;
}

Delivered deliver(Session& session, const Services& services, std::string_view body, bool outer,
                  const std::vector<Expected>& members, bool sent_before) {
  const std::string path = outer ? "" : "Claim/$submit";
  bool may_have_arrived = sent_before;  // an earlier try of these bytes ended without a trusted answer
  for (std::size_t attempt = 0;; ++attempt) {
    const payer::Exchange answer = session.client().post(path, body, members.size());
    Delivered result;
    if (answer.fate == Fate::answered) {
      result = take_answer(session, answer, outer, body, members);
    } else if (answer.fate == Fate::not_sent) {
      result = failed(members, model::Delivery::refused, answer.error);
      result.error.failure = answer.error.failure == Failure::sign_in ? Failure::sign_in : Failure::temporary;
    } else {
      result = unknown(members, answer.error.message);
    }
    if (may_have_arrived && !result.ok && !settles(answer)) {
      result = unknown(members, "An earlier try may have arrived, and then: " + result.error.message);
    }
    result.request_id = answer.request_id;
    for (auto& outcome : result.outcomes) outcome.raw_reply = answer.body;
    const bool lost = !result.ok && result.error.failure == Failure::unknown_outcome;
    // A conflict would repeat itself, and of one who is not available enough was asked already.
    const bool pointless = answer.http_status == 409 || answer.http_status == 503;
    if (!lost || pointless || !session.profile().replay_safe || attempt >= kReplayWaits.size() ||
        services.cancelled()) {
      return result;
    }
    may_have_arrived = true;
    services.note(
        fmt::format("No trusted answer: {}. Sending the same bytes again in {} s, which this payer calls safe.",
                    result.error.message, kReplayWaits[attempt].count()));
    services.clock.sleep_for(kReplayWaits[attempt]);
  }
}

}  // namespace atz::app
