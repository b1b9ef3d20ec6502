// The stored form of a received request. One list of fields serves both ways, so that none is forgotten.
#include <type_traits>

#include "atz/fhir/payer_side.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {
namespace {

template <class S, class T>
constexpr bool kIs = std::is_same_v<std::remove_const_t<S>, T>;

template <class S, class Visit>
void each_field(S& x, const Visit& visit) {
  if constexpr (kIs<S, ReceivedLine>) {
    visit("sequence", x.sequence);
    visit("trace_system", x.trace_system);
    visit("trace", x.trace);
    visit("code_system", x.code_system);
    visit("code", x.code);
    visit("modifiers", x.modifiers);
    visit("certification_type", x.certification_type);
    visit("program_code", x.program_code);
    visit("period", x.period);
    visit("quantity", x.quantity);
    visit("quantity_unit", x.quantity_unit);
    visit("weekly_hours", x.weekly_hours);
    visit("administration_reference", x.administration_reference);
    visit("authorization_number", x.authorization_number);
    visit("change", x.change);
    visit("cancelled", x.cancelled);
  } else if constexpr (kIs<S, ReceivedAnswer>) {
    visit("link", x.link);
    visit("text", x.text);
    visit("value", x.value);
  } else if constexpr (kIs<S, ReceivedQuestionnaire>) {
    visit("canonical", x.canonical);
    visit("status", x.status);
    visit("answers", x.answers);
    visit("change", x.change);
  } else if constexpr (kIs<S, ReceivedDocument>) {
    visit("type", x.type);
    visit("title", x.title);
    visit("media_type", x.media_type);
    visit("report_type", x.report_type);
    visit("control_number", x.control_number);
    visit("bytes", x.bytes);
    visit("sha256", x.sha256);
    visit("change", x.change);
  } else if constexpr (kIs<S, ReceivedMessage>) {
    visit("text", x.text);
    visit("change", x.change);
  } else if constexpr (kIs<S, ReceivedContact>) {
    visit("relationship", x.relationship);
    visit("name", x.name);
    visit("phone", x.phone);
    visit("has_address", x.has_address);
  } else {
    static_assert(kIs<S, ReceivedRequest>);
    visit("bundle_system", x.bundle_system);
    visit("bundle_identifier", x.bundle_identifier);
    visit("batch", x.batch);
    visit("claim_system", x.claim_system);
    visit("claim_identifier", x.claim_identifier);
    visit("claim_url", x.claim_url);
    visit("request_kind", x.request_kind);
    visit("is_update", x.is_update);
    visit("prior_system", x.prior_system);
    visit("prior_identifier", x.prior_identifier);
    visit("related_case", x.related_case);
    visit("cancels_all", x.cancels_all);
    visit("discharge_on", x.discharge_on);
    visit("level_of_service", x.level_of_service);
    visit("priority", x.priority);
    visit("patient_url", x.patient_url);
    visit("member_id_system", x.member_id_system);
    visit("member_id", x.member_id);
    visit("last", x.last);
    visit("first", x.first);
    visit("born", x.born);
    visit("gender", x.gender);
    visit("phone", x.phone);
    visit("insurer_url", x.insurer_url);
    visit("insurer_id_system", x.insurer_id_system);
    visit("insurer_id", x.insurer_id);
    visit("provider_url", x.provider_url);
    visit("provider_npi", x.provider_npi);
    visit("provider_name", x.provider_name);
    visit("provider_fax", x.provider_fax);
    visit("location", x.location);
    visit("home_name", x.home_name);
    visit("home_address", x.home_address);
    visit("diagnoses", x.diagnoses);
    visit("lines", x.lines);
    visit("messages", x.messages);
    visit("questionnaires", x.questionnaires);
    visit("documents", x.documents);
    visit("contacts", x.contacts);
    visit("content_digest", x.content_digest);
    visit("claim_type", x.claim_type);
    visit("patient_json", x.patient_json);
    visit("insurer_json", x.insurer_json);
    visit("provider_json", x.provider_json);
  }
}

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
Json to_node(const T& value) {
  if constexpr (IsVector<T>::value) {
    Json array = Json::array();
    for (const auto& element : value) array.push_back(to_node(element));
    return array;
  } else if constexpr (std::is_same_v<T, model::DateSpan>) {
    return Json::array({value.first.time_since_epoch().count(), value.last.time_since_epoch().count()});
  } else if constexpr (std::is_same_v<T, std::optional<model::Date>>) {
    return value ? Json(value->time_since_epoch().count()) : Json();
  } else if constexpr (std::is_same_v<T, std::optional<model::Hours>>) {
    return value ? Json(value->quarters) : Json();
  } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
    Json object = Json::object();
    each_field(value, [&](const char* name, const auto& field) { object[name] = to_node(field); });
    return object;
  } else {
    return value;
  }
}

template <class T>
void from_node(const Json& node, T& value) {
  if constexpr (IsVector<T>::value) {
    for (const auto& element : node) from_node(element, value.emplace_back());
  } else if constexpr (std::is_same_v<T, model::DateSpan>) {
    value.first = model::Date(std::chrono::days(node.at(0).get<int>()));
    value.last = model::Date(std::chrono::days(node.at(1).get<int>()));
  } else if constexpr (std::is_same_v<T, std::optional<model::Date>>) {
    if (!node.is_null()) value = model::Date(std::chrono::days(node.get<int>()));
  } else if constexpr (std::is_same_v<T, std::optional<model::Hours>>) {
    if (!node.is_null()) value = model::Hours{node.get<std::int64_t>()};
  } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
    each_field(value, [&](const char* name, auto& field) { from_node(node.at(name), field); });
  } else {
    value = node.get<T>();
  }
}

}  // namespace

std::string to_json(const ReceivedRequest& request) {
  return to_bytes(to_node(request));
}

Result<ReceivedRequest> received_request_from_json(std::string_view json) {
  const auto parsed = parse_json(json);
  if (!parsed) return fail(Failure::state, "a stored request can't be read: " + parsed.error());
  try {
    ReceivedRequest request;
    from_node(*parsed, request);
    return request;
  } catch (const nlohmann::json::exception&) {
    return fail(Failure::state, "a stored request lacks a field, or a field has another type");
  }
}

}  // namespace atz::fhir
