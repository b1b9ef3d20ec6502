#include <algorithm>
#include <set>

#include "atz/base/text.hpp"
#include "atz/model/calendar.hpp"
#include "fhir/canonical.hpp"
#include "fhir/claim_check.hpp"
#include "fhir/x12.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kServiceSystems[] = {codesystem::kHcpcs,
                                                codesystem::kCpt,
                                                "https://codesystem.x12.org/005010/1365",
                                                "http://www.cms.gov/Medicare/Coding/ICD10",
                                                "http://hl7.org/fhir/sid/ndc",
                                                codesystem::kDataAbsentReason};
constexpr std::string_view kLocationSystems[] = {codesystem::kPlaceOfService,
                                                 "https://www.nubc.org/CodeSystem/TypeOfBill"};

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hcpcs(std::string_view code) {
  return code.size() == 5 && is_upper(code[0]) && all_digits(code.substr(1));
}
bool is_cpt(std::string_view code) {
  return code.size() == 5 && all_digits(code.substr(0, 4)) && (is_digit(code[4]) || is_upper(code[4]));
}
bool is_modifier(std::string_view code) {
  return code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return is_upper(c) || is_digit(c); });
}

void check_service_code(const Json& item, const std::string& path, bool tolerant, Faults& faults) {
  const Json* service = child(item, "productOrService");
  if (service == nullptr) return;
  const bool known = std::any_of(std::begin(kServiceSystems), std::end(kServiceSystems),
                                 [&](std::string_view system) { return !code_of(service, system).empty(); });
  if (!known)
    faults.add("code-invalid", path + ".productOrService", "A HCPCS, CPT or other procedure code is required.");
  const std::string hcpcs = code_of(service, codesystem::kHcpcs);
  const std::string cpt = code_of(service, codesystem::kCpt);
  if (tolerant) return;
  if ((!hcpcs.empty() && !is_hcpcs(hcpcs)) || (!cpt.empty() && !is_cpt(cpt))) {
    faults.add("code-invalid", path + ".productOrService", "The procedure code has not the form of its code system.");
  }
  const auto modifiers = elements(item, "modifier");
  for (std::size_t i = 0; i < modifiers.size(); ++i) {
    if (!is_modifier(code_of(modifiers[i]))) {
      faults.add("code-invalid", path + ".modifier[" + std::to_string(i) + "]",
                 "A modifier has two letters or digits.");
    }
  }
  if (modifiers.size() > kMaxModifiers)
    faults.add("structure", path + ".modifier", "At most four modifiers can be processed.");
}

void check_numbers(const Json& claim, const Json& item, const std::string& path, Faults& faults) {
  constexpr std::pair<const char*, const char*> kLists[] = {
      {"careTeamSequence", "careTeam"}, {"diagnosisSequence", "diagnosis"}, {"informationSequence", "supportingInfo"}};
  for (const auto& [numbers, list] : kLists) {
    std::set<std::string> known;
    for (const Json* part : elements(claim, list)) known.insert(number_or_text(*part, "sequence"));
    const auto used = elements(item, numbers);
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (known.count(number_text(*used[i]).value_or("")) == 0) {
        faults.add("not-found", path + "." + numbers + "[" + std::to_string(i) + "]",
                   std::string("No entry of ") + list + " has this sequence.");
      }
    }
  }
}

std::optional<model::DateSpan> period_of_item(const Json& item) {
  if (const auto day = model::parse_date(text_of(item, "servicedDate"))) return model::DateSpan{*day, *day};
  const Json& period = child_or_null(item, "servicedPeriod");
  const auto first = model::parse_date(text_of(period, "start"));
  const auto last = model::parse_date(text_of(period, "end"));
  if (!first || !last) return std::nullopt;
  return model::DateSpan{*first, *last};
}

void check_days(const Json& item, const std::string& path, bool tolerant, Faults& faults) {
  const auto period = period_of_item(item);
  if (period && period->last < period->first)
    faults.add("invariant", path + ".servicedPeriod", "The last day is before the first day.");
  if (tolerant) return;
  if (!period) {
    faults.add("required", path + ".serviced", "First and last day of the service are required.");
    return;
  }
  const Json& quantity = child_or_null(item, "quantity");
  if (text_of(quantity, "code") == "DY" && number_or_text(quantity, "value") != std::to_string(period->days())) {
    faults.add("invariant", path + ".quantity", "The days of the quantity are not those of the period.");
  }
}

