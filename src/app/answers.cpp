#include "atz/app/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/rewrite.hpp"
#include "atz/base/text.hpp"
#include "atz/model/home.hpp"

namespace atz::app {
namespace {

using casefile::Node;

constexpr const char* kQuestionnaires = "questionnaires";

std::vector<std::string> values_of(const Node& node) {
  std::vector<std::string> values;
  if (node.kind == Node::Kind::scalar) values.push_back(node.text);
  for (const auto& item : node.items) values.push_back(item.text);
  return values;
}

Node node_of(const model::Question& question, const AnswerSheet::Values& values) {
  if (question.type == model::AnswerType::multi) return casefile::list_node(values);
  return casefile::scalar_node(values.front());
}

// A number of the list, or the words in any letters.
std::string choice_of(const model::Question& question, std::string_view text) {
  const auto word = std::find_if(question.choices.begin(), question.choices.end(),
                                 [&](const auto& choice) { return to_lower(trim(choice)) == to_lower(text); });
  if (word != question.choices.end()) return *word;
  if (all_digits(text) && text.size() < 4) {
    const std::size_t number = std::stoul(std::string(text));
    if (number >= 1 && number <= question.choices.size()) return question.choices[number - 1];
  }
  return std::string(text);
}

std::string canonical(const model::Question& question, std::string_view text) {
  text = trim(text);
  if (!question.choices.empty()) return choice_of(question, text);
  if (question.type == model::AnswerType::boolean) {
    const std::string word = to_lower(text);
    if (word == "y" || word == "yes" || word == "true") return "Yes";
    if (word == "n" || word == "no" || word == "false") return "No";
  }
  return std::string(text);
}

tl::unexpected<Error> not_an_answer(const model::Question& question, const std::string& expected,
                                    const std::string& text) {
  std::string help;
  const std::vector<std::string_view> choices(question.choices.begin(), question.choices.end());
  if (const auto near = did_you_mean(text, choices)) help = fmt::format("Did you mean {}?", *near);
  return fail(Failure::usage, fmt::format("Question {} takes {}", question.link, expected), help);
}

}  // namespace

std::vector<const model::Question*> AnswerSheet::asked() const {
  return model::enabled_questions(*questionnaire_, given());
}

bool AnswerSheet::is_asked(const model::Question& question) const {
  const auto questions = asked();
  return std::find(questions.begin(), questions.end(), &question) != questions.end();
}

const AnswerSheet::Values* AnswerSheet::answer(std::string_view link) const {
  const auto found = now_.find(link);
  return found == now_.end() ? nullptr : &found->second;
}

bool AnswerSheet::has_changes() const {
  return before_ != now_ || !superfluous().empty();
}

std::vector<const model::Question*> AnswerSheet::open_questions() const {
  auto questions = asked();
  const auto settled = [&](const auto* question) { return !question->required || answer(question->link) != nullptr; };
  questions.erase(std::remove_if(questions.begin(), questions.end(), settled), questions.end());
  return questions;
}

Result<void> AnswerSheet::set(const model::Question& question, const std::string& text) {
  if (question.type != model::AnswerType::multi) return set(question, Values{text});
  Values values;
  for (const auto& part : split(text, ',')) {
    if (!trim(part).empty()) values.push_back(part);
  }
  return set(question, std::move(values));
}

Result<void> AnswerSheet::set(const model::Question& question, Values values) {
  if (question.type != model::AnswerType::multi && values.size() != 1) {
    return not_an_answer(question, "one answer", {});
  }
  Values taken;
  for (const auto& value : values) {
    std::string word = canonical(question, value);
    if (word.empty()) return not_an_answer(question, "an answer that is not blank", {});
    if (const auto expected = model::expected_instead(question, word); !expected.empty()) {
      return not_an_answer(question, expected, word);
    }
    if (std::find(taken.begin(), taken.end(), word) == taken.end()) taken.push_back(std::move(word));
  }
  if (taken.empty()) return not_an_answer(question, "one or more of: " + join(question.choices, ", "), {});
  now_[question.link] = std::move(taken);
  return {};
}

void AnswerSheet::clear(const model::Question& question) {
  now_.erase(question.link);
}

std::vector<std::string> AnswerSheet::superfluous() const {
  std::vector<std::string> links;
  for (const auto& question : questionnaire_->questions) {
    if (answer(question.link) != nullptr && !is_asked(question)) links.push_back(question.link);
  }
  return links;
}

void AnswerSheet::take(const Node& root) {
  const Node* node = root.find("members");
  node = &node->items[std::get<std::size_t>(member_[1])];
  for (const auto& key : {std::string(kQuestionnaires), questionnaire_->name}) {
    node = node == nullptr ? nullptr : node->find(key);
  }
  if (node == nullptr) return;
  for (const auto& entry : node->entries) {
    auto values = values_of(entry.value);
    const bool blank = std::all_of(values.begin(), values.end(), [](const auto& value) { return value.empty(); });
    if (questionnaire_->find(entry.key) != nullptr && !blank) before_[entry.key] = std::move(values);
  }
  now_ = before_;
}

model::QuestionnaireAnswers AnswerSheet::given() const {
  model::QuestionnaireAnswers answers;
  for (const auto& [link, values] : now_) {
    auto& answer = answers.answers.emplace_back();
    answer.link = link;
    for (const auto& value : values) {
      auto& field = answer.values.emplace_back();
      field.present = true;
      field.text = value;
      field.value = value;
    }
  }
  return answers;
}

Result<void> AnswerSheet::create(casefile::Editor& editor, const Node& answers) const {
  casefile::NodePath at = member_;
  const Node& member = *editor.find(at);
  if (member.find(kQuestionnaires) == nullptr) {
    // Behind the plan or the services, where the template has it.
    std::size_t index = member.entries.size();
    for (std::size_t i = 0; i < member.entries.size(); ++i) {
      if (member.entries[i].key == "services" || member.entries[i].key == "plan") index = i + 1;
    }
    return editor.insert(at, index, kQuestionnaires, casefile::mapping_node({{questionnaire_->name, answers}}));
  }
  at.emplace_back(kQuestionnaires);
  const Node& all = *editor.find(at);
  if (all.find(questionnaire_->name) == nullptr) {
    return editor.insert(at, all.entries.size(), questionnaire_->name, answers);
  }
  at.emplace_back(questionnaire_->name);
  return editor.replace(at, answers);
}

Result<void> AnswerSheet::write(casefile::Editor& editor, bool complete) const {
  casefile::NodePath at = member_;
  at.emplace_back(kQuestionnaires);
  at.emplace_back(questionnaire_->name);
  const auto wanted = asked();
  const Node* there = editor.find(at);
  if (there == nullptr || there->kind != Node::Kind::mapping || there->entries.empty()) {
    std::vector<std::pair<std::string, Node>> entries;
    for (const auto* question : wanted) {
      if (const auto* values = answer(question->link))
        entries.emplace_back(question->link, node_of(*question, *values));
    }
    return entries.empty() ? Result<void>() : create(editor, casefile::mapping_node(std::move(entries)));
  }
  const auto index_of = [&](std::string_view key) {
    const auto& entries = editor.find(at)->entries;
    const auto hit = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.key == key; });
    return static_cast<std::size_t>(hit - entries.begin());
  };
  const auto put = [&](const std::string& key, std::size_t index, const Node& value) {
    casefile::NodePath place = at;
    place.emplace_back(key);
    const Node* old = editor.find(place);
    if (old == nullptr) return editor.insert(at, index, key, value);
    return casefile::same_tree(*old, value) ? Result<void>() : editor.replace(place, value);
  };
  std::size_t next = 0;  // where a new answer goes: behind the question before it
  for (const char* head : {"version", "status"}) {
    if (const std::size_t index = index_of(head); index < editor.find(at)->entries.size()) {
      next = std::max(next, index + 1);
    }
  }
  for (const auto& question : questionnaire_->questions) {
    const auto* values = answer(question.link);
    const bool keep = values != nullptr && std::find(wanted.begin(), wanted.end(), &question) != wanted.end();
    casefile::NodePath place = at;
    place.emplace_back(question.link);
    if (keep) {
      const auto before = before_.find(question.link);
      if (before == before_.end() || before->second != *values) {
        if (auto done = put(question.link, next, node_of(question, *values)); !done) return done;
      }
      next = index_of(question.link) + 1;
    } else if (before_.count(question.link) != 0) {
      if (auto done = editor.remove(place); !done) return done;
      if (editor.find(at)->entries.size() < next) next = editor.find(at)->entries.size();
    }
  }
  const auto settle = [&](const char* head, const std::string& value) {
    return editor.find(at)->find(head) == nullptr ? Result<void>() : put(head, 0, casefile::scalar_node(value));
  };
  if (complete) {
    if (auto done = settle("version", questionnaire_->version); !done) return done;
  }
  return open_questions().empty() ? settle("status", "completed") : Result<void>();
}

Result<void> save_answers(const Services& services, const AnswerBook& book, bool complete) {
  auto editor = casefile::Editor::open(book.text);
  if (!editor) return tl::make_unexpected(editor.error());
  for (const auto& sheet : book.sheets) {
    if (auto written = sheet.write(*editor, complete); !written) return written;
  }
  if (editor->text() == book.text) return {};
  return rewrite_unchanged(services.files, book.path, book.text, editor->text());
}

}  // namespace atz::app
