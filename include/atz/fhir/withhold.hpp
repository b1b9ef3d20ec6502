// Leaves out of a payer's words for people what names the people whom our own requests are about.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "atz/fhir/reply.hpp"

namespace atz::fhir {

// Names, IDs, birth dates, phone numbers and addresses of members, guardians and case managers, however they are
// spelled: without regard to accents and to what stands between words and digits; of words alone to capitals either,
// except that a small letter never begins a name. A member's address that is also the house's is not withheld.
class Discretion {
 public:
  // Everybody whom the bytes of a request of ours name; bytes that hold no Patient name nobody.
  void add_request(std::string_view body);
  [[nodiscard]] bool knows_nobody() const { return phrases_.empty(); }

  // The same text with "[withheld]" in the place of each name.
  [[nodiscard]] std::string clean(std::string text) const;
  void clean(Issue& issue) const;
  void clean(std::vector<Issue>& issues) const;
  void clean(CaseReply& reply) const;
  void clean(EntryReply& reply) const;
  void clean(InquiryReply& reply) const;

 private:
  using Phrase = std::vector<std::string>;  // words and numbers, folded, that follow one another
  void add_text(std::string_view text);
  void add_name(std::string_view text);
  void add_number(std::string_view text);
  void add_date(std::string_view text);
  void add(Phrase phrase);

  std::unordered_map<std::string, std::vector<Phrase>> phrases_;  // by their first word
};

}  // namespace atz::fhir
