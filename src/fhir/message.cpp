// Facts for which PAS has no field travel as notes to the reviewer.
#include <algorithm>

#include "atz/base/text.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

std::string kind_words(const RequestContext& context) {
  const char* key = request_key(context.home.kind_of(context.member));
  const auto* row = context.input.tables.request_type(key);
  return row == nullptr ? key : row->portal_text;
}

std::string line_words(const RequestContext& context, const model::Service& service) {
  std::string words = line_code(service);
  if (service.weekly_hours) words += ", weekly support hours " + number_literal(*service.weekly_hours);
  if (const auto& period = context.home.period_of(context.member, service); period.complete()) {
    words += ", " + model::format_date(*period.start) + " to " + model::format_date(*period.end);
  }
  return words + ".";
}

// Cuts a sentence that is too long at blanks (anywhere when there are none), never inside a character.
void append_cut(std::vector<std::string>& pieces, std::string_view sentence) {
  while (count_characters(sentence) > kMaxMessageCharacters) {
    std::size_t end = 0;
    std::size_t blank = 0;
    for (std::size_t characters = 0; characters < kMaxMessageCharacters; ++characters) {
      if (sentence[end] == ' ') blank = end;
      do ++end;
      while (end < sentence.size() && (static_cast<unsigned char>(sentence[end]) & 0xC0U) == 0x80U);
    }
    if (sentence[end] == ' ' || blank == 0) blank = end;
    pieces.emplace_back(trim(sentence.substr(0, blank)));
    sentence = trim(sentence.substr(blank));
  }
  if (!sentence.empty()) pieces.emplace_back(sentence);
}

}  // namespace

std::vector<std::string> message_lines(const RequestContext& context) {
  const auto& home = context.home;
  const auto& tables = context.input.tables;
  std::vector<std::string> sentences;
  sentences.push_back(kind_words(context) + ".");
  sentences.push_back((home.type ? *home.type : tables.request_class) + ", " +
                      (home.subcontract ? *home.subcontract : tables.subcontract) + ".");
  if (home.priority.expedited && *home.priority.expedited) {
    std::string words = "Expedited review";
    if (home.priority.reason) words += ", " + *home.priority.reason;
    sentences.push_back(words + ".");
    if (home.priority.called_on) sentences.push_back("Called on " + model::format_date(*home.priority.called_on) + ".");
  }
  for (const auto& service : context.member.services) sentences.push_back(line_words(context, service));
  if (home.attest.precertification && *home.attest.precertification && home.attest.by && home.attest.on) {
    sentences.push_back("Precertification attested by " + *home.attest.by + " on " +
                        model::format_date(*home.attest.on) + ".");
  }

  std::vector<std::string> pieces;
  for (const auto& sentence : sentences) append_cut(pieces, trim(without_x12_delimiters(sentence)));
  std::vector<std::string> messages;
  for (auto& piece : pieces) {
    if (!messages.empty() && count_characters(messages.back()) + 1 + count_characters(piece) <= kMaxMessageCharacters) {
      messages.back() += " " + piece;
    } else {
      messages.push_back(std::move(piece));
    }
  }
  return messages;
}

}  // namespace atz::fhir
