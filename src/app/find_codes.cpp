#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "atz/app/codes.hpp"
#include "atz/base/text.hpp"
#include "atz/codes/search.hpp"

namespace atz::app {
namespace {

using codes::Query;
using codes::Rank;

constexpr std::size_t kNamed = 6;      // codes below a heading that are told
constexpr std::size_t kSuggested = 3;  // codes that may have been meant

// What fits, small enough to keep all of a hundred thousand.
struct Fit {
  Rank rank;
  bool header = false;
  std::uint32_t length = 0;  // of the text
  std::string key;
  CodeHit::Source source = CodeHit::Source::built_in;
  codes::Kind kind = codes::Kind::diagnosis;
  std::size_t row = 0;  // of our own tables

  // By words, the plainest text is the best; by code, the order of codes is.
  [[nodiscard]] auto order() const {
    const bool words = rank.by == Rank::By::words;
    return std::tuple(rank, words && header, words ? length : 0U, std::string_view(key), source, row);
  }
};

class Search {
 public:
  Search(const casefile::Workspace& workspace, CodeTables& tables, const FindCodesSettings& settings)
      : own_(workspace.tables), tables_(tables), settings_(settings), query_(settings.text) {}

  Result<FoundCodes> run() {
    FoundCodes found;
    for (const auto kind : {codes::Kind::diagnosis, codes::Kind::procedure}) {
      if (const auto* index = table(kind)) found.imported.push_back(index->edition().name());
    }
    if (query_.empty()) return found;
    if (auto collected = collect(Query::Tolerance::none); !collected) return tl::make_unexpected(collected.error());
    if (fits_.empty()) {
      found.near = true;
      if (auto collected = collect(Query::Tolerance::typos); !collected) return tl::make_unexpected(collected.error());
    }
    found.total = fits_.size();
    if (fits_.empty()) {
      auto suggestions = suggest();
      if (!suggestions) return tl::make_unexpected(suggestions.error());
      found.suggestions = std::move(*suggestions);
      return found;
    }
    const auto end = fits_.begin() + static_cast<std::ptrdiff_t>(std::min(settings_.limit, fits_.size()));
    std::partial_sort(fits_.begin(), end, fits_.end(),
                      [](const Fit& a, const Fit& b) { return a.order() < b.order(); });
    for (auto fit = fits_.begin(); fit != end; ++fit) {
      auto hit = hit_of(*fit);
      if (!hit) return tl::make_unexpected(hit.error());
      found.hits.push_back(std::move(*hit));
    }
    return found;
  }

 private:
  [[nodiscard]] const codes::Index* table(codes::Kind kind) const {
    return settings_.kind.value_or(kind) == kind ? tables_.table(kind) : nullptr;
  }

  void add(const codes::Candidate& candidate, Fit fit, Query::Tolerance tolerance) {
    const auto rank = query_.rank(candidate, tolerance);
    if (!rank) return;
    fit.rank = *rank;
    fit.key = candidate.key;
    fit.length = static_cast<std::uint32_t>(candidate.text.size());
    fits_.push_back(std::move(fit));
  }

  // Our own diagnoses give way to the imported ones, unless they are from atz.d: then it is the other way round.
  Result<void> add_own_diagnoses(Query::Tolerance tolerance) {
    const auto* index = table(codes::Kind::diagnosis);
    for (std::size_t i = 0; i < own_.diagnoses.size(); ++i) {
      const auto& row = own_.diagnoses[i];
      if (row.built_in && index != nullptr) {
        if (!index->edition().partial) continue;
        const auto official = index->find(row.code);
        if (!official) return tl::make_unexpected(official.error());
        if (*official) continue;
      }
      const std::string key = codes::key_of(row.code);
      if (!row.built_in) own_keys_.insert(key);
      add({key, "", row.text},
          {{},
           row.header,
           0,
           {},
           row.built_in ? CodeHit::Source::built_in : CodeHit::Source::own,
           codes::Kind::diagnosis,
           i},
          tolerance);
    }
    return {};
  }

  void add_own_procedures(Query::Tolerance tolerance) {
    for (std::size_t i = 0; i < own_.procedures.size(); ++i) {
      const auto& row = own_.procedures[i];
      add({row.code, join(row.modifiers, " "), row.text},
          {{},
           false,
           0,
           {},
           row.built_in ? CodeHit::Source::built_in : CodeHit::Source::own,
           codes::Kind::procedure,
           i},
          tolerance);
    }
  }

  Result<void> collect(Query::Tolerance tolerance) {
    if (settings_.kind.value_or(codes::Kind::procedure) == codes::Kind::procedure) add_own_procedures(tolerance);
    if (settings_.kind.value_or(codes::Kind::diagnosis) == codes::Kind::diagnosis) {
      if (auto added = add_own_diagnoses(tolerance); !added) return added;
    }
    for (const auto kind : {codes::Kind::diagnosis, codes::Kind::procedure}) {
      const auto* index = table(kind);
      if (index == nullptr) continue;
      auto scanned = index->scan("", [&](const codes::RowView& row) {
        if (kind == codes::Kind::diagnosis && !own_keys_.empty() && own_keys_.count(row.key) != 0) return true;
        add({row.key, "", row.text}, {{}, row.header, 0, {}, CodeHit::Source::imported, kind, 0}, tolerance);
        return true;
      });
      if (!scanned) return scanned;
    }
    return {};
  }

