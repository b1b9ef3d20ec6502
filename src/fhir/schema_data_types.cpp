// FHIR R4 data types, narrowed where PAS narrows them everywhere it uses them.
#include "fhir/schema_tables.hpp"

namespace atz::fhir {
namespace {

constexpr Element kMeta[] = {
    {"versionId", 0, 1, "id"},          {"lastUpdated", 0, 1, "instant"}, {"source", 0, 1, "uri"},
    {"profile", 0, kMany, "canonical"}, {"security", 0, kMany, "Coding"}, {"tag", 0, kMany, "Coding"},
};
constexpr Element kNarrative[] = {{"status", 1, 1, "code", {}, "generated extensions additional empty"},
                                  {"div", 1, 1, "string"}};
constexpr Element kIdentifier[] = {
    {"use", 0, 1, "code", {}, "usual official temp secondary old"},
    {"type", 0, 1, "CodeableConcept"},
    {"system", 1, 1, "uri"},
    {"value", 1, 1, "string"},
    {"period", 0, 1, "Period"},
    {"assigner", 0, 1, "Reference"},
};
constexpr Element kLooseIdentifier[] = {
    {"use", 0, 1, "code"},     {"type", 0, 1, "CodeableConcept"}, {"system", 0, 1, "uri"},
    {"value", 0, 1, "string"}, {"period", 0, 1, "Period"},        {"assigner", 0, 1, "Reference"},
};
constexpr Element kConcept[] = {{"coding", 0, kMany, "Coding"}, {"text", 0, 1, "string"}};
constexpr Element kCoding[] = {
    {"system", 0, 1, "uri"},     {"version", 0, 1, "string"},       {"code", 0, 1, "code"},
    {"display", 0, 1, "string"}, {"userSelected", 0, 1, "boolean"},
};
constexpr Element kReference[] = {
    {"reference", 0, 1, "string"},
    {"type", 0, 1, "uri"},
    {"identifier", 0, 1, "LooseIdentifier"},
    {"display", 0, 1, "string"},
};
constexpr Element kPeriod[] = {{"start", 0, 1, "dateTime"}, {"end", 0, 1, "dateTime"}};
constexpr Element kDayPeriod[] = {{"start", 0, 1, "date"}, {"end", 0, 1, "date"}};
constexpr Element kQuantity[] = {
    {"value", 1, 1, "decimal"},
    {"unit", 0, 1, "string"},
    {"system", 0, 1, "uri"},
    {"code", 0, 1, "code"},
};
constexpr Element kMoney[] = {{"value", 0, 1, "decimal"}, {"currency", 0, 1, "code"}};
constexpr Element kName[] = {
    {"use", 0, 1, "code"},         {"text", 0, 1, "string"},       {"family", 0, 1, "string"},
    {"given", 0, kMany, "string"}, {"prefix", 0, kMany, "string"}, {"suffix", 0, kMany, "string"},
    {"period", 0, 1, "Period"},
};
constexpr Element kAddress[] = {
    {"use", 0, 1, "code"},      {"type", 0, 1, "code"},         {"text", 0, 1, "string"},
    {"line", 0, 4, "string"},   {"city", 0, 1, "string"},       {"district", 0, 1, "string"},
    {"state", 0, 1, "string"},  {"postalCode", 0, 1, "string"}, {"country", 0, 1, "string"},
    {"period", 0, 1, "Period"},
};
constexpr Element kContactPoint[] = {
    {"system", 1, 1, "code", {}, "phone fax email pager url sms other"},
    {"value", 1, 1, "string"},
    {"use", 0, 1, "code"},
    {"rank", 0, 1, "positiveInt"},
    {"period", 0, 1, "Period"},
};
constexpr Element kAttachment[] = {
    {"contentType", 0, 1, "code"}, {"language", 0, 1, "code"},     {"data", 1, 1, "base64Binary"},
    {"url", 0, 0, "url"},          {"size", 0, 1, "unsignedInt"},  {"hash", 0, 1, "base64Binary"},
    {"title", 0, 1, "string"},     {"creation", 0, 1, "dateTime"},
};
constexpr Element kDuration[] = {
    {"value", 0, 1, "decimal"}, {"comparator", 0, 1, "code"}, {"unit", 0, 1, "string"},
    {"system", 0, 1, "uri"},    {"code", 0, 1, "code"},
};
constexpr Element kTiming[] = {
    {"event", 0, kMany, "dateTime"}, {"repeat", 0, 1, "Timing.repeat"}, {"code", 0, 1, "CodeableConcept"}};
constexpr Element kRepeat[] = {
    {"bounds[x]", 0, 1, "Duration|Range|Period"},
    {"count", 0, 1, "positiveInt"},
    {"countMax", 0, 1, "positiveInt"},
    {"duration", 0, 1, "decimal"},
    {"durationMax", 0, 1, "decimal"},
    {"durationUnit", 0, 1, "code"},
    {"frequency", 0, 1, "positiveInt"},
    {"frequencyMax", 0, 1, "positiveInt"},
    {"period", 0, 1, "decimal"},
    {"periodMax", 0, 1, "decimal"},
    {"periodUnit", 0, 1, "code", {}, "s min h d wk mo a"},
    {"dayOfWeek", 0, kMany, "code"},
    {"timeOfDay", 0, kMany, "string"},
    {"when", 0, kMany, "code"},
    {"offset", 0, 1, "unsignedInt"},
};

constexpr TypeDef kTypes[] = {
    {"Meta", TypeKind::data, kMeta},
    {"Narrative", TypeKind::data, kNarrative},
    {"Identifier", TypeKind::data, kIdentifier},
    {"LooseIdentifier", TypeKind::data, kLooseIdentifier},
    {"CodeableConcept", TypeKind::data, kConcept},
    {"Coding", TypeKind::data, kCoding},
    {"Reference", TypeKind::data, kReference},
    {"Period", TypeKind::data, kPeriod},
    {"DayPeriod", TypeKind::data, kDayPeriod},
    {"Quantity", TypeKind::data, kQuantity},
    {"Money", TypeKind::data, kMoney},
    {"HumanName", TypeKind::data, kName},
    {"Address", TypeKind::data, kAddress},
    {"ContactPoint", TypeKind::data, kContactPoint},
    {"Attachment", TypeKind::data, kAttachment},
    {"Duration", TypeKind::data, kDuration},
    {"Timing", TypeKind::backbone, kTiming},
    {"Timing.repeat", TypeKind::data, kRepeat},
};

}  // namespace

std::span<const TypeDef> data_type_tables() {
  return kTypes;
}

}  // namespace atz::fhir
