#include "casefile/merge_provider.hpp"

#include <fmt/format.h>

#include <string>

#include "atz/casefile/fields.hpp"
#include "casefile/words.hpp"

namespace atz::casefile {
namespace {

using Text = model::Field<std::string>;

void take(Text& own, const Text& shared, std::uint32_t shift) {
  if (own.present || !shared.present) return;
  own = shared;
  own.span.source += shift;
}

void missing(const std::string& path, bool empty, diag::Span span, std::vector<Problem>& problems) {
  const FieldRow& row = *find_field(path);
  const std::string key = path.substr(path.rfind('.') + 1);
  problems.push_back({Problem::Kind::missing_field,
                      span,
                      path,
                      fmt::format("`{}` is {}", key, empty ? "empty" : "missing"),
                      {},
                      expected_text(row),
                      fmt::format("{} Write it here or in atz.yaml.", row.help),
                      {}});
}

}  // namespace

void merge_provider(model::Provider& own, const model::Provider& shared, std::uint32_t shift) {
  if (!shared.present) return;
  if (!own.present) {
    own.present = true;
    own.span = shared.span;
    own.span.source += shift;
  }
  take(own.name, shared.name, shift);
  take(own.npi, shared.npi, shift);
  take(own.type, shared.type, shift);
  take(own.ein, shared.ein, shift);
  take(own.phone, shared.phone, shift);
  take(own.fax, shared.fax, shift);
  take(own.id_kind, shared.id_kind, shift);
  if (own.address.present || !shared.address.present) return;
  own.address = shared.address;
  own.address.span.source += shift;
  for (Text* part : {&own.address.line, &own.address.line2, &own.address.city, &own.address.state, &own.address.zip}) {
    part->span.source += shift;
  }
}

void require_provider(const model::Provider& merged, diag::Span root, std::vector<Problem>& problems) {
  if (!merged.present) {
    missing("provider", false, root, problems);
    return;
  }
  const auto check = [&](const std::string& path, const Text& field) {
    if (!field.value) missing(path, field.present, field.present ? field.span : merged.span, problems);
  };
  check("provider.name", merged.name);
  check("provider.npi", merged.npi);
  check("provider.fax", merged.fax);
  if (!merged.address.present) missing("provider.address", false, merged.span, problems);
}

}  // namespace atz::casefile
