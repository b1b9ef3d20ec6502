#include "fhir/content_digest.hpp"

#include <algorithm>
#include <string_view>

#include "atz/seal/seal.hpp"
#include "fhir/canonical.hpp"

namespace atz::fhir {
namespace {

struct Dropped {
  std::string_view type, member;  // type "" = every resource
};

constexpr Dropped kDropped[] = {
    {"", "id"},
    {"", "meta"},
    {"", "text"},
    {"Claim", "identifier"},
    {"Claim", "created"},
    {"DocumentReference", "date"},
    {"DocumentReference", "identifier"},
    {"DocumentReference", "masterIdentifier"},
    {"QuestionnaireResponse", "authored"},
    {"QuestionnaireResponse", "identifier"},
    {"ServiceRequest", "identifier"},
    {"ServiceRequest", "authoredOn"},
};

bool is_dropped(const std::string& type, const std::string& member) {
  return std::any_of(std::begin(kDropped), std::end(kDropped), [&](const Dropped& row) {
    return row.member == member && (row.type.empty() || row.type == type);
  });
}

class Normalizer {
 public:
  Normalizer(const RequestView& view, const Json& resource, std::string full_url)
      : view_(view), resource_(resource), full_url_(std::move(full_url)) {}

  Json resource() const {
    const std::string type = resource_type(&resource_);
    Json out = Json::object();
    if (!resource_.is_object()) return out;
    for (const auto& [key, value] : *resource_.get_ptr<const Json::object_t*>()) {
      if (!is_dropped(type, key)) out[key] = normal(value);
    }
    return sorted(std::move(out));
  }

 private:
  static bool is_number_extension(const Json& node) {
    const std::string url = text_of(node, "url");
    return url == ext::kItemTraceNumber || url == "controlNumber";
  }

  // Member order means nothing in FHIR.
  static Json sorted(Json object) {
    auto& members = *object.get_ptr<Json::object_t*>();
    std::vector<std::pair<std::string, Json>> pairs(std::make_move_iterator(members.begin()),
                                                    std::make_move_iterator(members.end()));
    std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Json out = Json::object();
    for (auto& [key, value] : pairs) out[key] = std::move(value);
    return out;
  }

  Json normal(const Json& node) const {
    if (node.is_array()) {
      Json out = Json::array();
      for (const auto& element : node) {
        if (!is_number_extension(element)) out.push_back(normal(element));
      }
      return out;
    }
    if (!node.is_object()) return node;
    Json out = Json::object();
    for (const auto& [key, value] : *node.get_ptr<const Json::object_t*>()) {
      const bool reference = key == "reference" && value.is_string();
      out[key] = reference ? position_of(*value.get_ptr<const std::string*>()) : normal(value);
    }
    return sorted(std::move(out));
  }

  Json position_of(const std::string& reference) const {
    const Json* target = view_.resolver.find(reference, full_url_, resource_);
    return target == nullptr ? Json(reference) : Json(view_.path_of(target));
  }

  const RequestView& view_;
  const Json& resource_;
  std::string full_url_;
};

}  // namespace

std::string content_digest(const RequestView& view) {
  std::string text;
  for (const Json* entry : elements(view.bundle, "entry")) {
    text += to_bytes(Normalizer(view, child_or_null(*entry, "resource"), text_of(*entry, "fullUrl")).resource());
    text += '\n';
  }
  return seal::sha256_hex(text);
}

}  // namespace atz::fhir
