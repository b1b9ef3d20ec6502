// The home is asked for as a whole.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/identifiers.hpp"
#include "rules/questionnaires.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

void check_missing_members(Context& context) {
  const auto& home = context.home();
  if (context.regular().empty() || has_problem(context, "members")) return;  // CF004, CF005, CF009
  for (const auto& label : home.house.roster) {
    if (missing(label) || context.member(*label) != nullptr) continue;
    context
        .report(label.span,
                fmt::format("Member {} lives here, but nothing is asked for this member", printable(*label)))
        .member(*label)
        .found(fmt::format("{} of {} members", home.members.size(), home.house.roster.size()))
        .expected("one request for each member of the roster")
        .related(home.members_span, "the members of this file")
        .help(
            "The home is reviewed as a whole: add the member. If this person gets no home support, add an entry with "
            "receives_home_support: no and a reason; if nobody of this label lives here, correct the roster.");
  }
}

void check_one_request_each(Context& context) {
  const auto& home = context.home();
  const auto on_roster = [&](const std::string& label) {
    return std::any_of(home.house.roster.begin(), home.house.roster.end(),
                       [&](const auto& other) { return other && *other == label; });
  };
  for (const auto& member : home.members) {
    if (home.house.roster_present && member.label && !on_roster(*member.label)) {
      context.report(member, member.label.span, fmt::format("{} is not on the roster of the home", name_of(member)))
          .expected("a label of the roster")
          .related(home.house.roster_span, "the roster")
          .help("Everyone who lives here is on the roster: add the label there, or correct it here.");
    }
    if (member.receives_home_support && !*member.receives_home_support &&
        missing(member.receives_home_support_reason)) {
      context
          .report(member, member.receives_home_support.span,
                  fmt::format("Nothing says why {} receives no home support", name_of(member)))
          .expected("receives_home_support_reason: a sentence")
          .help("The reviewers ask about everyone who lives in the home.");
    }
  }
  for (const auto* member : context.regular()) {
    const model::Service* first = nullptr;
    for (const auto& line : context.lines()) {
      if (line.member != member || !line.base()) continue;
      if (first == nullptr) {
        first = line.service;
        continue;
      }
      const auto& period = context.home().period_of(*member, *first);
      if (period.complete() && line.period->complete() && period.days().overlaps(line.period->days()))
        continue;  // GN012
      context
          .report(*member, line.service->code.span, fmt::format("{} has more than one base request", name_of(*member)))
          .expected("one line T2016 for each member")
          .related(first->code.span, "the first one")
          .help("One authorization covers one period: put the later one into a request of its own.");
      break;
    }
  }
}

void check_whole_house(Context& context) {
  check_missing_members(context);
  check_one_request_each(context);
}

constexpr Rule kWholeHouse{
    .id = "HS010",
    .slug = "whole-house",
    .severity = diag::Severity::error,
    .title = "The file asks once for every member on the roster",
    .why =
        "Staff is shared, so the reviewers judge the home as a whole and one day rate is "
        "computed for all. A home sent in "
        "part is not reviewed until the rest comes.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"home: {roster: [A, B, C, D]}\n"
               "members:\n"
               "  - {label: D, receives_home_support: no, receives_home_support_reason: is the son of the owner}",
               Base::first},
    .fails = {"home: {roster: [A, B, C, D]}    # nothing is asked for D", Base::first},
    .check = check_whole_house};

void check_location(Context& context) {
  const auto& home = context.home();
  if (missing(home.provider.npi) || missing(home.house.location) || !id_kind_is_npi(home.provider)) return;
  const std::string npi = npi_digits(*home.provider.npi);
  const std::string location = location_digits(*home.house.location);
  if (location.empty() || !valid_npi(npi) || location.compare(0, 10, npi) == 0) return;
  context.report(home.house.location.span, "The service location belongs to another provider than the one who asks")
      .found(quoted(*home.house.location))
      .expected(fmt::format("{}-{}", npi, location.substr(10)))
      .related(home.provider.npi.span, "the provider's NPI")
      .help("The first ten digits of a location are the provider's NPI: correct one of the two.");
}

constexpr Rule kOneLocation{
    .id = "HS011",
    .slug = "one-location",
    .severity = diag::Severity::error,
    .title = "All requests name the same location, one of the provider's own",
    .why =
        "A file holds one home with one location number, so members can't differ. The number must also be one of the "
        "provider who asks, or the requests would be split between two providers.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo (implied)",
    .passes = {"provider: {npi: 2000000002}\n"
               "home: {location: 2000000002-001}",
               Base::first},
    .fails = {"provider: {npi: 2000000002}\n"
              "home: {location: 2000000010-001}",
              Base::first},
    .check = check_location};

constexpr Rule kOneDay{
    .id = "HS012",
    .slug = "one-day",
    .severity = diag::Severity::warning,
    .title = "All members of a home are sent on the same day, Maine time",
    .why =
        "The page says at the same time. Members that travel in one request do; where a payer takes them one by one, "
        "sending does not start when midnight may come between.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = "three members sent at noon",
    .fails = "six members, one by one, from 23:58",
    .check = nullptr,
    .acts_in = "submit"};

struct Movers {
  const model::Member* newcomer = nullptr;
  // Those who say that they have an authorization already, and where they say it.
  std::vector<std::pair<const model::Member*, const model::Field<std::string>*>> running;
};

