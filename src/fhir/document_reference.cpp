#include "atz/base/file.hpp"
#include "atz/seal/seal.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

// The type is required and bound to LOINC; where LOINC has nothing that fits, "unknown" with our words.
Json document_type(const model::Tables& tables, const std::string& key) {
  const auto* row = tables.document_type(key);
  const bool coded = row != nullptr && !row->loinc.empty();
  Json json = coded ? concept_of(codesystem::kLoinc, row->loinc) : concept_of(codesystem::kNullFlavor, "UNK");
  put(json, "text", row == nullptr ? key : row->portal_text);
  return json;
}

void note_listed(Resource& out, const std::vector<model::Document>& documents, const std::string& title) {
  for (const auto& document : documents) {
    if (document.file && path::name(*document.file) == title) out.came_from("", "document", document.span);
  }
}

}  // namespace

Json document_json(const model::Tables& tables, const Attachment& attachment, Json subject, const std::string& date) {
  Json json = start_resource("DocumentReference", profile::kDocumentReference);
  json["status"] = "current";
  json["type"] = document_type(tables, attachment.type);
  json["category"] = Json::array({concept_of(codesystem::kDocumentCategory, "clinical-note")});
  json["subject"] = std::move(subject);
  json["date"] = date;
  Json content = Json::object();
  put(content, "contentType", attachment.media_type);
  content["data"] = seal::base64(attachment.bytes);
  put(content, "title", attachment.title);
  Json wrapped = Json::object();
  wrapped["attachment"] = std::move(content);
  json["content"] = Json::array({std::move(wrapped)});
  return json;
}

std::string report_type_of(const model::Tables& tables, const std::string& document_type) {
  const auto* row = tables.document_type(document_type);
  return row == nullptr || row->x12_755.empty() ? "OZ" : row->x12_755;
}

// Only the key of the document's type and its name tell documents apart: the same file sent with each member of a home
// is one DocumentReference per member, because its subject must be the member.
Resource document_resource(const RequestContext& context, std::size_t index) {
  const auto& attachment = context.input.attachments[index];
  Resource out{context.own_url("document-" + std::to_string(index + 1)),
               document_json(context.input.tables, attachment, reference_to(context.patient), context.created),
               {}};
  note_listed(out, context.home.documents, attachment.title);
  note_listed(out, context.member.documents, attachment.title);
  return out;
}

}  // namespace atz::fhir
