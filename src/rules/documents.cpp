#include "rules/documents.hpp"

#include <algorithm>

namespace atz::rules {

std::vector<DocumentRef> document_order(const model::Home& home) {
  std::vector<DocumentRef> order;
  for (const auto& document : home.documents) order.push_back({&document, nullptr});
  for (const auto& member : home.members) {
    for (const auto& document : member.documents) order.push_back({&document, &member});
  }
  return order;
}

std::string document_path(const casefile::CaseFile& file, const model::Document& document) {
  return document.file ? path::join(file.directory, *document.file) : std::string();
}

std::string InspectedDocument::label() const {
  if (document->member) return *document->member;
  return member != nullptr && member->label ? *member->label : std::string();
}

std::vector<InspectedDocument> inspected_documents(Context& context) {
  std::vector<InspectedDocument> documents;
  const auto& inspections = context.input().attachments;
  for (const auto& ref : document_order(context.home())) {
    const std::size_t index = documents.size();
    documents.push_back({ref.document, ref.member, index < inspections.size() ? &inspections[index] : nullptr});
  }
  return documents;
}

bool has_document(const model::Home& home, const model::Member& member, std::string_view type) {
  const auto fits = [&](const model::Document& document) { return document.type && *document.type == type; };
  return std::any_of(member.documents.begin(), member.documents.end(), fits) ||
         std::any_of(home.documents.begin(), home.documents.end(), [&](const model::Document& document) {
           return fits(document) && (!document.member || (member.label && *document.member == *member.label));
         });
}

}  // namespace atz::rules
