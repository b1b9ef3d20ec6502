#include <fmt/format.h>

#include <algorithm>

#include "atz/app/check.hpp"
#include "atz/app/now.hpp"
#include "atz/app/profile.hpp"
#include "atz/casefile/other_files.hpp"
#include "atz/rules/rule.hpp"

namespace atz::app {
namespace {

std::vector<attach::Inspection> inspect_documents(const Files& files, const casefile::CaseFile& file) {
  std::vector<attach::Inspection> result;
  for (const auto& reference : rules::document_order(file.home)) {
    result.push_back(attach::inspect(files, file.directory, rules::document_path(file, *reference.document),
                                     file.workspace->settings.attachment_max_bytes));
  }
  return result;
}

struct KnownContent {
  std::string_view media_type;  // or how it begins
  std::string_view words;
};
constexpr KnownContent kKnownContents[] = {
    {"application/pdf", "a PDF document"},
    {"image/", "a picture"},
    {"application/msword", "a Word document"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml", "a Word document"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml", "an Excel workbook"},
    {"application/vnd.ms-excel", "an Excel workbook"},
    {"application/vnd.oasis.opendocument", "an office document"},
    {"text/rtf", "a Word document"},
    {"application/zip", "an archive"},
    {"application/gzip", "an archive"},
};

// Somebody who names a document by mistake learns more from its kind than from its first strange byte.
void tell_kind(casefile::CaseFile& file) {
  using Kind = casefile::Problem::Kind;
  const std::string& text = file.sources.front().text;
  const bool binary = std::any_of(file.problems.begin(), file.problems.end(), [](const casefile::Problem& problem) {
    return problem.kind == Kind::invalid_utf8 || problem.kind == Kind::nul_byte;
  });
  if (file.readable || (!binary && !text.starts_with("%PDF") && !text.starts_with("{\\rtf"))) return;
  const auto inspected = attach::inspect_bytes(path::name(file.path), text);
  const auto* known =
      std::find_if(std::begin(kKnownContents), std::end(kKnownContents),
                   [&](const KnownContent& content) { return inspected.mime.starts_with(content.media_type); });
  if (known == std::end(kKnownContents)) return;
  casefile::Problem problem{};
  problem.kind = Kind::no_case_file;
  problem.message = fmt::format("this is {}, not a case file", known->words);
  problem.help = "list it under `documents` in the case file of its home";
  file.problems.assign(1, std::move(problem));
}

// The atz.yaml that a file belongs to by its name; empty: it is no configuration.
std::string config_of(const std::string& path) {
  if (path::name(path) == "atz.yaml") return path;
  const std::string folder = path::parent(path);
  return path::name(folder) == "atz.d" ? path::join(path::parent(folder), "atz.yaml") : "";
}

}  // namespace

bool CheckedFile::has_errors() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const diag::Finding& finding) { return finding.severity == diag::Severity::error; });
}

diag::FileReport CheckedFile::report() const {
  return {file.path, file.sources, findings};
}

bool CheckedFile::is_shared(const diag::Span& span) const {
  return span.known() && span.source >= file.workspace_sources &&
         span.source < file.workspace_sources + file.workspace->sources.size();
}

Checker::Checker(const Services& services, CheckSettings settings)
    : services_(services), settings_(std::move(settings)), workspaces_(services.files, services.config_file) {}

Result<CheckedFile> Checker::check(const std::string& path) {
  auto file = casefile::load(services_.files, path, workspaces_);
  // What is inside a file are findings; a file that can't be opened was named wrongly.
  if (!file) return fail(Failure::usage, file.error().message, file.error().help);
  return finish(std::move(*file));
}

Result<CheckedFile> Checker::check_text(const std::string& name, std::string text) {
  return finish(casefile::load_text(services_.files, name, std::move(text), workspaces_));
}

Result<CheckedFile> Checker::check_found(const FoundFile& found) {
  casefile::Problem problem{};
  problem.kind = casefile::Problem::Kind::unreadable_file;
  if (!found.trouble.empty()) {
    problem.kind = casefile::Problem::Kind::no_case_file;
    problem.message = found.trouble;
    return finish(casefile::refuse(found.path, std::move(problem), workspaces_));
  }
  if (const auto config = config_of(found.path);
      !config.empty() && services_.files.info(config).kind == FileInfo::Kind::regular) {
    return finish(casefile::load_config(services_.files, found.path, config));
  }
  auto file = casefile::load(services_.files, found.path, workspaces_);
  if (file) return finish(std::move(*file));
  problem.message = file.error().message;
  problem.help = file.error().help;
  return finish(casefile::refuse(found.path, std::move(problem), workspaces_));
}

Result<CheckedFile> Checker::finish(casefile::CaseFile file) {
  auto day = day_for(*file.workspace);
  if (!day) return tl::make_unexpected(day.error());
  tell_kind(file);
  model::settle_submission_dates(file.home, day->today);
  CheckedFile result{std::move(file), {}, {}, day->today};
  result.attachments = inspect_documents(services_.files, result.file);
  auto tables = tables_for(*result.file.workspace);
  if (!tables) return tl::make_unexpected(tables.error());
  const auto facts = (*tables)->facts(result.file.home);
  if (!facts) return tl::make_unexpected(facts.error());
  std::vector<model::KnownCase> known;
  if (settings_.known_cases && result.file.readable) {
    auto found = settings_.known_cases(result.file.home);
    if (!found) return tl::make_unexpected(found.error());
    known = std::move(*found);
  }
  const rules::Input input{result.file, day->today, day->profile.live, result.attachments, *facts ? &**facts : nullptr,
                           known};
  result.findings = rules::check(input, {settings_.strict, settings_.notes});
  return result;
}

Result<Checker::Day> Checker::day_for(const casefile::Workspace& workspace) {
  const std::lock_guard lock(mutex_);
  if (const auto known = days_.find(workspace.profile); known != days_.end()) return known->second;
  auto profile = choose_profile(services_, settings_.profile, &workspace);
  if (!profile) return tl::make_unexpected(profile.error());
  auto now = resolve_now(services_, *profile, settings_.as_of, Effect::none);
  if (!now) return tl::make_unexpected(now.error());
  return days_.emplace(workspace.profile, Day{std::move(*profile), now->today}).first->second;
}

Result<std::shared_ptr<CodeTables>> Checker::tables_for(const casefile::Workspace& workspace) {
  const std::lock_guard lock(mutex_);
  if (const auto known = tables_.find(workspace.config_path); known != tables_.end()) return known->second;
  auto tables = CodeTables::open(services_, workspace);
  if (tables) tables_.emplace(workspace.config_path, *tables);
  return tables;
}

}  // namespace atz::app
