#include "ledger/codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace atz::ledger {

namespace {

using model::ReviewAction;

struct ActionWord {
  ReviewAction action;
  std::string_view word;
};

// These words are on users' disks: never change one.
constexpr std::array kActionWords{
    ActionWord{ReviewAction::certified, "certified"},
    ActionWord{ReviewAction::partly_certified, "partly_certified"},
    ActionWord{ReviewAction::denied, "denied"},
    ActionWord{ReviewAction::pended, "pended"},
    ActionWord{ReviewAction::upheld, "upheld"},
    ActionWord{ReviewAction::modified, "modified"},
    ActionWord{ReviewAction::cancelled, "cancelled"},
    ActionWord{ReviewAction::contact_payer, "contact_payer"},
    ActionWord{ReviewAction::no_action_required, "no_action_required"},
    ActionWord{ReviewAction::other, "other"},
};

std::string_view word_of(std::optional<ReviewAction> action) {
  if (!action) return "";
  const auto* found = std::find_if(kActionWords.begin(), kActionWords.end(),
                                   [&](const ActionWord& row) { return row.action == *action; });
  return found->word;
}

// False for a word that no version up to this one has written.
bool action_of(std::string_view word, std::optional<ReviewAction>& action) {
  if (word.empty()) return true;
  const auto* found =
      std::find_if(kActionWords.begin(), kActionWords.end(), [&](const ActionWord& row) { return row.word == word; });
  if (found == kActionWords.end()) return false;
  action = found->action;
  return true;
}

std::optional<std::int64_t> quarters(const std::optional<model::Hours>& hours) {
  return hours ? std::optional(hours->quarters) : std::nullopt;
}

std::optional<model::Hours> hours_of(std::optional<std::int64_t> quarters) {
  return quarters ? std::optional(model::Hours{*quarters}) : std::nullopt;
}

std::int64_t days(model::Date date) {
  return date.time_since_epoch().count();
}

model::Date date_of(std::int64_t days) {
  return model::Date{std::chrono::days{static_cast<std::chrono::days::rep>(days)}};
}

std::optional<model::DateSpan> read_span(Unpacker& from) {
  const auto first = from.number();
  const auto last = from.number();
  if (!first || !last) return std::nullopt;
  return model::DateSpan{date_of(*first), date_of(*last)};
}

}  // namespace

Packer& Packer::text(std::string_view value) {
  packed_ += std::to_string(value.size());
  packed_ += ':';
  packed_ += value;
  packed_ += ',';
  return *this;
}

Packer& Packer::number(std::optional<std::int64_t> value) {
  return text(value ? std::to_string(*value) : "");
}

Packer& Packer::list(const std::vector<std::string>& values) {
  Packer inner;
  for (const auto& value : values) inner.text(value);
  return text(inner.take());
}

std::string Unpacker::text() {
  if (!ok_ || rest_.empty()) return {};
  std::size_t size = 0;
  const char* end = rest_.data() + rest_.size();
  const auto [after, code] = std::from_chars(rest_.data(), end, size);
  const auto left = static_cast<std::size_t>(end - after);  // ":", the bytes, ","
  ok_ = code == std::errc() && left >= 2 && size <= left - 2 && *after == ':' && after[size + 1] == ',';
  if (!ok_) return {};
  std::string value(after + 1, size);
  rest_.remove_prefix(rest_.size() - left + size + 2);
  return value;
}

std::optional<std::int64_t> Unpacker::number() {
  const std::string digits = text();
  if (digits.empty()) return std::nullopt;
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [after, code] = std::from_chars(digits.data(), end, value);
  if (code != std::errc() || after != end) {
    ok_ = false;
    return std::nullopt;
  }
  return value;
}

std::vector<std::string> Unpacker::list() {
  const std::string packed = text();
  Unpacker inner(packed);
  std::vector<std::string> values;
  while (inner.ok() && !inner.at_end()) values.push_back(inner.text());
  ok_ = ok_ && inner.ok();
  return values;
}

std::string encode_asked(const LineIntent& line) {
  return Packer()
      .list(line.modifiers)
      .number(days(line.period.first))
      .number(days(line.period.last))
      .number(line.units)
      .number(quarters(line.weekly_hours))
      .take();
}

