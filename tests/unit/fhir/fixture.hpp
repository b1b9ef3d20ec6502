// The home of three from the worked example, built without the case-file reader. All people and numbers are made up.
#pragma once

#include <string>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/request.hpp"

namespace atz::fhir::test {

template <class T>
model::Field<T> field(T value, unsigned line = 1) {
  model::Field<T> out;
  out.value = std::move(value);
  out.span = {0, line, 1, line, 2};
  out.present = true;
  return out;
}
inline model::Field<std::string> field(const char* text, unsigned line = 1) {
  auto out = field(std::string(text), line);
  out.text = text;
  return out;
}

struct Fixture {
  Fixture();
  [[nodiscard]] SubmitInput input(std::size_t member = 0) const;
  [[nodiscard]] std::string bytes(std::size_t member = 0) const { return build_submit(input(member)).bytes; }
  [[nodiscard]] ReceivedRequest received(std::size_t member = 0) const;
  [[nodiscard]] InquiryInput inquiry() const;
  [[nodiscard]] AnsweredCase answer(const ReceivedRequest& request, const std::string& action) const;

  model::Home home;
  model::Tables tables;
  model::Settings settings;
  model::PayerProfile profile = model::sandbox_profile();
  model::Week week;
  std::vector<Attachment> attachments;
  Instant created;
};

// The same home later: member A asks for more under case 900000101. The days follow those of the first request.
struct Extension : Fixture {
  explicit Extension(model::ExtensionReason reason = model::ExtensionReason::continuation);
  // What is sent for A, after `prior` (the bytes of what was sent last; empty: not known to us).
  [[nodiscard]] MemberRequest sent(const std::string& prior) const;

  std::string batch = "maple-street-20271215-c0ffe";
  std::string authorization_number = "PA7700451";
};

// A termination by an agency that names no home.
struct Termination : Fixture {
  Termination();
  std::vector<Attachment> notice;
  [[nodiscard]] SubmitInput input() const;
};

// Fails the test with the reasons when the request is not as strict as the profiles want it.
ReceivedRequest strictly(const std::string& bytes);

// Replaces the only occurrence; fails the test when there is none or more than one.
std::string replaced(std::string text, const std::string& from, const std::string& to);

// With ATZ_DUMP_DIR set, writes a message there for the conformance checkers.
void dump(const std::string& name, const std::string& bytes);

}  // namespace atz::fhir::test
