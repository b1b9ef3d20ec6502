// What fits what a person types, and how well.
#include "atz/codes/search.hpp"

#include "unit/codes/samples.hpp"

namespace atz::codes::testing {
namespace {

using By = Rank::By;
using Tolerance = Query::Tolerance;

std::optional<Rank> rank(const char* query, const Candidate& candidate, Tolerance tolerance = Tolerance::none) {
  return Query(query).rank(candidate, tolerance);
}

const Candidate kAutistic{"F840", "", "Autistic disorder"};
const Candidate kHome{"T2016", "", "Home Support Agency, per diem"};
const Candidate kHomeAddOn{"T2016", "SC", "Home Support Agency, per diem, with Medical Add-On"};
const Candidate kModifier{"SC", "", "Medically necessary service or supply"};

TEST_CASE("codes: with or without the dot, in any case, their beginning") {
  for (const char* query : {"F84.0", "F840", "f84.0", " f840 "}) CHECK(rank(query, kAutistic)->by == By::code);
  for (const char* query : {"F84", "F84.", "f8"}) CHECK(rank(query, kAutistic)->by == By::code_start);
  for (const char* query : {"F84.01", "F85", "G8", "84.0"}) CHECK_FALSE(rank(query, kAutistic));
  CHECK_FALSE(rank("", kAutistic));
  CHECK_FALSE(rank(" .,- ", kAutistic));
}

TEST_CASE("a procedure with its modifier") {
  for (const char* query : {"T2016SC", "t2016sc", "T2016-SC", "T2016 SC"}) {
    CAPTURE(query);
    CHECK(rank(query, kHomeAddOn)->by == By::code);
    CHECK(rank(query, kHome)->by == By::code_start);
    CHECK(rank(query, kModifier)->by == By::code_start);
    CHECK_FALSE(rank(query, {"T2016", "U9", "x"}));
    CHECK_FALSE(rank(query, kAutistic));
  }
  CHECK(rank("SC", kModifier)->by == By::words);
  // A diagnosis may have seven characters, too.
  CHECK(rank("T83510A", {"T83510A", "", "Infection"})->by == By::code);
  CHECK(rank("T83.510A", {"T83510A", "", "Infection"})->by == By::code);
}

TEST_CASE("words: any order, their beginning, all of them") {
  const Candidate epilepsy{"G40909", "", "Epilepsy, unspecified, not intractable, without status epilepticus"};
  CHECK(rank("epilepsy", epilepsy)->partial == 0);
  CHECK(rank("EPILEPSY unspecified", epilepsy));
  CHECK(rank("status epilepsy", epilepsy));
  CHECK(rank("epil stat", epilepsy)->partial == 2);
  CHECK(rank("g40 epilepsy", epilepsy));
  CHECK_FALSE(rank("epilepsy intractably", epilepsy));
  CHECK_FALSE(rank("lepsy", epilepsy));
  CHECK_FALSE(rank("epilepsy", epilepsy)->later);
  CHECK(rank("status", epilepsy)->later);
}

TEST_CASE("typing errors are forgiven by length, and cost rank") {
  CHECK_FALSE(rank("autstic", kAutistic));
  CHECK(rank("autstic", kAutistic, Tolerance::typos)->typos == 1);
  CHECK(rank("autsitic disorder", kAutistic, Tolerance::typos));
  CHECK(rank("disroder", kAutistic, Tolerance::typos)->typos == 1);
  CHECK(rank("disordr autistic", kAutistic, Tolerance::typos)->typos == 1);
  CHECK(rank("autisitc disordxx", kAutistic, Tolerance::typos)->typos == 3);
  CHECK_FALSE(rank("autxxxx", kAutistic, Tolerance::typos));
  CHECK_FALSE(rank("dix", kAutistic, Tolerance::typos));  // short words must be right
  CHECK(*rank("autistic", kAutistic, Tolerance::typos) < *rank("autistik", kAutistic, Tolerance::typos));
}

TEST_CASE("what looks like a code may be a word") {
  const Candidate vitamin{"D519", "", "Vitamin B12 deficiency anemia, unspecified"};
  CHECK_FALSE(rank("B12", vitamin));
  CHECK(rank("B12", vitamin, Tolerance::typos));
  CHECK(rank("b12 anemia", vitamin));
  CHECK(rank("type 1", {"E10", "", "Type 1 diabetes"}));
}

TEST_CASE("accents, possessives and punctuation") {
  CHECK(fold_words("M\xC3\xA9ni\xC3\xA8re's disease (left-sided)") ==
        std::vector<std::string>{"meniere", "disease", "left", "sided"});
  CHECK(fold_words("O'Brien, RETT'S") == std::vector<std::string>{"o", "brien", "rett"});
  CHECK(fold_words("").empty());
  CHECK(fold_words("\xC3").empty());
  CHECK(fold_words(std::string(100, 'x')).front().size() == 64);
  CHECK(rank("meniere", {"H810", "", "M\xC3\xA9ni\xC3\xA8re's disease"}));
  CHECK(rank("M\xC3\xA9ni\xC3\xA8re's", {"H810", "", "Meniere's disease"}));
}

TEST_CASE("distance to the beginning of a word") {
  CHECK(prefix_distance("autis", "autistic", 1) == 0);
  CHECK(prefix_distance("autsi", "autistic", 1) == 1);
  CHECK(prefix_distance("auxxx", "autistic", 1) == 2);
  CHECK(prefix_distance("", "autistic", 1) == 0);
  CHECK(prefix_distance("autistic", "", 2) == 3);
  CHECK(prefix_distance("autistic", "autist", 2) == 2);
}

TEST_CASE("words that occur nowhere are known") {
  Query query("autistic zzyzx");
  CHECK_FALSE(query.rank(kAutistic, Tolerance::none));
  CHECK(query.unseen() == std::vector<std::string>{"zzyzx"});
}

TEST_CASE("a query of many words is cut, not refused") {
  Query query("a b c d e f g h i j k l m n o p");
  CHECK(query.words().size() == 8);
}

}  // namespace
}  // namespace atz::codes::testing
