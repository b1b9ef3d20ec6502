#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/model/questionnaire.hpp"
#include "yes_no.hpp"

namespace atz::model {

namespace {

class Validation {
 public:
  explicit Validation(const Questionnaire& questionnaire) : questions_(questionnaire.questions) {
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      const std::string& link = questions_[i].link;
      at_ = i;
      if (link.empty()) {
        add("Question {} has no link.", i + 1);
      } else if (link == "version" || link == "status") {
        add("A question can't be called {}: answers keep that word for something else.", link);
      } else if (!index_.emplace(link, i).second) {
        add("Question {} is there twice.", link);
      }
    }
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      at_ = i;
      check_choices(questions_[i]);
      for (const Condition& condition : questions_[i].when) check_condition(i, condition);
    }
  }

  [[nodiscard]] std::vector<QuestionnaireFault> take() {
    std::stable_sort(faults_.begin(), faults_.end(),
                     [](const auto& a, const auto& b) { return a.question < b.question; });
    return std::move(faults_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    faults_.push_back({at_, fmt::format(format, std::forward<Args>(args)...)});
  }

  void check_choices(const Question& question) {
    const bool chooses = question.type == AnswerType::choice || question.type == AnswerType::multi;
    if (chooses && question.choices.empty()) add("Question {} is a choice without choices.", question.link);
    if (!chooses && !question.choices.empty()) {
      add("Question {} has choices, but its type is {}.", question.link, to_string(question.type));
    }
    std::set<std::string> seen;
    for (const std::string& choice : question.choices) {
      if (trim(choice).empty()) add("Question {} has an empty choice.", question.link);
      if (!seen.insert(to_lower(trim(choice))).second) add("Question {} lists {} twice.", question.link, choice);
    }
  }

  void check_condition(std::size_t at, const Condition& condition) {
    const Question& question = questions_[at];
    const auto target = index_.find(condition.link);
    if (target == index_.end()) {
      add("Question {} depends on {}, which is not in the questionnaire.", question.link, condition.link);
      return;
    }
    if (target->second >= at) {
      if (reaches(target->second, at)) {
        add("Question {} depends on itself through {}.", question.link, condition.link);
      } else {
        add("Question {} depends on {}, which comes later.", question.link, condition.link);
      }
      return;
    }
    check_value(question, condition, questions_[target->second]);
  }

  void check_value(const Question& question, const Condition& condition, const Question& target) {
    if (condition.op == Condition::Op::exists) return;
    const auto is_value = [&](const std::string& choice) {
      return to_lower(trim(choice)) == to_lower(trim(condition.value));
    };
    const bool chooses = target.type == AnswerType::choice || target.type == AnswerType::multi;
    const bool missing = chooses ? std::none_of(target.choices.begin(), target.choices.end(), is_value)
                                 : target.type == AnswerType::boolean && !yes_or_no(condition.value);
    if (missing)
      add("Question {} waits for {} = {}, which is no answer to it.", question.link, target.link, condition.value);
  }

  // Whether following conditions from one question leads to another.
  [[nodiscard]] bool reaches(std::size_t from, std::size_t goal) const {
    std::vector<std::size_t> open = {from};
    std::vector<bool> seen(questions_.size(), false);
    while (!open.empty()) {
      const std::size_t current = open.back();
      open.pop_back();
      if (current == goal) return true;
      if (seen[current]) continue;
      seen[current] = true;
      for (const Condition& condition : questions_[current].when) {
        if (const auto next = index_.find(condition.link); next != index_.end()) open.push_back(next->second);
      }
    }
    return false;
  }

  const std::vector<Question>& questions_;
  std::unordered_map<std::string, std::size_t> index_;
  std::size_t at_ = 0;  // the question that is looked at
  std::vector<QuestionnaireFault> faults_;
};

}  // namespace

std::vector<QuestionnaireFault> validate(const Questionnaire& questionnaire) {
  return Validation(questionnaire).take();
}

}  // namespace atz::model
