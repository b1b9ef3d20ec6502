// Updates that the case file has no part in: withdrawals and answers.
#include <stdexcept>

#include "fhir/bundle.hpp"
#include "fhir/claim_update.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/message_text.hpp"
#include "fhir/resource.hpp"
#include "fhir/update_view.hpp"

namespace atz::fhir {

FollowUp::FollowUp(const model::PayerProfile& payer, const PriorRequest& prior, std::string claim_identifier,
                   std::string bundle_identifier, Instant created)
    : payer_(payer),
      case_id_(prior.case_id),
      claim_identifier_(std::move(claim_identifier)),
      bundle_identifier_(std::move(bundle_identifier)),
      created_(model::format_instant(created)),
      prior_(read_prior(prior.body)) {
  if (prior_ == nullptr) throw std::invalid_argument("the request that is followed up can't be read");
  items_ = prior_->carried("item");
  infos_ = prior_->carried("supportingInfo");
  next_info_ = prior_->next_sequence("supportingInfo");
}

void FollowUp::add_info(Json info) {
  Json entry = Json::object();
  if (const auto extensions = info.find("extension"); extensions != info.end()) entry["extension"] = *extensions;
  entry["sequence"] = next_info_++;
  for (auto& [key, value] : *info.get_ptr<Json::object_t*>()) {
    if (key != "extension") entry[key] = std::move(value);
  }
  mark(entry, kAdded);
  infos_.push_back(std::move(entry));
}

void FollowUp::add_messages(const std::string& text) {
  for (const auto& message : reviewer_messages({text})) {
    Json info = Json::object();
    info["category"] = concept_of(codesystem::kPas, "freeFormMessage");
    info["valueString"] = message;
    add_info(std::move(info));
  }
}

void FollowUp::add_resource(const std::string& url, Json resource) {
  resources_.push_back(entry_of(url, std::move(resource)));
}

Json FollowUp::claim() const {
  const Json& before = prior_->claim();
  // Withdrawing the whole is said by the message that does so, not by those after it.
  Json extensions = Json::array();
  for (const Json* extension : elements(before, "extension")) {
    if (text_of(*extension, "url") != ext::kCertificationType) extensions.push_back(*extension);
  }
  if (whole_) {
    extensions.push_back(
        extension_of(ext::kCertificationType, "valueCodeableConcept", x12_concept(X12::certification, kCancelCode)));
  }
  Json claim = start_resource("Claim", profile::kClaimUpdate);
  put_node(claim, "extension", std::move(extensions));
  for (const auto& [key, value] : *before.get_ptr<const Json::object_t*>()) {
    if (key != "resourceType" && key != "meta" && key != "extension") claim[key] = value;
  }
  const std::string trace_system = std::string(idsystem::kTraceOrganization) + payer_.submitter.trace_org;
  claim["identifier"] = Json::array({identifier(trace_system, claim_identifier_)});
  claim["created"] = created_;
  put_node(claim, "supportingInfo", infos_);
  claim["item"] = items_;
  claim["related"] = related_to(*prior_, payer_, case_id_);
  return claim;
}

std::string FollowUp::bytes() const {
  Json bundle = start_bundle(profile::kRequestBundle, {}, {});
  bundle["identifier"] = identifier(payer_.namespaces.submission, bundle_identifier_);
  bundle["type"] = "collection";
  bundle["timestamp"] = created_;
  Json entries = Json::array();
  entries.push_back(entry_of(url("claim"), claim()));
  // Patient and Coverage next, as in every request.
  for (const Json* resource : {prior_->view.patient, prior_->view.coverage}) {
    if (resource != nullptr) entries.push_back(entry_of(prior_->view.url_of(resource), *resource));
  }
  for (const auto& entry : resources_) entries.push_back(entry);
  prior_->append_to(entries);
  bundle["entry"] = std::move(entries);
  return to_bytes(bundle);
}

}  // namespace atz::fhir
