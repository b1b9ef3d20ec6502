#include "sandbox/questions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

constexpr std::chrono::days kReplyDays{7};  // modelled: no Maine deadline is stated
constexpr const char* kTimer = "question-due";

// What was decided before is not asked about.
std::vector<int> open_lines(const FullCase& full, int chain) {
  std::vector<int> lines;
  for (const LineState& line : full.state.lines) {
    if (line.chain == chain && line.is_open()) lines.push_back(line.sequence);
  }
  return lines;
}

Result<void> tell_about(const Office& office, FullCase& full, const Question* question, std::string text) {
  int chain = full.state.last_chain();
  if (question != nullptr) chain = question->chain;
  auto lines = question != nullptr && question->line ? std::vector<int>{*question->line} : open_lines(full, chain);
  return tell(office, full, std::move(text), lines.empty() ? 0 : chain, std::move(lines));
}

}  // namespace

Result<Question> ask(const Office& office, FullCase& full, const Inquiry& inquiry) {
  const std::string& case_id = full.state.case_id;
  if (trim(inquiry.text).empty()) {
    return fail(Failure::usage, "A question needs words.", "Give them with --text.");
  }
  if (!full.state.has_open_line()) {
    return fail(Failure::usage, fmt::format("Case {} is already decided: {}. Nothing more is asked.", case_id,
                                            model::to_string(full.state.status)));
  }
  Question question;
  question.text = trim(inquiry.text);
  question.kind_code = inquiry.kind_code;
  question.kind_text = inquiry.kind_text;
  question.loinc = inquiry.loinc;
  question.by_attachment = !inquiry.by_update;
  question.due = inquiry.due.value_or(office.today() + kReplyDays);
  if (question.due < office.today()) {
    return fail(Failure::usage,
                fmt::format("An answer can't be due on {}: that day has passed.", model::format_date(question.due)));
  }
  const auto open = std::find_if(full.state.lines.rbegin(), full.state.lines.rend(), [&](const LineState& line) {
    return line.is_open() && (!inquiry.line || line.sequence == *inquiry.line);
  });
  if (open == full.state.lines.rend()) {
    return fail(Failure::usage, fmt::format("Case {}: line {} is not open.", case_id, *inquiry.line));
  }
  question.chain = open->chain;
  if (inquiry.line) question.line = open->sequence;
  auto number = office.store.next_control_number();
  if (!number) return tl::make_unexpected(number.error());
  question.control_number = std::move(*number);
  if (auto added = office.store.add_question(case_id, question, office.now); !added) {
    return tl::make_unexpected(added.error());
  }
  auto stored = office.store.questions(case_id);
  if (!stored) return tl::make_unexpected(stored.error());
  full.questions = std::move(*stored);
  const Instant over = model::maine_instant(question.due + std::chrono::days(1), 0);
  if (auto timed = office.store.add_timer({0, over, case_id, kTimer, question.control_number}); !timed) {
    return tl::make_unexpected(timed.error());
  }
  const std::string text = fmt::format("Asked on {} ({}): {} Answer due {}.", model::format_date(office.today()),
                                       question.control_number, question.text, model::format_date(question.due));
  if (auto kept = keep(office, full, text); !kept) return tl::make_unexpected(kept.error());
  if (auto told = tell_about(office, full, &question, text); !told) return tl::make_unexpected(told.error());
  return question;
}

Result<void> take_papers(const Office& office, FullCase& full, Question* question, std::size_t papers, bool final) {
  const std::string today = model::format_date(office.today());
  const std::string what = papers == 1 ? "1 document" : fmt::format("{} documents", papers);
  if (question == nullptr) {
    return tell_about(office, full, nullptr, fmt::format("Received on {} without being asked: {}.", today, what));
  }
  if (!final) {
    return tell_about(
        office, full, question,
        fmt::format("Received on {} for {}: {}; more is to come.", today, question->control_number, what));
  }
  question->state = Question::State::answered;
  if (auto saved = office.store.save_question(*question); !saved) return saved;
  const std::string text = fmt::format("Answered on {} ({}): {}.", today, question->control_number, what);
  if (auto kept = keep(office, full, text); !kept) return kept;
  return tell_about(office, full, question, text);
}

Result<bool> question_timer(const Office& office, FullCase& full, const Timer& timer) {
  if (timer.kind != kTimer) return false;
  const auto question = std::find_if(full.questions.begin(), full.questions.end(),
                                     [&](const Question& candidate) { return candidate.control_number == timer.data; });
  if (question == full.questions.end() || question->state != Question::State::open) return true;
  if (auto told = tell_about(office, full, &*question,
                             fmt::format("No answer to {} came by {}; the reviewers may decide without it.",
                                         question->control_number, model::format_date(question->due)));
      !told) {
    return tl::make_unexpected(told.error());
  }
  return true;
}

}  // namespace atz::sandbox
