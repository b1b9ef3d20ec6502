#include "atz/model/tables.hpp"

#include <algorithm>

namespace atz::model {

namespace {

template <class Row>
const Row* find_row(const std::vector<Row>& rows, std::string Row::*column, std::string_view key) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.*column == key; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace

const Questionnaire* Tables::questionnaire(std::string_view name) const {
  return find_row(questionnaires, &Questionnaire::name, name);
}

const DocumentType* Tables::document_type(std::string_view key) const {
  return find_row(document_types, &DocumentType::key, key);
}

const DiagnosisCode* Tables::diagnosis(std::string_view code) const {
  const auto row = std::lower_bound(diagnoses.begin(), diagnoses.end(), code,
                                    [](const DiagnosisCode& r, std::string_view wanted) { return r.code < wanted; });
  return row == diagnoses.end() || row->code != code ? nullptr : &*row;
}

const RequestType* Tables::request_type(std::string_view key) const {
  return find_row(request_types, &RequestType::key, key);
}

const Contact* Tables::contact(std::string_view key) const {
  return find_row(contacts, &Contact::key, key);
}

const OutKind* Tables::out_kind(std::string_view key) const {
  return find_row(out_kinds, &OutKind::key, key);
}

const WaiverProgram* Tables::waiver(std::string_view key) const {
  return find_row(waivers, &WaiverProgram::key, key);
}

}  // namespace atz::model
