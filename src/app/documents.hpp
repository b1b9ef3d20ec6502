// The documents that travel with one member's request, read and, where none is listed, drawn.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/check.hpp"
#include "atz/app/services.hpp"
#include "atz/fhir/request.hpp"
#include "atz/model/week.hpp"

namespace atz::app {

struct MemberDocuments {
  std::vector<fhir::Attachment> attachments;
  std::vector<std::string> digests;  // of listed documents: type and SHA-256; a drawn pattern has none
};

class DocumentCollector {
 public:
  DocumentCollector(const Services& services, const CheckedFile& checked, const model::Week* week)
      : services_(services), checked_(checked), week_(week) {}

  // AT012: Failure::input when a document is no longer what was checked.
  Result<MemberDocuments> for_member(std::size_t member);

 private:
  Result<std::string> drawn_pattern(const model::Member& member);

  const Services& services_;
  const CheckedFile& checked_;
  const model::Week* week_;
  std::optional<std::string> combined_;  // drawn once for the whole home
};

}  // namespace atz::app
