#include "sandbox/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/rational.hpp"
#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

using Kind = LineVerdict::Kind;

// The newest answers: those that an update adds stand behind the former ones.
const fhir::ReceivedQuestionnaire* answers_of(const fhir::ReceivedRequest& request, std::string_view name) {
  const fhir::ReceivedQuestionnaire* found = nullptr;
  for (const auto& questionnaire : request.questionnaires) {
    if (questionnaire.canonical.find("/" + std::string(name)) == std::string::npos) continue;
    if (found == nullptr || found->change.empty() || !questionnaire.change.empty()) found = &questionnaire;
  }
  return found;
}

std::string value_of(const fhir::ReceivedQuestionnaire& questionnaire, std::string_view link) {
  for (const auto& answer : questionnaire.answers) {
    if (answer.link == link) return answer.value;
  }
  return {};
}

// Of the member's group in the staffing pattern; groups follow each other and begin with the label.
std::optional<model::Hours> pattern_hours(const fhir::ReceivedQuestionnaire& pattern, const std::string& label,
                                          std::string_view link) {
  bool own = false;
  for (const auto& answer : pattern.answers) {
    if (answer.link == "member.label") own = answer.value == label;
    if (!own || answer.link != link) continue;
    const auto exact = parse_decimal(answer.value);
    if (!exact || *exact < Rational(0)) return std::nullopt;
    const Rational quarters = *exact * Rational(4);
    return model::Hours{quarters.num() / quarters.den()};
  }
  return std::nullopt;
}

// Letters and digits only, so that commas, dots and capitals make no difference.
std::string plain(std::string_view address) {
  std::string text;
  for (const char c : to_lower(address)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  return std::string(trim(text));
}

bool has_order(const fhir::ReceivedRequest& request) {
  return std::any_of(request.documents.begin(), request.documents.end(), [](const auto& document) {
    return to_lower(document.type).find("order") != std::string::npos ||
           to_lower(document.title).find("order") != std::string::npos;
  });
}

class Judge {
 public:
  explicit Judge(const FullCase& full) : full_(full) {}

  Judgement judge() {
    if (!full_.state.has_open_line()) return left("It is decided already.");
    if (full_.state.is_termination()) return left("A request to end a service is left to the calls and the clock.");
    if (full_.state.status == model::CaseStatus::info_requested) return left("It waits for an answer.");
    for (const LineState& line : full_.state.lines) {
      if (line.is_open()) look_at(line);
    }
    if (!missing_.empty()) return ask();
    result_.rationale = join(reasons_, " ");
    return std::move(result_);
  }

 private:
  static Judgement left(std::string why) {
    Judgement judgement;
    judgement.left = std::move(why);
    return judgement;
  }

  Judgement ask() {
    const bool answered = std::any_of(full_.questions.begin(), full_.questions.end(), [](const Question& question) {
      return question.state == Question::State::answered;
    });
    if (answered) return left("Papers came in answer to a question: a person must read them.");
    Judgement judgement;
    judgement.question = Inquiry{};
    judgement.question->text = fmt::format("Please send {}.", join(missing_, " and "));
    return judgement;
  }

  void miss(const std::string& what) {
    if (std::find(missing_.begin(), missing_.end(), what) == missing_.end()) missing_.push_back(what);
  }

  void look_at(const LineState& line) {
    const auto& request = full_.request(line.chain);
    const auto* pattern = answers_of(request, "staffing-pattern");
    if (line.is_add_on()) {
      if (!has_order(request)) return miss("the physician's order");
      const auto hours =
          pattern == nullptr ? std::nullopt : pattern_hours(*pattern, full_.state.label, "member.add-on");
      if (hours) return compare(line, *hours);
      result_.verdicts.push_back({line.chain, line.sequence, Kind::approve});
      reasons_.push_back("The physician's order for the Medical Add-On is there.");
      return;
    }
    const auto* plan = answers_of(request, "plan-statement");
    const auto hours = pattern == nullptr ? std::nullopt : pattern_hours(*pattern, full_.state.label, "member.hours");
    if (plan == nullptr) miss("the statement of the person-centered plan");
    if (!hours) miss("the staffing pattern as answers");
    if (plan == nullptr || !hours) return;
    if (plain(value_of(*plan, "location")) != plain(request.home_address)) {
      result_.verdicts.push_back({line.chain, line.sequence, Kind::deny});
      reasons_.push_back("The person-centered plan names another service location than the address of the house.");
      return;
    }
    reasons_.push_back("The person-centered plan names the address of the house.");
    compare(line, *hours);
  }

  void compare(const LineState& line, model::Hours shown) {
    const model::Hours asked = line.ask.hours.value_or(model::Hours{});
    LineVerdict verdict{line.chain, line.sequence, Kind::approve};
    if (shown.quarters <= 0) {
      verdict.kind = Kind::deny;
    } else if (asked > shown) {
      verdict.kind = Kind::partial;
      verdict.hours = shown;
    }
    result_.verdicts.push_back(verdict);
    reasons_.push_back(fmt::format("{}: {} hours a week are asked for, the staffing pattern shows {}.", line.words(),
                                   model::format_hours(asked), model::format_hours(shown)));
  }

  const FullCase& full_;
  Judgement result_;
  std::vector<std::string> reasons_;
  std::vector<std::string> missing_;
};

}  // namespace

Judgement judge(const FullCase& full) {
  return Judge(full).judge();
}

}  // namespace atz::sandbox
