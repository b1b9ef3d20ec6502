#include "sandbox/decide.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/letters.hpp"

namespace atz::sandbox {
namespace {

using Kind = LineVerdict::Kind;

// What held before, for an extension: the hours that go on when it is cut or denied.
struct Former {
  std::optional<model::Hours> hours;
  model::Date last{};
};

std::optional<Former> former_of(const CaseState& state, const LineState& line) {
  if (line.former_ruling && line.former_ask && line.former_ruling->authorized) {
    return Former{line.former_ruling->hours ? line.former_ruling->hours : line.former_ask->hours,
                  line.former_ruling->authorized->last};
  }
  const LineState* running = running_line(state, line.ask.period.first);
  if (running == nullptr) return std::nullopt;
  return Former{running->granted_hours(), running->ruling.authorized->last};
}

std::string hours_a_week(const std::optional<model::Hours>& hours) {
  return hours ? model::format_hours(*hours) + " hours a week" : std::string("as asked for");
}

class Decider {
 public:
  Decider(const Office& office, FullCase& full, const std::string& rationale)
      : office_(office), full_(full), rationale_(rationale) {}

  Result<void> take(const LineVerdict& verdict, bool one_of_many) {
    LineState* line = full_.state.line(verdict.chain, verdict.sequence);
    if (line == nullptr) {
      return fail(Failure::usage, fmt::format("Case {} has no line {}.", full_.state.case_id, verdict.sequence));
    }
    if (!line->is_open()) {
      return fail(Failure::usage,
                  fmt::format("Case {} is already decided: {}.", full_.state.case_id, model::to_string(line->status)));
    }
    const auto former = model::is_extension(line->purpose) ? former_of(full_.state, *line) : std::nullopt;
    Result<std::string> text = verdict.kind == Kind::deny ? deny(*line) : grant(*line, verdict);
    if (!text) return tl::make_unexpected(text.error());
    const bool cut =
        former && former->hours && (verdict.kind == Kind::deny || (verdict.hours && *verdict.hours < *former->hours));
    if (cut) *text += going_on(*former, verdict.kind == Kind::deny);
    if (one_of_many) *text = fmt::format("{}: {}", line->words(), *text);
    texts_.push_back(*text);
    LetterDraft& letter = letter_for(*line, verdict.kind);
    letter.lines.push_back(line->sequence);
    letter.chain = line->chain;
    if (!letter.action.empty()) letter.action += ' ';
    letter.action += *text;
    letter.keeps_services = letter.keeps_services || cut;
    return tell(office_, full_, with_rationale(*text, rationale_), line->chain, {line->sequence});
  }

  Result<void> finish() {
    full_.state.decided = office_.now;
    full_.state.phase = Phase::none;
    if (auto closed = close_what_is_over(office_, full_); !closed) return closed;
    if (auto kept = keep(office_, full_, with_rationale(join(texts_, " "), rationale_)); !kept) return kept;
    for (LetterDraft& letter : letters_) {
      letter.reason = rationale_;
      if (auto sent = send_letter(office_, full_, letter); !sent) return sent;
    }
    return {};
  }

 private:
  Result<std::string> deny(LineState& line) {
    if (trim(rationale_).empty()) return fail(Failure::usage, "A denial needs a rationale.", "Give it with --note.");
    // Of a line that was changed in place the answer says A3: only the words can tell that the former approval stands.
    const bool changed = line.former_ruling.has_value();
    line.ruling = {};
    line.ruling.action = "A3";
    line.ruling.issued = office_.today();
    line.former_ask.reset();
    line.former_ruling.reset();
    if (changed) return std::string("The change is not approved; what was approved before stands.");
    return line.purpose == model::Purpose::termination ? std::string("Not approved: the service goes on.")
                                                       : std::string("Not approved.");
  }

  Result<std::string> grant(LineState& line, const LineVerdict& verdict) {
    const model::Date today = office_.today();
    const bool ends_service = line.purpose == model::Purpose::termination;
    if (!ends_service && line.ask.period.last < today) {
      return fail(Failure::usage,
                  fmt::format("Case {}: its period ended on {}, and nothing is approved for days that have passed.",
                              full_.state.case_id, model::format_date(line.ask.period.last)),
                  "Deny it.");
    }
    if (verdict.kind == Kind::partial) {
      if (auto fits = check_part(line, verdict.hours); !fits) return tl::make_unexpected(fits.error());
    }
    std::string number = line.former_ruling ? line.former_ruling->authorization_number : std::string();
    if (number.empty()) {
      auto next = office_.store.next_authorization_number();
      if (!next) return tl::make_unexpected(next.error());
      number = std::move(*next);
    }
    line.ruling = {};
    line.ruling.action = verdict.kind == Kind::partial ? "A6" : "A1";
    line.ruling.authorization_number = std::move(number);
    line.ruling.issued = today;
    line.ruling.authorized = line.ask.period;
    if (!ends_service && !line.former_ruling) {
      line.ruling.authorized->first = std::max(line.ask.period.first, today);
    } else if (line.former_ruling && line.former_ruling->authorized) {
      line.ruling.authorized->first = line.former_ruling->authorized->first;
    }
    line.former_ask.reset();
    line.former_ruling.reset();
    if (ends_service) return leave_to_end();
    std::string text = "Approved as requested.";
    if (verdict.kind == Kind::partial) {
      line.ruling.hours = verdict.hours;
      text = fmt::format("{} instead of {}.", model::format_hours(*verdict.hours), hours_a_week(line.ask.hours));
    } else if (line.ask.hours) {
      text = fmt::format("Approved as requested, {}.", hours_a_week(line.ask.hours));
    }
    if (line.ruling.authorized->first > line.ask.period.first) {
      text += fmt::format(" Starts on {}, the day of the decision.", model::format_date(today));
    }
    return text;
  }

