#include "casefile/decode.hpp"

namespace atz::casefile {
namespace {

void decode_house(const Reader& reader, model::House& house) {
  house.present = reader.given();
  house.span = reader.here();
  reader.get("id", house.id);
  reader.get("name", house.name);
  reader.get("location", house.location);
  decode_address(reader.mapping("address"), house.address);
  reader.get("roster", house.roster);
  house.roster_span = reader.key_span("roster");
  house.roster_present = reader.value("roster") != nullptr;
}

void decode_priority(const Reader& reader, model::Priority& priority) {
  priority.present = reader.given();
  priority.span = reader.here();
  reader.get("expedited", priority.expedited);
  reader.get("reason", priority.reason);
  reader.get("called_on", priority.called_on);
}

void decode_attestation(const Reader& reader, model::Attestation& attest) {
  attest.present = reader.given();
  attest.span = reader.here();
  reader.get("precertification", attest.precertification);
  reader.get("by", attest.by);
  reader.get("on", attest.on);
}

}  // namespace

void decode_home(const Reader& root, const DrawIn& draw_in, model::Home& home) {
  root.get("atz", home.format);
  if (home.format && *home.format != 1) {
    root.problem(Problem::Kind::wrong_shape, home.format.span, "atz", "this version of atz reads file format 1 only",
                 home.format.text, "1", "install an atz that reads this format, or write `atz: 1`");
  }
  root.get("request", home.request);
  root.get("type", home.type);
  root.get("subcontract", home.subcontract);
  decode_priority(root.mapping("priority"), home.priority);
  decode_provider(root.mapping("provider"), home.provider);
  decode_house(root.mapping("home"), home.house);
  decode_period(root.mapping("period"), home.period);
  home.members_span = root.key_span("members");
  bool too_many = false;
  root.each("members", [&](const Reader& reader) {
    if (home.members.size() == kMaxMembers) {
      too_many = true;
      return;
    }
    decode_member(reader, draw_in, home.members.emplace_back());
  });
  if (too_many) {
    root.problem(Problem::Kind::wrong_shape, home.members_span, "members", "a home has at most 24 members", {},
                 "at most 24 entries", "keep one home in a file");
  }
  decode_staffing(root.mapping("staffing"), draw_in, home.staffing);
  decode_documents(root, home.documents);
  decode_attestation(root.mapping("attest"), home.attest);
  decode_ignores(root, home.ignore);
}

void decode_provider(const Reader& reader, model::Provider& provider) {
  provider.present = reader.given();
  provider.span = reader.here();
  reader.get("name", provider.name);
  reader.get("npi", provider.npi);
  reader.get("type", provider.type);
  reader.get("ein", provider.ein);
  reader.get("phone", provider.phone);
  reader.get("fax", provider.fax);
  reader.get("id_kind", provider.id_kind);
  decode_address(reader.mapping("address"), provider.address);
}

void decode_address(const Reader& reader, model::Address& address) {
  address.present = reader.given();
  address.span = reader.here();
  reader.get("line", address.line);
  reader.get("line2", address.line2);
  reader.get("city", address.city);
  reader.get("state", address.state);
  reader.get("zip", address.zip);
}

void decode_period(const Reader& reader, model::Period& period) {
  period.present = reader.given();
  period.span = reader.here();
  reader.get("start", period.start);
  reader.get("end", period.end);
}

void decode_documents(const Reader& reader, std::vector<model::Document>& documents) {
  reader.each("documents", [&](const Reader& entry) {
    model::Document& document = documents.emplace_back();
    document.span = entry.whole();
    entry.get("file", document.file);
    entry.get("type", document.type);
    entry.get("member", document.member);
    entry.get("title", document.title);
  });
}

void decode_ignores(const Reader& reader, std::vector<model::Ignore>& ignores) {
  reader.each("ignore", [&](const Reader& entry) {
    model::Ignore& ignore = ignores.emplace_back();
    ignore.span = entry.whole();
    entry.get("rule", ignore.rule);
    upper(ignore.rule);
    entry.get("reason", ignore.reason);
  });
}

}  // namespace atz::casefile
