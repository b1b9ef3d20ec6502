#include <string>
#include <string_view>

#include "atz/base/text.hpp"
#include "casefile/decode.hpp"

namespace atz::casefile {
namespace {

void decode_person(const Reader& reader, model::StaffPerson& person) {
  person.span = reader.whole();
  reader.get("id", person.id);
  reader.get("role", person.role);
  reader.get("counts", person.counts);
}

void decode_shift(const Reader& reader, model::Shift& shift) {
  decode_block(reader, shift);
  reader.get("staff", shift.staff);
  reader.get("awake", shift.awake);
  reader.get("one_to_one", shift.one_to_one);
  reader.get("on_behalf_of", shift.on_behalf_of);
  if (shift.on_behalf_of) {
    const std::string word = to_lower(*shift.on_behalf_of);
    if (word == "all" || word == "true" || word == "yes") shift.on_behalf_of.value = "all";
  }
  reader.get("accompanying", shift.accompanying);
  reader.get("line", shift.line);
}

void decode_out(const Reader& reader, model::Out& out) {
  decode_block(reader, out);
  reader.get("member", out.member);
  reader.get("kind", out.kind);
  reader.get("code", out.code);
  upper(out.code);
  reader.get("provider", out.provider);
  reader.get("note", out.note);
}

}  // namespace

void decode_block(const Reader& reader, model::WeekSpan& block) {
  block.span = reader.whole();
  reader.get("days", block.days);
  reader.get("from", block.from);
  reader.get("to", block.to);
}

void decode_pattern(const Reader& reader, model::StaffingPattern& staffing) {
  staffing.present = reader.given();
  staffing.span = reader.here();
  reader.get("effective", staffing.effective);
  reader.each("staff", [&](const Reader& entry) { decode_person(entry, staffing.staff.emplace_back()); });
  staffing.shifts_span = reader.key_span("shifts");
  staffing.shifts_present = reader.value("shifts") != nullptr;
  reader.each("shifts", [&](const Reader& entry) { decode_shift(entry, staffing.shifts.emplace_back()); });
  staffing.out_span = reader.key_span("out");
  reader.each("out", [&](const Reader& entry) { decode_out(entry, staffing.out.emplace_back()); });
}

void decode_staffing(const Reader& reader, const DrawIn& draw_in, model::StaffingPattern& staffing) {
  decode_pattern(reader, staffing);
  reader.get("file", staffing.file);
  if (!staffing.file) return;
  for (const std::string_view key : {"effective", "shifts", "staff", "out"}) {
    if (reader.value(key) == nullptr) continue;
    reader.problem(Problem::Kind::wrong_shape, reader.key_span(key), reader.path(key),
                   "a staffing pattern stands in a file or here, not in both", {}, {},
                   "remove `file`, or move this into the file");
    return;
  }
  const Node* root = draw_in(*staffing.file, staffing.file.span, reader.path("file"));
  if (root == nullptr) return;
  const model::Field<std::string> file = staffing.file;
  const diag::Span section = staffing.span;
  staffing = {};
  const std::string path = reader.path();
  const Reader drawn(*root, staffing_file_tree(), reader.log(), path);
  decode_pattern(drawn, staffing);
  staffing.present = true;
  if (!drawn.given()) staffing.span = section;
  staffing.file = file;
}

}  // namespace atz::casefile
