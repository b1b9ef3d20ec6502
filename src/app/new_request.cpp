#include "atz/app/new_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/new_request.hpp"
#include "app/template.hpp"
#include "atz/app/profile.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/report/paper.hpp"

namespace atz::app {
namespace {

constexpr int kMonths = 12;
constexpr auto kOneDay = std::chrono::days(1);
constexpr auto kNoticeDays = std::chrono::days(30);
// The demos: distances from the day of sending.
constexpr auto kDaysToStart = std::chrono::days(21);
constexpr auto kChecked = std::chrono::days(14);
constexpr auto kReviewed = std::chrono::days(210);
constexpr auto kAttested = std::chrono::days(11);
constexpr auto kOrdered = std::chrono::days(27);
constexpr auto kNoticed = std::chrono::days(7);

constexpr std::string_view kDemoHead =
    "# Everybody and everything in here is made up: `atz check` passes as it is.\n\n";
constexpr std::string_view kTerminationHead =
    "# A request to end a service of a member with serious mental illness. Replace every CHANGE-ME, then: atz check, "
    "atz submit.\n\n";

std::string date(model::Date day) {
  return model::format_date(day);
}

std::map<std::string, std::string> demo_values(const NewRequestSettings& settings, const std::string& id) {
  const model::Date today = settings.today;
  const model::Date start = today + kDaysToStart;
  const model::DateSpan period{start, model::last_day_of_period(start, kMonths)};
  return {{"@ID@", id},
          {"@TODAY@", date(today)},
          {"@START@", date(period.first)},
          {"@END@", date(period.last)},
          {"@UNITS@", std::to_string(period.days())},
          {"@CURRENT-END@", date(start - kOneDay)},
          {"@CHECKED@", date(today - kChecked)},
          {"@REVIEWED@", date(today - kReviewed)},
          {"@ATTESTED@", date(today - kAttested)},
          {"@ORDERED@", date(today - kOrdered)},
          {"@NOTICE@", date(today - kNoticed)},
          {"@LAST@", date(today - kNoticed + kNoticeDays)},
          {"@EARLIEST@", date(today + kNoticeDays)}};
}

Result<std::string> fake_order(model::Date today) {
  report::Paper paper("Written order for a Medical Add-On", date(today - kOrdered),
                      "An example. Nothing in it is real.");
  paper.fact("Condition", "Dysphagia with suctioning need.");
  paper.fact("Procedures", "Oral suctioning, 6 times a day.");
  paper.fact("Time span", "Needed without foreseeable end.");
  paper.fact("Signed", date(today - kOrdered) + ", Imaginaria Example, MD");
  return report::paper_pdf(paper);
}

Result<std::string> fake_notice(model::Date today) {
  const model::Date given = today - kNoticed;
  report::Paper paper("30-day written notice", date(given), "An example. Nothing in it is real.");
  paper.fact("Given on", date(given));
  paper.fact("Last day of service", date(given + kNoticeDays));
  paper.fact("Agency", "Lantern Example Community Services");
  return report::paper_pdf(paper);
}

Result<NewRequestFile> demo(const NewRequestSettings& settings) {
  std::string id = settings.id;
  std::string_view name = "demo-extension.yaml.in";
  NewRequestFile file;
  const auto add_document = [&](const char* document, Result<std::string> bytes) -> Result<void> {
    if (!bytes) return tl::make_unexpected(bytes.error());
    file.documents.push_back({document, std::move(*bytes)});
    return {};
  };
  Result<void> added;
  switch (settings.request) {
    case NewRequest::extension:
      break;
    case NewRequest::add_on:
      name = "demo-add-on.yaml.in";
      added = add_document("documents/order-0001.pdf", fake_order(settings.today));
      break;
    case NewRequest::smi_termination:
      name = "demo-smi-termination.yaml.in";
      if (id.empty()) id = "lantern-main";
      added = add_document("documents/notice-0001.pdf", fake_notice(settings.today));
      break;
  }
  if (!added) return tl::make_unexpected(added.error());
  if (id.empty()) id = "maple-street";
  auto text = fill_template(name, demo_values(settings, id));
  if (!text) return tl::make_unexpected(text.error());
  file.text = std::string(kModeline) + std::string(kDemoHead) + *text;
  return file;
}

KnownHome nobody(const std::string& id) {
  KnownHome home;
  home.id = id;
  home.roster = {"A"};
  home.members.emplace_back();
  home.members.front().label = "A";
  return home;
}

// The add-on is for one member: the one whose case was named, or the only one.
Result<void> keep_one(KnownHome& home, const std::string& from) {
  auto& members = home.members;
  if (members.size() == 1) return {};
  const auto named = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.case_id == from; });
  if (named == members.end()) {
    std::string list;
    for (const auto& member : members)
      list += fmt::format("{}{} (member {})", list.empty() ? "" : ", ", member.case_id, member.label);
    return fail(Failure::usage, "An add-on is for one member: name the case", "Say --from with one of: " + list);
  }
  KnownMember one = std::move(*named);
  members.clear();
  members.push_back(std::move(one));
  return {};
}

