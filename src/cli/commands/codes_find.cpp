#include <fmt/format.h>

#include <charconv>

#include "atz/app/codes.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

constexpr std::size_t kMostHits = 100'000;

std::string_view kind_word(app::CodeHit::Kind kind) {
  switch (kind) {
    case app::CodeHit::Kind::diagnosis:
      return "diagnosis";
    case app::CodeHit::Kind::procedure:
      return "procedure";
    case app::CodeHit::Kind::modifier:
      break;
  }
  return "modifier";
}

std::string_view source_word(app::CodeHit::Source source) {
  switch (source) {
    case app::CodeHit::Source::own:
      return "atz.d";
    case app::CodeHit::Source::built_in:
      return "built-in";
    case app::CodeHit::Source::imported:
      break;
  }
  return "imported";
}

std::string below_words(const app::CodeHit& hit) {
  std::string words = fmt::format("{}", fmt::join(hit.below, ", "));
  if (hit.below_count > hit.below.size()) words += fmt::format(" and {} more", hit.below_count - hit.below.size());
  return words;
}

std::string table_text(const app::FoundCodes& found, const Terminal& terminal) {
  Table table({{"CODE"}, {"KIND"}, {"TEXT"}, {"UNIT"}, {"SOURCE"}});
  for (const auto& hit : found.hits) {
    const std::string modifiers = hit.modifiers.empty() ? "" : " " + join(hit.modifiers, " ");
    table.add({{hit.code + modifiers, hit.header ? Style::yellow : Style::plain},
               {std::string(kind_word(hit.kind))},
               {printable(hit.text)},
               {printable(hit.unit)},
               {hit.table.empty() ? std::string(source_word(hit.source)) : hit.table}});
    if (hit.header) {
      table.add_note(hit.below.empty() ? std::string("a heading, not codable by itself")
                                       : "a heading, not codable by itself; use " + below_words(hit));
    }
    if (!hit.ends.empty()) table.add_note("last day of use: " + hit.ends);
  }
  return table.render(terminal);
}

Json found_json(const std::string& text, const app::FoundCodes& found) {
  Json codes = Json::array();
  for (const auto& hit : found.hits) {
    codes.push_back({{"code", hit.code},
                     {"modifiers", hit.modifiers},
                     {"kind", kind_word(hit.kind)},
                     {"text", hit.text},
                     {"codable", !hit.header},
                     {"codable_below", hit.below},
                     {"codable_below_count", hit.below_count},
                     {"unit", text_or_null(hit.unit)},
                     {"program", text_or_null(hit.program)},
                     {"ends", text_or_null(hit.ends)},
                     {"source", source_word(hit.source)},
                     {"table", text_or_null(hit.table)}});
  }
  return {{"schema", "atz/codes/1"},
          {"query", text},
          {"exact", !found.near},
          {"total", found.total},
          {"codes", codes},
          {"imported", found.imported},
          {"did_you_mean", found.suggestions}};
}

Result<app::FindCodesSettings> settings_of(const Invocation& invocation) {
  app::FindCodesSettings settings;
  settings.text = join(invocation.all("TEXT"), " ");
  if (trim(settings.text).empty()) return fail(Failure::usage, "TEXT is empty", "For example: atz codes find autistic");
  if (const auto kind = invocation.value("--kind")) {
    settings.kind = *kind == "diagnosis" ? codes::Kind::diagnosis : codes::Kind::procedure;
  }
  if (const auto limit = invocation.value("--limit")) {
    const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), settings.limit);
    if (error != std::errc() || end != limit->data() + limit->size() || settings.limit == 0 ||
        settings.limit > kMostHits) {
      return fail(Failure::usage, fmt::format("--limit is a number from 1 to {}", kMostHits));
    }
  }
  return settings;
}

void talk_about(const app::FoundCodes& found, const std::string& text, Terminal& terminal) {
  if (found.problems) terminal.talk("atz.yaml or a file of atz.d has faults; `atz check` shows them.");
  if (found.total > found.hits.size()) {
    terminal.talk(fmt::format("{} of {}; --limit shows more.", found.hits.size(), found.total));
  }
  if (found.total > 0) {
    if (found.near) terminal.talk("Nothing fits exactly; this is near.");
    return;
  }
  terminal.talk(fmt::format("Nothing was found for \"{}\".", printable(text)));
  if (!found.suggestions.empty()) terminal.talk("Did you mean: " + join(found.suggestions, ", "));
  if (found.imported.empty()) {
    terminal.talk("Only the short list that ships with atz was searched; `atz codes import` adds the official ones.");
  }
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto settings = settings_of(invocation);
  if (!settings) return invocation.fail(settings.error());
  const auto found = app::find_codes(invocation.services(), *settings);
  if (!found) return invocation.fail(found.error());
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(found_json(settings->text, *found)));
  } else if (!found->hits.empty()) {
    terminal.out(table_text(*found, terminal));
  }
  talk_about(*found, settings->text, terminal);
  return found->hits.empty() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& codes_find_command() {
  static const Command kCommand{
      "codes find",
      "Find procedures and diagnoses by code or words",
      "TEXT is the beginning of a code, with or without its dot, in any case, or words in any order; the beginning of "
      "a "
      "word is\n"
      "enough, and small typing errors are forgiven where nothing fits exactly. Headings, which can't be coded by "
      "themselves, are\n"
      "marked and name the codes below them. SOURCE says where a row comes from: the list that ships with atz, your "
      "atz.d, or\n"
      "an imported table with its year.\n"
      "Exit code: 0 something was found, 1 nothing.",
      {{"atz codes find F84", "by the beginning of a code"},
       {"atz codes find moderate intellectual", "by words"},
       {"atz codes find T2016SC", "a procedure with its modifier"},
       {"atz codes find --kind procedure --format json habilitation", "for other programs"}},
      {{"TEXT", "A code or words", true, true, Hint::none, ""}},
      {options::format("human|json"),
       {"--kind", "", "KIND", "Only these (modifiers count as procedures)", "procedure|diagnosis", Hint::none},
       {"--limit", "-n", "N", "Show at most that many (default: 20)", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
