#include "app/bundle_mode.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::app {
namespace {

bool is_about_mode(const fhir::Issue& issue) {
  if (issue.code == "not-supported") return true;
  const auto about_type = [](const std::string& expression) { return expression == "Bundle.type"; };
  return std::any_of(issue.expressions.begin(), issue.expressions.end(), about_type);
}

}  // namespace

Result<ModeChoice> choose_mode(const model::PayerProfile& profile, const fhir::Capabilities& offered) {
  switch (profile.bundle_mode) {
    case model::BundleMode::transaction:
      return ModeChoice{kTransaction, offered.transaction ? "the profile says so"
                                                          : "the profile says so, though the payer does not offer it"};
    case model::BundleMode::batch:
      return ModeChoice{
          kBatch, offered.batch ? "the profile says so" : "the profile says so, though the payer does not offer it"};
    case model::BundleMode::single:
      return ModeChoice{kSingle, "the profile says so"};
    case model::BundleMode::automatic:
      break;
  }
  if (offered.transaction)
    return ModeChoice{kTransaction, "the payer offers it: a home is accepted whole or not at all"};
  if (profile.allow_partial) {
    if (offered.batch)
      return ModeChoice{kBatch, "the payer offers no transactions, and the profile allows partial homes"};
    return ModeChoice{kSingle,
                      "the payer offers neither transactions nor batches, and the profile allows partial homes"};
  }
  return fail(Failure::refused,
              fmt::format("{} does not offer transactions, so a home can't be accepted as a whole", profile.name),
              "Nothing was sent. Set `allow_partial: true` in its profile to send the members one by one, knowing that "
              "some may be accepted and others refused.");
}

std::optional<std::string> next_mode(const model::PayerProfile& profile, const fhir::Capabilities& offered,
                                     const std::string& mode) {
  if (profile.bundle_mode != model::BundleMode::automatic || !profile.allow_partial) return std::nullopt;
  if (mode == kTransaction && offered.batch) return kBatch;
  if (mode != kSingle) return kSingle;
  return std::nullopt;
}

bool refuses_mode(int http_status, const std::vector<fhir::Issue>& issues) {
  if (http_status == 404 || http_status == 405 || http_status == 501) return true;
  return (http_status == 400 || http_status == 422) && std::any_of(issues.begin(), issues.end(), is_about_mode);
}

}  // namespace atz::app