// From today, or from the end of the running add-on, inside the regular hours and a year.
Result<model::DateSpan> add_on_period(const KnownMember& member, model::Date today) {
  const model::DateSpan& regular = *member.covered;
  model::Date start = std::max(today, regular.first);
  if (member.add_on && member.add_on->last >= today) start = member.add_on->last + kOneDay;
  if (start > regular.last) {
    return fail(Failure::usage,
                fmt::format("The regular hours of case {} end on {}, and an add-on has to lie within them",
                            member.case_id, date(regular.last)),
                fmt::format("Extend them first (atz new extension --from {}), and ask for the add-on when that is "
                            "approved.",
                            member.case_id));
  }
  return model::DateSpan{start, std::min(regular.last, model::last_day_of_period(start, kMonths))};
}

Result<NewRequestFile> from_ledger(const Services& services, const NewRequestSettings& settings,
                                   const casefile::Workspace& workspace) {
  const auto profile = choose_profile(services, settings.profile, &workspace);
  if (!profile) return tl::make_unexpected(profile.error());
  auto home = known_home(services, profile->name, *settings.from);
  if (!home) return tl::make_unexpected(home.error());
  if (!settings.id.empty()) home->id = settings.id;
  NewRequestFile file;
  file.personal = true;
  const bool provider_known = workspace.provider.present;
  if (settings.request == NewRequest::extension) {
    file.text = std::string(kModeline) + extension_text(*home, provider_known, kMonths);
    return file;
  }
  if (auto kept = keep_one(*home, *settings.from); !kept) return tl::make_unexpected(kept.error());
  auto period = add_on_period(home->members.front(), settings.today);
  if (!period) return tl::make_unexpected(period.error());
  file.text = std::string(kModeline) + add_on_text(*home, provider_known, *period);
  return file;
}

}  // namespace

Result<NewRequestFile> new_request(const Services& services, const NewRequestSettings& settings) {
  if (!settings.id.empty()) {
    if (auto checked = check_home_id(settings.id); !checked) return tl::make_unexpected(checked.error());
  }
  if (settings.demo) return demo(settings);
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(services.files.absolute("."));
  if (settings.from) return from_ledger(services, settings, *workspace);
  const std::string id = settings.id.empty() ? "my-home" : settings.id;
  NewRequestFile file;
  switch (settings.request) {
    case NewRequest::extension:
      file.text = std::string(kModeline) + extension_text(nobody(id), workspace->provider.present, kMonths);
      break;
    case NewRequest::add_on:
      file.text = std::string(kModeline) + add_on_text(nobody(id), workspace->provider.present, std::nullopt);
      break;
    case NewRequest::smi_termination: {
      auto text = fill_template("new-smi-termination.yaml.in", demo_values(settings, id));
      if (!text) return tl::make_unexpected(text.error());
      file.text = std::string(kModeline) + std::string(kTerminationHead) + *text;
      break;
    }
  }
  return file;
}

}  // namespace atz::app
