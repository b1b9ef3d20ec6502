// Finding the answers in whatever a payer wraps them in: a bare Bundle, Parameters, a batch's entries.
#include <algorithm>
#include <charconv>

#include "atz/fhir/reply.hpp"
#include "fhir/claim_response_read.hpp"
#include "fhir/operation_outcome.hpp"

namespace atz::fhir {
namespace {

constexpr const char* kTransient = "transient";  // the same question may be answered later

struct Found {
  std::vector<CaseReply> cases;
  std::vector<Issue> issues;
  bool understood = false;
};

void read_bundle(const Json& bundle, const model::PayerProfile& profile, Found& found);

void read_bare_response(const Json& response, const model::PayerProfile& profile, Found& found) {
  const Json bundle = Json::object();
  const Resolver resolver(bundle);
  found.cases.push_back(read_claim_response({bundle, resolver, response, {}, true}, profile));
}

void read_resource(const Json* resource, const model::PayerProfile& profile, Found& found) {
  const std::string type = resource_type(resource);
  if (type == "Bundle") {
    read_bundle(*resource, profile, found);
  } else if (type == "ClaimResponse") {
    found.understood = true;
    read_bare_response(*resource, profile, found);
  } else if (type == "OperationOutcome") {
    found.understood = true;
    for (auto& issue : issues_of(*resource)) found.issues.push_back(std::move(issue));
  } else if (type == "Parameters") {
    found.understood = true;
    for (const Json* parameter : elements(*resource, "parameter"))
      read_resource(child(*parameter, "resource"), profile, found);
  }
}

void read_bundle(const Json& bundle, const model::PayerProfile& profile, Found& found) {
  found.understood = true;
  const auto entries = elements(bundle, "entry");
  std::size_t responses = 0;
  for (const Json* entry : entries) responses += resource_type(child(*entry, "resource")) == "ClaimResponse" ? 1 : 0;
  const Resolver resolver(bundle);
  for (const Json* entry : entries) {
    const Json* resource = child(*entry, "resource");
    const std::string type = resource_type(resource);
    if (type == "ClaimResponse") {
      found.cases.push_back(
          read_claim_response({bundle, resolver, *resource, text_of(*entry, "fullUrl"), responses == 1}, profile));
    } else if (type == "Bundle" || type == "Parameters" || (type == "OperationOutcome" && responses != 1)) {
      read_resource(resource, profile, found);  // beside a single answer an outcome is one of its warnings
    }
  }
}

Found read_body(const Json& body, const model::PayerProfile& profile) {
  Found found;
  read_resource(&body, profile, found);
  return found;
}

// "200 OK": three digits and no more.
int leading_status(const std::string& text) {
  if (text.size() > 3 && text[3] >= '0' && text[3] <= '9') return 0;
  int status = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 3), status);
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + 3 ? status : 0;
}

EntryReply entry_of(int http_status, Found found) {
  EntryReply reply;
  reply.http_status = http_status;
  reply.issues = std::move(found.issues);
  if (!found.cases.empty()) reply.reply = std::move(found.cases.front());
  return reply;
}

tl::unexpected<Error> not_understood() {
  return fail(Failure::input, "the payer's answer holds nothing that atz understands");
}

Result<Json> readable(std::string_view body) {
  auto parsed = parse_json(body);
  if (!parsed) return fail(Failure::input, "the payer's answer can't be read: " + parsed.error());
  return std::move(*parsed);
}

// The entries of a batch-response or transaction-response, one per call.
Result<std::vector<std::pair<int, Found>>> outer_entries(std::string_view body, std::size_t expected,
                                                         const model::PayerProfile& profile) {
  const auto parsed = readable(body);
  if (!parsed) return tl::make_unexpected(parsed.error());
  const std::string type = text_of(*parsed, "type");
  if (resource_type(&*parsed) != "Bundle" || (type != "transaction-response" && type != "batch-response"))
    return not_understood();
  const Json& entries = child_or_null(*parsed, "entry");
  const std::size_t count = entries.is_array() ? entries.size() : 0;
  if (count != expected) {
    return fail(Failure::input,
                "the payer answered " + std::to_string(count) + " of " + std::to_string(expected) + " calls");
  }
  std::vector<std::pair<int, Found>> out;
  for (const auto& entry : entries) {
    const Json& response = child_or_null(entry, "response");
    Found found;
    read_resource(child(entry, "resource"), profile, found);
    read_resource(child(response, "outcome"), profile, found);
    out.emplace_back(leading_status(text_of(response, "status")), std::move(found));
  }
  return out;
}

InquiryReply inquiry_of(Found found) {
  return {std::move(found.cases), std::move(found.issues)};
}

// An inquiry that failed on its own says nothing about the case, whatever else stands beside it: least of all that
// there is none.
Found heeding_status(int status, Found found) {
  if (status / 100 == 2 && found.understood) return found;
  Found failed;
  failed.issues = std::move(found.issues);
  failed.issues.erase(std::remove_if(failed.issues.begin(), failed.issues.end(),
                                     [](const Issue& issue) { return !issue.is_error() || issue.code == "not-found"; }),
                      failed.issues.end());
  if (failed.issues.empty()) {
    Issue issue;
    issue.severity = "error";
    issue.code = status / 100 == 5 || status == 429 ? kTransient : "processing";
    issue.text = status / 100 == 2 ? "the answer is nothing that atz understands"
                                   : "the inquiry failed with HTTP " + std::to_string(status);
    failed.issues.push_back(std::move(issue));
  }
  return failed;
}

}  // namespace

Result<EntryReply> read_submit_reply(int http_status, std::string_view body, const model::PayerProfile& profile) {
  const auto parsed = readable(body);
  if (!parsed) return tl::make_unexpected(parsed.error());
  Found found = read_body(*parsed, profile);
  if (found.cases.empty() && found.issues.empty()) return not_understood();
  return entry_of(http_status, std::move(found));
}

Result<std::vector<EntryReply>> read_outer_reply(std::string_view body, std::size_t expected,
                                                 const model::PayerProfile& profile) {
  auto entries = outer_entries(body, expected, profile);
  if (!entries) return tl::make_unexpected(entries.error());
  std::vector<EntryReply> out;
  for (auto& [status, found] : *entries) out.push_back(entry_of(status, std::move(found)));
  return out;
}

Result<InquiryReply> read_inquiry_reply(std::string_view body, const model::PayerProfile& profile) {
  const auto parsed = readable(body);
  if (!parsed) return tl::make_unexpected(parsed.error());
  Found found = read_body(*parsed, profile);
  if (!found.understood) return not_understood();
  return inquiry_of(std::move(found));
}

Result<std::vector<InquiryReply>> read_outer_inquiry_reply(std::string_view body, std::size_t expected,
                                                           const model::PayerProfile& profile) {
  auto entries = outer_entries(body, expected, profile);
  if (!entries) return tl::make_unexpected(entries.error());
  std::vector<InquiryReply> out;
  for (auto& [status, found] : *entries) out.push_back(inquiry_of(heeding_status(status, std::move(found))));
  return out;
}

}  // namespace atz::fhir
