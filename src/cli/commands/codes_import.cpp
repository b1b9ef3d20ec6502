#include <fmt/format.h>

#include <charconv>

#include "atz/app/codes.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"

namespace atz::cli {
namespace {

Json json_of(const app::ImportedCodes& result) {
  const auto& edition = result.edition;
  Json changes = nullptr;
  if (result.changes) {
    changes = {{"against", result.earlier->name()},
               {"added", result.changes->added},
               {"removed", result.changes->removed},
               {"reworded", result.changes->reworded}};
  }
  return {{"schema", "atz/codes-import/1"}, {"table", edition.name()}, {"kind", codes::to_string(edition.kind)},
          {"year", edition.year},           {"rows", edition.rows},    {"headings", edition.headers},
          {"partial", edition.partial},     {"path", result.path},     {"changes", changes}};
}

std::string text_of(const app::ImportedCodes& result) {
  const auto& edition = result.edition;
  std::string text = fmt::format("{}: {} rows", edition.name(), edition.rows);
  if (edition.headers > 0) {
    text += fmt::format(", {} of them codable, {} headings", edition.rows - edition.headers, edition.headers);
  }
  if (edition.partial) text += "; a part only, so a code that is missing counts as unknown, not as wrong";
  text += "\n";
  if (result.changes) {
    text += fmt::format("Against {}: {} new, {} gone, {} reworded\n", result.earlier->name(), result.changes->added,
                        result.changes->removed, result.changes->reworded);
  }
  return text;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::ImportCodesSettings settings;
  settings.file = invocation.one("FILE");
  settings.shared = invocation.flag("--shared");
  settings.partial = invocation.flag("--partial");
  if (const auto text = invocation.value("--year")) {
    int year = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), year);
    if (error != std::errc() || end != text->data() + text->size() || year < 2000 || year > 2099) {
      return invocation.fail({Failure::usage, "--year is a number from 2000 to 2099", ""});
    }
    settings.year = year;
  }
  const auto result = app::import_codes(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  terminal.out(invocation.value_or("--format", "human") == "json" ? dump(json_of(*result)) : text_of(*result));
  if (!result->replaced_damaged.empty()) {
    terminal.talk(printable(result->replaced_damaged) + "; it was replaced.");
  }
  terminal.talk(fmt::format("wrote {}", printable(result->path)));
  return ExitCode::done;
}

}  // namespace

const Command& codes_import_command() {
  static const Command kCommand{
      "codes import",
      "Take in an official yearly code table",
      "FILE is the order file of ICD-10-CM (icd10cm_order_2027.txt, from the CDC or CMS), or the alphanumeric HCPCS "
      "file "
      "of CMS\n"
      "(HCPC2026_JAN_ANWEB.txt), unpacked; or a table with commas or tabs whose first line names a code and a "
      "description column.\n"
      "What it is, is told by its content. A file that looks cut is refused. The table replaces the earlier one of its "
      "kind, whole\n"
      "or not at all. From then on `atz check` says which diagnoses do not exist or are headings in that year.\n"
      "Exit code: 0 taken in, 1 the file has faults or is not whole (nothing was changed), 2 wrong usage.",
      {{"atz codes import icd10cm_order_2027.txt", "for this user, in the state folder"},
       {"atz codes import --shared icd10cm_order_2027.txt", "into atz.d beside atz.yaml, for the team and CI"},
       {"atz codes import --year 2027 codes.txt", "when the file's name does not say it"}},
      {{"FILE", "The official file", true, false, Hint::file, ""}},
      {options::format("human|json"),
       {"--year", "", "YEAR", "The table's year (default: the one in the file's name)", "", Hint::none},
       {"--shared", "", "", "Put the table into atz.d, where it goes before the one in the state folder", "",
        Hint::none},
       {"--partial", "", "", "Take a file that is only a part", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
