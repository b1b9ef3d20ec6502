#include "fhir/message_text.hpp"

#include "atz/base/text.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

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

std::vector<std::string> reviewer_messages(const std::vector<std::string>& sentences) {
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
