#include "fhir/claim_response_read.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "fhir/canonical.hpp"
#include "fhir/operation_outcome.hpp"
#include "fhir/request_view.hpp"

namespace atz::fhir {
namespace {

std::string administration_number(const Json& holder) {
  const Json* number = extension(holder, ext::kAdministrationReferenceNumber);
  return number == nullptr ? std::string{} : text_of(*number, "valueString");
}

std::string case_id_of(const Json& response, const model::PayerProfile& profile) {
  for (const char* list : {"item", "addItem"}) {
    for (const Json* item : elements(response, list)) {
      if (auto number = administration_number(*item); !number.empty()) return number;
    }
  }
  if (auto number = administration_number(response); !number.empty()) return number;
  return identifier_with_system(&response, profile.namespaces.case_id);
}

std::string claim_identifier_of(const ResponseView& view, const model::PayerProfile& profile) {
  const Json* request = child(view.response, "request");
  if (request != nullptr) {
    if (auto value = text_of(child_or_null(*request, "identifier"), "value"); !value.empty()) return value;
    const Json* claim = view.follow(request);
    if (resource_type(claim) == "Claim") {
      if (const auto numbers = elements(*claim, "identifier"); !numbers.empty())
        return text_of(*numbers.front(), "value");
    }
  }
  const auto echoed = elements(view.response, "identifier");
  for (const Json* number : echoed) {
    if (text_of(*number, "system").rfind(idsystem::kTraceOrganization, 0) == 0) return text_of(*number, "value");
  }
  for (const Json* number : echoed) {
    if (text_of(*number, "system") != profile.namespaces.case_id) return text_of(*number, "value");
  }
  return {};
}

std::string member_id_of(const ResponseView& view, const model::PayerProfile& profile) {
  const Json* reference = child(view.response, "patient");
  const Json* patient = view.follow(reference);
  if (patient == nullptr)
    return reference == nullptr ? std::string{} : text_of(child_or_null(*reference, "identifier"), "value");
  if (const Json* number = member_identifier(patient)) return text_of(*number, "value");
  if (auto number = identifier_with_system(patient, profile.namespaces.member_id); !number.empty()) return number;
  const auto numbers = elements(*patient, "identifier");
  return numbers.empty() ? std::string{} : text_of(*numbers.front(), "value");
}

std::optional<std::uint64_t> note_number(const Json* node) {
  if (node == nullptr || !node->is_number_unsigned()) return std::nullopt;
  return node->get<std::uint64_t>();
}

// Which lines refer to which note. An addItem speaks for the lines that it names.
std::map<std::uint64_t, std::set<int>> noted_lines(const Json& response) {
  std::map<std::uint64_t, std::set<int>> out;
  for (const char* list : {"item", "addItem"}) {
    for (const Json* item : elements(response, list)) {
      for (const Json* reference : elements(*item, "noteNumber")) {
        const auto number = note_number(reference);
        for (const Json* line : elements(*item, "itemSequence")) {
          const auto sequence = note_number(line);
          if (number && sequence && *sequence <= 1'000'000) out[*number].insert(static_cast<int>(*sequence));
        }
      }
    }
  }
  return out;
}

std::vector<Note> notes_of(const Json& response) {
  const auto lines = noted_lines(response);
  const std::size_t items = elements(response, "item").size();
  std::vector<std::pair<std::uint64_t, Note>> numbered;
  for (const Json* node : elements(response, "processNote")) {
    const auto number = note_number(child(*node, "number"));
    Note note{text_of(*node, "text"), {}};
    if (note.text.empty()) continue;
    // A note that each of several lines refers to is about the whole case.
    const auto named = number ? lines.find(*number) : lines.end();
    if (named != lines.end() && (items <= 1 || named->second.size() < items))
      note.lines.assign(named->second.begin(), named->second.end());
    numbered.emplace_back(number.value_or(numbered.size() + 1), std::move(note));
  }
  std::stable_sort(numbered.begin(), numbered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Note> notes;
  for (auto& [number, note] : numbered) notes.push_back(std::move(note));
  return notes;
}

std::vector<std::string> line_traces_of(const Json& response) {
  std::vector<std::string> traces;
  for (const char* list : {"item", "addItem"}) {
    for (const Json* item : elements(response, list)) {
      for (const Json* trace : extensions(*item, ext::kItemTraceNumber)) {
        std::string value = text_of(child_or_null(*trace, "valueIdentifier"), "value");
        if (!value.empty() && std::find(traces.begin(), traces.end(), value) == traces.end())
          traces.push_back(std::move(value));
      }
    }
  }
  return traces;
}

// A modifier extension changes the meaning of what it stands on; PAS defines none for answers.
bool has_modifiers(const Json& node) {
  if (node.is_array()) return std::any_of(node.begin(), node.end(), has_modifiers);
  if (!node.is_object()) return false;
  if (child(node, "modifierExtension") != nullptr) return true;
  for (const char* list : {"item", "addItem", "adjudication", "error"}) {
    const Json* part = child(node, list);
    if (part != nullptr && has_modifiers(*part)) return true;
  }
  return false;
}

std::vector<Issue> warnings_of(const ResponseView& view) {
  std::vector<Issue> warnings;
  if (!view.only_one) return warnings;
  for (const Json* entry : elements(view.bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource_type(resource) != "OperationOutcome") continue;
    for (auto& issue : issues_of(*resource)) warnings.push_back(std::move(issue));
  }
  return warnings;
}

// What makes every decision in it unsafe to act on.
void heed_modifiers(const Json& response, CaseReply& reply) {
  const std::string status = text_of(response, "status");
  if (has_modifiers(response)) {
    add_flag(reply, std::string(kUnsafeFlag));
    reply.status = model::CaseStatus::in_review;
    reply.refused = false;
  }
  if (status == "cancelled") {
    reply.status = model::CaseStatus::voided;
  } else if (status == "entered-in-error" || status == "draft") {
    add_flag(reply, std::string(kMarkedFlag) + status);
    reply.status = model::CaseStatus::in_review;
  }
}

}  // namespace

CaseReply read_claim_response(const ResponseView& view, const model::PayerProfile& profile) {
  const Json& response = view.response;
  CaseReply reply;
  reply.case_id = case_id_of(response, profile);
  reply.claim_identifier = claim_identifier_of(view, profile);
  reply.request_reference = text_of(child_or_null(response, "request"), "reference");
  reply.patient_member_id = member_id_of(view, profile);
  reply.patient_reference = text_of(child_or_null(response, "patient"), "reference");
  reply.bundle_identifier = text_of(child_or_null(view.bundle, "identifier"), "value");
  reply.pre_auth_ref = text_of(response, "preAuthRef");
  reply.disposition = text_of(response, "disposition");
  reply.outcome = text_of(response, "outcome");
  reply.lines = read_lines(view, reply);
  reply.line_traces = line_traces_of(response);
  reply.created = model::parse_instant(text_of(response, "created")).value;
  reply.notes = notes_of(response);
  reply.errors = read_errors(response);
  reply.requests = read_information_requests(view, profile, reply.notes);
  reply.warnings = warnings_of(view);
  derive_status(reply, reply.outcome == "error");
  heed_modifiers(response, reply);
  return reply;
}

}  // namespace atz::fhir
