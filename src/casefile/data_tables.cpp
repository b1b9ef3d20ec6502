#include "casefile/data_tables.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "atz/base/text.hpp"
#include "casefile/data_decode.hpp"
#include "casefile/data_parts.hpp"
#include "casefile/decode.hpp"

namespace atz::casefile {
namespace {

void apply_codes(const Reader& file, model::Tables& tables) {
  std::vector<model::ProcedureCode> rows;
  file.each("codes", [&](const Reader& reader) {
    rows.push_back({to_upper(text_of(reader, "code")), upper_texts_of(reader, "modifiers"), text_of(reader, "text"),
                    text_of(reader, "unit"), text_of(reader, "program"), text_of(reader, "source")});
  });
  merge_rows(tables.procedures, std::move(rows), flag_of(file, "replace", false),
             [](const model::ProcedureCode& row) { return std::tie(row.code, row.modifiers); });
}

void apply_diagnoses(const Reader& file, model::Tables& tables) {
  std::vector<model::DiagnosisCode> rows;
  file.each("diagnoses", [&](const Reader& reader) {
    rows.push_back(
        {dotted_diagnosis(text_of(reader, "code")), text_of(reader, "text"), flag_of(reader, "header", false)});
  });
  const auto before = [](const model::DiagnosisCode& a, const model::DiagnosisCode& b) { return a.code < b.code; };
  auto& table = tables.diagnoses;
  if (flag_of(file, "replace", false)) table.clear();
  // The table may be the whole yearly edition: new rows first, then the old ones, of which equals are dropped.
  std::stable_sort(rows.begin(), rows.end(), before);
  std::vector<model::DiagnosisCode> merged;
  merged.reserve(rows.size() + table.size());
  std::merge(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()),
             std::make_move_iterator(table.begin()), std::make_move_iterator(table.end()), std::back_inserter(merged),
             before);
  merged.erase(std::unique(merged.begin(), merged.end(), [](const auto& a, const auto& b) { return a.code == b.code; }),
               merged.end());
  table = std::move(merged);
}

void apply_service_types(const Reader& file, model::Tables& tables) {
  std::vector<model::ServiceType> rows;
  file.each("service_types", [&](const Reader& reader) {
    rows.push_back({text_of(reader, "number"), text_of(reader, "text"), text_of(reader, "program"),
                    upper_texts_of(reader, "not_primary")});
  });
  merge_rows(tables.service_types, std::move(rows), flag_of(file, "replace", false),
             [](const model::ServiceType& row) { return std::string_view(row.program); });
}

void apply_request_types(const Reader& file, model::Tables& tables) {
  std::vector<model::RequestType> rows;
  file.each("request_types", [&](const Reader& reader) {
    rows.push_back({text_of(reader, "key"), text_of(reader, "portal_text")});
  });
  merge_rows(tables.request_types, std::move(rows), flag_of(file, "replace", false),
             [](const model::RequestType& row) { return std::string_view(row.key); });
  const Reader defaults = file.mapping("defaults");
  if (std::string text = text_of(defaults, "request_class"); !text.empty()) tables.request_class = std::move(text);
  if (std::string text = text_of(defaults, "subcontract"); !text.empty()) tables.subcontract = std::move(text);
}

void apply_document_types(const Reader& file, model::Tables& tables) {
  std::vector<model::DocumentType> rows;
  file.each("document_types", [&](const Reader& reader) {
    rows.push_back(
        {text_of(reader, "key"), text_of(reader, "portal_text"), text_of(reader, "x12_755"), text_of(reader, "loinc")});
  });
  merge_rows(tables.document_types, std::move(rows), flag_of(file, "replace", false),
             [](const model::DocumentType& row) { return std::string_view(row.key); });
}

void apply_waivers(const Reader& file, model::Tables& tables) {
  std::vector<model::WaiverProgram> rows;
  file.each("waivers", [&](const Reader& reader) {
    rows.push_back({text_of(reader, "key"), text_of(reader, "text"), upper_texts_of(reader, "codes"),
                    static_cast<int>(number_of(reader, "min_age", 0, 120, 0))});
  });
  merge_rows(tables.waivers, std::move(rows), flag_of(file, "replace", false),
             [](const model::WaiverProgram& row) { return std::string_view(row.key); });
}

void apply_out_kinds(const Reader& file, model::Tables& tables) {
  std::vector<model::OutKind> rows;
  file.each("out_kinds", [&](const Reader& reader) {
    rows.push_back({text_of(reader, "key"), text_of(reader, "text"), flag_of(reader, "needs_note", false),
                    flag_of(reader, "routine", true), upper_texts_of(reader, "codes")});
  });
  merge_rows(tables.out_kinds, std::move(rows), flag_of(file, "replace", false),
             [](const model::OutKind& row) { return std::string_view(row.key); });
}

void apply_status_words(const Reader& file, model::Tables& tables) {
  std::vector<model::StatusWord> rows;
  file.each("status_words", [&](const Reader& reader) {
    std::string status = text_of(reader, "status");
    std::replace(status.begin(), status.end(), '-', '_');
    rows.push_back({text_of(reader, "text"), std::move(status)});
  });
  merge_rows(tables.status_words, std::move(rows), flag_of(file, "replace", false),
             [](const model::StatusWord& row) { return to_lower(row.text); });
}

void apply_contacts(const Reader& file, model::Tables& tables) {
  std::vector<model::Contact> rows;
  file.each("contacts", [&](const Reader& reader) {
    rows.push_back(
        {text_of(reader, "key"), text_of(reader, "name"), text_of(reader, "phone"), text_of(reader, "note")});
  });
  merge_rows(tables.contacts, std::move(rows), flag_of(file, "replace", false),
             [](const model::Contact& row) { return std::string_view(row.key); });
}

struct DataKind {
  std::string_view key;
  void (*apply)(const Reader&, model::Tables&);
};
constexpr DataKind kKinds[] = {
    {"codes", apply_codes},
    {"contacts", apply_contacts},
    {"diagnoses", apply_diagnoses},
    {"document-types", apply_document_types},
    {"holidays", apply_holidays},
    {"out-kinds", apply_out_kinds},
    {"questionnaire", apply_questionnaire},
    {"rates", apply_rates},
    {"request-types", apply_request_types},
    {"service-types", apply_service_types},
    {"status-words", apply_status_words},
    {"waivers", apply_waivers},
};

}  // namespace

void apply_data_file(std::string_view file_name, const Node& root, Log& log, model::Tables& tables) {
  const Schema* schema = data_schema(file_name);
  if (schema == nullptr) return;
  const Reader reader(root, *schema, log);
  if (!reader.given()) return;
  for (const DataKind& kind : kKinds) {
    if (kind.key == schema->key) kind.apply(reader, tables);
  }
}

}  // namespace atz::casefile
