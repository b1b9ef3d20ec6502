// Requests that open a case.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/checks.hpp"
#include "sandbox/intake.hpp"
#include "sandbox/refusal.hpp"
#include "sandbox/termination.hpp"

namespace atz::sandbox {

constexpr std::string_view kTermination = "smi-termination";

Result<Taken> Intake::take_first(const std::string& client, const Incoming& incoming) {
  const fhir::ReceivedRequest& request = incoming.request;
  const model::Date today = model::maine_date(clock_.now());
  const bool ends_service = request.request_kind == kTermination;
  Errors errors;
  if (ends_service) {
    errors = check_termination(incoming, today, payer_);
  } else if (!rules_.tolerant) {
    errors = check_request(incoming, today, payer_);
  }
  if (auto checked = check_member(incoming, errors); !checked) return tl::make_unexpected(checked.error());
  if (!rules_.tolerant) {
    if (auto checked = check_duplicates(client, incoming, errors); !checked) {
      return tl::make_unexpected(checked.error());
    }
  }
  if (!errors.empty()) return refused(request, std::move(errors));
  auto opened = open_case(client, request);
  if (!opened) return tl::make_unexpected(opened.error());
  if (ends_service) {
    if (auto begun = begin_calling(office(), *opened); !begun) return tl::make_unexpected(begun.error());
  }
  if (auto followed = follow_script(*opened, std::vector(opened->state.lines)); !followed) {
    return tl::make_unexpected(followed.error());
  }
  Taken taken;
  taken.case_id = opened->state.case_id;
  taken.body = fhir::write_submit_reply(request, answer_of(*opened, 1, request), payer_);
  return taken;
}

Result<void> Intake::check_member(const Incoming& incoming, Errors& errors) {
  const fhir::ReceivedRequest& request = incoming.request;
  const auto member = store_.member(request.member_id);
  if (!member) return tl::make_unexpected(member.error());
  const std::string patient = entry_path(incoming, request.patient_url);
  if (rules_.listed_only && (!*member || !(*member)->listed)) {
    errors.push_back(
        refusal("75", "This payer has no member with that ID.", "2010C-NM109", patient + ".identifier[0].value"));
    return {};
  }
  if (!*member) return {};
  if (!request.born.empty() && (*member)->born != request.born) {
    errors.push_back(
        refusal("71", "The birth date is not that of the member with this ID.", "2010C-DMG02", patient + ".birthDate"));
  }
  if (!request.last.empty() && to_lower(trim((*member)->last)) != to_lower(trim(request.last))) {
    errors.push_back(refusal("65", "The last name is not that of the member with this ID.", "2010C-NM103",
                             patient + ".name[0].family"));
  }
  return {};
}

Result<void> Intake::check_duplicates(const std::string& client, const Incoming& incoming, Errors& errors) {
  if (incoming.request.request_kind == kTermination) return check_open_termination(client, incoming, errors);
  for (const fhir::ReceivedLine& line : incoming.request.lines) {
    const auto other = store_.overlapping(client, incoming.request.member_id, line);
    if (!other) return tl::make_unexpected(other.error());
    if (!*other) continue;
    errors.push_back(refusal("91", fmt::format("Case {} already covers this service on some of these days.", **other),
                             "2000F-DTP03", item_path(incoming, line.sequence) + ".servicedPeriod", line.sequence));
  }
  return {};
}

// Leave to end a service is asked for once: whatever the days.
Result<void> Intake::check_open_termination(const std::string& client, const Incoming& incoming, Errors& errors) {
  for (const fhir::ReceivedLine& line : incoming.request.lines) {
    const auto cases = store_.find_by_line(client, incoming.request.member_id, line.code, std::nullopt);
    if (!cases) return tl::make_unexpected(cases.error());
    for (const std::string& id : *cases) {
      const auto state = store_.state(id);
      if (!state) return tl::make_unexpected(state.error());
      if (!*state || !(*state)->is_termination() || !(*state)->has_open_line()) continue;
      errors.push_back(refusal("91", fmt::format("Case {} asks for the same and is not decided yet.", id),
                               "2000F-SV101-02", item_path(incoming, line.sequence), line.sequence));
    }
  }
  return {};
}

Result<FullCase> Intake::open_case(const std::string& client, const fhir::ReceivedRequest& request) {
  auto case_id = store_.next_case_id();
  if (!case_id) return tl::make_unexpected(case_id.error());
  Origin origin = origin_of(request);
  FullCase full;
  CaseState& state = full.state;
  state.case_id = std::move(*case_id);
  state.client = client;
  state.home_id = std::move(origin.home_id);
  state.label = std::move(origin.label);
  state.batch = request.batch;
  state.npi = request.provider_npi;
  state.received = clock_.now();
  for (const fhir::ReceivedLine& line : request.lines) {
    state.lines.push_back(line_of(line));
    if (request.request_kind == kTermination) {
      state.lines.back().purpose = model::Purpose::termination;
    } else if (is_add_on(line)) {
      state.lines.back().purpose = model::Purpose::add_on;
    }
  }
  settle(state, {});
  if (auto added = store_.add_case(state, request); !added) return tl::make_unexpected(added.error());
  full.requests.push_back(request);

  if (auto enrolled = enroll(client, request); !enrolled) return tl::make_unexpected(enrolled.error());
  return full;
}

// Members are known from their first request on.
Result<void> Intake::enroll(const std::string& client, const fhir::ReceivedRequest& request) {
  const auto member = store_.member(request.member_id);
  if (!member) return tl::make_unexpected(member.error());
  if (!*member || (*member)->patient_json.empty()) {
    MemberRecord record;
    record.id = request.member_id;
    record.last = request.last;
    record.first = request.first;
    record.born = request.born;
    record.gender = request.gender;
    if (*member) record = **member;
    record.patient_json = request.patient_json;
    record.client = client;
    return store_.save_member(record);
  }
  return {};
}

}  // namespace atz::sandbox