void check_timing(const RequestView& view, const Json& item, const std::string& path, bool tolerant, Faults& faults) {
  const Json* link = extension(item, ext::kRequestedService);
  if (link == nullptr) return;
  const Json* service = view.from_claim(child(*link, "valueReference"));
  if (resource_type(service) != "ServiceRequest") return;
  const std::string place = view.path_of(service);
  if (const Json* quantity = child(*service, "quantityQuantity"))
    check_quantity(quantity, place + ".quantityQuantity", tolerant, faults);
  if (const Json* timing = child(*service, "occurrenceTiming")) {
    const Json& repeat = child_or_null(*timing, "repeat");
    const bool counted = child(repeat, "count") != nullptr;
    const bool paced = child(repeat, "frequency") != nullptr && child(repeat, "period") != nullptr &&
                       child(repeat, "periodUnit") != nullptr;
    const bool patterned = !elements(*timing, "extension").empty();
    if (!counted && !paced && !patterned) {
      faults.add("invariant", place + ".occurrenceTiming",
                 "A count, or frequency, period and period unit are required.");
    }
  }
  if (!tolerant && code_of(child(*service, "code")) != code_of(child(item, "productOrService"))) {
    faults.add("invariant", path + ".extension", "The requested service has another code than the line.");
  }
}

void check_item(const RequestView& view, const Json& item, const std::string& path, bool tolerant, Faults& faults) {
  const Json& claim = *view.claim;
  check_service_code(item, path, tolerant, faults);
  check_numbers(claim, item, path, faults);
  check_quantity(child(item, "quantity"), path + ".quantity", tolerant, faults);
  if (child(item, "quantity") == nullptr && !tolerant)
    faults.add("required", path + ".quantity", "A quantity with its unit is required.");
  check_days(item, path, tolerant, faults);
  check_timing(view, item, path, tolerant, faults);
  if (const Json* place = child(item, "locationCodeableConcept")) {
    const bool known = std::any_of(std::begin(kLocationSystems), std::end(kLocationSystems),
                                   [&](std::string_view system) { return !code_of(place, system).empty(); });
    if (!known) faults.add("code-invalid", path + ".locationCodeableConcept", "A place of service code is required.");
  }
  if (tolerant) return;
  for (const Json* trace : extensions(item, ext::kItemTraceNumber)) {
    if (!is_trace_number(text_of(child_or_null(*trace, "valueIdentifier"), "value"))) {
      faults.add("value", path + ".extension",
                 "A trace number has 1 to 50 letters, digits, dashes, dots or underscores.");
    }
  }
  if (elements(item, "careTeamSequence").size() > kMaxItemCareTeam) {
    faults.add("structure", path + ".careTeamSequence",
               "At most 10 members of the care team can be processed for a line.");
  }
  const Json* kind = extension(item, ext::kCertificationType);
  const bool urgent_appeal = kind != nullptr && code_of(child(*kind, "valueCodeableConcept")) == "1";
  if (urgent_appeal && extension(item, ext::kLevelOfService) == nullptr &&
      extension(claim, ext::kLevelOfService) == nullptr) {
    faults.add("invariant", path, "An urgent appeal needs a level of service.");
  }
}

}  // namespace

void check_quantity(const Json* quantity, const std::string& path, bool tolerant, Faults& faults) {
  if (quantity == nullptr) return;
  const std::string code = text_of(*quantity, "code");
  if (text_of(*quantity, "unit").empty() && code.empty())
    faults.add("required", path + ".unit", "A quantity must have a unit.");
  if (!code.empty() && !tolerant && text_of(*quantity, "system") != x12_system(X12::unit)) {
    faults.add("code-invalid", path + ".system", "A unit code must be of X12's list 673.");
  }
  if (number_or_text(*quantity, "value").substr(0, 1) == "-")
    faults.add("value", path + ".value", "A quantity can't be negative.");
}

void check_items(const RequestView& view, bool tolerant, Faults& faults) {
  const auto items = elements(*view.claim, "item");
  for (std::size_t i = 0; i < items.size(); ++i) {
    check_item(view, *items[i], "Bundle.entry[0].resource.item[" + std::to_string(i) + "]", tolerant, faults);
  }
  if (elements(*view.claim, "careTeam").size() > kMaxClaimCareTeam) {
    faults.add("structure", "Bundle.entry[0].resource.careTeam",
               "At most 14 members of the care team can be processed.");
  }
}

}  // namespace atz::fhir