bool decode_asked(std::string_view packed, LineIntent& line) {
  Unpacker from(packed);
  line.modifiers = from.list();
  line.period = read_span(from).value_or(model::DateSpan{});
  line.units = from.number().value_or(0);
  line.weekly_hours = hours_of(from.number());
  return from.ok();
}

std::string encode_decision(const model::LineDecision& decision) {
  std::vector<std::string> reasons;
  for (const auto& reason : decision.reasons) {
    reasons.push_back(reason.code);
    reasons.push_back(reason.text);
  }
  const auto& period = decision.period;
  return Packer()
      .text(word_of(decision.action))
      .text(decision.action_code)
      .text(decision.authorization_number)
      .number(quarters(decision.weekly_hours))
      .text(decision.weekly_hours_text)
      .number(decision.units)
      .number(period ? std::optional(days(period->first)) : std::nullopt)
      .number(period ? std::optional(days(period->last)) : std::nullopt)
      .list(reasons)
      .number(decision.decided_on ? std::optional(days(*decision.decided_on)) : std::nullopt)
      .take();
}

bool decode_decision(std::string_view packed, model::LineDecision& decision) {
  Unpacker from(packed);
  const bool known = action_of(from.text(), decision.action);
  decision.action_code = from.text();
  decision.authorization_number = from.text();
  decision.weekly_hours = hours_of(from.number());
  decision.weekly_hours_text = from.text();
  decision.units = from.number();
  decision.period = read_span(from);
  const auto reasons = from.list();
  for (std::size_t i = 0; i + 1 < reasons.size(); i += 2) decision.reasons.push_back({reasons[i], reasons[i + 1]});
  if (const auto day = from.number()) decision.decided_on = date_of(*day);
  return known && from.ok();
}

bool says_nothing(const model::LineDecision& decision) {
  return encode_decision(decision) == encode_decision(model::LineDecision{});
}

static std::string encode_request(const model::InformationRequest& request) {
  return Packer()
      .text(request.control_number)
      .text(request.kind_code)
      .text(request.kind_text)
      .text(request.code)
      .text(request.text)
      .number(request.line)
      .number(request.due ? std::optional(days(*request.due)) : std::nullopt)
      .number(request.by_attachment ? 1 : 0)
      .text(request.url)
      .take();
}

static bool decode_request(std::string_view packed, model::InformationRequest& request) {
  Unpacker from(packed);
  for (std::string* field :
       {&request.control_number, &request.kind_code, &request.kind_text, &request.code, &request.text}) {
    *field = from.text();
  }
  if (const auto line = from.number()) request.line = static_cast<int>(*line);
  if (const auto due = from.number()) request.due = date_of(*due);
  request.by_attachment = from.number().value_or(0) != 0;
  request.url = from.text();
  return from.ok();
}

std::string encode_remarks(const Remarks& remarks) {
  std::vector<std::string> requests;
  for (const auto& request : remarks.requests) requests.push_back(encode_request(request));
  return Packer().text(remarks.flag).list(remarks.notes).list(requests).take();
}

bool decode_remarks(std::string_view packed, Remarks& remarks) {
  Unpacker from(packed);
  remarks.flag = from.text();
  remarks.notes = from.list();
  bool read = true;
  for (const auto& packed_request : from.list()) {
    read = decode_request(packed_request, remarks.requests.emplace_back()) && read;
  }
  return read && from.ok();
}

std::string encode_identity(const MemberIntent& member) {
  return Packer()
      .text(member.member_id)
      .text(member.last)
      .text(member.first)
      .text(member.born)
      .text(member.gender)
      .text(member.provider_npi)
      .text(member.provider_name)
      .take();
}

bool decode_identity(std::string_view packed, CaseIdentity& identity) {
  Unpacker from(packed);
  for (std::string* field : {&identity.member_id, &identity.last, &identity.first, &identity.born, &identity.gender,
                             &identity.provider_npi, &identity.provider_name}) {
    *field = from.text();
  }
  return from.ok();
}

}  // namespace atz::ledger
