// From a payer's FHIRPath to the place in the case file.
#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "atz/base/text.hpp"
#include "atz/fhir/request.hpp"

namespace atz::fhir {
namespace {

struct Step {
  std::string name;
  std::optional<std::size_t> index;
};

// "Bundle.entry[0].resource.ofType(Claim).item[1].quantity" -> steps, without functions and comments.
std::vector<Step> steps_of(std::string_view path) {
  std::string plain;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path.substr(i, 2) == "/*") {
      const auto end = path.find("*/", i);
      if (end == std::string_view::npos) break;
      i = end + 1;
    } else {
      plain += path[i];
    }
  }
  std::vector<Step> steps;
  std::string name;
  std::optional<std::size_t> index;
  bool call = false;
  int depth = 0;
  const auto finish = [&] {
    if (!name.empty() && !call) steps.push_back({name, index});
    name.clear();
    index.reset();
    call = false;
  };
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    if (c == '(') {
      ++depth;
      call = true;
    } else if (c == ')') {
      --depth;
    } else if (depth > 0) {
      continue;
    } else if (c == '.') {
      finish();
    } else if (c == '[') {
      std::size_t number = 0;
      const auto end = plain.find(']', i);
      if (end == std::string::npos) break;
      const auto parsed = std::from_chars(plain.data() + i + 1, plain.data() + end, number);
      if (parsed.ec == std::errc{}) index = number;
      i = end;
    } else {
      name += c;
    }
  }
  finish();
  return steps;
}

// "serviced" means our "servicedPeriod"; a missing index means any.
bool same_step(const Step& ours, const Step& theirs) {
  if (ours.index && theirs.index && *ours.index != *theirs.index) return false;
  if (ours.name == theirs.name) return true;
  const auto n = theirs.name.size();
  return n > 0 && ours.name.size() > n && ours.name.compare(0, n, theirs.name) == 0 && ours.name[n] >= 'A' &&
         ours.name[n] <= 'Z';
}

bool is_prefix(const std::vector<Step>& ours, const std::vector<Step>& theirs) {
  return ours.size() <= theirs.size() && std::equal(ours.begin(), ours.end(), theirs.begin(), same_step);
}

// build_submit's order of entries, for expressions that start at the resource.
constexpr std::pair<std::string_view, std::size_t> kFixedEntries[] = {{"Claim", 0}, {"Patient", 1}, {"Coverage", 2}};

bool from_bundle(std::vector<Step>& steps) {
  if (steps.empty()) return false;
  if (steps.front().name == "Bundle") return true;
  for (const auto& [type, entry] : kFixedEntries) {
    if (steps.front().name != type) continue;
    steps.erase(steps.begin());
    const Step head[] = {{"Bundle", {}}, {"entry", entry}, {"resource", {}}};
    steps.insert(steps.begin(), std::begin(head), std::end(head));
    return true;
  }
  return false;
}

// The longest prefix wins; of two equally long ones that with more indices in common.
const Origin* longest(const std::vector<Step>& steps, const MemberRequest& member) {
  const Origin* best = nullptr;
  std::pair<std::size_t, std::size_t> best_fit{0, 0};
  for (const auto& origin : member.origins) {
    const auto ours = steps_of(origin.path);
    if (!is_prefix(ours, steps)) continue;
    std::size_t exact = 0;
    for (std::size_t i = 0; i < ours.size(); ++i)
      exact += ours[i].name == steps[i].name && ours[i].index == steps[i].index ? 1U : 0U;
    if (const std::pair fit{ours.size(), exact}; fit > best_fit) {
      best = &origin;
      best_fit = fit;
    }
  }
  return best;
}

}  // namespace

std::optional<Located> locate(std::string_view expression, std::span<const MemberRequest> members, bool outer) {
  auto steps = steps_of(trim(expression));
  std::size_t member = 0;
  if (outer) {
    if (steps.size() < 2 || steps[0].name != "Bundle" || steps[1].name != "entry" || !steps[1].index)
      return std::nullopt;
    member = *steps[1].index;
    const bool has_resource = steps.size() > 2 && steps[2].name == "resource";
    steps.erase(steps.begin(), steps.begin() + (has_resource ? 3 : 2));
    if (steps.empty() || steps.front().name == "entry" || !from_bundle(steps))
      steps.insert(steps.begin(), Step{"Bundle", {}});
  } else if (!from_bundle(steps)) {
    return std::nullopt;
  }
  if (member >= members.size()) return std::nullopt;
  const Origin* origin = longest(steps, members[member]);
  if (origin == nullptr) return std::nullopt;
  return Located{member, origin};
}

}  // namespace atz::fhir
