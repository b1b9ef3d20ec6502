// A batch or transaction around whole PAS bundles. Each body is spliced in byte by byte, so that the payer sees
// the same message that a call of its own would carry.
#include "atz/base/random.hpp"
#include "atz/seal/seal.hpp"
#include "fhir/bundle.hpp"
#include "fhir/datatypes.hpp"

#include "atz/fhir/request.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kOuterNamespace = "b2f5f3c4-2f0e-4a8c-8b6a-31f9d5a0c7e2";

}  // namespace

std::string build_outer(OuterKind kind, const std::string& id, Instant created, std::span<const OuterEntry> entries,
                        const model::PayerProfile& profile) {
  Json head = start_bundle({}, profile.namespaces.home_batch, id);
  head["identifier"] = identifier(profile.namespaces.home_batch, id);
  head["type"] = kind == OuterKind::transaction ? "transaction" : "batch";
  head["timestamp"] = model::format_instant(created);
  std::string out = to_bytes(head);
  out.pop_back();
  out += ",\"entry\":[";
  std::size_t number = 0;
  for (const auto& entry : entries) {
    if (number++ > 0) out += ',';
    const std::string name = id + "\n" + std::to_string(number) + "\n" + seal::sha256_hex(entry.body);
    out += "{\"fullUrl\":\"urn:uuid:" + uuid_v5(kOuterNamespace, name) + "\",\"resource\":";
    out += entry.body;
    out += ",\"request\":{\"method\":\"POST\",\"url\":";
    append_string(out, entry.url);
    out += "}}";
  }
  return out + "]}";
}

}  // namespace atz::fhir
