#include "fhir/bundle.hpp"

#include "atz/model/calendar.hpp"
#include "atz/seal/seal.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {

Json start_bundle(std::string_view canonical, const std::string& tag_system, const std::string& tag) {
  Json bundle = Json::object();
  bundle["resourceType"] = "Bundle";
  Json meta = Json::object();
  if (!canonical.empty()) meta["profile"] = Json::array({canonical});
  if (!tag.empty()) meta["tag"] = Json::array({coding(tag_system, tag)});
  put_node(bundle, "meta", std::move(meta));
  return bundle;
}

Json entry_of(const std::string& full_url, Json resource) {
  Json entry = Json::object();
  entry["fullUrl"] = full_url;
  entry["resource"] = std::move(resource);
  return entry;
}

namespace {

void move_origins(std::size_t entry, Resource& resource, std::vector<Origin>& origins) {
  const std::string prefix = "Bundle." + indexed("entry", entry) + ".resource";
  for (auto& origin : resource.origins) {
    origin.path = origin.path.empty() ? prefix : prefix + "." + origin.path;
    origins.push_back(std::move(origin));
  }
}

}  // namespace

MemberRequest build_submit(const SubmitInput& input) {
  const RequestContext context(input);

  std::vector<Resource> services;
  std::vector<std::optional<std::string>> service_urls;
  const auto lines = plan_lines(context);
  for (const auto& line : lines) {
    auto service = service_request_resource(context, line);
    service_urls.push_back(service ? std::optional(service->url) : std::nullopt);
    if (service) services.push_back(std::move(*service));
  }
  std::vector<Resource> documents;
  std::vector<Enclosure> enclosures;
  for (std::size_t i = 0; i < input.attachments.size(); ++i) {
    documents.push_back(document_resource(context, i));
    enclosures.push_back({documents.back().url, report_type_of(input.tables, input.attachments[i].type)});
  }
  for (auto& answers : questionnaire_resources(context)) {
    enclosures.push_back({answers.url, "77"});
    documents.push_back(std::move(answers));
  }

  // Claim, Patient, Coverage first and in this order: locate() relies on it.
  std::vector<Resource> resources;
  resources.push_back(claim_resource(context, enclosures, lines, service_urls));
  resources.push_back(patient_resource(context));
  resources.push_back(coverage_resource(context));
  resources.push_back(agency_resource(context));
  resources.push_back(insurer_resource(context.payer, context.insurer));
  if (context.names_house()) resources.push_back(house_resource(context));
  for (auto& service : services) resources.push_back(std::move(service));
  for (auto& document : documents) resources.push_back(std::move(document));

  MemberRequest out;
  out.label = context.label;
  out.member_id = context.member.id ? *context.member.id : std::string{};
  out.claim_identifier = context.claim_identifier;
  out.bundle_identifier = context.claim_identifier + "-S1";
  out.claim_url = context.claim;
  for (const auto& line : lines) {
    out.lines.push_back(
        {line.sequence, line_trace(context, line.sequence), line_code(context.member.services[line.service])});
  }
  if (context.member.span.known()) out.origins.push_back({"Bundle", "member " + context.label, context.member.span});

  Json bundle = start_bundle(profile::kRequestBundle, context.payer.namespaces.home_batch, input.batch_id);
  bundle["identifier"] = identifier(context.payer.namespaces.submission, out.bundle_identifier);
  bundle["type"] = "collection";
  bundle["timestamp"] = context.created;
  Json entries = Json::array();
  for (auto& resource : resources) {
    move_origins(entries.size(), resource, out.origins);
    entries.push_back(entry_of(resource.url, std::move(resource.json)));
  }
  if (context.prior) context.prior->append_to(entries);
  bundle["entry"] = std::move(entries);
  out.bytes = to_bytes(bundle);
  return out;
}

}  // namespace atz::fhir
