// Documents together with what was found in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/context.hpp"

namespace atz::rules {

struct InspectedDocument {
  const model::Document* document;
  const model::Member* member;           // nullptr: the home's list
  const attach::Inspection* inspection;  // nullptr: attachments are not looked at
  [[nodiscard]] diag::Span span() const { return place(document->file, document->span); }
  [[nodiscard]] std::string label() const;  // whose it is; empty for the whole home
};
std::vector<InspectedDocument> inspected_documents(Context& context);

// Whether a document of that type goes with the member's request: one of their own, or of the home's that names them.
bool has_document(const model::Home& home, const model::Member& member, std::string_view type);

}  // namespace atz::rules
