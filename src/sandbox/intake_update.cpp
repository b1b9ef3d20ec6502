// Messages about a case that there is: extensions, add-ons, withdrawals, papers and answers.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/checks.hpp"
#include "sandbox/decide.hpp"
#include "sandbox/intake.hpp"
#include "sandbox/questions.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

constexpr std::string_view kRelated = "Bundle.entry[0].resource.related[0]";

// What the sender says in this message, not in those before.
std::string new_words(const fhir::ReceivedRequest& request) {
  std::string words;
  for (const fhir::ReceivedMessage& message : request.messages) {
    if (request.is_update && message.change.empty()) continue;
    if (!words.empty()) words += ' ';
    words += trim(message.text);
  }
  return words;
}

bool counts(const fhir::ReceivedRequest& request, const std::string& change) {
  return !request.is_update || !change.empty();
}

std::size_t new_papers(const fhir::ReceivedRequest& request) {
  const auto is_new = [&](const auto& paper) { return counts(request, paper.change); };
  return static_cast<std::size_t>(std::count_if(request.documents.begin(), request.documents.end(), is_new) +
                                  std::count_if(request.questionnaires.begin(), request.questionnaires.end(), is_new));
}

std::vector<std::string> control_numbers(const fhir::ReceivedRequest& request) {
  std::vector<std::string> numbers;
  for (const fhir::ReceivedDocument& document : request.documents) {
    const bool is_answer = counts(request, document.change) && document.control_number.starts_with("ACN-");
    if (is_answer && std::find(numbers.begin(), numbers.end(), document.control_number) == numbers.end()) {
      numbers.push_back(document.control_number);
    }
  }
  return numbers;
}

}  // namespace

Result<std::optional<Intake::Target>> Intake::find_target(const std::string& client, const Incoming& incoming,
                                                          Errors& errors) {
  const fhir::ReceivedRequest& request = incoming.request;
  const auto nothing = [&](fhir::BusinessError error) {
    errors.push_back(std::move(error));
    return std::optional<Target>();
  };
  std::string case_id;
  Target target;
  if (request.is_update) {
    const auto round = store_.round_of_claim(client, request.prior_system, request.prior_identifier);
    if (!round) return tl::make_unexpected(round.error());
    if (!*round) {
      return nothing(refusal("AA", "This payer has no request with the number of the Claim that is to be replaced.",
                             "2000E-REF02", std::string(kRelated)));
    }
    if (!(*round)->newest && !rules_.tolerant) {
      return nothing(refusal_for_good(
          "33", fmt::format("Case {} has a newer Claim than the one that is to be replaced.", (*round)->case_id),
          "2000E-REF02", std::string(kRelated)));
    }
    case_id = (*round)->case_id;
    target.chain = (*round)->chain;
    if (!request.related_case.empty() && request.related_case != case_id) {
      return nothing(refusal_for_good("33", "The Claim that is to be replaced is of another case than the one named.",
                                      "2000E-REF02", std::string(kRelated)));
    }
  }
  for (const fhir::ReceivedLine& line : request.lines) {
    const std::string& named = line.administration_reference;
    if (named.empty()) continue;
    if (case_id.empty()) case_id = named;
    if (named != case_id) {
      return nothing(refusal_for_good("33", "The lines name different cases.", "2000F-REF02",
                                      item_path(incoming, line.sequence) + ".extension", line.sequence));
    }
  }
  const auto owned = store_.belongs_to(case_id, client, request.member_id);
  if (!owned) return tl::make_unexpected(owned.error());
  if (!*owned) {
    // A Claim of the sender's own tells whose case it is; a number alone must tell nothing.
    const std::string patient = entry_path(incoming, request.patient_url);
    return nothing(request.is_update ? refusal_for_good("72", fmt::format("Case {} is of another member.", case_id),
                                                        "2010C-NM109", patient + ".identifier[0].value")
                                     : refusal("AA", "This payer has no case of that number for this member.",
                                               "2000F-REF02", fmt::format("{}.item", kClaim)));
  }
  auto full = load(case_id);
  if (!full) return tl::make_unexpected(full.error());
  target.full = std::move(*full);
  target.continues = request.is_update;
  if (!target.continues) target.chain = target.full.state.last_chain() + 1;
  return std::optional(std::move(target));
}

