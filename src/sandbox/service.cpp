#include "sandbox/service.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "sandbox/daily_report.hpp"
#include "sandbox/form.hpp"
#include "sandbox/patients.hpp"
#include "sandbox/refusal.hpp"
#include "sandbox/subscriptions.hpp"
#include "sandbox/timers.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kRoutes = {
    Route{"/fhir/metadata", "GET", Endpoint::metadata, false, false},
    Route{"/fhir/.well-known/smart-configuration", "GET", Endpoint::smart_configuration, false, false},
    Route{"/fhir/token", "POST", Endpoint::token, false, true},
    Route{"/fhir/Claim/$submit", "POST", Endpoint::submit, true, false},
    Route{"/fhir/Claim/$inquire", "POST", Endpoint::inquire, true, false},
    Route{"/fhir/$submit-attachment", "POST", Endpoint::attachments, true, false},
    Route{"/fhir", "POST", Endpoint::outer, true, false},
    Route{"/fhir/", "POST", Endpoint::outer, true, false},
    Route{"/fhir/$daily-authorization-report", "GET", Endpoint::report, true, false},
    Route{"/fhir/Patient", "GET", Endpoint::patients, true, false},
    Route{"/fhir/Patient/_search", "POST", Endpoint::patient_search, true, true},
    Route{"/fhir/Subscription", "POST", Endpoint::subscription, true, false},
    Route{"/fhir/Subscription/", "GET", Endpoint::subscription, true, false, true},
    Route{"/fhir/Subscription/", "PUT", Endpoint::subscription, true, false, true},
    Route{"/fhir/Subscription/", "DELETE", Endpoint::subscription, true, false, true},
};

// "application/fhir+json; charset=utf-8" -> "application/fhir+json"; another charset is not what FHIR allows.
std::optional<std::string> media_type(std::string_view header) {
  const auto parts = split(header, ';');
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string parameter = to_lower(trim(parts[i]));
    if (parameter.starts_with("charset=") && parameter != "charset=utf-8" && parameter != "charset=\"utf-8\"") {
      return std::nullopt;
    }
  }
  return to_lower(trim(parts.front()));
}

