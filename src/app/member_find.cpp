#include "atz/app/member_find.hpp"

#include <fmt/format.h>

#include "atz/app/session.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr std::string_view kWays = "Give --id, or --last and --born together.";

// What to search for, or why it can't be: one fact alone finds too many people.
Result<payer::Client::Fields> fields_of(const MemberFindSettings& settings, const model::PayerProfile& profile) {
  const bool by_name = settings.last || settings.born;
  if (settings.id && by_name)
    return fail(Failure::usage, "An ID finds the member by itself", "Leave --last and --born out.");
  if (settings.id) {
    const std::string id = to_upper(trim(*settings.id));
    if (id.empty()) return fail(Failure::usage, "The ID is empty", std::string(kWays));
    return payer::Client::Fields{{"identifier", profile.namespaces.member_id + "|" + id}};
  }
  if (!by_name) return fail(Failure::usage, "Nothing says whom to look for", std::string(kWays));
  if (!settings.born)
    return fail(Failure::usage, "A last name alone finds too many people: the birth date is needed too",
                std::string(kWays));
  if (!settings.last)
    return fail(Failure::usage, "A birth date alone finds too many people: the last name is needed too",
                std::string(kWays));
  if (trim(*settings.last).empty()) return fail(Failure::usage, "The last name is empty", std::string(kWays));
  if (!model::parse_date(*settings.born))
    return fail(Failure::usage, fmt::format("'{}' is not a date", printable(*settings.born)), "Write 1988-02-29.");
  return payer::Client::Fields{{"family", std::string(trim(*settings.last))}, {"birthdate", *settings.born}};
}

Error not_offered(const std::string& profile) {
  return {Failure::refused, fmt::format("Payer '{}' does not offer a search for members", profile),
          "Look the member up in the portal."};
}

}  // namespace

Result<MemberFindResult> find_member(const Services& services, const MemberFindSettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of, Effect::moves_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  const auto fields = fields_of(settings, profile);
  if (!fields) return tl::make_unexpected(fields.error());
  MemberFindResult result;
  result.now = std::move(around->now);
  result.profile = profile.name;
  result.live = profile.live;
  const auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  CommandClock clock(services.clock, result.now);
  const auto session = Session::open(services, profile, *vault, clock);
  if (!session) return tl::make_unexpected(session.error());
  if (!(*session)->capabilities().patient_search) return tl::make_unexpected(not_offered(result.profile));
  const auto answer = (*session)->client().post_form("Patient/_search", *fields);
  if (answer.fate != payer::Exchange::Fate::answered || answer.http_status == 429 || answer.http_status == 503)
    return tl::make_unexpected(answer.error);
  switch (answer.http_status) {
    case 200:
      break;
    case 401:
    case 403:
      return fail(Failure::sign_in, fmt::format("Our user at payer '{}' may not look members up", result.profile));
    case 404:
    case 405:
    case 501:
      return tl::make_unexpected(not_offered(result.profile));
    default:
      if (answer.http_status >= 500)
        return fail(Failure::temporary,
                    fmt::format("Payer '{}' is in trouble (HTTP {})", result.profile, answer.http_status),
                    "Run the same command again later.");
      return fail(Failure::refused,
                  fmt::format("Payer '{}' refused the search (HTTP {})", result.profile, answer.http_status));
  }
  auto found = fhir::read_patients(answer.body, (*session)->profile());
  if (!found) return tl::make_unexpected(found.error());
  result.members = std::move(*found);
  return result;
}

}  // namespace atz::app
