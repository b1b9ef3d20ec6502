// Every rule's examples are run: what is said to pass passes, and what is said to fail is reported by that rule alone.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "atz/base/text.hpp"
#include "unit/rules/example_run.hpp"

namespace atz::rules::testing {
namespace {

struct Exception {
  std::string_view rule;
  std::string_view what;  // the other rule that speaks as well, or empty
  std::string_view why;
};

// Rules with a check whose examples are sentences.
constexpr std::array kSentences = {
    Exception{"CF018", {}, "it is about what is no case file at all"},
    Exception{"CF019", {}, "its characters look like others on the page"},
    Exception{"EX017", {}, "what became of the case is in the ledger, not in the file"},
    Exception{"EX018", {}, "what was approved is in the ledger, not in the file"},
    Exception{"GN018", {}, "what makes a payer live is its profile, not the case file"},
    Exception{"ID007", {}, "what makes a payer live is its profile, not the case file"},
    Exception{"MA020", {}, "both readings are right; the setting picks one"},
    Exception{"ST022", {}, "it takes two whole requests of different kinds in one file"},
};

// Passing examples about which other rules have something to say.
constexpr std::array kPassesWithOthers = {
    Exception{"AT002", "AT003", "the larger of two limits lies above the smaller one"},
    Exception{"EX004", "EX014", "the last day is one of the last days"},
    Exception{"EX006", "EX014", "the last day is one of the last days"},
    Exception{"HS002", "HS003", "the last day on which it is not too late leaves no time for the review"},
    Exception{"MA005", "MA006", "the last day of an order is one of its last days"},
    Exception{"SP018", "QN010 SP010 SP011", "it shows the patterns alone, not the hours that follow from them"},
};

// Rules that can't fail alone.
constexpr std::array kCompany = {
    Exception{"EX012", "EX009", "when no day suits all members, today does not suit one of them"},
    Exception{"HS023", "GN016", "the warning asks for the call, the note gives the number"},
    Exception{"SP007", "SP023", "the one names the shifts, the other adds up their hours"},
    Exception{"SP023", "SP007", "the one names the shifts, the other adds up their hours"},
};

// Rules without a check of their own: they act in another command, or in how files are read.
constexpr std::size_t kActElsewhere = 23;

template <std::size_t N>
const Exception* exception(const std::array<Exception, N>& list, std::string_view rule) {
  const auto at = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.rule == rule; });
  return at == list.end() ? nullptr : &*at;
}

TEST_CASE("the files that examples are laid over have no findings") {
  for (const auto base : {Base::first, Base::extension, Base::add_on, Base::termination}) {
    const Example example{"", base};
    const auto result = run(example);
    CAPTURE(static_cast<int>(base));
    CHECK_MESSAGE(result.names() == "", result.listed());
  }
}

TEST_CASE("an example that passes gives no finding of its rule, and a good one gives none at all") {
  for (const auto* rule : catalogue()) {
    if (rule->passes.base == Base::none) continue;
    CAPTURE(std::string(rule->id));
    const auto result = run(rule->passes);
    const auto* others = exception(kPassesWithOthers, rule->id);
    CHECK_MESSAGE(result.names() == (others == nullptr ? "" : others->what), result.listed());
  }
}

TEST_CASE("an example that fails gives findings of its rule and of no other") {
  for (const auto* rule : catalogue()) {
    if (rule->fails.base == Base::none) continue;
    CAPTURE(std::string(rule->id));
    const auto result = run(rule->fails);
    const auto* company = exception(kCompany, rule->id);
    std::vector<std::string> expected{std::string(rule->id)};
    if (company != nullptr) expected.emplace_back(company->what);
    std::sort(expected.begin(), expected.end());
    CHECK_MESSAGE(result.names() == join(expected, " "), result.listed());
    for (const auto& finding : result.findings) CHECK(finding.span.known());
  }
}

TEST_CASE("rules that look at a file have examples that run") {
  std::size_t elsewhere = 0;
  for (const auto* rule : catalogue()) {
    CAPTURE(std::string(rule->id));
    if (rule->check == nullptr) {
      elsewhere += rule->fails.base == Base::none ? 1 : 0;
      continue;
    }
    const bool runs = rule->passes.base != Base::none && rule->fails.base != Base::none;
    CHECK(runs == (exception(kSentences, rule->id) == nullptr));
  }
  CHECK(elsewhere == kActElsewhere);
}

}  // namespace
}  // namespace atz::rules::testing