bool is_at(const Route& route, std::string_view path) {
  if (!route.has_id) return route.path == path;
  constexpr std::size_t kLongestId = 64;
  if (!path.starts_with(route.path)) return false;
  const std::string_view id = path.substr(route.path.size());
  return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

Reply reply_of(Result<Answer> answer) {
  // The store's message may name files of this machine: not for the other side.
  if (!answer) return outcome_reply(500, "exception", "The payer could not process the request.");
  Reply reply;
  reply.status = answer->http_status;
  reply.body = std::move(answer->body);
  return reply;
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

const Route* find_route(std::string_view path, std::string_view method) {
  const Route* found = nullptr;
  for (const Route& route : kRoutes) {
    if (!is_at(route, path)) continue;
    if (route.method == method) return &route;
    if (found == nullptr) found = &route;
  }
  return found;
}

std::string methods_at(std::string_view path) {
  std::string methods;
  for (const Route& route : kRoutes) {
    if (is_at(route, path)) methods += (methods.empty() ? "" : ", ") + std::string(route.method);
  }
  return methods;
}

Reply outcome_reply(int status, std::string_view code, std::string text) {
  Reply reply;
  reply.status = status;
  reply.body = outcome(code, std::move(text));
  return reply;
}

std::optional<Reply> Service::refuse(const Route& route, const Head& head) {
  if (route.signed_in && options_.requires_sign_in) {
    if (auto refused = sign_in_.refuse(head.authorization)) return refused;
  }
  if (!route.has_body()) return std::nullopt;
  // An encoded body could grow without bound.
  if (!head.content_encoding.empty() && to_lower(head.content_encoding) != "identity") {
    return outcome_reply(415, "not-supported", "Encoded bodies are not taken: send without Content-Encoding.");
  }
  const auto type = media_type(head.content_type);
  const bool fits =
      type && (route.form ? *type == "application/x-www-form-urlencoded" : *type == kFhirJson || *type == kPlainJson);
  if (fits) return std::nullopt;
  return outcome_reply(
      415, "not-supported",
      route.form ? "The body must be application/x-www-form-urlencoded." : "The body must be application/fhir+json.");
}

Reply Service::answer(const Route& route, const Head& head, std::string_view payload) {
  Reply reply = answer_endpoint(route, head, payload);
  if (route.signed_in && options_.answered) options_.answered();
  return reply;
}

Reply Service::answer_endpoint(const Route& route, const Head& head, std::string_view payload) {
  const std::string& client = sign_in_.client_id();
  if (route.signed_in && !run_timers(store_, clock_.now(), intake_.rules().calendar)) {
    return outcome_reply(500, "exception", "The payer could not process the request.");
  }
  switch (route.endpoint) {
    case Endpoint::metadata:
      return capabilities();
    case Endpoint::smart_configuration:
      return smart_configuration();
    case Endpoint::token:
      return sign_in_.token(head.authorization, payload);
    case Endpoint::submit:
      return reply_of(answer_submit(store_, intake_, client, payload));
    case Endpoint::inquire:
      return reply_of(answer_inquiry(store_, intake_, client, payload));
    case Endpoint::attachments:
      return reply_of(answer_attachments(store_, intake_, client, payload));
    case Endpoint::outer:
      return reply_of(answer_outer(store_, intake_, clock_, options_.offer, client, payload));
    case Endpoint::report: {
      auto reply = report(head, payload);
      if (reply) return std::move(*reply);
      break;
    }
    case Endpoint::patients:
    case Endpoint::patient_search: {
      auto reply = search_patients(store_, client, options_.base_url, payload);
      if (reply) return std::move(*reply);
      break;
    }
    case Endpoint::subscription: {
      const std::string_view body = route.has_body() ? payload : std::string_view();
      auto reply = answer_subscription(store_, clock_.now(), {route.method, head.id, body, client, options_.base_url});
      if (reply) return std::move(*reply);
      break;
    }
  }
  return outcome_reply(500, "exception", "The payer could not process the request.");
}

Reply Service::capabilities() const {
  Reply reply;
  reply.body = fhir::write_capabilities(options_.base_url, clock_.now(), options_.pas_version);
  if (options_.offer.transaction && options_.offer.batch) return reply;
  Json json = Json::parse(reply.body);
  for (Json& rest : json["rest"]) {
    Json kept = Json::array();
    for (const Json& interaction : rest["interaction"]) {
      const std::string code = interaction.value("code", "");
      if (code == "transaction" && !options_.offer.transaction) continue;
      if (code == "batch" && !options_.offer.batch) continue;
      kept.push_back(interaction);
    }
    if (kept.empty()) {
      rest.erase("interaction");
    } else {
      rest["interaction"] = std::move(kept);
    }
  }
  reply.body = json.dump();
  return reply;
}

// Only users with the Reports right see it; to have no right is something else than no changes.
Result<Reply> Service::report(const Head& head, std::string_view query) {
  const bool allowed = options_.requires_sign_in ? sign_in_.may(head.authorization, kReportScope) : options_.reports;
  if (!allowed) {
    return outcome_reply(403, "forbidden",
                         "This user has no Reports right: the Daily Authorization Report is not shown.");
  }
  const auto form = Form::parse(query);
  const auto text = form ? form->get("date") : std::nullopt;
  const auto day = text ? model::parse_date(*text) : std::nullopt;
  if (!day || form->fields().size() != 1) {
    return outcome_reply(400, "value", "Ask for one day: date=YYYY-MM-DD.");
  }
  auto transaction = store_.read();
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto csv = daily_report(store_, sign_in_.client_id(), *day);
  if (!csv) return tl::make_unexpected(csv.error());
  Reply reply;
  reply.body = fhir::write_binary("text/csv", *csv);
  return reply;
}

Reply Service::smart_configuration() const {
  Json json{{"token_endpoint", options_.base_url + "/token"},
            {"grant_types_supported", {"client_credentials"}},
            {"token_endpoint_auth_methods_supported", {"client_secret_basic", "client_secret_post"}},
            {"scopes_supported", {"system/Claim.crus", "system/Patient.rs", kReportScope}},
            {"response_types_supported", Json::array()},
            {"capabilities", {"client-confidential-symmetric"}}};
  if (sign_in_.accepts_keys()) {
    json["token_endpoint_auth_methods_supported"].push_back("private_key_jwt");
    json["token_endpoint_auth_signing_alg_values_supported"] = {"RS384", "ES384"};
    json["capabilities"].push_back("client-confidential-asymmetric");
  }
  Reply reply;
  reply.content_type = kPlainJson;
  reply.body = json.dump();
  return reply;
}

}  // namespace atz::sandbox