  Result<void> name_below(CodeHit& hit) {
    const auto* index = table(codes::Kind::diagnosis);
    if (index != nullptr) {
      auto below = index->below(hit.code, kNamed);
      if (!below) return tl::make_unexpected(below.error());
      hit.below = std::move(below->first);
      hit.below_count = below->count;
    }
    if (hit.below_count > 0) return {};
    for (const auto& row : own_.diagnoses) {
      if (row.header || row.code.size() <= hit.code.size() || !row.code.starts_with(hit.code)) continue;
      if (hit.below_count++ < kNamed) hit.below.push_back(row.code);
    }
    return {};
  }

  Result<CodeHit> hit_of(const Fit& fit) {
    CodeHit hit;
    hit.source = fit.source;
    if (fit.source == CodeHit::Source::imported) {
      const auto* index = table(fit.kind);
      auto row = index->find(fit.key);
      if (!row) return tl::make_unexpected(row.error());
      hit.kind = fit.kind == codes::Kind::diagnosis ? CodeHit::Kind::diagnosis
                 : (*row)->modifier                 ? CodeHit::Kind::modifier
                                                    : CodeHit::Kind::procedure;
      hit.code = std::move((*row)->code);
      hit.text = std::move((*row)->text);
      hit.header = (*row)->header;
      hit.ends = std::move((*row)->ends);
      hit.table = index->edition().name();
    } else if (fit.kind == codes::Kind::procedure) {
      const auto& row = own_.procedures[fit.row];
      hit.kind = CodeHit::Kind::procedure;
      hit.code = row.code;
      hit.modifiers = row.modifiers;
      hit.text = row.text;
      hit.unit = row.unit;
      hit.program = row.program;
    } else {
      const auto& row = own_.diagnoses[fit.row];
      hit.code = row.code;
      hit.text = row.text;
      hit.header = row.header;
    }
    if (!hit.header) return hit;
    if (auto named = name_below(hit); !named) return tl::make_unexpected(named.error());
    return hit;
  }

  // The nearest codes, or the nearest words for those that occur nowhere.
  Result<std::vector<std::string>> suggest() {
    std::vector<std::string> codes;  // as they are written
    std::unordered_set<std::string> words;
    const auto take = [&](std::string_view key, std::string_view text, bool diagnosis) {
      if (!query_.by_code()) {
        for (auto& word : codes::fold_words(text)) words.insert(std::move(word));
      } else if (to_lower(key.substr(0, 1)) == query_.words().front().substr(0, 1)) {
        codes.push_back(diagnosis ? codes::dotted(key) : std::string(key));
      }
    };
    for (const auto& row : own_.procedures) take(row.code, row.text, false);
    for (const auto& row : own_.diagnoses) take(codes::key_of(row.code), row.text, true);
    for (const auto kind : {codes::Kind::diagnosis, codes::Kind::procedure}) {
      const auto* index = table(kind);
      if (index == nullptr) continue;
      auto scanned = index->scan("", [&](const codes::RowView& row) {
        take(row.key, row.text, kind == codes::Kind::diagnosis);
        return true;
      });
      if (!scanned) return tl::make_unexpected(scanned.error());
    }
    return query_.by_code() ? nearest_codes(std::move(codes)) : nearest_words(words);
  }

  // One edit away: first two characters swapped, then those that begin alike.
  [[nodiscard]] std::vector<std::string> nearest_codes(std::vector<std::string> codes) const {
    const std::string wanted = to_upper(query_.words().front());
    const auto alike = [&](const std::string& code) {
      const std::string key = codes::key_of(code);
      const auto end = std::mismatch(wanted.begin(), wanted.end(), key.begin(), key.end()).first;
      return std::tuple(std::is_permutation(wanted.begin(), wanted.end(), key.begin(), key.end()), end - wanted.begin(),
                        key.size());
    };
    codes.erase(std::remove_if(codes.begin(), codes.end(),
                               [&](const std::string& code) {
                                 const std::string key = codes::key_of(code);
                                 return key.size() + 1 < wanted.size() || key.size() > wanted.size() ||
                                        edit_distance(wanted, key) > 1;
                               }),
                codes.end());
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    std::stable_sort(codes.begin(), codes.end(),
                     [&](const std::string& a, const std::string& b) { return alike(b) < alike(a); });
    if (codes.size() > kSuggested) codes.resize(kSuggested);
    return codes;
  }

  [[nodiscard]] std::vector<std::string> nearest_words(const std::unordered_set<std::string>& words) const {
    std::vector<std::string_view> candidates(words.begin(), words.end());
    std::sort(candidates.begin(), candidates.end());
    const auto unseen = query_.unseen();
    std::string text;
    bool better = false;
    for (const auto& word : query_.words()) {
      std::optional<std::string> near;
      if (std::find(unseen.begin(), unseen.end(), word) != unseen.end()) near = did_you_mean(word, candidates);
      better = better || near.has_value();
      text += (text.empty() ? "" : " ") + near.value_or(word);
    }
    return better ? std::vector<std::string>{text} : std::vector<std::string>{};
  }

  const model::Tables& own_;
  CodeTables& tables_;
  const FindCodesSettings& settings_;
  Query query_;
  std::vector<Fit> fits_;
  std::set<std::string, std::less<>> own_keys_;  // diagnoses of atz.d
};

}  // namespace

Result<FoundCodes> find_codes(const Services& services, const FindCodesSettings& settings) {
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(".");
  auto tables = CodeTables::open(services, *workspace);
  if (!tables) return tl::make_unexpected(tables.error());
  auto found = Search(*workspace, **tables, settings).run();
  if (found) found->problems = !workspace->problems.empty();
  return found;
}

}  // namespace atz::app
