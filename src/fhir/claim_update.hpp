// Writing the next version of a Claim. PAS 2.2.1, section on updates: everything earlier stays in it under its number,
// and what is new or other than before is marked, because the reviewer's system passes on marked entries only.
#pragma once

#include <string>
#include <string_view>

#include "atz/fhir/request.hpp"
#include "fhir/json.hpp"
#include "fhir/prior_bundle.hpp"
#include "fhir/request_context.hpp"

namespace atz::fhir {

Json without_mark(const Json& entry);
void mark(Json& entry, std::string_view change);  // kAdded, kChanged
void withdraw(Json& item);                        // a line: infoCancelled, certification type 3, marked as changed

// Replaces the extension with that url, or adds it; FHIR wants `extension` before an element's own members.
void set_extension(Json& node, Json extension);
// The payer's numbers on a line; empty ones are not written.
void set_numbers(Json& item, std::string_view case_id, std::string_view authorization_number);

// Claim.related: the version that is replaced, and the case.
Json related_to(const PriorBundle& prior, const model::PayerProfile& payer, const std::string& case_id);

// An update that the case file has no part in: the Claim as it was, to be changed, and the bundle around it.
class FollowUp {
 public:
  // Throws std::invalid_argument when `body` is no request of ours.
  FollowUp(const model::PayerProfile& payer, const PriorRequest& prior, std::string claim_identifier,
           std::string bundle_identifier, Instant created);

  [[nodiscard]] const PriorBundle& prior() const { return *prior_; }
  [[nodiscard]] std::string subject() const { return prior_->patient_url(); }
  [[nodiscard]] std::string url(std::string_view role) const { return request_url(claim_identifier_, role); }
  [[nodiscard]] const std::string& claim_identifier() const { return claim_identifier_; }
  [[nodiscard]] int next_info() const { return next_info_; }

  Json& items() { return items_; }
  void withdraw_whole() { whole_ = true; }
  void add_info(Json info);                    // without its sequence and its mark
  void add_messages(const std::string& text);  // cut as X12 wants it
  void add_resource(const std::string& url, Json resource);
  [[nodiscard]] std::string bytes() const;

 private:
  [[nodiscard]] Json claim() const;

  const model::PayerProfile& payer_;
  std::string case_id_, claim_identifier_, bundle_identifier_, created_;
  std::unique_ptr<const PriorBundle> prior_;
  Json items_, infos_;
  Json resources_ = Json::array();  // entries
  int next_info_ = 1;
  bool whole_ = false;
};

}  // namespace atz::fhir
