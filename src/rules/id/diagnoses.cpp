// Diagnoses: their form, and what the tables say about them.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/identifiers.hpp"

namespace atz::rules {
namespace {

constexpr std::size_t kShown = 4;  // codes that a finding names

template <class Say>
void each_diagnosis(Context& context, Say say) {
  for (const auto* member : context.requesting()) {
    for (const auto& diagnosis : member->diagnoses) {
      if (!missing(diagnosis)) say(*member, diagnosis);
    }
  }
}

bool well_formed(const model::Field<std::string>& diagnosis) {
  return valid_diagnosis(to_upper(trim(diagnosis.text)));
}

void check_form(Context& context) {
  each_diagnosis(context, [&](const model::Member& member, const model::Field<std::string>& diagnosis) {
    if (well_formed(diagnosis)) {
      if (diagnosis.text == with_dot(diagnosis.text)) return;
      context
          .report(member, diagnosis.span,
                  fmt::format("A diagnosis of {} is sent in capital letters and with a dot", name_of(member)))
          .severity(diag::Severity::info)
          .expected("a dot after the third character, as in F84.0")
          .fix_personal(diagnosis.span, with_dot(diagnosis.text), "Write it with the dot and in capital letters.");
      return;
    }
    context
        .report(member, diagnosis.span,
                fmt::format("{} does not have the form of an ICD-10-CM code", quoted(diagnosis.text)))
        .found(quoted(diagnosis.text))
        .expected("a letter, two digits, a dot and up to four more characters: F84.0")
        .help("Copy the code from the plan or from the clinician's letter.");
  });
}

constexpr Rule kForm{.id = "ID012",
                     .slug = "diagnosis-form",
                     .severity = diag::Severity::error,
                     .title = "A diagnosis has the form of an ICD-10-CM code",
                     .why = "The dot stands after the third character; it may be left out, atz puts it in.",
                     .source = "public: ICD-10-CM",
                     .passes = {"members: [{label: A, diagnoses: [F71, F84.0, G40.909]}]", Base::first},
                     .fails = {"members: [{label: A, diagnoses: [F71, F8.40]}]", Base::first},
                     .check = check_form};

// What is known about a code: rows of atz.d count first, then the imported table, then what ships with atz.
struct Known {
  enum class As { unknown, nonexistent, heading, codable } as = As::unknown;  // nonexistent: the whole table lacks it
  const DiagnosisFact* fact = nullptr;
};

Known look_up(const Context& context, std::string_view code) {
  using As = Known::As;
  const auto* row = context.tables().diagnosis(code);
  const auto by_row = [&] { return row == nullptr ? As::unknown : (row->header ? As::heading : As::codable); };
  const auto* official = context.input().diagnoses;
  if (official == nullptr) return {by_row(), nullptr};
  const auto found = official->facts.find(code);
  const auto* fact = found == official->facts.end() ? nullptr : &found->second;
  if (fact == nullptr || (row != nullptr && !row->built_in)) return {by_row(), fact};
  if (fact->known) return {fact->header ? As::heading : As::codable, fact};
  return {official->partial ? by_row() : As::nonexistent, fact};
}

// The codes of our own rows below a heading.
std::vector<std::string> rows_below(const model::Tables& tables, const std::string& code) {
  std::vector<std::string> below;
  for (const auto& other : tables.diagnoses) {
    if (!other.header && other.code.size() > code.size() && other.code.compare(0, code.size(), code) == 0)
      below.push_back(other.code);
  }
  return below;
}

// "F78.A1 or F78.A9"; of a longer list, which `count` tells, "G40.001, G40.009, G40.011, G40.019 or one of 59 more".
std::string choice(std::vector<std::string> codes, std::size_t count) {
  if (codes.size() > kShown) codes.resize(kShown);
  if (count > codes.size()) codes.push_back(fmt::format("one of {} more", count - codes.size()));
  return list_words(codes, "or");
}

void check_header(Context& context) {
  each_diagnosis(context, [&](const model::Member& member, const model::Field<std::string>& diagnosis) {
    const std::string code = with_dot(diagnosis.text);
    const Known known = look_up(context, code);
    if (known.as != Known::As::heading) return;
    auto below = rows_below(context.tables(), code);
    std::size_t count = below.size();
    if (known.fact != nullptr && known.fact->known) {
      below = known.fact->below;
      count = known.fact->below_count;
    }
    context.report(member, diagnosis.span, fmt::format("{} is a heading, not a diagnosis that can be coded", code))
        .found(quoted(diagnosis.text))
        .expected(below.empty() ? "a code with more characters" : choice(below, count))
        .help(fmt::format("Take the code below this heading that the clinician chose. `atz codes find {}` lists them.",
                          code));
  });
}

constexpr Rule kHeader{.id = "ID013",
                       .slug = "diagnosis-codable",
                       .severity = diag::Severity::error,
                       .title = "A diagnosis is a code that can be used by itself, not the heading of a group",
                       .why =
                           "F78, F84 or G40 only name a group. Payers accept the codes below them. With the official "
                           "table (`atz codes import`) every heading is known, without it some.",
                       .source = "ICD-10-CM, general knowledge",
                       .passes = {"members: [{label: A, diagnoses: [F78.A9]}]", Base::first},
                       .fails = {"members: [{label: A, diagnoses: [F78]}]", Base::first},
                       .check = check_header};

// A table of ICD-10-CM holds for discharges and services from October of the year before to September.
bool outdated(const Context& context, const model::Member& member, int year) {
  const auto first = context.first_day(member).value_or(context.today());
  return first >= model::make_date(year, 10, 1);
}

void report_nonexistent(Context& context, const model::Member& member, const model::Field<std::string>& diagnosis,
                        const DiagnosisFact& fact) {
  const int year = context.input().diagnoses->year;
  const std::string code = with_dot(diagnosis.text);
  auto report = context.report(member, diagnosis.span,
                               fmt::format("The diagnosis {} does not exist in ICD-10-CM {}", code, year));
  report.found(quoted(diagnosis.text));
  if (!fact.below.empty()) report.expected("for example " + choice(fact.below, 0));
  report.help(
      outdated(context, member, year)
          ? fmt::format("That table holds until {}-09-30. Import the one of {}, or correct the code.", year, year + 1)
          : "Copy the code from the plan or from the clinician's letter; `atz codes find` searches by words.");
}

void check_known(Context& context) {
  each_diagnosis(context, [&](const model::Member& member, const model::Field<std::string>& diagnosis) {
    if (!well_formed(diagnosis)) return;
    const Known known = look_up(context, with_dot(diagnosis.text));
    if (known.as == Known::As::nonexistent) {
      report_nonexistent(context, member, diagnosis, *known.fact);
    } else if (known.as == Known::As::unknown) {
      context
          .report(member, diagnosis.span, fmt::format("atz does not know the diagnosis {}", with_dot(diagnosis.text)))
          .found(quoted(diagnosis.text))
          .help(
              "Its list is short. If the code is right, nothing needs to be done; `atz codes import` takes in the "
              "official list.");
    }
  });
}

constexpr Rule kKnown{
    .id = "ID014",
    .slug = "diagnosis-known",
    .severity = diag::Severity::warning,
    .title = "A diagnosis is in atz's list, or in the official table when that was imported",
    .why =
        "The list that comes with atz holds the codes that are common for these services, not all of ICD-10-CM: a code "
        "that is not there may be right, or mistyped. After `atz codes import` the official table of its year decides.",
    .source = "modelled",
    .passes = {"members: [{label: A, diagnoses: [F72]}]", Base::first},
    .fails = {"members: [{label: A, diagnoses: [F64.9]}]", Base::first},
    .check = check_known};

constexpr const Rule* kRules[] = {&kForm, &kHeader, &kKnown};

}  // namespace

RuleList id_diagnosis_rules() {
  return kRules;
}

}  // namespace atz::rules
