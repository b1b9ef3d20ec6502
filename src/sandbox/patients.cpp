#include "sandbox/patients.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "atz/model/profile.hpp"
#include "sandbox/form.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 6> kKnown = {"identifier", "family", "given", "birthdate", "_count", "_format"};
constexpr std::size_t kIdLength = 32;

// As a resource of this server: with an id that tells nothing about the member.
std::string resource_of(const Store& store, const std::string& client, const MemberRecord& member) {
  Json patient = Json::parse(member.patient_json, nullptr, false);
  if (!patient.is_object() || member.client != client) {
    const auto payer = model::sandbox_profile();
    Json type = {
        {"coding", Json::array({{{"system", "http://terminology.hl7.org/CodeSystem/v2-0203"}, {"code", "MB"}}})}};
    Json name = {{"family", member.last}};
    if (!member.first.empty()) name["given"] = Json::array({member.first});
    patient = {
        {"resourceType", "Patient"},
        {"identifier", Json::array({{{"type", type}, {"system", payer.namespaces.member_id}, {"value", member.id}}})},
        {"name", Json::array({name})},
        {"gender", member.gender.empty() ? "unknown" : member.gender},
        {"birthDate", member.born}};
  }
  patient["id"] = store.member_digest(member.id).substr(0, kIdLength);
  return patient.dump();
}

}  // namespace

Result<Reply> search_patients(Store& store, const std::string& client, const std::string& base_url,
                              std::string_view query) {
  const auto form = Form::parse(query);
  if (!form) return outcome_reply(400, "invalid", "The search can't be read.");
  for (const auto& [name, value] : form->fields()) {
    if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end()) {
      return outcome_reply(400, "not-supported", "Only identifier, family, given and birthdate can be searched for.");
    }
  }
  if (form->repeats_a_name()) return outcome_reply(400, "invalid", "Each search parameter may be given once.");
  const auto filled = [&](std::string_view name) {
    const auto value = form->get(name);
    return value && !trim(*value).empty() ? std::optional(std::string(trim(*value))) : std::nullopt;
  };
  const auto identifier = filled("identifier");
  const auto family = filled("family");
  const auto given = filled("given");
  const auto born = filled("birthdate");
  if (!identifier && !(family && born)) {
    return outcome_reply(400, "required", "Search by identifier, or by family and birthdate together.");
  }
  if (born && !model::parse_date(*born)) {
    return outcome_reply(400, "value", "birthdate must be a full date: YYYY-MM-DD.");
  }

  auto transaction = store.read();
  if (!transaction) return tl::make_unexpected(transaction.error());
  std::vector<MemberRecord> found;
  if (identifier) {
    const auto bar = identifier->find('|');
    const std::string system = bar == std::string::npos ? "" : identifier->substr(0, bar);
    const std::string value = bar == std::string::npos ? *identifier : identifier->substr(bar + 1);
    auto member = store.member(value);
    if (!member) return tl::make_unexpected(member.error());
    if (*member && (system.empty() || system == model::sandbox_profile().namespaces.member_id)) {
      found.push_back(std::move(**member));
    }
  } else {
    auto members = store.members_by_name(*family, *born);
    if (!members) return tl::make_unexpected(members.error());
    found = std::move(*members);
  }
  std::erase_if(found, [&](const MemberRecord& member) {
    return (family && to_lower(member.last) != to_lower(*family)) || (born && member.born != *born) ||
           (given && !to_lower(member.first).starts_with(to_lower(*given)));
  });
  std::vector<std::string> resources;
  for (const MemberRecord& member : found) {
    const auto sent = store.has_sent(client, member.id);
    if (!sent) return tl::make_unexpected(sent.error());
    if (member.listed || *sent) resources.push_back(resource_of(store, client, member));
  }
  Reply reply;
  reply.body = fhir::write_patient_searchset(base_url, resources);
  return reply;
}

}  // namespace atz::sandbox