  Result<void> check_part(const LineState& line, const std::optional<model::Hours>& hours) {
    const std::string& case_id = full_.state.case_id;
    if (!line.ask.hours || !hours) {
      return fail(Failure::usage, fmt::format("Case {} asks for no weekly hours.", case_id),
                  "Approve or deny it as a whole.");
    }
    if (hours->quarters > 0 && *hours < *line.ask.hours) return {};
    return fail(Failure::usage,
                fmt::format("{} hours are no part of the {} that case {} asks for.", model::format_hours(*hours),
                            model::format_hours(*line.ask.hours), case_id),
                "Give fewer hours than asked for, or use approve or deny.");
  }

  [[nodiscard]] std::string leave_to_end() const {
    const auto& last_day = full_.newest().discharge_on;
    if (!last_day) return "Approved: the service may end.";
    return fmt::format("Approved: the service may end on {}.", model::format_date(*last_day));
  }

  // EX013: the former level runs on through D + 10, even beyond its end.
  [[nodiscard]] std::string going_on(const Former& former, bool denied) const {
    const auto through = model::continuation_through(office_.today(), false);
    if (denied && former.last > through) {
      return fmt::format(" The approved {} stay as they are through {}.", hours_a_week(former.hours),
                         model::format_date(former.last));
    }
    return fmt::format(" The former {} go on through {}.", hours_a_week(former.hours), model::format_date(through));
  }

  LetterDraft& letter_for(const LineState& line, Kind kind) {
    const char* name = kind == Kind::approve ? "approval" : kind == Kind::partial ? "partial approval" : "denial";
    const auto found =
        std::find_if(letters_.begin(), letters_.end(), [&](const LetterDraft& draft) { return draft.kind == name; });
    if (found != letters_.end()) return *found;
    LetterDraft& draft = letters_.emplace_back();
    draft.kind = name;
    // A refused termination takes nothing from the member: only the agency is told.
    draft.appealable = kind != Kind::approve && line.purpose != model::Purpose::termination;
    return draft;
  }

  const Office& office_;
  FullCase& full_;
  const std::string& rationale_;
  std::vector<std::string> texts_;
  std::vector<LetterDraft> letters_;
};

}  // namespace

Result<void> decide(const Office& office, FullCase& full, const std::vector<LineVerdict>& verdicts,
                    const std::string& rationale) {
  Decider decider(office, full, rationale);
  for (const LineVerdict& verdict : verdicts) {
    if (auto taken = decider.take(verdict, verdicts.size() > 1); !taken) return taken;
  }
  return decider.finish();
}

Result<void> void_open_lines(const Office& office, FullCase& full, const std::string& rationale) {
  std::vector<int> lines;
  for (LineState& line : full.state.lines) {
    if (!line.is_open()) continue;
    if (line.former_ask && line.former_ruling) {
      line.ask = *line.former_ask;
      line.ruling = *line.former_ruling;
      line.former_ask.reset();
      line.former_ruling.reset();
    } else {
      line.ruling = {};
      line.ruling.action = "C";
      line.ruling.issued = office.today();
    }
    lines.push_back(line.sequence);
  }
  if (lines.empty()) {
    return fail(Failure::usage, fmt::format("Case {} is already decided: {}.", full.state.case_id,
                                            model::to_string(full.state.status)));
  }
  full.state.decided = office.now;
  full.state.phase = Phase::none;
  const std::string text = with_rationale("Voided by the reviewers.", rationale);
  if (auto closed = close_what_is_over(office, full); !closed) return closed;
  if (auto kept = keep(office, full, text); !kept) return kept;
  return tell(office, full, text);
}

Result<void> close_what_is_over(const Office& office, FullCase& full) {
  const bool open = full.state.has_open_line();
  for (Question& question : full.questions) {
    if (question.state != Question::State::open) continue;
    const LineState* line = question.line ? full.state.line(question.chain, *question.line) : nullptr;
    if (open && (line == nullptr || line->is_open())) continue;
    question.state = Question::State::closed;
    if (auto saved = office.store.save_question(question); !saved) return saved;
  }
  return open ? Result<void>() : office.store.drop_timers(full.state.case_id);
}

}  // namespace atz::sandbox
