#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <iterator>
#include <thread>

#include "atz/app/check.hpp"
#include "atz/app/fix.hpp"
#include "atz/base/diff.hpp"
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

std::string all_of_stdin() {
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

std::string count_of(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

// `--fix` and `--diff`, one file after the other.
class Corrector {
 public:
  Corrector(const Invocation& invocation, Sink* sink) : invocation_(invocation), sink_(sink) {}

  Result<void> file(const app::FoundFile& found) {
    auto fixed = app::fix_file(invocation_.services(), settings_of(invocation_), found);
    if (!fixed) return tl::make_unexpected(fixed.error());
    if (sink_ == nullptr) {
      show(*fixed);
      return {};
    }
    if (auto written = app::write_fixed(invocation_.services(), *fixed); !written) return written;
    for (const auto& text : fixed->texts) say(text, "");
    note_shared(*fixed);
    sink_->take(fixed->left.report());
    return {};
  }

  // Nothing to write to: the text goes to standard output, and what is left to say to standard error.
  ExitCode standard_input() {
    const std::string name = invocation_.value_or("--stdin-name", "-");
    const std::string text = all_of_stdin();
    auto fixed = app::fix_text(invocation_.services(), settings_of(invocation_), name, text);
    if (!fixed) return invocation_.fail(fixed.error());
    if (sink_ == nullptr) {
      show(*fixed);
      return finish();
    }
    Terminal& terminal = invocation_.terminal();
    terminal.out(fixed->texts.empty() || fixed->texts.front().path != name ? text : fixed->texts.front().after);
    for (const auto& each : fixed->texts) say(each, each.path == name ? "" : ", if it is checked by itself");
    const auto report = fixed->left.report();
    if (!report.findings.empty()) terminal.talk(diag::render_human(report, {}));
    terminal.talk(diag::summary_line(diag::count({report})));
    return fixed->left.has_errors() ? ExitCode::findings : ExitCode::done;
  }

  ExitCode finish() {
    if (sink_ != nullptr) return sink_->finish();
    invocation_.terminal().talk(changed_ == 0 ? "There is nothing to correct."
                                              : count_of(changed_, "file") + " would change. Nothing was written.");
    return changed_ == 0 ? ExitCode::done : ExitCode::findings;
  }

 private:
  void show(const app::Fixed& fixed) {
    for (const auto& text : fixed.texts) {
      invocation_.terminal().out(unified_diff(text.path, text.before, text.after));
      ++changed_;
    }
    note_shared(fixed);
  }

  void say(const app::FixedText& text, std::string_view when) {
    invocation_.terminal().talk(
        fmt::format("{} in {}{}:", count_of(text.corrections.size(), "correction"), text.path, when));
    for (const auto& correction : text.corrections) invocation_.terminal().talk("  " + correction);
  }

  void note_shared(const app::Fixed& fixed) {
    if (fixed.shared == 0) return;
    invocation_.terminal().talk(fmt::format("{} left to make by hand in {}, which other homes share.",
                                            count_of(fixed.shared, "correction"),
                                            fixed.left.file.workspace->config_path));
  }

  const Invocation& invocation_;
  Sink* sink_;  // nullptr: only show what would change
  std::size_t changed_ = 0;
};

ExitCode check_stdin(const Invocation& invocation, Sink& sink) {
  app::Checker checker(invocation.services(), settings_of(invocation));
  auto checked = checker.check_text(invocation.value_or("--stdin-name", "-"), all_of_stdin());
  if (!checked) return invocation.fail(checked.error());
  sink.take(checked->report());
  return sink.finish();
}

ExitCode run(Invocation& invocation) {
  const auto jobs = jobs_of(invocation);
  if (!jobs) return invocation.fail(jobs.error());
  const auto format = finding_format(invocation.value_or("--format", "human"));
  const auto& paths = invocation.all("PATH");
  const bool diff = invocation.flag("--diff");
  const bool fix = invocation.flag("--fix") || diff;
  if (diff && invocation.value("--format")) {
    return invocation.fail({Failure::usage, "--diff prints a diff and no findings", "Leave --format out."});
  }
  if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    if (paths.size() > 1) return invocation.fail({Failure::usage, "- (standard input) stands alone", ""});
    Sink sink(format, invocation, 1);
    return fix ? Corrector(invocation, diff ? nullptr : &sink).standard_input() : check_stdin(invocation, sink);
  }
  const auto files = app::find_case_files(invocation.services().files, paths);
  if (!files) return invocation.fail(files.error());
  Sink sink(format, invocation, files->size());
  if (fix) {
    Corrector corrector(invocation, diff ? nullptr : &sink);
    for (const auto& file : *files) {
      if (auto corrected = corrector.file(file); !corrected) return invocation.fail(corrected.error());
    }
    return corrector.finish();
  }
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
      "Nothing is sent and, without --fix, nothing is written. Folders are searched for case files (*.yaml, *.yml), "
      "but not through\n"
      "links to other folders. Patterns in quotes are expanded: ** stands for folders of any depth. `-` reads "
      "standard\n"
      "input. A staffing file or an atz.yaml can be checked alone. Warnings never block, unless --strict turns them "
      "into\n"
      "errors. Formats: human shows the lines of the file; concise and jsonl are a line for each finding; json, sarif\n"
      "(2.1.0) and junit are one document; github marks the lines of a pull request.\n"
      "--fix corrects what can be meant in one way only: capitals in IDs and codes, dates like 2027/01/04, times like\n"
      "6:00, phone numbers, units that follow from the period. Comments and layout stay. Staffing files that a home\n"
      "names are corrected with it, atz.yaml is not. Standard input is printed corrected.\n"
      "--diff prints what --fix would change and writes nothing. Its lines come from your files as they are.\n"
      "Exit code: 0 no errors, 1 errors (with --fix: errors left; with --diff: something would change), 2 wrong usage.",
      {{"atz check maple-street.yaml", "one home"},
       {"atz check homes/", "every home below a folder"},
       {"atz check 'homes/**/b*.yaml'", "every home whose file begins with b"},
       {"atz check --format github homes/", "marks the lines of a pull request"},
       {"atz check --format sarif homes/ > atz.sarif", "for code scanning"},
       {"atz check --as-of 2026-12-07 maple-street.yaml", "as if it were sent on that day"},
       {"atz check --diff homes/", "what can be corrected"},
       {"atz check --fix homes/", "corrects it"}},
      {{"PATH", "Case files, folders or patterns; - for standard input", true, true, Hint::file, ""}},
      {options::kAsOf,
       options::format(kFindingFormats),
       {"--fix", "", "", "Correct what has only one answer, in the files themselves", "", Hint::none},
       {"--diff", "", "", "Print what --fix would change, and write nothing", "", Hint::none},
       {"--strict", "", "", "Treat warnings as errors", "", Hint::none},
       {"--jobs", "-j", "N", "Check that many files at the same time (default: as many as there are processors)", "",
        Hint::none},
       {"--stdin-name", "", "NAME", "What to call standard input, and where its documents lie", "", Hint::file}},
      run};
  return kCommand;
}

}  // namespace atz::cli
