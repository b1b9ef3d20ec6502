// What the ledger knows of a home and its decided cases, to start an extension or an add-on from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/sent_people.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/week.hpp"

namespace atz::app {

struct KnownMember {
  std::string label, case_id;
  std::optional<model::DateSpan> covered;    // by the regular hours of the whole case, as approved
  std::optional<model::Hours> weekly_hours;  // approved now
  std::optional<model::DateSpan> add_on;     // newest approved Medical Add-On of the case
  fhir::SentPeople people;                   // of the newest request that was approved
  std::vector<std::string> diagnoses;
  std::vector<fhir::ReceivedQuestionnaire> questionnaires;

  // Answers of the questionnaire of that name, in order; empty when it was not sent.
  [[nodiscard]] std::vector<fhir::ReceivedAnswer> answers(std::string_view questionnaire) const;
  [[nodiscard]] std::string answer(std::string_view questionnaire, std::string_view link) const;
};

struct KnownHome {
  std::string id;
  std::optional<model::Date> sent_on;  // day of the request that the description is taken from
  std::vector<std::string> roster;
  std::vector<KnownMember> members;  // in the order of the roster
};

// The days that a request covers with its regular hours, or with an add-on; nullopt when none were approved.
std::optional<model::DateSpan> covered_days(const ledger::CaseRecord& record, bool add_on);

// `name`: a home, a Case ID, or a case file (its home). Failure::usage when nothing approved is known of it.
Result<KnownHome> known_home(const Services& services, const std::string& profile, const std::string& name);

}  // namespace atz::app
