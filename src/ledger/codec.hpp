// The plain text of sealed columns: fields with their length before them ("5:T2016,"). Fields are only ever added at
// the end, and a missing one reads as empty, so older rows stay readable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/ledger/ledger.hpp"

namespace atz::ledger {

class Packer {
 public:
  Packer& text(std::string_view value);
  Packer& number(std::optional<std::int64_t> value);
  Packer& list(const std::vector<std::string>& values);
  [[nodiscard]] std::string take() { return std::move(packed_); }

 private:
  std::string packed_;
};

// Never throws and never reads past the end; ok() says afterwards whether all was well formed.
class Unpacker {
 public:
  explicit Unpacker(std::string_view packed) : rest_(packed) {}
  std::string text();
  std::optional<std::int64_t> number();
  std::vector<std::string> list();
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

struct Remarks {
  std::string flag;
  std::vector<std::string> notes;
  std::vector<model::InformationRequest> requests;
};

// What of a line is sealed; sequence, trace and code are columns of their own.
std::string encode_asked(const LineIntent& line);
bool decode_asked(std::string_view packed, LineIntent& line);
// Equal decisions have equal texts; the sequence is not part of it.
std::string encode_decision(const model::LineDecision& decision);
bool decode_decision(std::string_view packed, model::LineDecision& decision);
// A line in a reply that says nothing at all about it.
bool says_nothing(const model::LineDecision& decision);
std::string encode_remarks(const Remarks& remarks);
bool decode_remarks(std::string_view packed, Remarks& remarks);
std::string encode_identity(const MemberIntent& member);
bool decode_identity(std::string_view packed, CaseIdentity& identity);

}  // namespace atz::ledger
