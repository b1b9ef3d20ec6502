#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/case_desk.hpp"
#include "app/words.hpp"
#include "atz/attach/attach.hpp"
#include "atz/base/text.hpp"
#include "atz/model/questionnaire.hpp"

namespace atz::app {
namespace {

using model::CaseStatus;
using Inspection = attach::Inspection;

constexpr std::string_view kNothingSent = "Nothing was sent.";

std::string wrong_with(const Inspection& seen) {
  switch (seen.presence) {
    case Inspection::Presence::ok:
      break;
    case Inspection::Presence::missing:
    case Inspection::Presence::dangling:
      return "there is no such file";
    case Inspection::Presence::leads_out:
    case Inspection::Presence::not_regular:
      return "it is no plain file";
    case Inspection::Presence::unreadable:
      return "it can't be read";
    case Inspection::Presence::empty:
      return "it is empty";
    case Inspection::Presence::too_large:
      return "it is too large";
  }
  if (!seen.matches_extension) return "what is in it does not fit its ending";
  if (seen.protection != Inspection::Protection::none) return "it is protected with a password";
  return {};
}

Result<std::vector<fhir::Attachment>> read_files(const Services& services, const casefile::Workspace& workspace,
                                                 const std::vector<RespondSettings::File>& files) {
  std::vector<fhir::Attachment> attachments;
  for (const auto& file : files) {
    if (workspace.tables.document_type(file.type) == nullptr) {
      std::vector<std::string> keys;
      for (const auto& type : workspace.tables.document_types) keys.push_back(type.key);
      const auto near = did_you_mean(file.type, std::vector<std::string_view>(keys.begin(), keys.end()));
      return fail(Failure::usage, fmt::format("There is no document type '{}'", printable(file.type)),
                  near ? fmt::format("Did you mean '{}'?", *near) : "Types are: " + join(keys, ", ") + ".");
    }
    const auto limit = workspace.settings.attachment_max_bytes;
    const auto& allowed = workspace.settings.attachment_types;
    const std::string extension = path::extension(file.path);
    const auto seen = attach::inspect(services.files, path::parent(file.path), file.path, limit);
    std::string wrong = wrong_with(seen);
    if (wrong.empty() && std::find(allowed.begin(), allowed.end(), extension) == allowed.end()) {
      wrong = "the payer takes no files of this kind; it takes " + join(allowed, ", ");
    }
    if (!wrong.empty()) {
      return fail(Failure::input, fmt::format("{} can't be sent: {}", printable(file.path), wrong),
                  std::string(kNothingSent));
    }
    auto bytes = services.files.read(file.path, limit);
    if (!bytes) return tl::make_unexpected(bytes.error());
    attachments.push_back({file.type, seen.name, attach::media_type(extension), std::move(*bytes)});
  }
  return attachments;
}

std::string usual_questionnaire(model::Purpose purpose) {
  switch (purpose) {
    case model::Purpose::add_on:
      return "medical-add-on";
    case model::Purpose::termination:
      return "termination-request";
    default:
      return "home-support";
  }
}

struct Given {
  std::string questionnaire, link, value;
};

Result<Given> split_answer(const std::string& text, model::Purpose purpose) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return fail(Failure::usage, fmt::format("'{}' is no answer", printable(text)),
                "Write the question's number and the answer: --answer 3.1.1='gets up at night'.");
  }
  Given given{usual_questionnaire(purpose), text.substr(0, equals), text.substr(equals + 1)};
  if (const auto colon = given.link.find(':'); colon != std::string::npos) {
    given.questionnaire = given.link.substr(0, colon);
    given.link.erase(0, colon + 1);
  }
  return given;
}

Result<std::vector<fhir::AnsweredQuestionnaire>> read_answers(const casefile::Workspace& workspace,
                                                              const std::vector<std::string>& texts,
                                                              model::Purpose purpose) {
  std::map<std::string, fhir::AnsweredQuestionnaire> by_name;
  for (const auto& text : texts) {
    auto given = split_answer(text, purpose);
    if (!given) return tl::make_unexpected(given.error());
    const auto* questionnaire = workspace.tables.questionnaire(given->questionnaire);
    const auto* question = questionnaire == nullptr ? nullptr : questionnaire->find(given->link);
    if (question == nullptr) {
      return fail(Failure::usage,
                  fmt::format("There is no question {} in {}", printable(given->link), printable(given->questionnaire)),
                  "`atz questionnaire list` and `atz questionnaire show NAME` tell which there are.");
    }
    std::vector<std::string> values{given->value};
    if (question->type == model::AnswerType::multi) values = split(given->value, ',');
    for (auto& value : values) {
      value = std::string(trim(value));
      const auto expected = model::expected_instead(*question, value);
      if (!expected.empty() || value.empty()) {
        return fail(Failure::usage, fmt::format("Question {} of {} takes {}", question->link, questionnaire->name,
                                                expected.empty() ? "an answer" : expected));
      }
    }
    auto& answered = by_name[questionnaire->name];
    answered.name = questionnaire->name;
    answered.version = questionnaire->version;
    answered.answers.push_back({question->link, question->text, std::move(values)});
  }
  std::vector<fhir::AnsweredQuestionnaire> all;
  for (auto& [name, answered] : by_name) all.push_back(std::move(answered));
  return all;
}

