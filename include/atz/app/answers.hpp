// `atz questionnaire`: the questionnaires in use, and answering one for a member of a case file.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/casefile/edit.hpp"
#include "atz/model/questionnaire.hpp"

namespace atz::app {

// What counts in the working directory: ours, and those of an atz.d. Failure::input when atz.yaml or a data file there
// has something wrong in it.
Result<std::shared_ptr<const casefile::Workspace>> workspace_here(const Services& services);
// The questionnaire of that name; Failure::usage with a suggestion when there is none.
Result<const model::Questionnaire*> find_questionnaire(const model::Tables& tables, const std::string& name);
// "T2016 SC in a service-notification" and the like; empty when nothing requires it.
std::vector<std::string> required_for(const model::Questionnaire& questionnaire);
// "asked when 3 is awake staff, and 4 is answered"; empty for a question that is always asked.
std::string condition_words(const model::Question& question);
// How many conditions stand above each question, in their order: 0 for one that is always asked.
std::vector<std::size_t> depths(const model::Questionnaire& questionnaire);

// The answers of one member to one questionnaire, as they stand in a case file and as they are to be.
class AnswerSheet {
 public:
  using Values = std::vector<std::string>;  // one; any number for a question that takes several

  [[nodiscard]] const model::Questionnaire& questionnaire() const { return *questionnaire_; }
  // The questions that the answers so far make necessary, in order.
  [[nodiscard]] std::vector<const model::Question*> asked() const;
  [[nodiscard]] bool is_asked(const model::Question& question) const;
  [[nodiscard]] const Values* answer(std::string_view link) const;  // nullptr: none
  [[nodiscard]] bool has_changes() const;
  [[nodiscard]] std::vector<const model::Question*> open_questions() const;  // asked, required, not answered

  // Takes an answer as a person types it: the number or the words of a choice, several with commas between. A wrong one
  // is Failure::usage and says what was expected.
  Result<void> set(const model::Question& question, const std::string& text);
  Result<void> set(const model::Question& question, Values values);
  void clear(const model::Question& question);

  // Answers of ours to questions that are not asked any more. Written away by `write`.
  [[nodiscard]] std::vector<std::string> superfluous() const;
  // Writes the answers into the text; answers to questions that are not asked go. `complete`: somebody went through all
  // questions, so the answers are to the version in use.
  Result<void> write(casefile::Editor& editor, bool complete) const;

 private:
  friend Result<struct AnswerBook> open_answers(const Services& services, const std::string& path,
                                                const std::string& member, const std::optional<std::string>& name);
  AnswerSheet(std::shared_ptr<const casefile::Workspace> workspace, const model::Questionnaire& questionnaire)
      : workspace_(std::move(workspace)), questionnaire_(&questionnaire) {}
  void take(const casefile::Node& root);
  [[nodiscard]] model::QuestionnaireAnswers given() const;
  Result<void> create(casefile::Editor& editor, const casefile::Node& answers) const;

  std::shared_ptr<const casefile::Workspace> workspace_;  // owns the questionnaire
  const model::Questionnaire* questionnaire_;
  casefile::NodePath member_;
  std::map<std::string, Values, std::less<>> before_, now_;
};

struct AnswerBook {
  std::string path;
  std::string text;  // of the file as it was read
  std::vector<AnswerSheet> sheets;
};

// A sheet for each questionnaire that the member's request requires, or for the named one. Failure::usage when there is
// no such member or questionnaire, or none to be answered; Failure::input when the file can't be read as a whole.
Result<AnswerBook> open_answers(const Services& services, const std::string& path, const std::string& member,
                                const std::optional<std::string>& name);

// The answers of a JSON or YAML file: an object of links and values, lists for several.
Result<std::vector<std::pair<std::string, AnswerSheet::Values>>> read_answers(const Files& files,
                                                                              const std::string& path);

// Writes the sheets into the case file, unless it has changed since it was read.
Result<void> save_answers(const Services& services, const AnswerBook& book, bool complete);

}  // namespace atz::app
