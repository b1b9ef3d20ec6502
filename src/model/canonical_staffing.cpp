#include <algorithm>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "canonical_lines.hpp"

namespace atz::model {

namespace {

std::string span_text(const WeekSpan& block) {
  const std::string days = block.days ? format_weekdays(*block.days) : "?" + block.days.text;
  const std::string from = block.from ? format_time_of_day(*block.from) : "?" + block.from.text;
  const std::string to = block.to ? format_time_of_day(*block.to) : "?" + block.to.text;
  return fmt::format("{} {}-{}", days, from, to);
}

// name "value", quoted so that neighbours stay apart; nothing for an absent value.
std::string part(std::string_view name, const Field<std::string>& field, Form form = Form::text) {
  const std::string value = field ? in_form(*field, form) : field.text;
  if (value.empty()) return "";
  std::string quoted;
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format(" {} \"{}\"", name, quoted);
}

// The order of blocks in the file says nothing, so that they are sorted.
void put_sorted(Lines& lines, std::string_view name, std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  for (std::size_t i = 0; i < texts.size(); ++i) lines.put(fmt::format("{} {}", name, i), texts[i]);
}

std::string shift_text(const Shift& shift) {
  std::string text = span_text(shift) + part("staff", shift.staff);
  if (!shift.awake.value.value_or(true)) text += " asleep";
  text += part("one_to_one", shift.one_to_one);
  text += part("on_behalf_of", shift.on_behalf_of);
  std::vector<Field<std::string>> companions = shift.accompanying;
  std::stable_sort(companions.begin(), companions.end(),
                   [](const auto& a, const auto& b) { return a.value < b.value; });
  for (const Field<std::string>& label : companions) text += part("accompanying", label);
  const bool regular = !shift.line || to_upper(trim(*shift.line)) == "T2016";
  if (!regular) text += part("line", shift.line, Form::upper);
  return text;
}

std::string out_text(const Out& out) {
  return span_text(out) + part("member", out.member) + part("kind", out.kind, Form::lower) +
         part("code", out.code, Form::upper) + part("provider", out.provider) + part("note", out.note);
}

std::string person_text(const StaffPerson& person) {
  const bool admin = person.counts && to_lower(trim(*person.counts)) == "admin";
  return std::string(admin ? "admin" : "direct") + part("id", person.id) + part("role", person.role);
}

template <class Block, class Text>
std::vector<std::string> texts_of(const std::vector<Block>& blocks, Text text) {
  std::vector<std::string> result;
  result.reserve(blocks.size());
  for (const Block& block : blocks) result.push_back(text(block));
  return result;
}

}  // namespace

void put_spans(Lines& lines, std::string_view name, const std::vector<WeekSpan>& spans) {
  put_sorted(lines, name, texts_of(spans, span_text));
}

void put_pattern(Lines& lines, const StaffingPattern& pattern) {
  lines.put("effective", pattern.effective);
  put_sorted(lines, "staff", texts_of(pattern.staff, person_text));
  put_sorted(lines, "shift", texts_of(pattern.shifts, shift_text));
  put_sorted(lines, "out", texts_of(pattern.out, out_text));
}

}  // namespace atz::model
