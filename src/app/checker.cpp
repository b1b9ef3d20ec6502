#include <algorithm>

#include "atz/app/check.hpp"
#include "atz/app/now.hpp"
#include "atz/app/profile.hpp"
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

}  // namespace

bool CheckedFile::has_errors() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const diag::Finding& finding) { return finding.severity == diag::Severity::error; });
}

diag::FileReport CheckedFile::report() const {
  return {file.path, file.sources, findings};
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

Result<CheckedFile> Checker::finish(casefile::CaseFile file) {
  auto day = day_for(*file.workspace);
  if (!day) return tl::make_unexpected(day.error());
  model::settle_submission_dates(file.home, day->today);
  CheckedFile result{std::move(file), {}, {}, day->today};
  result.attachments = inspect_documents(services_.files, result.file);
  auto tables = tables_for(*result.file.workspace);
  if (!tables) return tl::make_unexpected(tables.error());
  const auto facts = (*tables)->facts(result.file.home);
  if (!facts) return tl::make_unexpected(facts.error());
  const rules::Input input{result.file, day->today, day->profile.live, result.attachments, *facts ? &**facts : nullptr};
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
