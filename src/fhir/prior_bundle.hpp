// The last request bundle that we sent for a case, from which the next version of its Claim is made.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "fhir/json.hpp"
#include "fhir/request_view.hpp"

namespace atz::fhir {

struct PriorBundle {
  explicit PriorBundle(Json bundle);
  PriorBundle(const PriorBundle&) = delete;
  PriorBundle& operator=(const PriorBundle&) = delete;

  [[nodiscard]] const Json& claim() const { return *view.claim; }
  [[nodiscard]] std::string patient_url() const { return view.url_of(view.patient); }
  [[nodiscard]] std::string coverage_url() const { return view.url_of(view.coverage); }

  // The entries of supportingInfo or item as the next version starts with them: as they are, without their marks.
  [[nodiscard]] Json carried(const char* list) const;
  // Numbers are never used again.
  [[nodiscard]] int next_sequence(const char* list) const;

  // The replaced Claim and what it refers to, behind the entries of the new Claim and of its own resources. What the
  // replaced Claim replaced itself stays out, and so does what is in `entries` already or is not referred to.
  void append_to(Json& entries) const;

  const Json bundle;
  const RequestView view;
};

// Null when the bytes hold no bundle that begins with a Claim.
std::unique_ptr<const PriorBundle> read_prior(std::string_view body);

}  // namespace atz::fhir
