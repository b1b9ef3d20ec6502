#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <iterator>
#include <thread>

#include "atz/app/check.hpp"
#include "cli/commands/commands.hpp"
#include "cli/findings.hpp"

namespace atz::cli {
namespace {

constexpr unsigned kMostJobs = 64;

Result<unsigned> jobs_of(const Invocation& invocation) {
  const auto text = invocation.value("--jobs");
  if (!text) return std::clamp(std::thread::hardware_concurrency(), 1U, kMostJobs);
  unsigned jobs = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), jobs);
  if (error != std::errc() || end != text->data() + text->size() || jobs == 0 || jobs > kMostJobs) {
    return fail(Failure::usage, fmt::format("--jobs is a number from 1 to {}", kMostJobs));
  }
  return jobs;
}

app::CheckSettings settings_of(const Invocation& invocation) {
  app::CheckSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.strict = invocation.flag("--strict");
  return settings;
}

// Prints as results come in, or gathers them where they make one document, without keeping any file's text.
class Sink {
 public:
  Sink(FindingFormat format, const Invocation& invocation, std::size_t files)
      : format_(format), terminal_(invocation.terminal()), disk_(invocation.services().files), files_(files) {}

  void take(diag::FileReport report) {
    std::vector<diag::FileReport> one;
    one.push_back(std::move(report));
    const auto counted = diag::count(one);
    totals_.files += 1;
    totals_.errors += counted.errors;
    totals_.warnings += counted.warnings;
    totals_.notes += counted.notes;
    if (is_one_document(format_)) {
      for (auto& source : one.front().sources) source.text = {};
      gathered_.push_back(std::move(one.front()));
    } else if (!one.front().findings.empty()) {
      terminal_.out(findings_as(format_, one, terminal_, disk_));
    }
    if (files_ > 1 && totals_.files * 100 / files_ != (totals_.files - 1) * 100 / files_) {
      terminal_.progress(fmt::format("{} of {} files", totals_.files, files_));
    }
  }

  ExitCode finish() {
    if (is_one_document(format_)) terminal_.out(findings_as(format_, gathered_, terminal_, disk_));
    terminal_.talk(diag::summary_line(totals_));
    return totals_.errors > 0 ? ExitCode::findings : ExitCode::done;
  }

 private:
  FindingFormat format_;
  Terminal& terminal_;
  const Files& disk_;
  std::size_t files_;
  diag::Totals totals_;
  std::vector<diag::FileReport> gathered_;
};

ExitCode check_stdin(const Invocation& invocation, Sink& sink) {
  std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  app::Checker checker(invocation.services(), settings_of(invocation));
  auto checked = checker.check_text(invocation.value_or("--stdin-name", "-"), std::move(text));
  if (!checked) return invocation.fail(checked.error());
  sink.take(checked->report());
  return sink.finish();
}

ExitCode run(Invocation& invocation) {
  const auto jobs = jobs_of(invocation);
  if (!jobs) return invocation.fail(jobs.error());
  const auto format = finding_format(invocation.value_or("--format", "human"));
  const auto& paths = invocation.all("PATH");
  if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    if (paths.size() > 1) return invocation.fail({Failure::usage, "- (standard input) stands alone", ""});
    Sink sink(format, invocation, 1);
    return check_stdin(invocation, sink);
  }
  const auto files = app::find_case_files(invocation.services().files, paths);
  if (!files) return invocation.fail(files.error());
  Sink sink(format, invocation, files->size());
  const auto checked = app::check_files(invocation.services(), settings_of(invocation), *files, *jobs,
                                        [&](diag::FileReport report) { sink.take(std::move(report)); });
  if (!checked) return invocation.fail(checked.error());
  return sink.finish();
}

}  // namespace

const Command& check_command() {
  static const Command kCommand{
      "check",
      "Check case files: complete, in time, and adding up",
      "Nothing is sent and nothing is written. Folders are searched for case files (*.yaml, *.yml), but not through\n"
      "links to other folders. Patterns in quotes are expanded: ** stands for folders of any depth. `-` reads standard\n"
      "input. A staffing file or an atz.yaml can be checked alone. Warnings never block, unless --strict turns them into\n"
      "errors. Formats: human shows the lines of the file; concise and jsonl are a line for each finding; json, sarif\n"
      "(2.1.0) and junit are one document; github marks the lines of a pull request.\n"
      "Exit code: 0 no errors, 1 errors, 2 wrong usage.",
      {{"atz check maple-street.yaml", "one home"},
       {"atz check homes/", "every home below a folder"},
       {"atz check 'homes/**/b*.yaml'", "every home whose file begins with b"},
       {"atz check --format github homes/", "marks the lines of a pull request"},
       {"atz check --format sarif homes/ > atz.sarif", "for code scanning"},
       {"atz check --as-of 2026-12-07 maple-street.yaml", "as if it were sent on that day"}},
      {{"PATH", "Case files, folders or patterns; - for standard input", true, true, Hint::file, ""}},
      {options::kAsOf,
       options::format(kFindingFormats),
       {"--strict", "", "", "Treat warnings as errors", "", Hint::none},
       {"--jobs", "-j", "N", "Check that many files at the same time (default: as many as there are processors)", "", Hint::none},
       {"--stdin-name", "", "NAME", "What to call standard input, and where its documents lie", "", Hint::file}},
      run};
  return kCommand;
}

}  // namespace atz::cli
