// What hangs on a case: notes, questions, letters, timers; and the decision script.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "sandbox/store.hpp"
#include "sandbox/store_values.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 3> kStates = {"open", "answered", "closed"};

std::string_view word_of(Question::State state) {
  return kStates.at(static_cast<std::size_t>(state));
}

std::string json_of(const Question& question) {
  Json json = {{"chain", question.chain},
               {"kind_code", question.kind_code},
               {"kind_text", question.kind_text},
               {"loinc", question.loinc},
               {"text", question.text},
               {"due", model::format_date(question.due)},
               {"attachment", question.by_attachment}};
  if (question.line) json["line"] = *question.line;
  return json.dump();
}

Question question_of(const Row& row, const Json& json) {
  Question question;
  question.id = row.integer(0);
  question.control_number = row.text(1);
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (row.text(2) == kStates.at(i)) question.state = static_cast<Question::State>(i);
  }
  question.chain = json.value("chain", 1);
  if (json.contains("line")) question.line = json["line"].get<int>();
  question.kind_code = json.value("kind_code", "");
  question.kind_text = json.value("kind_text", "");
  question.loinc = json.value("loinc", "");
  question.text = json.value("text", "");
  question.due = model::parse_date(json.value("due", "")).value_or(model::Date{});
  question.by_attachment = json.value("attachment", true);
  return question;
}

}  // namespace

Result<void> Store::add_note(const std::string& case_id, const Note& note) {
  std::string about;
  if (note.chain != 0 && !note.lines.empty()) {
    about = fmt::format("{} {}", note.chain, fmt::join(note.lines, " "));
  }
  note_change(case_id, note.chain, note.at);
  const std::string sealed = seal(note.text, "events.note", case_id);
  return database_.run("INSERT INTO events(case_id, at, kind, note, about) VALUES(?, ?, 'note', ?, ?)",
                       {case_id, seconds(note.at), Blob{sealed}, about});
}

Result<void> Store::add_question(const std::string& case_id, const Question& question, Instant at) {
  const std::string sealed = seal(json_of(question), "questions.question", question.control_number);
  return database_.run("INSERT INTO questions(case_id, at, control, state, question) VALUES(?, ?, ?, ?, ?)",
                       {case_id, seconds(at), question.control_number, word_of(question.state), Blob{sealed}});
}

Result<void> Store::save_question(const Question& question) {
  return database_.run("UPDATE questions SET state = ? WHERE id = ?", {word_of(question.state), question.id});
}

Result<std::vector<Question>> Store::questions(const std::string& case_id) {
  const auto rows =
      database_.query("SELECT id, control, state, question FROM questions WHERE case_id = ? ORDER BY id", {case_id});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<Question> found;
  for (const Row& row : *rows) {
    const auto plain = unseal(row.text(3), "questions.question", row.text(1));
    if (!plain) return tl::make_unexpected(plain.error());
    const auto json = Json::parse(*plain, nullptr, false);
    if (!json.is_object())
      return fail(Failure::state, "The embedded payer's store holds a question that can't be read.");
    found.push_back(question_of(row, json));
  }
  return found;
}

Result<std::optional<std::string>> Store::case_of_question(const std::string& control_number) {
  const auto row = database_.one("SELECT case_id FROM questions WHERE control = ?", {control_number});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  return std::optional((*row)->text(0));
}

Result<void> Store::add_letter(const std::string& case_id, Instant at, std::string_view json) {
  const std::string sealed = seal(json, "letters.letter", case_id);
  return database_.run("INSERT INTO letters(case_id, at, letter) VALUES(?, ?, ?)",
                       {case_id, seconds(at), Blob{sealed}});
}

Result<std::vector<Store::LetterRow>> Store::letters() {
  const auto rows = database_.query("SELECT case_id, letter FROM letters ORDER BY at, id");
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<LetterRow> found;
  for (const Row& row : *rows) {
    auto plain = unseal(row.text(1), "letters.letter", row.text(0));
    if (!plain) return tl::make_unexpected(plain.error());
    found.push_back({row.text(0), std::move(*plain)});
  }
  return found;
}

Result<void> Store::add_timer(const Timer& timer) {
  const std::string sealed = seal(timer.data, "timers.data", timer.case_id);
  return database_.run("INSERT INTO timers(due, case_id, kind, data) VALUES(?, ?, ?, ?)",
                       {seconds(timer.due), timer.case_id, timer.kind, Blob{sealed}});
}

Result<std::optional<Timer>> Store::next_timer(Instant now) {
  const auto row = database_.one(
      "SELECT id, due, case_id, kind, data FROM timers WHERE due <= ? ORDER BY due, id LIMIT 1", {seconds(now)});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<Timer>();
  auto data = unseal((*row)->text(4), "timers.data", (*row)->text(2));
  if (!data) return tl::make_unexpected(data.error());
  return std::optional(
      Timer{(*row)->integer(0), instant((*row)->integer(1)), (*row)->text(2), (*row)->text(3), std::move(*data)});
}

Result<void> Store::drop_timer(std::int64_t id) {
  return database_.run("DELETE FROM timers WHERE id = ?", {id});
}

Result<void> Store::drop_timers(const std::string& case_id, std::string_view kinds) {
  return database_.run("DELETE FROM timers WHERE case_id = ? AND kind GLOB ?", {case_id, kinds});
}

Result<void> Store::mark() {
  marked_changes_ = changes_.size();
  return database_.script("SAVEPOINT step");
}
Result<void> Store::back_to_mark() {
  changes_.resize(marked_changes_);
  return database_.script("ROLLBACK TO step; RELEASE step");
}
Result<void> Store::forget_mark() {
  return database_.script("RELEASE step");
}

Result<void> Store::set_script(std::string_view json) {
  if (json.empty()) return database_.run("DELETE FROM meta WHERE key = 'script'");
  const std::string sealed = seal(json, "meta.script", "");
  return database_.run("INSERT INTO meta VALUES('script', ?1) ON CONFLICT(key) DO UPDATE SET value = ?1",
                       {Blob{sealed}});
}

Result<std::string> Store::script() {
  const auto row = database_.one("SELECT value FROM meta WHERE key = 'script'");
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::string();
  return unseal((*row)->text(0), "meta.script", "");
}

}  // namespace atz::sandbox
