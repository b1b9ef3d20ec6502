// Where questionnaires and answers come from.
#include <fmt/format.h>

#include <algorithm>

#include "atz/app/answers.hpp"
#include "atz/base/text.hpp"
#include "atz/model/home.hpp"

namespace atz::app {
namespace {

using casefile::Node;

std::string place_of(const diag::Sources& sources, const casefile::Problem& problem) {
  return fmt::format("{}:{}:{}", sources.at(problem.span.source).name, problem.span.line, problem.span.column);
}

tl::unexpected<Error> broken(const diag::Sources& sources, const casefile::Problem& problem) {
  return fail(Failure::input, fmt::format("{}: {}", place_of(sources, problem), problem.message), problem.help);
}

std::string suggestion(const std::string& word, const std::vector<std::string_view>& candidates) {
  if (const auto near = did_you_mean(word, candidates)) return fmt::format("Did you mean {}?", *near);
  std::vector<std::string> words(candidates.begin(), candidates.end());
  return words.empty() ? std::string()
                       : fmt::format("There {}: {}.", words.size() == 1 ? "is" : "are", join(words, ", "));
}

Result<std::size_t> member_index(const Node& root, const std::string& label) {
  const Node* members = root.find("members");
  std::vector<std::string_view> labels;
  if (members != nullptr) {
    for (std::size_t i = 0; i < members->items.size(); ++i) {
      const Node* own = members->items[i].find("label");
      if (own != nullptr && own->text == label) return i;
      if (own != nullptr) labels.push_back(own->text);
    }
  }
  return fail(Failure::usage, fmt::format("No member of this home has the label {}", printable(label)),
              suggestion(label, labels));
}

}  // namespace

Result<std::shared_ptr<const casefile::Workspace>> workspace_here(const Services& services) {
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  auto workspace = workspaces.for_directory(".");
  if (!workspace->problems.empty()) return broken(workspace->sources, workspace->problems.front());
  return workspace;
}

Result<const model::Questionnaire*> find_questionnaire(const model::Tables& tables, const std::string& name) {
  if (const auto* found = tables.questionnaire(to_lower(name))) return found;
  std::vector<std::string_view> names;
  for (const auto& each : tables.questionnaires) names.push_back(each.name);
  return fail(Failure::usage, fmt::format("There is no questionnaire {}", printable(name)), suggestion(name, names));
}

std::vector<std::string> required_for(const model::Questionnaire& questionnaire) {
  std::vector<std::string> lines;
  for (const auto& kind : questionnaire.requests) {
    std::string line = kind;
    if (!questionnaire.code.empty()) {
      line += " with " + questionnaire.code;
      if (!questionnaire.modifier.empty()) line += " " + questionnaire.modifier;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string condition_words(const model::Question& question) {
  std::string words;
  for (const auto& condition : question.when) {
    words += words.empty() ? "asked when " : question.when_any ? ", or " : ", and ";
    words += condition.link;
    switch (condition.op) {
      case model::Condition::Op::equals:
        words += " is " + condition.value;
        break;
      case model::Condition::Op::contains:
        words += " includes " + condition.value;
        break;
      case model::Condition::Op::exists:
        words += " is answered";
        break;
    }
  }
  return words;
}

std::vector<std::size_t> depths(const model::Questionnaire& questionnaire) {
  std::vector<std::size_t> result;
  for (const auto& question : questionnaire.questions) {
    std::size_t depth = 0;
    for (const auto& condition : question.when) {
      for (std::size_t i = 0; i < result.size(); ++i) {  // conditions look back only
        if (questionnaire.questions[i].link == condition.link) depth = std::max(depth, result[i] + 1);
      }
    }
    result.push_back(depth);
  }
  return result;
}

Result<AnswerBook> open_answers(const Services& services, const std::string& path, const std::string& member,
                                const std::optional<std::string>& name) {
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  auto text = services.files.read(path, casefile::kMaxFileBytes);
  if (!text) return fail(Failure::usage, text.error().message, text.error().help);
  const auto file = casefile::load_text(services.files, path, *text, workspaces);
  if (!file.workspace->problems.empty()) return broken(file.workspace->sources, file.workspace->problems.front());
  const auto editor = casefile::Editor::open(*text);
  if (!editor) return fail(Failure::input, fmt::format("{} can't be read as a whole", path), editor.error().help);
  const auto index = member_index(editor->root(), member);
  if (!index) return tl::make_unexpected(index.error());
  const auto& tables = file.workspace->tables;
  std::vector<const model::Questionnaire*> wanted;
  if (name) {
    const auto found = find_questionnaire(tables, *name);
    if (!found) return tl::make_unexpected(found.error());
    wanted.push_back(*found);
  } else {
    const auto& members = file.home.members;
    const auto asked = std::find_if(members.begin(), members.end(),
                                    [&](const auto& each) { return each.label && *each.label == member; });
    for (const auto& each : tables.questionnaires) {
      if (asked != members.end() && model::is_required(each, file.home, *asked)) wanted.push_back(&each);
    }
  }
  if (wanted.empty()) {
    return fail(Failure::usage, fmt::format("Nothing that is asked for member {} requires a questionnaire", member),
                "Name one with --questionnaire.");
  }
  AnswerBook book{path, std::move(*text), {}};
  for (const auto* each : wanted) {
    AnswerSheet sheet(file.workspace, *each);
    sheet.member_ = {"members", *index};
    sheet.take(editor->root());
    book.sheets.push_back(std::move(sheet));
  }
  return book;
}

Result<std::vector<std::pair<std::string, AnswerSheet::Values>>> read_answers(const Files& files,
                                                                              const std::string& path) {
  const auto text = files.read(path, casefile::kMaxFileBytes);
  if (!text) return fail(Failure::usage, text.error().message, text.error().help);
  // JSON is read as the YAML that it is: numbers keep their digits.
  const auto document = casefile::parse(*text, 0);
  if (!document.problems.empty()) return broken({{path, {}}}, document.problems.front());
  std::vector<std::pair<std::string, AnswerSheet::Values>> answers;
  for (const auto& entry : document.root->entries) {
    AnswerSheet::Values values;
    if (entry.value.kind == Node::Kind::scalar) values.push_back(entry.value.text);
    for (const auto& item : entry.value.items) values.push_back(item.text);
    const bool plain = entry.value.kind != Node::Kind::mapping &&
                       std::all_of(entry.value.items.begin(), entry.value.items.end(),
                                   [](const Node& item) { return item.kind == Node::Kind::scalar; });
    if (!plain) {
      return fail(Failure::usage, fmt::format("{}:{}:{}: an answer must be a text, a number or a list of them", path,
                                              entry.key_span.line, entry.key_span.column));
    }
    answers.emplace_back(entry.key, std::move(values));
  }
  if (document.root->kind != Node::Kind::mapping) {
    return fail(Failure::usage, fmt::format("{} must hold an object of question numbers and answers", path),
                "For example: {\"1\": \"new placement\", \"6\": [\"none\"]}");
  }
  return answers;
}

}  // namespace atz::app
