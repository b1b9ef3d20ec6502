#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/new_request.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/casefile/scalar_text.hpp"

namespace atz::app {
namespace {

using fhir::SentContact;

std::string optional_scalar(const std::string& value) {
  return value.empty() ? std::string{} : casefile::scalar_text(value, true);
}

const SentContact* contact(const KnownMember& member, SentContact::Role role) {
  const auto& all = member.people.contacts;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.role == role; });
  return found == all.end() ? nullptr : &*found;
}

void write_contact(YamlLines& lines, std::string_view key, const SentContact& person) {
  lines.add(4, fmt::format("{}:", key));
  lines.add(6, "name: " + known_or_mark(person.name));
  if (!person.phone.empty()) lines.add(6, "phone: " + casefile::scalar_text(person.phone, false));
  lines.add(6, "address: " + address_in_braces(person.address));
}

void write_contacts(YamlLines& lines, const KnownMember& member) {
  const bool known = !member.people.member.id.empty();
  if (const auto* guardian = contact(member, SentContact::Role::guardian)) {
    write_contact(lines, "guardian", *guardian);
  } else {
    lines.add(4, known ? "guardian: none" : "guardian: CHANGE-ME", "none, or {name: ..., address: {...}, phone: ...}");
  }
  const auto* manager = contact(member, SentContact::Role::case_manager);
  write_contact(lines, "case_manager", manager != nullptr ? *manager : SentContact{});
}

// One block of the pattern, from the answers between two group heads.
using Block = std::vector<std::pair<std::string, std::string>>;

std::vector<Block> blocks(const std::vector<fhir::ReceivedAnswer>& answers, std::string_view group) {
  const std::string prefix = std::string(group) + '.';
  std::vector<Block> out;
  std::string first;
  for (const auto& answer : answers) {
    if (answer.link.compare(0, prefix.size(), prefix) != 0) continue;
    const std::string key = answer.link.substr(prefix.size());
    if (first.empty()) first = key;
    if (key == first) out.emplace_back();
    out.back().emplace_back(key, answer.value);
  }
  return out;
}

std::string value(const Block& block, std::string_view key) {
  for (const auto& [name, text] : block) {
    if (name == key) return text;
  }
  return {};
}

std::string list(const Block& block, std::string_view key) {
  std::vector<std::string> found;
  for (const auto& [name, text] : block) {
    if (name == key) found.push_back(casefile::scalar_text(text, true));
  }
  return found.empty() ? std::string{} : "[" + join(found, ", ") + "]";
}

// "mon-fri" as it is; "mon,wed" as a list.
std::string days_of(const Block& block) {
  const std::string days = value(block, "days");
  return days.find(',') == std::string::npos ? days : "[" + join(split(days, ','), ", ") + "]";
}

std::string shift_line(const Block& block) {
  const std::string mode = value(block, "mode");
  const std::string line = value(block, "line");
  const std::string member = optional_scalar(value(block, "member"));
  return "- " + in_braces({{"staff", known_or_mark(value(block, "staff"), true)},
                           {"days", days_of(block)},
                           {"from", value(block, "from")},
                           {"to", value(block, "to")},
                           {"awake", value(block, "awake") == "false" ? "no" : ""},
                           {"one_to_one", mode == "one-to-one" ? member : ""},
                           {"on_behalf_of", mode == "on-behalf-of" ? member : ""},
                           {"accompanying", list(block, "accompanying")},
                           {"line", line == "T2016" ? "" : optional_scalar(line)}});
}

std::string out_line(const Block& block) {
  return "- " + in_braces({{"member", known_or_mark(value(block, "member"), true)},
                           {"days", days_of(block)},
                           {"from", value(block, "from")},
                           {"to", value(block, "to")},
                           {"kind", optional_scalar(value(block, "kind"))},
                           {"code", optional_scalar(value(block, "code"))},
                           {"provider", optional_scalar(value(block, "provider"))},
                           {"note", optional_scalar(value(block, "note"))}});
}

// Staff is listed only where the pattern says more of somebody than the name.
void write_staff(YamlLines& lines, const std::vector<Block>& shifts) {
  std::map<std::string, std::string> rows;
  for (const auto& shift : shifts) {
    const bool direct = value(shift, "counts") != "false";
    const std::string role = value(shift, "role");
    if (direct && role.empty()) continue;
    rows.emplace(value(shift, "staff"), in_braces({{"id", known_or_mark(value(shift, "staff"), true)},
                                                   {"role", role.empty() ? "CHANGE-ME" : optional_scalar(role)},
                                                   {"counts", direct ? "" : "admin"}}));
  }
  if (rows.empty()) return;
  lines.add(2, "staff:");
  for (const auto& [id, row] : rows) lines.add(4, "- " + row);
}

}  // namespace

