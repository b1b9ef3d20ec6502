#include "atz/app/fix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "app/overlay.hpp"
#include "app/rewrite.hpp"
#include "atz/casefile/edit.hpp"

namespace atz::app {
namespace {

constexpr int kMostRounds = 10;

using Place = std::pair<std::uint32_t, std::uint32_t>;  // line and column

Place start_of(const diag::Replacement& replacement) {
  return {replacement.span.line, replacement.span.column};
}
Place end_of(const diag::Replacement& replacement) {
  return {replacement.span.end_line, replacement.span.end_column};
}

// The corrections of one source that can be made at the same time.
struct Round {
  std::vector<diag::Replacement> replacements;
  std::vector<std::string> corrections;
  std::map<Place, Place> taken;  // starts to ends

  [[nodiscard]] bool is_free(const diag::Replacement& wanted) const {
    const auto after = taken.lower_bound(start_of(wanted));
    if (after != taken.end() && (after->first == start_of(wanted) || after->first < end_of(wanted))) return false;
    return after == taken.begin() || std::prev(after)->second <= start_of(wanted);
  }
};

class Fixing {
 public:
  // `name` has the text `text` where that is not on the disk.
  Fixing(const Services& services, const CheckSettings& settings, FoundFile file, std::optional<std::string> text)
      : overlay_(services.files),
        services_{overlay_,           services.clock,       services.random,  services.config_dir,
                  services.state_dir, services.config_file, services.connect, services.note,
                  services.cancelled,   services.ask},
        checker_(services_, settings),
        file_(std::move(file)),
        text_(std::move(text)) {}

  Result<Fixed> run() {
    for (int round = 0; round < kMostRounds; ++round) {
      auto checked = check();
      if (!checked) return tl::make_unexpected(checked.error());
      if (!correct(*checked)) break;
    }
    auto left = check();
    if (!left) return tl::make_unexpected(left.error());
    return Fixed{std::move(texts_), shared_, std::move(*left)};
  }

 private:
  Result<CheckedFile> check() { return text_ ? checker_.check_text(file_.path, *text_) : checker_.check_found(file_); }

  // Whether anything was changed.
  bool correct(const CheckedFile& checked) {
    std::map<std::uint32_t, Round> rounds;
    shared_ = 0;
    for (const auto& finding : checked.findings) {
      for (const auto& fix : finding.fixes) {
        const diag::Span& span = fix.replacements.front().span;
        if (checked.is_shared(span)) {
          ++shared_;
        } else {
          take(rounds[span.source], finding, fix);
        }
      }
    }
    bool changed = false;
    for (auto& [source, round] : rounds) {
      changed =
          apply(source == 0 ? file_.path : checked.file.sources[source].name, source, std::move(round)) || changed;
    }
    return changed;
  }

  static void take(Round& round, const diag::Finding& finding, const diag::Fix& fix) {
    const auto& wanted = fix.replacements;
    const auto is_free = [&](const auto& each) { return round.is_free(each); };
    if (!std::all_of(wanted.begin(), wanted.end(), is_free)) return;  // the next round may make it
    for (const auto& each : wanted) {
      round.taken.emplace(start_of(each), end_of(each));
      round.replacements.push_back(each);
    }
    const auto first = std::min_element(wanted.begin(), wanted.end(),
                                        [](const auto& a, const auto& b) { return start_of(a) < start_of(b); });
    round.corrections.push_back(fmt::format("line {}, {}: {}", first->span.line, finding.rule, fix.message));
  }

  bool apply(const std::string& path, std::uint32_t source, Round round) {
    const bool given = source == 0 && text_;
    auto text = given ? Result<std::string>(*text_) : overlay_.read(path, casefile::kMaxFileBytes);
    if (!text) return false;
    auto changed = casefile::apply_replacements(*text, std::move(round.replacements));
    if (!changed || *changed == *text) return false;
    auto known = std::find_if(texts_.begin(), texts_.end(), [&](const auto& each) { return each.path == path; });
    if (known == texts_.end()) known = texts_.insert(texts_.end(), FixedText{path, *text, {}, {}});
    known->after = *changed;
    std::move(round.corrections.begin(), round.corrections.end(), std::back_inserter(known->corrections));
    if (given) {
      text_ = std::move(*changed);
    } else {
      overlay_.put(path, std::move(*changed));
    }
    return true;
  }

  Overlay overlay_;
  Services services_;
  Checker checker_;
  FoundFile file_;
  std::optional<std::string> text_;
  std::vector<FixedText> texts_;
  std::size_t shared_ = 0;
};

}  // namespace

Result<Fixed> fix_file(const Services& services, const CheckSettings& settings, const FoundFile& file) {
  return Fixing(services, settings, file, std::nullopt).run();
}

Result<Fixed> fix_text(const Services& services, const CheckSettings& settings, const std::string& name,
                       const std::string& text) {
  return Fixing(services, settings, FoundFile{name, true, {}}, text).run();
}

Result<void> write_fixed(const Services& services, const Fixed& fixed) {
  for (const auto& text : fixed.texts) {
    if (auto written = rewrite_unchanged(services.files, text.path, text.before, text.after); !written) return written;
  }
  return {};
}

}  // namespace atz::app
