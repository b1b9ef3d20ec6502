// The PAS 2.2.1 request profiles as tables: which members a type has, how many, of which type, with which values.
#pragma once

#include <span>
#include <string_view>

namespace atz::fhir {

inline constexpr int kMany = 1'000'000;

struct Element {
  std::string_view name;  // "serviced[x]" is a choice: the type's name follows
  int min = 0;
  int max = 1;                   // more than 1: an array
  std::string_view types;        // one, or for a choice "date|Period"; "Reference(Patient,Organization)" names targets
  std::string_view system = {};  // a coding of this system must be there
  std::string_view values = {};  // codes (of that system) or values that are allowed, separated by blanks
};

enum class TypeKind { data, backbone, resource };  // what every such type has besides: id, extension, ...

struct TypeDef {
  std::string_view name;  // "Identifier", "Claim.item"
  TypeKind kind;
  std::span<const Element> elements;
};

const TypeDef* find_type(std::string_view name);  // null: not in the tables

// Elements and extensions that are required only since PAS 2.1 or 2.2: the tolerant reader does without them.
bool is_recent(std::string_view type, std::string_view element_or_url);

// Extensions that PAS defines for requests. Others are ignored, as FHIR demands.
struct ExtensionDef {
  std::string_view url;
  std::string_view context;  // "Claim.item"
  int min, max;
  std::string_view type;  // value type; "" = it has parts
  std::string_view system = {};
};
std::span<const ExtensionDef> extension_defs();

}  // namespace atz::fhir
