#include "sandbox/case_state.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;
using model::CaseStatus;

constexpr std::array<std::string_view, 5> kPhases = {"", "to-call", "callback", "letter", "disputed"};

Json number_of(model::Date date) {
  return date.time_since_epoch().count();
}
model::Date date_of(const Json& json) {
  return model::Date(std::chrono::days(json.get<std::int64_t>()));
}

Json json_of(const Ask& ask) {
  Json json = {
      {"first", number_of(ask.period.first)}, {"last", number_of(ask.period.last)}, {"quantity", ask.quantity}};
  if (ask.hours) json["quarters"] = ask.hours->quarters;
  return json;
}

Ask ask_of(const Json& json) {
  Ask ask;
  ask.period = {date_of(json.at("first")), date_of(json.at("last"))};
  ask.quantity = json.at("quantity").get<std::int64_t>();
  if (json.contains("quarters")) ask.hours = model::Hours{json["quarters"].get<std::int64_t>()};
  return ask;
}

Json json_of(const Ruling& ruling) {
  Json json = {{"action", ruling.action}, {"number", ruling.authorization_number}};
  if (ruling.authorized) {
    json["first"] = number_of(ruling.authorized->first);
    json["last"] = number_of(ruling.authorized->last);
  }
  if (ruling.issued) json["issued"] = number_of(*ruling.issued);
  if (ruling.hours) json["quarters"] = ruling.hours->quarters;
  return json;
}

Ruling ruling_of(const Json& json) {
  Ruling ruling;
  ruling.action = json.at("action").get<std::string>();
  ruling.authorization_number = json.at("number").get<std::string>();
  if (json.contains("first")) ruling.authorized = model::DateSpan{date_of(json["first"]), date_of(json.at("last"))};
  if (json.contains("issued")) ruling.issued = date_of(json["issued"]);
  if (json.contains("quarters")) ruling.hours = model::Hours{json["quarters"].get<std::int64_t>()};
  return ruling;
}

}  // namespace

std::string LineState::words() const {
  return modifiers.empty() ? code : code + " " + join(modifiers, " ");
}

std::string to_json(const LineState& line) {
  Json json = {{"chain", line.chain},
               {"sequence", line.sequence},
               {"round", line.round},
               {"purpose", model::to_string(line.purpose)},
               {"code", line.code},
               {"modifiers", line.modifiers},
               {"status", model::to_string(line.status)},
               {"ask", json_of(line.ask)},
               {"ruling", json_of(line.ruling)}};
  if (line.former_ask) json["former_ask"] = json_of(*line.former_ask);
  if (line.former_ruling) json["former_ruling"] = json_of(*line.former_ruling);
  return json.dump();
}

std::optional<LineState> line_from_json(std::string_view text) try {
  const Json json = Json::parse(text);
  LineState line;
  line.chain = json.at("chain").get<int>();
  line.sequence = json.at("sequence").get<int>();
  line.round = json.at("round").get<int>();
  line.purpose = model::purpose(json.at("purpose").get<std::string>()).value_or(model::Purpose::first);
  line.code = json.at("code").get<std::string>();
  line.modifiers = json.at("modifiers").get<std::vector<std::string>>();
  line.status = model::case_status(json.at("status").get<std::string>()).value_or(CaseStatus::unknown);
  line.ask = ask_of(json.at("ask"));
  line.ruling = ruling_of(json.at("ruling"));
  if (json.contains("former_ask")) line.former_ask = ask_of(json["former_ask"]);
  if (json.contains("former_ruling")) line.former_ruling = ruling_of(json["former_ruling"]);
  return line;
} catch (const Json::exception&) {
  return std::nullopt;
}

std::string_view to_string(Phase phase) {
  return kPhases.at(static_cast<std::size_t>(phase));
}

Phase phase(std::string_view word) {
  const auto* const found = std::find(kPhases.begin(), kPhases.end(), word);
  return found == kPhases.end() ? Phase::none : static_cast<Phase>(found - kPhases.begin());
}

bool CaseState::is_termination() const {
  return !lines.empty() && lines.front().purpose == model::Purpose::termination;
}

bool CaseState::has_open_line() const {
  return std::any_of(lines.begin(), lines.end(), [](const LineState& line) { return line.is_open(); });
}

int CaseState::last_chain() const {
  int last = 0;
  for (const LineState& line : lines) last = std::max(last, line.chain);
  return last;
}

LineState* CaseState::line(int chain, int sequence) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const LineState& line) {
    return line.chain == chain && line.sequence == sequence;
  });
  return found == lines.end() ? nullptr : &*found;
}

CaseStatus overall(const std::vector<const LineState*>& lines) {
  std::vector<CaseStatus> statuses;
  for (const LineState* line : lines) statuses.push_back(line->status);
  const auto any = [&](CaseStatus status) {
    return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
  };
  if (any(CaseStatus::info_requested)) return CaseStatus::info_requested;
  if (any(CaseStatus::in_review)) return CaseStatus::in_review;
  std::erase(statuses, CaseStatus::voided);
  if (statuses.empty()) return CaseStatus::voided;
  const bool alike =
      std::all_of(statuses.begin(), statuses.end(), [&](CaseStatus status) { return status == statuses.front(); });
  return alike ? statuses.front() : CaseStatus::partially_approved;
}

void settle(CaseState& state, const std::vector<Question>& questions) {
  std::vector<const LineState*> all;
  for (LineState& line : state.lines) {
    const bool asked = std::any_of(questions.begin(), questions.end(), [&](const Question& question) {
      return question.state == Question::State::open && question.chain == line.chain &&
             (!question.line || *question.line == line.sequence);
    });
    if (line.is_open()) {
      line.status = asked ? CaseStatus::info_requested : CaseStatus::in_review;
    } else {
      const std::string& action = line.ruling.action;
      line.status = action == "A1"   ? CaseStatus::approved
                    : action == "A6" ? CaseStatus::partially_approved
                    : action == "A3" ? CaseStatus::denied
                                     : CaseStatus::voided;
    }
    all.push_back(&line);
  }
  state.status = overall(all);
}

std::vector<const LineState*> current_request(const CaseState& state) {
  std::vector<const LineState*> lines;
  int last = 0;
  for (const LineState& line : state.lines) {
    if (line.is_open()) lines.push_back(&line);
    last = std::max(last, line.round);
  }
  if (!lines.empty()) return lines;
  for (const LineState& line : state.lines) {
    if (line.round == last) lines.push_back(&line);
  }
  return lines;
}

const LineState* running_line(const CaseState& state, std::optional<model::Date> day) {
  const LineState* found = nullptr;
  const auto better = [&](const LineState& line) {
    if (found == nullptr) return true;
    const bool holds = day && line.ruling.authorized->contains(*day);
    const bool held = day && found->ruling.authorized->contains(*day);
    if (holds != held) return holds;
    if (holds && line.round != found->round) return line.round > found->round;  // a change takes the place
    return line.ruling.authorized->last > found->ruling.authorized->last;
  };
  for (const LineState& line : state.lines) {
    if (line.is_base() && line.is_granted() && line.ruling.authorized && better(line)) found = &line;
  }
  return found;
}

}  // namespace atz::sandbox
