// The body of $submit-attachment (CDex 2.1), checked as strictly as its profile.
#include "atz/fhir/payer_side.hpp"
#include "fhir/canonical.hpp"
#include "fhir/message_body.hpp"
#include "fhir/places.hpp"
#include "fhir/primitives.hpp"
#include "fhir/received.hpp"
#include "fhir/schema_check.hpp"

namespace atz::fhir {
namespace {

struct Rule {
  std::string_view name;
  std::string_view value;  // "" for one with parts or a resource
  int min, max;
};
constexpr int kAny = 1'000'000;
constexpr Rule kParameters[] = {
    {"TrackingId", "valueIdentifier", 1, 1},
    {"AdminRefNumber", "valueIdentifier", 0, 1},
    {"AttachTo", "valueCode", 1, 1},
    {"PayerId", "valueIdentifier", 0, 1},
    {"OrganizationId", "valueIdentifier", 0, 1},
    {"ProviderId", "valueIdentifier", 0, 1},
    {"MemberId", "valueIdentifier", 1, 1},
    {"ServiceDate", "valueDateTime", 0, 1},
    {"Attachment", "", 1, kAny},
    {"Final", "valueBoolean", 0, 1},
};
constexpr Rule kParts[] = {
    {"LineItem", "valueString", 0, kAny},
    {"Code", "valueCodeableConcept", 0, 1},
    {"Content", "", 1, 1},
};

class Reader {
 public:
  explicit Reader(const Json& parameters) : parameters_(parameters), nowhere_(Json::object()), resolver_(nowhere_) {}

  std::variant<ReceivedAttachments, Fault> read() {
    check_form(parameters_, "Parameters", faults_);
    check(parameters_, "parameter", kParameters, "Parameters");
    read_numbers();
    const auto all = elements(parameters_, "parameter");
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (text_of(*all[i], "name") == "Attachment") read_attachment(*all[i], at("Parameters.parameter", i));
    }
    if (!faults_.empty()) return breaks_profile(faults_.take());
    return std::move(out_);
  }

 private:
  static std::vector<const Json*> named(const Json& holder, std::string_view list, std::string_view name) {
    std::vector<const Json*> found;
    for (const Json* parameter : elements(holder, list)) {
      if (text_of(*parameter, "name") == name) found.push_back(parameter);
    }
    return found;
  }

  const Json& value(std::string_view name, std::string_view key) const {
    const auto found = named(parameters_, "parameter", name);
    return found.empty() ? child_or_null(parameters_, "no such member") : child_or_null(*found.front(), key);
  }

  template <std::size_t N>
  void check(const Json& holder, std::string_view list, const Rule (&rules)[N], const std::string& path) {
    for (const auto& rule : rules) {
      const auto found = named(holder, list, rule.name);
      const int count = static_cast<int>(found.size());
      const std::string name(rule.name);
      if (count < rule.min) faults_.add("required", at(path, list), name + " is required.");
      if (count > rule.max) faults_.add("structure", at(path, list), name + " may occur only once.");
      for (const Json* parameter : found) check_value(*parameter, rule, path);
    }
  }

  void check_value(const Json& parameter, const Rule& rule, const std::string& path) {
    if (rule.value.empty()) return;
    const Json* found = child(parameter, rule.value);
    const std::string place = path + ".where(name='" + std::string(rule.name) + "')";
    if (found == nullptr) {
      faults_.add("required", place, std::string(rule.name) + " must have a " + std::string(rule.value) + ".");
      return;
    }
    if (rule.value == "valueIdentifier" && text_of(*found, "value").empty())
      faults_.add("required", place, "The identifier must have a value.");
    if (rule.value == "valueBoolean" && !found->is_boolean())
      faults_.add("value", place, "The value must be true or false.");
    if (rule.value == "valueDateTime" && !is_valid_primitive("dateTime", *found))
      faults_.add("value", place, "This is no valid date and time.");
    if (rule.name == "AttachTo" && *found != Json("preauthorization"))
      faults_.add("value", place, "The value must be preauthorization.");
  }

  void read_numbers() {
    const Json& tracking = value("TrackingId", "valueIdentifier");
    out_.tracking_system = text_of(tracking, "system");
    out_.tracking_id = text_of(tracking, "value");
    out_.case_id = text_of(value("AdminRefNumber", "valueIdentifier"), "value");
    const Json& member = value("MemberId", "valueIdentifier");
    out_.member_id_system = text_of(member, "system");
    out_.member_id = text_of(member, "value");
    out_.provider_npi = text_of(value("OrganizationId", "valueIdentifier"), "value");
    if (out_.provider_npi.empty()) out_.provider_npi = text_of(value("ProviderId", "valueIdentifier"), "value");
    if (out_.provider_npi.empty())
      faults_.add("required", "Parameters.parameter", "OrganizationId or ProviderId is required.");
    out_.final = value("Final", "valueBoolean") != Json(false);
  }

  void read_attachment(const Json& attachment, const std::string& path) {
    check(attachment, "part", kParts, path);
    for (const Json* content : named(attachment, "part", "Content")) {
      const Json* resource = child(*content, "resource");
      const std::string type = resource_type(resource);
      const std::string place = path + ".part.resource";
      if (type != "DocumentReference" && type != "QuestionnaireResponse") {
        faults_.add("structure", place, "The content must be a DocumentReference or a QuestionnaireResponse.");
        continue;
      }
      SchemaContext context{resolver_, false, faults_, {}, resource, true};
      check_type(*resource, type, place, context);
      if (type == "QuestionnaireResponse") {
        out_.questionnaires.push_back(
            {text_of(*resource, "questionnaire"), text_of(*resource, "status"), answers_of(*resource), {}});
        continue;
      }
      for (auto& document : documents_of(*resource)) {
        document.control_number = out_.tracking_id;
        out_.documents.push_back(std::move(document));
      }
    }
  }

  const Json& parameters_;
  Json nowhere_;
  Resolver resolver_;
  Faults faults_;
  ReceivedAttachments out_;
};

}  // namespace

std::variant<ReceivedAttachments, Fault> read_attachments(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed) return not_readable("The body can't be read: " + parsed.error() + ".");
  if (resource_type(&*parsed) != "Parameters") return not_readable("The body must be Parameters.");
  return Reader(*parsed).read();
}

}  // namespace atz::fhir
