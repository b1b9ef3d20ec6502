#include "atz/app/show.hpp"

#include <fmt/format.h>

#include "atz/base/file.hpp"
#include "cli/commands/commands.hpp"
#include "cli/show_json.hpp"

namespace atz::cli {
namespace {

constexpr unsigned kPrivate = 0600;

// A file is the record: names and IDs are written in full.
Result<std::string> file_bytes(const std::string& file, const report::CasePrint& print) {
  const auto paper = report::case_paper(print, true);
  const std::string extension = path::extension(file);
  if (extension == "pdf") return report::paper_pdf(paper);
  if (extension == "html" || extension == "htm") return report::paper_html(paper);
  return fail(Failure::usage, fmt::format("'{}' is neither a PDF nor a web page", file),
              "Name it FILE.pdf or FILE.html.");
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::ShowSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.case_id = invocation.one("CASE");
  const auto result = app::show(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (const auto file = invocation.value("--output")) {
    const auto bytes = file_bytes(*file, result->print);
    if (!bytes) return invocation.fail(bytes.error());
    if (auto written = invocation.services().files.write_atomic(*file, *bytes, kPrivate); !written)
      return invocation.fail(written.error());
    terminal.talk(fmt::format("wrote {}; it holds names and IDs", *file));
    return ExitCode::done;
  }
  const bool with_names = invocation.flag("--show-phi");
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(case_print_json(result->print, with_names)));
  } else {
    terminal.out(
        report::paper_text(report::case_paper(result->print, with_names), {terminal.color(), terminal.width()}));
  }
  return ExitCode::done;
}

}  // namespace

const Command& show_command() {
  static const Command kCommand{
      "show",
      "Show one case whole: what was asked and sent, what became of it, what comes next",
      "Every request under that Case ID, oldest first: lines and decisions, questionnaires, documents with their "
      "SHA-256,\n"
      "questions, letters, history, and the days that follow. It is what was sent and learned from here; nobody is "
      "asked.\n"
      "On the screen members appear by label; a file (mode 0600) holds their names.",
      {{"atz show 900000101", ""},
       {"atz show 900000101 -o case.pdf", "to print or to file; .html works too"},
       {"atz show 900000101 --format json", "for a script"}},
      {{"CASE", "A Case ID", true, false, Hint::none, ""}},
      {{"--output", "-o", "FILE", "Write FILE.pdf or FILE.html", "", Hint::file},
       options::format("human|json"),
       {"--show-phi", "", "", "Show names and IDs on the screen too", "", Hint::none},
       options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
