#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/seal/seal.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"

namespace atz::fhir {

std::string write_binary(std::string_view media_type, std::string_view bytes) {
  Json json = Json::object();
  json["resourceType"] = "Binary";
  json["contentType"] = media_type;
  put(json, "data", seal::base64(bytes));
  return to_bytes(json);
}

Result<std::string> read_binary(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed) return fail(Failure::input, "the payer's file can't be read: " + parsed.error());
  if (resource_type(&*parsed) != "Binary") return fail(Failure::input, "the payer's answer holds no file");
  auto bytes = seal::from_base64(text_of(*parsed, "data"));
  if (!bytes) return fail(Failure::input, "the payer's file is damaged: its content is no base64");
  return bytes;
}

}  // namespace atz::fhir
