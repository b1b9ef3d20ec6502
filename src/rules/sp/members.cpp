// Every member's outings, and nobody who does not live here.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/patterns.hpp"

namespace atz::rules {
namespace {

void check_outings(Context& context) {
  const auto* staffing = context.staffing();
  if (staffing == nullptr) return;
  for (const auto* member : context.regular()) {
    if (!member->label) continue;
    const model::Out* first = nullptr;
    each_out(context.home(), [&](const model::Out& out) {
      if (first == nullptr && out.member && *out.member == *member->label) first = &out;
    });
    const auto& statement = member->routinely_out;
    if (statement.present && !statement && !statement.text.empty()) continue;  // some other word: CF006
    const bool says_none = statement && to_lower(trim(*statement)) == "none";
    if (first != nullptr && says_none) {
      context
          .report(*member, member->routinely_out.span,
                  fmt::format("{} is said never to be out, but the pattern has outings", name_of(*member)))
          .found("routinely_out: none")
          .related(first->span, "out of the home here")
          .help("Remove one of the two.");
    } else if (first == nullptr && !says_none) {
      context.report(*member, member->span, fmt::format("Nothing says when {} is out of the home", name_of(*member)))
          .expected("entries in staffing.out, or routinely_out: none")
          .related(staffing->pattern().out_span, "the pattern's out-of-home blocks")
          .help("If the member is routinely at home all week, say so: routinely_out: none.");
    }
  }
}

constexpr Rule kOutings{
    .id = "SP008",
    .slug = "outings-stated",
    .severity = diag::Severity::error,
    .title = "Each member has out-of-home blocks, or the statement that there are none",
    .why =
        "The page wants to know for every member when he or she is routinely out. Silence could "
        "mean never, or forgotten.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"staffing:\n"
               "  out:\n"
               "    - {member: A, days: mon-fri, from: 09:00, to: 15:00, kind: community-support, code: T2021}\n"
               "    - {member: A, days: sun, from: 12:00, to: 17:00, kind: natural-support}\n"
               "    - {member: B, days: [mon, wed, fri], from: 09:00, to: 13:00, kind: work-support, code: T2019}\n"
               "    - {member: C, days: [tue, thu], from: 10:00, to: 14:00, kind: community-support, code: T2021}",
               Base::first},
    .fails = {"staffing:\n"
              "  out:    # nothing about B, and no routinely_out: none\n"
              "    - {member: A, days: mon-fri, from: 09:00, to: 15:00, kind: community-support, code: T2021}\n"
              "    - {member: A, days: sun, from: 12:00, to: 17:00, kind: natural-support}\n"
              "    - {member: C, days: [tue, thu], from: 10:00, to: 14:00, kind: community-support, code: T2021}",
              Base::first},
    .check = check_outings};

void check_kind(Context& context) {
  std::vector<std::string_view> keys;
  for (const auto& kind : context.tables().out_kinds) keys.push_back(kind.key);
  const std::string all = join(std::vector<std::string>(keys.begin(), keys.end()), ", ");
  each_out(context.home(), [&](const model::Out& out) {
    const std::string label = out.member ? *out.member : std::string();
    if (missing(out.kind)) {
      context.report(place(out.kind, out.span), "Nothing says where the member is at that time")
          .member(label)
          .expected("kind: one of " + all);
      return;
    }
    const auto* kind = context.tables().out_kind(*out.kind);
    if (kind == nullptr) {
      context.report(out.kind.span, fmt::format("{} is not a kind of outing that atz knows", quoted(*out.kind)))
          .member(label)
          .found(quoted(*out.kind))
          .expected("one of: " + all)
          .help(suggest(*out.kind, keys));
    } else if (kind->needs_note && (missing(out.note) || trim(*out.note).empty())) {
      context.report(out.kind.span, fmt::format("The kind {} needs a note", kind->key))
          .member(label)
          .found("kind: " + kind->key)
          .expected("note: a few words")
          .help("Say where the member is.");
    }
  });
}

constexpr Rule kKind{
    .id = "SP009",
    .slug = "out-kind",
    .severity = diag::Severity::error,
    .title = "Each out-of-home block has a known kind; other needs a note",
    .why = "The page asks for Community Support, Work Support, employment and other times apart from each other.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo; the rest of the list is modelled",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "out:\n"
               "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: other, note: dialysis}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "out:\n"
              "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: other}",
              Base::file},
    .check = check_kind};

void check_names(Context& context) {
  const auto& home = context.home();
  if (home.house.roster.empty()) return;
  const auto lives_here = [&](const std::string& label) {
    return std::any_of(home.house.roster.begin(), home.house.roster.end(),
                       [&](const auto& one) { return one && *one == label; });
  };
  std::vector<std::string_view> labels;
  for (const auto& label : home.house.roster) {
    if (label) labels.push_back(*label);
  }
  const auto check = [&](const model::Field<std::string>& label, bool all_allowed) {
    if (missing(label) || lives_here(*label) || (all_allowed && to_lower(*label) == "all")) return;
    context.report(label.span, fmt::format("Nobody on the roster is called {}", quoted(*label)))
        .found(quoted(*label))
        .expected(list_words({labels.begin(), labels.end()}, "or"))
        .related(home.house.roster_span, "the roster")
        .help(suggest(*label, labels));
  };
  each_pattern(home, [&](const model::StaffingPattern& pattern, const model::Member*) {
    for (const auto& shift : pattern.shifts) {
      check(shift.one_to_one, false);
      check(shift.on_behalf_of, true);
      for (const auto& label : shift.accompanying) check(label, false);
    }
    for (const auto& out : pattern.out) check(out.member, false);
  });
}

constexpr Rule kNames{
    .id = "SP017",
    .slug = "pattern-of-this-home",
    .severity = diag::Severity::error,
    .title = "The pattern is about the members on the roster and nobody else",
    .why =
        "A label that nobody has would silently drop hours from the week, and a pattern of another home would pass "
        "unnoticed. Members without a block are at home all week and share the staff.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "  - {staff: E, days: mon, from: 09:00, to: 12:00, one_to_one: B}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "  - {staff: E, days: mon, from: 09:00, to: 12:00, one_to_one: D}",
              Base::file},
    .check = check_names};

void check_routine(Context& context) {
  each_out(context.home(), [&](const model::Out& out) {
    const auto* kind = out.kind ? context.tables().out_kind(*out.kind) : nullptr;
    if (kind == nullptr || kind->routine) return;
    context.report(out.kind.span, fmt::format("The kind {} does not belong into a typical week", kind->key))
        .member(out.member ? *out.member : std::string())
        .found("kind: " + kind->key)
        .help("The pattern shows a usual week. Remove it, unless it happens every week.");
  });
}

constexpr Rule kRoutine{
    .id = "SP020",
    .slug = "routine-outings",
    .severity = diag::Severity::warning,
    .title = "The typical week holds routine outings only",
    .why =
        "A stay in hospital is an exception. In the typical week it would lower the member's hours for a whole year.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo: routinely",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "out:\n"
               "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: natural-support}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "out:\n"
              "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: hospital}",
              Base::file},
    .check = check_routine};

constexpr const Rule* kRules[] = {&kOutings, &kKind, &kNames, &kRoutine};

}  // namespace

RuleList sp_member_rules() {
  return kRules;
}

}  // namespace atz::rules
