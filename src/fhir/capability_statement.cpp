#include "atz/fhir/payer_side.hpp"
#include "fhir/canonical.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/notification.hpp"

namespace atz::fhir {
namespace {

Json operation_named(const char* name, std::string_view definition) {
  Json json = Json::object();
  json["name"] = name;
  json["definition"] = definition;
  return json;
}

constexpr std::string_view kGuide = "http://hl7.org/fhir/us/davinci-pas/ImplementationGuide/hl7.fhir.us.davinci-pas";

Json interaction(const char* code) {
  Json json = Json::object();
  json["code"] = code;
  return json;
}

bool declares(const Json& operation_node, std::string_view definition, std::string_view word) {
  return without_version(text_of(operation_node, "definition")) == definition ||
         text_of(operation_node, "name").find(word) != std::string::npos;
}

void read_server(const Json& rest, Capabilities& out) {
  for (const Json* code : elements(rest, "interaction")) {
    out.transaction = out.transaction || text_of(*code, "code") == "transaction";
    out.batch = out.batch || text_of(*code, "code") == "batch";
  }
  const auto read_operations = [&](const Json& holder) {
    for (const Json* node : elements(holder, "operation")) {
      out.submit = out.submit || (declares(*node, operation::kSubmit, "submit") &&
                                  text_of(*node, "name").find("attachment") == std::string::npos);
      out.attachments = out.attachments || declares(*node, operation::kSubmitAttachment, "submit-attachment");
      out.inquire = out.inquire || declares(*node, operation::kInquire, "inquir");
    }
  };
  read_operations(rest);
  for (const Json* resource : elements(rest, "resource")) {
    const std::string type = text_of(*resource, "type");
    if (type == "Claim") read_operations(*resource);
    for (const Json* code : elements(*resource, "interaction")) {
      out.patient_search = out.patient_search || (type == "Patient" && text_of(*code, "code") == "search-type");
      out.subscriptions = out.subscriptions || (type == "Subscription" && text_of(*code, "code") == "create");
    }
  }
  for (const Json* service : elements(child_or_null(rest, "security"), "service")) {
    for (const Json* coding : elements(*service, "coding"))
      out.smart = out.smart || text_of(*coding, "code") == "SMART-on-FHIR";
  }
}

// "http://hl7.org/fhir/us/davinci-pas/...|2.2.1": versions are told behind the canonical of the guide or of something
// in it.
std::string version_behind(const std::string& canonical) {
  const auto bar = canonical.find('|');
  if (bar == std::string::npos || canonical.find("/davinci-pas/") == std::string::npos) return {};
  return canonical.substr(bar + 1);
}

std::string pas_version_of(const Json& statement) {
  for (const char* list : {"implementationGuide", "instantiates"}) {
    for (const Json* canonical : elements(statement, list)) {
      if (!canonical->is_string()) continue;
      if (auto version = version_behind(canonical->get<std::string>()); !version.empty()) return version;
    }
  }
  for (const Json* rest : elements(statement, "rest")) {
    for (const Json* resource : elements(*rest, "resource")) {
      for (const Json* operation_node : elements(*resource, "operation")) {
        if (auto version = version_behind(text_of(*operation_node, "definition")); !version.empty()) return version;
      }
      for (const Json* profile_url : elements(*resource, "supportedProfile")) {
        if (!profile_url->is_string()) continue;
        if (auto version = version_behind(profile_url->get<std::string>()); !version.empty()) return version;
      }
    }
  }
  return {};
}

}  // namespace

std::string write_capabilities(const std::string& base_url, Instant now, const std::string& pas_version) {
  Json json = Json::object();
  json["resourceType"] = "CapabilityStatement";
  json["status"] = "active";
  json["date"] = model::format_instant(now);
  json["kind"] = "instance";
  json["software"]["name"] = "atz sandbox";
  json["software"]["version"] = ATZ_VERSION;
  json["implementation"]["description"] = "The payer inside atz, for rehearsals";
  put(json["implementation"], "url", base_url);
  json["fhirVersion"] = "4.0.1";
  json["format"] = Json::array({"json"});
  json["implementationGuide"] = Json::array({std::string(kGuide) + "|" + pas_version});
  Json claim = Json::object();
  claim["type"] = "Claim";
  claim["operation"] =
      Json::array({operation_named("submit", operation::kSubmit), operation_named("inquire", operation::kInquire)});
  Json patient = Json::object();
  patient["type"] = "Patient";
  patient["interaction"] = Json::array({interaction("search-type")});
  Json server = Json::object();
  server["mode"] = "server";
  server["security"]["service"] = Json::array({concept_of(codesystem::kSmartSecurity, "SMART-on-FHIR")});
  server["resource"] = Json::array({std::move(claim), std::move(patient), subscription_capability()});
  server["interaction"] = Json::array({interaction("transaction"), interaction("batch")});
  server["operation"] = Json::array({operation_named("submit-attachment", operation::kSubmitAttachment)});
  json["rest"] = Json::array({std::move(server)});
  return to_bytes(json);
}

Result<Capabilities> read_capabilities(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed) return fail(Failure::input, "the payer's capability statement can't be read: " + parsed.error());
  if (resource_type(&*parsed) != "CapabilityStatement")
    return fail(Failure::input, "the payer's answer is no CapabilityStatement");
  Capabilities out;
  out.fhir_version = text_of(*parsed, "fhirVersion");
  out.pas_version = pas_version_of(*parsed);
  const Json& software = child_or_null(*parsed, "software");
  out.software = text_of(software, "name");
  if (const std::string version = text_of(software, "version"); !version.empty())
    out.software += (out.software.empty() ? "" : " ") + version;
  const auto formats = elements(*parsed, "format");
  out.json = formats.empty();
  for (const Json* format : formats) {
    out.json =
        out.json || (format->is_string() && format->get_ptr<const std::string*>()->find("json") != std::string::npos);
  }
  for (const Json* rest : elements(*parsed, "rest")) {
    if (text_of(*rest, "mode") != "client") read_server(*rest, out);
  }
  return out;
}

}  // namespace atz::fhir
