// Who the members are.
#include <fmt/format.h>

#include <regex>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/corrections.hpp"
#include "rules/identifiers.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

constexpr std::string_view kDefaultPattern = "^[0-9]{8}A$";

// nullopt: the setting itself is no regular expression (reading atz.yaml says so).
std::optional<bool> matches(const std::string& pattern, const std::string& id) {
  if (pattern == kDefaultPattern) return id.size() == 9 && all_digits(id.substr(0, 8)) && id[8] == 'A';
  if (id.size() > 64) return false;  // the standard library's engine recurses once per character
  try {
    return std::regex_search(id, std::regex(pattern));
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

void check_member_id(Context& context) {
  const auto& pattern = context.settings().member_id_pattern;
  const bool usual = pattern == kDefaultPattern;
  for (const auto& member : context.home().members) {
    if (missing(member.id) || temporary_member_id(*member.id)) continue;
    if (!matches(pattern, *member.id).value_or(true)) {
      context
          .report(member, member.id.span,
                  fmt::format("The MaineCare ID of {} does not have the right form", name_of(member)))
          .expected(usual ? "eight digits and the letter A, without blanks" : "something that matches " + pattern)
          .help("Compare it with the member's card. The form is the setting member_id_pattern in atz.yaml.");
    } else if (usual && member.id.text.size() == 9 && member.id.text[8] == 'a') {
      context
          .report(member, member.id.span,
                  fmt::format("The MaineCare ID of {} ends in a small a: it is sent as A", name_of(member)))
          .severity(diag::Severity::info)
          .expected("a capital A")
          .fix_personal(member.id.span, member.id.value, "Write a capital A.");
    }
  }
}

constexpr Rule kMemberId{
    .id = "ID001",
    .slug = "member-id-form",
    .severity = diag::Severity::error,
    .title = "A MaineCare ID has the form that the settings say: eight digits and the letter A",
    .why =
        "An ID with a digit too few or a wrong letter belongs to nobody, or to somebody else. The form was seen in "
        "sample data only, which is why it is a setting.",
    .source = "public sample data of a Maine case-management program",
    .passes = {"members: [{label: A, id: 99000001A}]", Base::first},
    .fails = {"members: [{label: A, id: 9900001A}]    # a digit is missing", Base::first},
    .check = check_member_id,
    .setting = "member-id-pattern"};

void check_temporary_id(Context& context) {
  for (const auto& member : context.home().members) {
    if (missing(member.id) || !temporary_member_id(*member.id)) continue;
    context.report(member, member.id.span, fmt::format("{} has a temporary ID", name_of(member)))
        .expected("the MaineCare ID")
        .help("It is accepted, but replace it as soon as the real one is known: claims need it.");
  }
}

constexpr Rule kTemporaryId{
    .id = "ID002",
    .slug = "temporary-member-id",
    .severity = diag::Severity::warning,
    .title = "A member has a MaineCare ID, not only a temporary one",
    .why =
        "The portal gives IDs like TEMP00000001 to people whom it does not know yet. They work for a request, but "
        "somebody has to remember to replace them.",
    .source = "Kepro training, Creating the Request",
    .passes = {"members: [{label: A, id: 99000001A}]", Base::first},
    .fails = {"members: [{label: A, id: TEMP00000001}]", Base::first},
    .check = check_temporary_id};

constexpr Rule kLookUp{
    .id = "ID003",
    .slug = "member-look-up",
    .severity = diag::Severity::error,
    .title = "A member is looked up by ID, or by last name and birth date together",
    .why = "The portal's member search takes no less: a last name alone would show the data of strangers.",
    .source = "Kepro training, Creating the Request",
    .passes = "the ID; or last name and birth date",
    .fails = "the last name alone",
    .check = nullptr,
    .acts_in = "member find"};

void check_born(Context& context) {
  each_unreadable(context, [&](const casefile::Unreadable& born) {
    context.report(born.span, "A birth date is not a date of the calendar")
        .member(born.member)
        .expected("a real date, year first: YYYY-MM-DD")
        .help(clear_date(born.text) ? "" : "Write the year with four digits, then month and day with two each.")
        .fix_personal(born.span, clear_date(born.text), "Write it with the year first: YYYY-MM-DD.");
  });
  for (const auto& member : context.home().members) {
    if (missing(member.born)) {
      if (member.receives_home_support && !*member.receives_home_support) continue;
      context
          .report(member, place(member.born, member.span),
                  fmt::format("The birth date of {} is missing", name_of(member)))
          .expected("born: YYYY-MM-DD");
    } else if (member.born && *member.born > context.today()) {
      context
          .report(member, member.born.span,
                  fmt::format("The birth date of {} is after the day of sending", name_of(member)))
          .expected(fmt::format("{} or earlier", model::format_date(context.today())))
          .help("Check the year.");
    }
  }
}

constexpr Rule kBorn{.id = "ID004",
                     .slug = "birth-date",
                     .severity = diag::Severity::error,
                     .title = "Every member has a birth date that is real and not in the future",
                     .why = "Name, ID and birth date together make sure that the request is about the right person.",
                     .source = "modelled",
                     .passes = {"members: [{label: A, born: 1988-02-29}]", Base::first},
                     .fails = {"members: [{label: A, born: 1987-02-29}]    # 1987 had no such day", Base::first},
                     .check = check_born};

void check_age(Context& context) {
  for (const auto* member : context.regular()) {
    const auto start = context.first_day(*member);
    if (!member->born || !start || *member->born > *start) continue;
    for (const auto& waiver : member->waiver) {
      const auto* program = waiver ? context.tables().waiver(*waiver) : nullptr;
      if (program == nullptr || model::age_on(*member->born, *start) >= program->min_age) continue;
      context
          .report(*member, member->born.span,
                  fmt::format("{} is not {} yet on the first day asked for", name_of(*member), program->min_age))
          .found(fmt::format("{} years on {}", model::age_on(*member->born, *start), day(*start)))
          .expected(fmt::format("{} years or more for {}", program->min_age, program->key))
          .related(waiver.span, "the waiver")
          .help("Check birth date, waiver and first day.");
    }
  }
}

constexpr Rule kAge{
    .id = "ID005",
    .slug = "waiver-age",
    .severity = diag::Severity::warning,
    .title = "A member is old enough for the waiver on the first day",
    .why = "Section 21 is a waiver for adults: the member is 18 or older when the service starts.",
    .source = "public: MaineCare Benefits Manual, Section 21",
    .passes = {"members: [{label: A, born: 2009-01-04}]    # 18 on the first day, 2027-01-04", Base::first},
    .fails = {"members: [{label: A, born: 2009-01-05}]    # 18 a day later", Base::first},
    .check = check_age};

// Both rules compare each member with those before.
template <class Same, class Say>
void each_pair(Context& context, Same same, Say say) {
  const auto& members = context.home().members;
  for (std::size_t i = 1; i < members.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!same(members[j], members[i])) continue;
      say(members[j], members[i]);
      break;
    }
  }
}

