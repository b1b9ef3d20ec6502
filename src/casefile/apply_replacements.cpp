#include <algorithm>

#include "atz/casefile/edit.hpp"
#include "casefile/edit_text.hpp"

namespace atz::casefile {
namespace {

std::optional<Node> value_of(const std::string& text) {
  Document document = parse("[" + text + "]", 0);
  if (!document.problems.empty() || !document.root || document.root->items.size() != 1) {
    document = parse("value: " + text, 0);
    if (!document.problems.empty() || !document.root || document.root->entries.size() != 1) return std::nullopt;
    return std::move(document.root->entries.front().value);
  }
  return std::move(document.root->items.front());
}

using Place = std::pair<std::uint32_t, std::uint32_t>;

Place start_of(const diag::Span& span) {
  return {span.line, span.column};
}
Place end_of(const diag::Span& span) {
  return {span.end_line, span.end_column};
}
bool starts_before(const diag::Replacement& replacement, const Place& place) {
  return start_of(replacement.span) < place;
}

// Compares what was with what is, but for the places that were to change.
class Comparison {
 public:
  // The replacements must be in order.
  explicit Comparison(const std::vector<diag::Replacement>& replacements) : replacements_(replacements) {}

  bool same(const Node& was, const Node& is) const {
    if (const auto* wanted = replaced(was.span)) {
      const auto value = value_of(wanted->text);
      return value && same_tree(*value, is);
    }
    if (was.kind != is.kind || was.text != is.text || was.items.size() != is.items.size()) return false;
    for (std::size_t i = 0; i < was.items.size(); ++i) {
      if (!same(was.items[i], is.items[i])) return false;
    }
    return same_entries(was, is);
  }

 private:
  [[nodiscard]] const diag::Replacement* replaced(const diag::Span& span) const {
    auto hit = std::lower_bound(replacements_.begin(), replacements_.end(), start_of(span), starts_before);
    for (; hit != replacements_.end() && start_of(hit->span) == start_of(span); ++hit) {
      if (end_of(hit->span) == end_of(span)) return &*hit;
    }
    return nullptr;
  }

  // Whether something was inserted on the lines of a mapping.
  [[nodiscard]] bool grows(const Node& mapping) const {
    auto hit = std::lower_bound(replacements_.begin(), replacements_.end(), Place{mapping.span.line, 0}, starts_before);
    for (; hit != replacements_.end() && hit->span.line <= mapping.span.end_line; ++hit) {
      if (start_of(hit->span) == end_of(hit->span)) return true;
    }
    return false;
  }

  [[nodiscard]] bool same_entries(const Node& was, const Node& is) const {
    std::size_t next = 0;
    for (const auto& entry : is.entries) {
      if (next < was.entries.size() && was.entries[next].key == entry.key) {
        if (!same(was.entries[next++].value, entry.value)) return false;
      } else if (was.find(entry.key) != nullptr || !grows(was)) {
        return false;
      }
    }
    return next == was.entries.size();
  }

  const std::vector<diag::Replacement>& replacements_;
};

}  // namespace

Result<std::string> apply_replacements(const std::string& text, std::vector<diag::Replacement> replacements) {
  const auto before = Editor::open(text);
  if (!before) return tl::make_unexpected(before.error());
  std::stable_sort(replacements.begin(), replacements.end(),
                   [](const auto& a, const auto& b) { return start_of(a.span) < start_of(b.span); });
  const EditText lines(text);
  std::vector<TextChange> changes;
  changes.reserve(replacements.size());
  for (const auto& each : replacements) changes.push_back({lines.begin(each.span), lines.end(each.span), each.text});
  std::string result = apply_changes(text, std::move(changes));
  const auto after = Editor::open(result);
  if (!after || !Comparison(replacements).same(before->root(), after->root())) {
    return fail(Failure::input, "the corrections can't be made without changing something else with them",
                "Correct the file by hand.");
  }
  return result;
}

}  // namespace atz::casefile