struct Question {
  const ledger::CaseRecord* record;
  const model::InformationRequest* request;
};

Result<Question> choose(const std::vector<ledger::CaseRecord>& requests, const std::optional<std::string>& number) {
  std::vector<Question> open;
  for (const auto& record : requests) {
    if (record.status != CaseStatus::info_requested) continue;
    for (const auto& request : record.requests) {
      if (!number || request.control_number == *number) open.push_back({&record, &request});
    }
    // Some payers only say that they wait, without saying for what.
    if (record.requests.empty() && !number) open.push_back({&record, nullptr});
  }
  if (open.size() == 1) return open.front();
  if (open.size() > 1) {
    std::vector<std::string> numbers;
    for (const auto& one : open) numbers.push_back(one.request == nullptr ? "?" : one.request->control_number);
    return fail(Failure::usage, "Several questions are open about this case",
                "Say which one is answered: --question " + join(numbers, ", or ") + ".");
  }
  const auto& last = requests.back();
  if (number) return fail(Failure::input, "No open question has that number", std::string(kNothingSent));
  const bool closed = model::is_decided(last.status);
  const std::string status = words(model::to_string(last.status));
  return fail(Failure::input,
              closed ? fmt::format("Case {} is closed: it is {}", last.case_id, status)
                     : fmt::format("Nothing is asked about case {}: it is {}", last.case_id, status),
              std::string(kNothingSent));
}

// Where attachments go: the usual address, or one below it that the payer names. Our token goes nowhere else.
Result<std::string> attachment_path(const model::PayerProfile& profile, const model::InformationRequest* question) {
  std::string url = question != nullptr && !question->url.empty() ? question->url : profile.attachment_url;
  if (url.empty()) return std::string("$submit-attachment");
  const std::string base = profile.base_url + "/";
  if (url.compare(0, base.size(), base) == 0) return url.substr(base.size());
  if (url.find("://") == std::string::npos) return url;
  return fail(Failure::usage, fmt::format("The payer wants attachments at another address: {}", printable(url)),
              "atz sends papers only to the address in the profile. Ask the payer, and send them in the portal.");
}

bool by_attachment(const CaseDesk& desk, const model::InformationRequest* question) {
  switch (desk.profile().answer_by) {
    case model::AnswerBy::attachment:
      return true;
    case model::AnswerBy::update:
      return false;
    case model::AnswerBy::automatic:
      break;
  }
  return (question != nullptr && question->by_attachment) || desk.capabilities().attachments;
}

std::string summary(const RespondSettings& settings) {
  std::vector<std::string> parts;
  for (const auto& file : settings.files) parts.push_back(fmt::format("{} ({})", path::name(file.path), file.type));
  for (const auto& answer : settings.answers) parts.push_back("answer " + answer);
  if (!trim(settings.note).empty()) parts.emplace_back(trim(settings.note));
  return join(parts, "; ");
}

}  // namespace

Result<CaseMessageResult> respond(const Services& services, const RespondSettings& settings) {
  if (settings.files.empty() && settings.answers.empty() && trim(settings.note).empty()) {
    return fail(Failure::usage, "There is nothing to answer with",
                "Give --attach FILE --type TYPE, --answer QUESTION=ANSWER or --note TEXT.");
  }
  auto opened = CaseDesk::open(services, settings.profile, settings.as_of, settings.case_id);
  if (!opened) return tl::make_unexpected(opened.error());
  CaseDesk& desk = **opened;
  const auto question = choose(desk.requests(), settings.question);
  if (!question) return tl::make_unexpected(question.error());
  const ledger::CaseRecord& record = *question->record;
  const auto files = read_files(services, desk.workspace(), settings.files);
  if (!files) return tl::make_unexpected(files.error());
  const auto answers = read_answers(desk.workspace(), settings.answers, record.purpose);
  if (!answers) return tl::make_unexpected(answers.error());

  ledger::FollowUpIntent intent;
  intent.case_row = record.id;
  intent.claim_identifier = desk.new_trace(record);
  intent.bundle_identifier = intent.claim_identifier + "-S1";
  intent.text = summary(settings);
  if (question->request != nullptr) intent.question = question->request->control_number;
  intent.created = desk.now().at;
  const fhir::AnswerInput input{desk.profile(),
                                desk.workspace().tables,
                                desk.prior(),
                                question->request,
                                *files,
                                *answers,
                                std::string(trim(settings.note)),
                                intent.claim_identifier,
                                intent.bundle_identifier,
                                intent.created};
  if (by_attachment(desk, question->request)) {
    auto path = attachment_path(desk.profile(), question->request);
    if (!path) return tl::make_unexpected(path.error());
    intent.url = std::move(*path);
    intent.body = fhir::build_attachments(input);
  } else {
    intent.url = "Claim/$submit";
    intent.body = fhir::build_answer_update(input);
  }
  const std::string asked = question->request == nullptr ? "" : question->request->text;
  auto result = desk.send(record, intent);
  if (!result) return result;
  result->question = asked;
  result->documents = files->size();
  result->answers = settings.answers.size();
  return result;
}

}  // namespace atz::app