bool same_id(const model::Member& a, const model::Member& b) {
  return !missing(a.id) && !missing(b.id) && *a.id == *b.id;
}

void check_unique_id(Context& context) {
  // A member that was pasted a second time is reported by CF008.
  const auto same = [](const model::Member& a, const model::Member& b) {
    return same_id(a, b) && !(a.label && b.label && *a.label == *b.label);
  };
  each_pair(context, same, [&](const model::Member& first, const model::Member& second) {
    context
        .report(second, second.id.span,
                fmt::format("{} has the same MaineCare ID as {}", name_of(second), name_of(first)))
        .expected("each member's own ID")
        .related(first.id.span, "the same ID is here")
        .help("One of the two was copied: compare both with the members' cards.");
  });
}

constexpr Rule kUniqueId{
    .id = "ID017",
    .slug = "member-id-once",
    .severity = diag::Severity::error,
    .title = "A MaineCare ID belongs to one member of the home only",
    .why = "Two requests under one ID are two requests for one person: one gets hours twice, the other none.",
    .source = "modelled",
    .passes = {"members: [{label: A, id: 99000001A}, {label: B, id: 99000002A}]", Base::first},
    .fails = {"members: [{label: A, id: 99000001A}, {label: B, id: 99000001A}]", Base::first},
    .check = check_unique_id};

void check_same_person(Context& context) {
  const auto same = [](const model::Member& a, const model::Member& b) {
    return !missing(a.name.last) && !missing(b.name.last) && a.born && b.born && *a.born == *b.born &&
           to_lower(*a.name.last) == to_lower(*b.name.last) && !same_id(a, b);
  };
  each_pair(context, same, [&](const model::Member& first, const model::Member& second) {
    context
        .report(second, second.name.last.span,
                fmt::format("{} and {} have the same last name and birth date", name_of(first), name_of(second)))
        .related(first.name.last.span, "the other member")
        .help("Twins in one home are possible; one person entered twice is likelier.");
  });
}

constexpr Rule kSamePerson{.id = "ID018",
                           .slug = "same-person-twice",
                           .severity = diag::Severity::warning,
                           .title = "Two members with the same last name and birth date are two people",
                           .why = "One person entered under two IDs looks like a bigger home than there is.",
                           .source = "modelled",
                           .passes = {"members:\n"
                                      "  - {label: A, name: {last: Sampleton}, born: 1988-02-29}\n"
                                      "  - {label: B, name: {last: Sampleton}, born: 1990-07-01}",
                                      Base::first},
                           .fails = {"members:\n"
                                     "  - {label: A, name: {last: Sampleton}, born: 1988-02-29}\n"
                                     "  - {label: B, name: {last: Sampleton}, born: 1988-02-29}",
                                     Base::first},
                           .check = check_same_person};

constexpr const Rule* kRules[] = {&kMemberId, &kTemporaryId, &kLookUp, &kBorn, &kAge, &kUniqueId, &kSamePerson};

}  // namespace

RuleList id_member_rules() {
  return kRules;
}

}  // namespace atz::rules