Result<Taken> Intake::take_update(const std::string& client, const Incoming& incoming) {
  const fhir::ReceivedRequest& request = incoming.request;
  Errors errors;
  auto target = find_target(client, incoming, errors);
  if (!target) return tl::make_unexpected(target.error());
  if (!*target) return refused(request, std::move(errors));
  FullCase& full = (*target)->full;
  const fhir::ReceivedRequest& former = (*target)->continues ? full.request((*target)->chain) : full.newest();
  UpdatePlan plan = plan_update(incoming, {full.state, former, (*target)->chain, (*target)->continues,
                                           model::maine_date(clock_.now()), rules_.tolerant});
  errors = std::move(plan.errors);
  if (auto checked = check_member(incoming, errors); !checked) return tl::make_unexpected(checked.error());
  for (const LineChange& change : plan.changes) {
    if (change.kind == LineChange::Kind::withdraw || rules_.tolerant) continue;
    const auto other = store_.overlapping(client, request.member_id, *change.line, full.state.case_id);
    if (!other) return tl::make_unexpected(other.error());
    if (!*other) continue;
    errors.push_back(refusal("91", fmt::format("Case {} already covers this service on some of these days.", **other),
                             "2000F-DTP03", item_path(incoming, change.line->sequence) + ".servicedPeriod",
                             change.line->sequence));
  }
  if (errors.empty() && plan.changes.empty()) {
    if (auto answered = take_answers(full, request, errors); !answered) return tl::make_unexpected(answered.error());
  }
  if (!errors.empty()) return refused(request, std::move(errors));
  if (auto applied = apply(**target, plan, request); !applied) return tl::make_unexpected(applied.error());
  std::vector<LineState> asked;
  for (const LineChange& change : plan.changes) {
    const LineState& line = *full.state.line((*target)->chain, change.line->sequence);
    if (line.is_open()) asked.push_back(line);
  }
  if (auto followed = follow_script(full, asked); !followed) return tl::make_unexpected(followed.error());
  Taken taken;
  taken.case_id = full.state.case_id;
  taken.body = fhir::write_submit_reply(request, answer_of(full, (*target)->chain, request), payer_);
  return taken;
}

Result<void> Intake::apply(Target& target, const UpdatePlan& plan, const fhir::ReceivedRequest& request) {
  FullCase& full = target.full;
  CaseState& state = full.state;
  const auto before = store_.rounds(state.case_id);
  if (!before) return tl::make_unexpected(before.error());
  const Office now = office();
  std::vector<int> withdrawn;
  for (const LineChange& change : plan.changes) {
    if (change.kind == LineChange::Kind::add) {
      LineState line = line_of(*change.line);
      line.chain = target.chain;
      line.round = *before + 1;
      line.purpose = change.purpose;
      state.lines.push_back(std::move(line));
      continue;
    }
    LineState& line = *state.line(target.chain, change.line->sequence);
    line.round = *before + 1;
    if (change.kind == LineChange::Kind::change) {
      const Ask before_ask = std::exchange(line.ask, line_of(*change.line).ask);
      const Ruling before_ruling = std::exchange(line.ruling, Ruling());
      if (before_ruling.action == "A1" || before_ruling.action == "A6") {
        line.former_ask = before_ask;
        line.former_ruling = before_ruling;
      }
      line.purpose = change.purpose;
      continue;
    }
    withdrawn.push_back(line.sequence);
    line.ruling = {};
    line.ruling.action = "C";
    line.ruling.issued = now.today();
    line.former_ask.reset();
    line.former_ruling.reset();
  }
  if (auto added = store_.add_round(state, target.chain, request, now.now); !added) return added;
  if (!target.continues) {
    full.requests.push_back(request);
  } else {
    full.requests.at(static_cast<std::size_t>(target.chain - 1)) = request;
  }
  std::string said;
  if (!withdrawn.empty()) {
    state.decided = now.now;
    if (!state.has_open_line()) state.phase = Phase::none;
    if (auto closed = close_what_is_over(now, full); !closed) return closed;
    said = with_rationale("Withdrawn by the provider.", new_words(request));
  }
  if (auto kept = keep(now, full, said); !kept) return kept;
  return said.empty() ? Result<void>() : tell(now, full, said, target.chain, withdrawn);
}

// Papers that name the question which they answer; without a number they answer all that are open.
Result<void> Intake::take_answers(FullCase& full, const fhir::ReceivedRequest& request, Errors& errors) {
  const auto numbers = control_numbers(request);
  std::vector<Question*> answered;
  for (const std::string& number : numbers) {
    const auto question = std::find_if(full.questions.begin(), full.questions.end(), [&](const Question& candidate) {
      return candidate.control_number == number && candidate.state != Question::State::closed;
    });
    if (question == full.questions.end()) {
      errors.push_back(refusal_for_good("33", fmt::format("Case {} has no question {}.", full.state.case_id, number),
                                        "2000E-PWK06", fmt::format("{}.supportingInfo", kClaim)));
      continue;
    }
    answered.push_back(&*question);
  }
  if (!errors.empty()) return {};
  if (numbers.empty()) {
    for (Question& question : full.questions) {
      if (question.state == Question::State::open) answered.push_back(&question);
    }
  }
  if (answered.empty()) return take_papers(office(), full, nullptr, new_papers(request), true);
  for (Question* question : answered) {
    if (auto taken = take_papers(office(), full, question, new_papers(request), true); !taken) return taken;
  }
  const std::string words = new_words(request);
  return words.empty() ? Result<void>() : tell(office(), full, fmt::format("The provider writes: {}", words));
}

}  // namespace atz::sandbox