void write_head(YamlLines& lines, const KnownHome& home, bool provider_known_elsewhere) {
  const auto& people = home.members.front().people;
  const auto& provider = people.provider;
  if (!provider_known_elsewhere) {
    lines.add(0, "provider:", "the same for all homes? Then move it to a file named atz.yaml beside or above");
    lines.add(2, "name: " + known_or_mark(provider.name));
    lines.add(2, "npi: " + known_or_mark(provider.number));
    if (!provider.number_is_npi) lines.add(2, "id_kind: other");
    if (!provider.ein.empty()) lines.add(2, "ein: " + casefile::scalar_text(provider.ein, false));
    lines.add(2, "phone: " + known_or_mark(provider.phone));
    lines.add(2, "fax: " + known_or_mark(provider.fax), "determination letters go here");
    lines.add(2, "address: " + address_in_braces(provider.address));
    lines.blank();
  }
  lines.add(0, "home:");
  lines.add(2, "id: " + home.id, "the name for the command line; no personal data");
  lines.add(2, "name: " + known_or_mark(people.home.name));
  lines.add(2, "location: " + known_or_mark(people.home.location), "the NPI and three more digits");
  lines.add(2, "address: " + address_in_braces(people.home.address));
  std::vector<std::string> labels;
  for (const auto& label : home.roster) labels.push_back(casefile::scalar_text(label, true));
  lines.add(2, "roster: [" + join(labels, ", ") + "]", "everyone who lives here");
  lines.blank();
}

void write_person(YamlLines& lines, const KnownMember& member) {
  const auto& person = member.people.member;
  lines.add(4, "id: " + known_or_mark(person.id),
            person.id.empty() ? "MaineCare ID: eight digits and the letter A" : "");
  lines.add(4, "name: " + in_braces({{"last", known_or_mark(person.last, true)},
                                     {"first", known_or_mark(person.first, true)},
                                     {"middle", optional_scalar(person.middle)}}));
  lines.add(4, "born: " + known_or_mark(person.born), person.born.empty() ? "YYYY-MM-DD" : "");
  lines.add(4, "gender: " + known_or_mark(person.gender),
            person.gender.empty() ? "male, female, other or unknown" : "");
  lines.add(4, "waiver: section-21");
  if (!person.phone.empty()) lines.add(4, "phone: " + casefile::scalar_text(person.phone, false));
  const auto& house = member.people.home.address;
  const auto& address = person.address;
  const bool lives_there = address.line == house.line && address.city == house.city && address.zip == house.zip;
  if (!address.empty() && !lives_there) lines.add(4, "address: " + address_in_braces(address));
  write_contacts(lines, member);
  const std::vector<std::string> none{std::string(casefile::kFillInMark)};
  lines.add(4, "diagnoses: [" + join(member.diagnoses.empty() ? none : member.diagnoses, ", ") + "]",
            "the first is primary");
}

void write_staffing(YamlLines& lines, const KnownHome& home) {
  const auto answers = home.members.front().answers("staffing-pattern");
  const auto shifts = blocks(answers, "shift");
  const auto out = blocks(answers, "out");
  lines.add(0, "staffing:", "the typical week; `atz staffing` shows it and the hours that follow");
  if (!shifts.empty())
    lines.comment("The pattern is the one that was sent before. Make sure that it is true, and say from which day on.");
  lines.add(2, "effective: CHANGE-ME", "YYYY-MM-DD");
  write_staff(lines, shifts);
  lines.add(2, "shifts:");
  if (shifts.empty()) lines.add(4, "- {staff: CHANGE-ME, days: daily, from: CHANGE-ME, to: CHANGE-ME}");
  for (const auto& shift : shifts) lines.add(4, shift_line(shift));
  if (!out.empty() || shifts.empty()) lines.add(2, "out:", "when members are out of the home without this staff");
  if (shifts.empty()) lines.add(4, "- {member: A, days: CHANGE-ME, from: CHANGE-ME, to: CHANGE-ME, kind: CHANGE-ME}");
  for (const auto& block : out) lines.add(4, out_line(block));
  lines.blank();
}

void write_attestation(YamlLines& lines) {
  lines.add(0, "attest: {precertification: CHANGE-ME, by: CHANGE-ME, on: CHANGE-ME}",
            "only a person can accept this: true, name, day");
}

}  // namespace atz::app
