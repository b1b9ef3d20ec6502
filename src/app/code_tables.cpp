#include <algorithm>

#include "atz/app/codes.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kNamed = 6;  // codes below a heading that are told
constexpr std::size_t kRemembered = 10'000;

// nullopt when there is none.
Result<std::optional<codes::Index>> open_table(const Services& services, const casefile::Workspace& workspace,
                                               codes::Kind kind) {
  const std::string shared = shared_code_folder(workspace);
  for (const std::string& folder : {shared, private_code_folder(services)}) {
    if (folder.empty()) continue;
    const std::string path = code_table_path(folder, kind);
    if (services.files.info(path).kind == FileInfo::Kind::missing) continue;
    const Failure failure = folder == shared ? Failure::usage : Failure::state;
    auto index = codes::Index::open(services.files, path);
    if (!index) return fail(failure, index.error().message, index.error().help);
    if (index->edition().kind != kind) {
      return fail(failure, printable(path) + " holds another table than its name says",
                  "Run `atz codes import` again with the official file, or remove the table.");
    }
    return std::optional<codes::Index>(std::move(*index));
  }
  return std::optional<codes::Index>();
}

}  // namespace

std::string code_table_path(const std::string& folder, codes::Kind kind) {
  return path::join(folder, kind == codes::Kind::diagnosis ? "diagnoses.index" : "procedures.index");
}

std::string private_code_folder(const Services& services) {
  return path::join(services.state_dir, "codes");
}

std::string shared_code_folder(const casefile::Workspace& workspace) {
  if (workspace.config_path.empty()) return {};
  return path::join(path::parent(workspace.config_path), "atz.d");
}

Result<std::shared_ptr<CodeTables>> CodeTables::open(const Services& services, const casefile::Workspace& workspace) {
  auto tables = std::make_shared<CodeTables>();
  auto diagnoses = open_table(services, workspace, codes::Kind::diagnosis);
  if (!diagnoses) return tl::make_unexpected(diagnoses.error());
  tables->diagnoses_ = std::move(*diagnoses);
  auto procedures = open_table(services, workspace, codes::Kind::procedure);
  if (!procedures) return tl::make_unexpected(procedures.error());
  tables->procedures_ = std::move(*procedures);
  return tables;
}

const codes::Index* CodeTables::table(codes::Kind kind) const {
  const auto& index = kind == codes::Kind::diagnosis ? diagnoses_ : procedures_;
  return index ? &*index : nullptr;
}

Result<rules::DiagnosisFact> CodeTables::fact(const std::string& code) {
  rules::DiagnosisFact fact;
  auto row = diagnoses_->find(code);
  if (!row) return tl::make_unexpected(row.error());
  if (*row) {
    fact.known = true;
    fact.header = (*row)->header;
    if (!fact.header) return fact;
  }
  // Of an unknown code, the part that exists shows what may have been meant.
  for (std::string part = codes::key_of(code); part.size() >= 3; part.pop_back()) {
    auto below = diagnoses_->below(part, kNamed);
    if (!below) return tl::make_unexpected(below.error());
    fact.below = std::move(below->first);
    fact.below_count = below->count;
    if (fact.known || fact.below_count > 0) break;
  }
  return fact;
}

Result<std::optional<rules::OfficialDiagnoses>> CodeTables::facts(const model::Home& home) {
  std::optional<rules::OfficialDiagnoses> facts;
  if (!diagnoses_) return facts;
  facts.emplace();
  facts->year = diagnoses_->edition().year;
  facts->partial = diagnoses_->edition().partial;
  const std::lock_guard lock(mutex_);
  for (const auto& member : home.members) {
    for (const auto& diagnosis : member.diagnoses) {
      const std::string key = codes::key_of(diagnosis.text);
      if (key.size() < 3 || key.size() > codes::kLongestKey) continue;
      const std::string code = codes::dotted(key);
      auto known = known_.find(code);
      if (known == known_.end()) {
        auto fresh = fact(code);
        if (!fresh) return tl::make_unexpected(fresh.error());
        if (known_.size() >= kRemembered) known_.clear();
        known = known_.emplace(code, std::move(*fresh)).first;
      }
      facts->facts.insert(*known);
    }
  }
  return facts;
}

}  // namespace atz::app
