// Whether a file can be read at all: what the reader of YAML and the decoder recorded, under a name.
#include <fmt/format.h>

#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/problems.hpp"

namespace atz::rules {
namespace {

using Kind = casefile::Problem::Kind;

void check_readable(Context& context) {
  report_problems(context, {Kind::too_large, Kind::invalid_utf8, Kind::nul_byte, Kind::syntax, Kind::too_deep,
                            Kind::empty, Kind::unreadable_file});
}

constexpr Rule kReadable{
    .id = "CF001",
    .slug = "file-readable",
    .severity = diag::Severity::error,
    .title = "The file is YAML text in UTF-8, of a reasonable size and depth",
    .why = "What can't be read can't be checked. Where a file stops making sense, the rest of it is not looked at.",
    .source = "modelled",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00    # the closing brace is missing",
              Base::file},
    .check = check_readable};

void check_plain(Context& context) {
  report_problems(context, {Kind::anchor, Kind::alias, Kind::merge_key, Kind::tag, Kind::several_documents});
}

constexpr Rule kPlain{.id = "CF002",
                      .slug = "plain-yaml",
                      .severity = diag::Severity::error,
                      .title = "The file uses plain YAML only: one document, no anchors, aliases, merge keys or tags",
                      .why =
                          "These let one place of a file change another in ways that are easy to overlook. A request "
                          "is read by people, so "
                          "every value stands where it counts. Shared values have their place in atz.yaml.",
                      .source = "modelled",
                      .passes = {"effective: 2027-01-04\n"
                                 "roster: [A, B]\n"
                                 "shifts:\n"
                                 "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
                                 "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
                                 Base::file},
                      .fails = {"effective: 2027-01-04\n"
                                "roster: [A, B]\n"
                                "shifts:\n"
                                "  - &night {staff: N, days: daily, from: 22:00, to: 06:00}\n"
                                "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
                                Base::file},
                      .check = check_plain};

void check_keys(Context& context) {
  report_problems(context, {Kind::duplicate_key});
}

constexpr Rule kKeys{
    .id = "CF003",
    .slug = "keys-once",
    .severity = diag::Severity::error,
    .title = "No key is there twice in one place",
    .why = "Most programs take the last of two equal keys without a word. Nobody could tell which one was meant.",
    .source = "modelled",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00, to: 21:00}",
              Base::file},
    .check = check_keys};

void check_shape(Context& context) {
  report_problems(context, {Kind::wrong_shape, Kind::bad_key});
}

constexpr Rule kShape{
    .id = "CF004",
    .slug = "right-shape",
    .severity = diag::Severity::error,
    .title = "Lists are lists, groups of keys are groups, and values are single values",
    .why = "A list where one value belongs, or the other way round, has no meaning that could be guessed safely.",
    .source = "modelled",
    .passes = {"members: [{label: A, diagnoses: [F71, F84.0]}]", Base::first},
    .fails = {"members: [{label: A, diagnoses: {main: F71}}]", Base::first},
    .check = check_shape};

// What only an extension needs, and no other rule asks for.
void check_extension_fields(Context& context) {
  for (const auto* member : context.extensions()) {
    std::vector<std::string> open;
    if (missing(member->current_end)) open.emplace_back("current_end");
    if (missing(member->reason)) open.emplace_back("reason");
    if (open.empty()) continue;
    context
        .report(*member, member->span,
                fmt::format("The extension of {} has no {}", name_of(*member), list_words(open, "and no")))
        .expected("current_end: its last covered day; reason: continue, change or add-on")
        .help("Both decide when an extension can be sent and on which day it begins.");
  }
}

void check_present(Context& context) {
  report_problems(context, {Kind::missing_field});
  check_extension_fields(context);
}

constexpr Rule kPresent{
    .id = "CF005",
    .slug = "field-present",
    .severity = diag::Severity::error,
    .title = "Every field that a case file needs is there",
    .why = "Fields that have a rule of their own, such as units or diagnoses, are reported under that rule.",
    .source = "modelled",
    .passes = {"members: [{label: A, gender: female}]", Base::first},
    .fails = {"members: [{label: A, gender: }]", Base::first},
    .check = check_present};

void check_kind(Context& context) {
  report_problems(context, {Kind::no_case_file});
}

constexpr Rule kKind{
    .id = "CF018",
    .slug = "is-case-file",
    .severity = diag::Severity::error,
    .title = "What is checked is a case file",
    .why =
        "A document, a picture or some other program's file that was named by mistake is no home. Neither is a folder "
        "without case files: a check that looks at nothing would say that all is well.",
    .source = "modelled",
    .passes = "atz check homes/",
    .fails = "atz check plan-a.pdf",
    .check = check_kind};

void check_characters(Context& context) {
  report_problems(context, {Kind::odd_character});
}

constexpr Rule kCharacters{
    .id = "CF019",
    .slug = "plain-characters",
    .severity = diag::Severity::error,
    .title = "Around values stand straight quotes or none, and plain spaces only",
    .why =
        "Word processors and web pages make quotes typographic and spaces unbreakable. YAML takes both for a part of "
        "the value, and the payer would get a name with quotes in it, or one that looks right and is not.",
    .source = "modelled",
    .passes = "last: \"Sampleton\"",
    .fails = "last: \u201CSampleton\u201D",
    .check = check_characters};

constexpr const Rule* kRules[] = {&kReadable, &kPlain, &kKeys, &kShape, &kPresent, &kKind, &kCharacters};

}  // namespace

RuleList cf_document_rules() {
  return kRules;
}

}  // namespace atz::rules
