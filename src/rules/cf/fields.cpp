// Fields that are there, but not as they must be.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/corrections.hpp"
#include "rules/patterns.hpp"
#include "rules/problems.hpp"
#include "rules/ratio.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

std::string last_key(std::string_view path) {
  const std::string pattern = pattern_of(path);
  const auto dot = pattern.rfind('.');
  std::string key = dot == std::string::npos ? pattern : pattern.substr(dot + 1);
  if (const auto bracket = key.find('['); bracket != std::string::npos) key.resize(bracket);
  return key;
}

std::string expected_of(const casefile::Unreadable& value, const casefile::FieldRow* row) {
  using casefile::FieldType;
  switch (value.type) {
    case FieldType::integer:
      return "a whole number";
    case FieldType::decimal:
      return "a number, for example 67.75";
    case FieldType::boolean:
      return "yes or no";
    case FieldType::label:
      return "1 to 8 letters and digits";
    case FieldType::choice:
      if (row != nullptr) {
        auto choices = split(row->choices, '|');
        return list_words(choices, "or");
      }
      break;
    case FieldType::identifier:
      if (row != nullptr && row->path == "home.id") return "2 to 24 small letters, digits and hyphens";
      break;
    default:
      break;
  }
  return {};
}

std::optional<std::string> clear_value(const casefile::Unreadable& value, const casefile::FieldRow* row) {
  if (value.type == casefile::FieldType::boolean) return clear_yes_no(value.text);
  if (value.type == casefile::FieldType::choice && row != nullptr) return clear_choice(row->choices, value.text);
  return std::nullopt;
}

void check_type(Context& context) {
  each_unreadable(context, [&](const casefile::Unreadable& value) {
    const auto* row = casefile::find_field(value.path);
    const bool personal = row != nullptr && row->personal;
    auto report = context.report(
        value.span, personal ? fmt::format("The value of {} can't be read", last_key(value.path))
                             : fmt::format("{} is not a value for {}", quoted(value.text), last_key(value.path)));
    report.member(value.member).expected(expected_of(value, row));
    const auto clear = clear_value(value, row);
    if (personal) {
      report.fix_personal(value.span, clear, "Write it as it is expected.");
    } else {
      report.found(quoted(value.text)).fix(value.span, clear);
    }
    if (row != nullptr) report.help(std::string(row->help));
  });
  for (const auto& member : context.home().members) {
    if (missing(member.min_ratio) || parse_ratio(*member.min_ratio)) continue;
    context
        .report(member, member.min_ratio.span,
                fmt::format("{} is not a ratio of staff to members", quoted(*member.min_ratio)))
        .found(quoted(*member.min_ratio))
        .expected("for example 1:2, one staff person for two members");
  }
}

constexpr Rule kType{.id = "CF006",
                     .slug = "right-type",
                     .severity = diag::Severity::error,
                     .title = "A value is of the kind that its field needs",
                     .why =
                         "Every field has one kind of value: a number, a yes or no, one of a few words, a label. "
                         "Dates, times, units and "
                         "hours that can't be read are reported by GN001, SP001, GN004 and HS008.",
                     .source = "modelled",
                     .passes = {"members: [{label: A, gender: female}]", Base::first},
                     .fails = {"members: [{label: A, gender: f}]", Base::first},
                     .check = check_type};

void check_format(Context& context) {
  for (const auto& problem : context.file().problems) {
    if (is_format_problem(problem)) report_problem(context, problem, 0);
  }
  each_unreadable(context, [&](const casefile::Unreadable& value) {
    context.report(value.span, fmt::format("{} is not a version of the file format", quoted(value.text)))
        .found(quoted(value.text))
        .expected("1");
  });
}

constexpr Rule kFormat{
    .id = "CF007",
    .slug = "format-version",
    .severity = diag::Severity::error,
    .title = "The file says which version of the format it has, and atz knows that version",
    .why = "Should the format ever change, old files keep their meaning because they say what they are.",
    .source = "modelled",
    .passes = {"atz: 1", Base::first},
    .fails = {"atz: 2", Base::first},
    .check = check_format};

void check_labels(Context& context) {
  const auto& home = context.home();
  const auto twice = [&](const model::Field<std::string>& first, const model::Field<std::string>& second,
                         const char* where) {
    context.report(second.span, fmt::format("The label {} is {} twice", quoted(*second), where))
        .found(quoted(*second))
        .expected("a label of its own for each member")
        .related(first.span, "the first one")
        .help("Labels tell members apart in messages and in the staffing pattern.");
  };
  const auto& roster = home.house.roster;
  for (std::size_t i = 1; i < roster.size(); ++i) {
    const auto end = roster.begin() + static_cast<std::ptrdiff_t>(i);
    const auto first =
        std::find_if(roster.begin(), end, [&](const auto& one) { return one && roster[i] && *one == *roster[i]; });
    if (first != end) twice(*first, roster[i], "on the roster");
  }
  for (std::size_t i = 1; i < home.members.size(); ++i) {
    const auto& label = home.members[i].label;
    const auto* first = label ? context.member(*label) : nullptr;
    if (first == nullptr || first == &home.members[i]) continue;
    if (first->id && home.members[i].id && *first->id == *home.members[i].id) {
      context.report(label.span, fmt::format("Member {} is in the file twice", printable(*label)))
          .found(quoted(*label))
          .related(first->label.span, "the first time")
          .help("Label and MaineCare ID are the same: remove one of the two, or give the copy its own.");
    } else {
      twice(first->label, label, "given to members");
    }
  }
}

