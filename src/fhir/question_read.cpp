// What the payer asks for: CommunicationRequests of the answer, completed from Tasks, or Tasks alone.
#include <algorithm>

#include "fhir/canonical.hpp"
#include "fhir/claim_response_read.hpp"
#include "fhir/question.hpp"
#include "fhir/x12.hpp"

namespace atz::fhir {
namespace {

using model::InformationRequest;

constexpr std::uint64_t kMostLines = 1'000'000;

std::string kind_words(const Json* concept_node, const std::string& code) {
  if (const std::string_view ours = x12_text(X12::report_type, code); !ours.empty()) return std::string(ours);
  std::string theirs = words_of(concept_node);
  return theirs == code ? std::string{} : theirs;
}

std::optional<int> line_number(const Json& holder) {
  for (const auto url : {ext::kServiceLineNumber, ext::kPaLineNumber}) {
    const Json* line = extension(holder, url);
    if (line == nullptr) continue;
    for (const char* key : {"valuePositiveInt", "valueInteger"}) {
      const Json* number = child(*line, key);
      if (number != nullptr && number->is_number_unsigned() && number->get<std::uint64_t>() <= kMostLines)
        return number->get<int>();
    }
  }
  return std::nullopt;
}

bool is_open(const Json& resource) {
  constexpr std::string_view kOver[] = {"completed", "revoked", "entered-in-error", "cancelled", "rejected", "failed"};
  const std::string status = text_of(resource, "status");
  return std::find(std::begin(kOver), std::end(kOver), status) == std::end(kOver);
}

// `told`: the payer said by which way it wants the answer.
InformationRequest question_of(const Json& node, bool& told) {
  InformationRequest out;
  if (const auto numbers = elements(node, "identifier"); !numbers.empty())
    out.control_number = text_of(*numbers.front(), "value");
  if (const auto kinds = elements(node, "category"); !kinds.empty()) {
    out.kind_code = code_of(kinds.front());
    out.kind_text = kind_words(kinds.front(), out.kind_code);
  }
  out.line = line_number(node);
  std::string words = out.kind_text;
  for (const Json* payload : elements(node, "payload")) {
    if (!out.line) out.line = line_number(*payload);
    const std::string content = text_of(*payload, "contentString");
    if (content.empty()) continue;
    if (out.code.empty()) out.code = content;
    words += (words.empty() ? "" : ", ") + content;
  }
  out.text = words;
  const auto media = elements(node, "medium");
  told = !media.empty();
  out.by_attachment = std::any_of(media.begin(), media.end(),
                                  [](const Json* medium) { return has_code(medium, codesystem::kPas, "CDEX"); });
  return out;
}

struct TaskView {
  std::vector<std::string> numbers;
  std::optional<model::Date> due;
  bool named_url = false;
  std::string url;  // "" for the usual one
  std::vector<InformationRequest> wanted;
};

std::optional<model::Date> day_of(const std::string& text) {
  if (text.size() == 10) return model::parse_date(text);
  const auto instant = model::parse_instant(text).value;
  return instant ? std::optional(model::maine_date(*instant)) : std::nullopt;
}

std::string own_address(const std::string& url, const model::PayerProfile& payer) {
  const bool usual = url == kUsualAttachmentUrl || url == payer.base_url + "/" + std::string(kUsualAttachmentUrl);
  return usual ? std::string{} : url;
}

TaskView task_view(const Json& task, const model::PayerProfile& payer) {
  TaskView out;
  for (const Json* number : elements(task, "identifier")) out.numbers.push_back(text_of(*number, "value"));
  out.due = day_of(text_of(child_or_null(child_or_null(task, "restriction"), "period"), "end"));
  for (const Json* input : elements(task, "input")) {
    const std::string type = code_of(child(*input, "type"));
    if (type == "payer-url") {
      out.named_url = true;
      out.url = text_of(*input, "valueUrl");
      if (out.url.empty()) out.url = text_of(*input, "valueUri");
      out.url = own_address(out.url, payer);
    }
    const bool questionnaire = type == "questionnaire-context" || type == "questionnaires-needed";
    if (type != "attachments-needed" && !questionnaire) continue;
    InformationRequest wanted;
    wanted.line = line_number(*input);
    if (questionnaire) {
      wanted.code = kQuestionnaireWanted;
    } else {
      const Json* what = child(*input, "valueCodeableConcept");
      wanted.kind_code = code_of(what, x12_system(X12::report_type));
      if (wanted.kind_code.empty()) wanted.code = code_of(what);
      wanted.kind_text = kind_words(what, wanted.kind_code.empty() ? wanted.code : wanted.kind_code);
    }
    wanted.text = coded_words(wanted);
    out.wanted.push_back(std::move(wanted));
  }
  return out;
}

bool has_number(const TaskView& task, const InformationRequest& question) {
  return !question.control_number.empty() &&
         std::find(task.numbers.begin(), task.numbers.end(), question.control_number) != task.numbers.end();
}

bool asks_the_same(const TaskView& task, const InformationRequest& question) {
  return std::any_of(task.wanted.begin(), task.wanted.end(), [&](const InformationRequest& wanted) {
    const bool what = wanted.code.empty() ? wanted.kind_code == question.kind_code : wanted.code == question.code;
    return what && (!wanted.line || !question.line || wanted.line == question.line);
  });
}

void complete(const TaskView& task, bool told, InformationRequest& question) {
  if (!question.due) question.due = task.due;
  if (question.url.empty()) question.url = task.url;
  if (!told && task.named_url) question.by_attachment = true;
}

// A Task that no CommunicationRequest goes with.
void add_task(const TaskView& task, std::vector<InformationRequest>& out) {
  auto wanted = task.wanted;
  if (wanted.empty()) wanted.emplace_back().text = "more information";
  for (auto& question : wanted) {
    if (!task.numbers.empty()) question.control_number = task.numbers.front();
    complete(task, false, question);
    out.push_back(std::move(question));
  }
}

// One note on the question's line, and no other question there: these are its words. The note stays where it is, since
// it may well say more.
void guess_words(const std::vector<InformationRequest>& questions, const std::vector<Note>& notes,
                 InformationRequest& question) {
  if (!question.line || question.text != coded_words(question)) return;
  const auto same_line = [&](const InformationRequest& other) { return other.line == question.line; };
  if (std::count_if(questions.begin(), questions.end(), same_line) != 1) return;
  const std::vector<int> line{*question.line};
  const auto on_line = [&](const Note& note) { return note.lines == line; };
  if (std::count_if(notes.begin(), notes.end(), on_line) != 1) return;
  question.text = std::find_if(notes.begin(), notes.end(), on_line)->text;
}

}  // namespace

std::vector<InformationRequest> read_information_requests(const ResponseView& view, const model::PayerProfile& payer,
                                                          std::vector<Note>& notes) {
  std::vector<TaskView> tasks;
  for (const Json* entry : elements(view.bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource_type(resource) == "Task" && is_open(*resource)) tasks.push_back(task_view(*resource, payer));
  }
  std::vector<InformationRequest> questions;
  std::vector<bool> told;
  for (const Json* reference : elements(view.response, "communicationRequest")) {
    const Json* found = view.follow(reference);
    bool way = false;
    if (found == nullptr) {
      questions.emplace_back().text = text_of(*reference, "display");
    } else if (is_open(*found)) {
      questions.push_back(question_of(*found, way));
    } else {
      continue;
    }
    told.push_back(way);
  }
  const std::size_t asked = questions.size();
  for (const auto& task : tasks) {
    const auto end = questions.begin() + static_cast<std::ptrdiff_t>(asked);
    const bool by_number =
        std::any_of(questions.begin(), end, [&](const auto& question) { return has_number(task, question); });
    bool used = false;
    for (std::size_t i = 0; i < asked; ++i) {
      if (!(by_number ? has_number(task, questions[i]) : asks_the_same(task, questions[i]))) continue;
      used = true;
      complete(task, told[i], questions[i]);
    }
    // Beside several answers a lone Task could belong to any of them.
    if (!used && view.only_one) add_task(task, questions);
  }
  for (auto& question : questions) take_words(question, notes);
  for (auto& question : questions) guess_words(questions, notes, question);
  return questions;
}

}  // namespace atz::fhir