Movers movers_in(Context& context) {
  Movers movers;
  for (const auto* member : context.first_authorizations()) {
    const auto* kind = home_support_value(context, *member, "1", model::AnswerType::choice);
    if (kind == nullptr || member->case_id.present || member->reason.present) continue;  // EX002
    const std::string word = to_lower(trim(**kind));
    if (word == "new placement") {
      if (movers.newcomer == nullptr) movers.newcomer = member;
    } else if (word == "change" || word == "continuation") {
      movers.running.emplace_back(member, kind);
    }
  }
  return movers;
}

// "By the pattern: A 66.50, B 88.00": what the newcomer's presence makes of everyone's hours; empty without a pattern.
std::string hours_with(Context& context, const model::Member& newcomer) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr || !staffing->covered) return {};
  std::vector<std::string> hours;
  for (std::size_t i = 0; i < staffing->roster.size(); ++i) {
    if (newcomer.label && *newcomer.label == staffing->roster[i]) continue;
    hours.push_back(fmt::format("{} {}", staffing->roster[i], model::format_hours(staffing->week.t2016.rounded[i])));
  }
  return hours.empty() ? std::string()
                       : fmt::format(" With the newcomer the pattern gives {} hours a week.", list_words(hours, "and"));
}

void check_newcomer(Context& context) {
  const Movers movers = movers_in(context);
  for (const auto& [member, kind] : movers.running) {
    auto report = context.report(
        *member, kind->span,
        fmt::format("{} seems to have an authorization already, but a first one is asked for", name_of(*member)));
    report.found(quoted(**kind))
        .expected("request: service-notification-extension for this member")
        .help(
            "When somebody moves in, the newcomer needs a Service Notification and the others an extension for the "
            "change, because their shared staffing changes." +
            (movers.newcomer == nullptr ? std::string() : hours_with(context, *movers.newcomer)));
    if (movers.newcomer != nullptr) report.related(movers.newcomer->span, "the newcomer");
  }
  if (movers.newcomer == nullptr) return;
  for (const auto* member : context.extensions()) {
    if (!member->reason || *member->reason != model::ExtensionReason::continuation) continue;
    context
        .report(*member, member->reason.span,
                fmt::format("{} is to go on as before, but {} moves in and takes a share of the staff",
                            name_of(*member), name_of(*movers.newcomer)))
        .found("reason: continue")
        .expected("reason: change")
        .related(movers.newcomer->span, "the newcomer")
        .help("Say what changes." + hours_with(context, *movers.newcomer));
  }
  const auto& home = context.home();
  if (!movers.running.empty() || home.members.size() != 1 || home.house.roster.size() < 2) return;
  context
      .report(*movers.newcomer, movers.newcomer->span,
              fmt::format("{} moves in alone: the others' shared staffing changes too", name_of(*movers.newcomer)))
      .related(home.house.roster_span, "everyone who lives here")
      .help("Add the others with request: service-notification-extension, so that all are reviewed together." +
            hours_with(context, *movers.newcomer));
}

constexpr Rule kNewcomer{
    .id = "HS021",
    .slug = "newcomer-with-others",
    .severity = diag::Severity::warning,
    .title = "When somebody moves in, the others' authorizations are changed with the newcomer's",
    .why =
        "A new member takes a share of the staff, so everyone's hours change. The bundle holds a "
        "Service Notification for "
        "the newcomer and change extensions for the others.",
    .source = "Maine page on T2016 authorizations (implied)",
    .passes = {"members:\n"
               "  - {label: B, questionnaires: {home-support: {1: new placement}}}",
               Base::first},
    .fails = {"members:    # A and C move in; B has lived here before\n"
              "  - label: B\n"
              "    questionnaires: {home-support: {1: change, 1.2.1: Shares the staff with two more members.}}",
              Base::first},
    .check = check_newcomer};

void check_single(Context& context) {
  const auto& house = context.home().house;
  if (house.roster.size() != 1 || context.regular().empty()) return;
  context.report(house.roster.front().span, "This home has one member")
      .help("Homes with one member exist. If more people live here, add them to the roster.");
}

constexpr Rule kSingle{
    .id = "HS027",
    .slug = "one-member-home",
    .severity = diag::Severity::warning,
    .title = "A home with one member is meant to be one",
    .why = "Homes for one or two people exist and are sent as a bundle of one. Likelier is a forgotten member.",
    .source = "public: MaineCare Benefits Manual, Section 21",
    .passes = {"home: {roster: [A, B, C]}", Base::first},
    .fails = {"home: {roster: [A]}\n"
              "members:\n"
              "  - {label: B}    # B and C have moved out\n"
              "  - {label: C}\n"
              "  - label: A\n"
              "    services: [{code: T2016, units: 365, weekly_hours: 168}]\n"
              "    plan: {weekly_hours: 168}\n"
              "    questionnaires: {home-support: {2: 168}}\n"
              "documents: [{file: documents/pattern.pdf, type: staffing-pattern}]\n"
              "staffing:    # the pattern is in the document",
              Base::first},
    .check = check_single};

constexpr const Rule* kRules[] = {&kWholeHouse, &kOneLocation, &kOneDay, &kNewcomer, &kSingle};

}  // namespace

RuleList hs_house_rules() {
  return kRules;
}

}  // namespace atz::rules