constexpr Rule kLabels{.id = "CF008",
                       .slug = "labels-once",
                       .severity = diag::Severity::error,
                       .title = "Each member has a label of its own",
                       .why = "Labels stand for members in the roster, in the staffing pattern and in every message.",
                       .source = "modelled",
                       .passes = {"home: {roster: [A, B, C]}", Base::first},
                       .fails = {"home: {roster: [A, B, C, C]}", Base::first},
                       .check = check_labels};

void check_size(Context& context) {
  for (const auto& problem : context.file().problems) {
    if (is_size_problem(context, problem)) report_problem(context, problem, 0);
  }
  const auto& house = context.home().house;
  if (house.roster.size() <= model::kMaxRoster) return;
  context.report(house.roster_span, "A home has at most 24 members")
      .found(std::to_string(house.roster.size()))
      .expected("24 or fewer")
      .help("Keep each home in a file of its own.");
}

constexpr Rule kSize{
    .id = "CF009",
    .slug = "home-size",
    .severity = diag::Severity::error,
    .title = "A home has at most 24 members",
    .why = "Real homes are much smaller. The limit keeps shares of hours exact.",
    .source = "modelled",
    .passes = {"effective: 2027-01-04\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "roster: [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X]    # 24",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "roster: [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y]    # 25",
              Base::file},
    .check = check_size};

void check_documents(Context& context) {
  const auto& home = context.home();
  const auto known = [&](const std::string& label) {
    return context.member(label) != nullptr || std::any_of(home.house.roster.begin(), home.house.roster.end(),
                                                           [&](const auto& one) { return one && *one == label; });
  };
  std::vector<std::string_view> labels;
  for (const auto& member : home.members) {
    if (member.label) labels.push_back(*member.label);
  }
  const auto check = [&](const model::Document& document, const model::Member* owner) {
    const auto& label = document.member;
    if (missing(label)) return;
    const bool other = owner != nullptr && owner->label && *owner->label != *label;
    if (known(*label) && !other) return;
    context
        .report(label.span,
                other ? fmt::format("This document stands with {}, but is said to be another member's", name_of(*owner))
                      : fmt::format("No member is called {}", quoted(*label)))
        .found(quoted(*label))
        .expected(other ? *owner->label : list_words({labels.begin(), labels.end()}, "or"));
  };
  for (const auto& document : home.documents) check(document, nullptr);
  for (const auto& member : home.members) {
    for (const auto& document : member.documents) check(document, &member);
  }
}

constexpr Rule kDocuments{
    .id = "CF010",
    .slug = "document-of-a-member",
    .severity = diag::Severity::error,
    .title = "A document that belongs to one member names a member of this home",
    .why = "A document goes into the case of the member that it names. Without such a member it would go nowhere.",
    .source = "modelled",
    .passes = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan, member: A}]", Base::first},
    .fails = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan, member: X}]", Base::first},
    .check = check_documents};

void check_modes(Context& context) {
  each_pattern(context.home(), [&](const model::StaffingPattern& pattern, const model::Member* member) {
    for (const auto& shift : pattern.shifts) {
      if (missing(shift.one_to_one) || missing(shift.on_behalf_of)) continue;
      auto report = context.report(shift.on_behalf_of.span,
                                   "A shift is either 1:1 with a member or on a member's behalf, not both");
      report.related(shift.one_to_one.span, "1:1 here").help("Divide the shift into two.");
      if (member != nullptr && member->label) report.member(*member->label);
    }
  });
}

constexpr Rule kModes{.id = "CF011",
                      .slug = "one-mode-per-shift",
                      .severity = diag::Severity::error,
                      .title = "A shift is shared, 1:1, or on a member's behalf",
                      .why = "The hours of a shift are counted in one way; two marks leave open which.",
                      .source = "modelled",
                      .passes = {"effective: 2027-01-04\n"
                                 "roster: [A, B, C]\n"
                                 "shifts:\n"
                                 "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
                                 "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
                                 "  - {staff: E, days: daily, from: 15:00, to: 17:00, one_to_one: C}",
                                 Base::file},
                      .fails = {"effective: 2027-01-04\n"
                                "roster: [A, B, C]\n"
                                "shifts:\n"
                                "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
                                "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
                                "  - {staff: E, days: daily, from: 15:00, to: 17:00, one_to_one: C, on_behalf_of: A}",
                                Base::file},
                      .check = check_modes};

constexpr const Rule* kRules[] = {&kType, &kFormat, &kLabels, &kSize, &kDocuments, &kModes};

}  // namespace

RuleList cf_field_rules() {
  return kRules;
}

}  // namespace atz::rules
