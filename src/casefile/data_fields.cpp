#include "casefile/data_tables.hpp"
#include "casefile/rows.hpp"

namespace atz::casefile {
namespace {

using T = FieldType;

#define ATZ_TABLE(file, rows)                                                                    \
  row(file, T::mapping, kOptional, ""),                                                          \
      row(file ".replace", T::boolean, kOptional, "True drops the rows that atz brings along."), \
      row(file "." rows, T::list, kRequired, "The rows."),                                       \
      row(file "." rows "[].source", T::text, kOptional, "Where the row comes from.")

constexpr FieldRow kRows[] = {
    ATZ_TABLE("codes", "codes"),
    row("codes.codes[].code", T::identifier, kRequired, "Procedure code."),
    row("codes.codes[].modifiers", T::list, kSingle, "Modifiers of this row."),
    row("codes.codes[].modifiers[]", T::identifier, kOptional, "A modifier."),
    row("codes.codes[].text", T::text, kRequired, "What it is."),
    row("codes.codes[].unit", T::text, kOptional, "What one unit counts."),
    row("codes.codes[].program", T::text, kOptional, "Where it belongs."),

    ATZ_TABLE("diagnoses", "diagnoses"),
    row("diagnoses.diagnoses[].code", T::identifier, kRequired, "ICD-10-CM code."),
    row("diagnoses.diagnoses[].text", T::text, kRequired, "What it is."),
    row("diagnoses.diagnoses[].header", T::boolean, kOptional, "Yes for a group that cannot be used by itself."),

    ATZ_TABLE("service-types", "service_types"),
    row("service-types.service_types[].program", T::text, kRequired, "Section of the manual."),
    row("service-types.service_types[].number", T::identifier, kOptional, "The portal's number."),
    row("service-types.service_types[].text", T::text, kRequired, "The portal's words."),
    row("service-types.service_types[].not_primary", T::list, kOptional,
        "Diagnoses that do not count as primary, as codes or ranges."),
    row("service-types.service_types[].not_primary[]", T::text, kOptional, "F06.7, or a range such as F70-F89."),

    ATZ_TABLE("request-types", "request_types"),
    row("request-types.defaults", T::mapping, kOptional, "What a case file need not say."),
    row("request-types.defaults.request_class", T::text, kOptional, "Request class."),
    row("request-types.defaults.subcontract", T::text, kOptional, "Sub-contract."),
    row("request-types.request_types[].key", T::choice, kRequired, "Kind of request in a case file.",
        "service-notification|service-notification-extension|smi-termination"),
    row("request-types.request_types[].portal_text", T::text, kRequired, "The portal's words."),

    ATZ_TABLE("document-types", "document_types"),
    row("document-types.document_types[].key", T::text, kRequired, "Type in a case file."),
    row("document-types.document_types[].portal_text", T::text, kRequired, "The portal's words."),
    row("document-types.document_types[].x12_755", T::identifier, kRequired, "Report type code."),
    row("document-types.document_types[].loinc", T::identifier, kOptional, "LOINC code."),

    ATZ_TABLE("waivers", "waivers"),
    row("waivers.waivers[].key", T::text, kRequired, "Waiver in a case file."),
    row("waivers.waivers[].text", T::text, kRequired, "Name of the program."),
    row("waivers.waivers[].codes", T::list, kOptional, "Procedure codes that it pays for."),
    row("waivers.waivers[].codes[]", T::identifier, kOptional, "A procedure code."),
    row("waivers.waivers[].min_age", T::integer, kOptional, "Youngest age in years."),

    ATZ_TABLE("out-kinds", "out_kinds"),
    row("out-kinds.out_kinds[].key", T::text, kRequired, "Kind in a case file."),
    row("out-kinds.out_kinds[].text", T::text, kRequired, "In words."),
    row("out-kinds.out_kinds[].codes", T::list, kOptional, "Procedure codes under which somebody else is paid."),
    row("out-kinds.out_kinds[].codes[]", T::identifier, kOptional, "A procedure code."),
    row("out-kinds.out_kinds[].needs_note", T::boolean, kOptional, "Yes when a note must say more."),
    row("out-kinds.out_kinds[].routine", T::boolean, kOptional, "No when it does not belong into a typical week."),

    ATZ_TABLE("status-words", "status_words"),
    row("status-words.status_words[].text", T::text, kRequired, "The portal's words."),
    row("status-words.status_words[].status", T::choice, kRequired, "What atz calls it.",
        "draft|ready|unsubmitted|submitted|in-review|info-requested|approved|partially-approved|denied|voided|"
        "reconsideration|appealed|expired"),

    ATZ_TABLE("report-columns", "report_columns"),
    row("report-columns.report_columns[].column", T::text, kRequired, "What atz calls the column."),
    row("report-columns.report_columns[].names", T::list, kRequired | kSingle, "How a report may call it."),
    row("report-columns.report_columns[].names[]", T::text, kOptional, "A name."),

    ATZ_TABLE("holidays", "holidays"),
    row("holidays.holidays[].name", T::text, kRequired, "Name of the holiday."),
    row("holidays.holidays[].month", T::integer, kOptional, "Month, 1 to 12."),
    row("holidays.holidays[].day", T::integer, kOptional, "Day of the month."),
    row("holidays.holidays[].weekday", T::weekdays, kOptional, "Day of the week."),
    row("holidays.holidays[].n", T::text, kOptional, "Which one in the month: 1 to 5, or last."),
    row("holidays.holidays[].after", T::text, kOptional, "Name of another holiday of the list."),
    row("holidays.holidays[].days", T::integer, kOptional, "How many days after it."),
    row("holidays.holidays[].observed", T::boolean, kOptional, "No when it is not moved off a weekend."),

    ATZ_TABLE("rates", "rates"),
    row("rates.rates[].from", T::date, kRequired, "First day on which the row counts."),
    row("rates.rates[].home_support_hourly", T::decimal, kRequired, "Dollars an hour."),
    row("rates.rates[].medical_add_on_hourly", T::decimal, kRequired, "Dollars an hour."),
    row("rates.rates[].over_168_reduction", T::decimal, kRequired, "Dollars less an hour."),

    ATZ_TABLE("contacts", "contacts"),
    row("contacts.contacts[].key", T::text, kRequired, "How atz finds the row."),
    row("contacts.contacts[].name", T::text, kRequired, "Who answers."),
    row("contacts.contacts[].phone", T::text, kRequired, "Phone number."),
    row("contacts.contacts[].note", T::text, kOptional, "When, and what for."),

    ATZ_TABLE("questionnaire", "questions"),
    row("questionnaire.name", T::text, kRequired, "Name of the questionnaire."),
    row("questionnaire.version", T::text, kRequired, "Version of its questions."),
    row("questionnaire.title", T::text, kRequired, "Title."),
    row("questionnaire.source", T::text, kOptional, "Where the questions come from."),
    row("questionnaire.request", T::list, kSingle, "Request kinds that must answer it."),
    row("questionnaire.request[]", T::choice, kOptional, "A request kind.",
        "service-notification|service-notification-extension|smi-termination"),
    row("questionnaire.code", T::identifier, kOptional, "Procedure code without which it is not asked."),
    row("questionnaire.modifier", T::identifier, kOptional,
        "Modifier that the line with this code has; without one only lines without a modifier count."),
    row("questionnaire.questions[].link", T::identifier, kRequired, "Number of the question."),
    row("questionnaire.questions[].text", T::text, kRequired, "The question."),
    row("questionnaire.questions[].type", T::choice, kRequired, "Type of the answer.",
        "choice|multi|text|boolean|date|decimal|integer"),
    row("questionnaire.questions[].required", T::boolean, kOptional, "No when it may stay open."),
    row("questionnaire.questions[].choices", T::list, kOptional, "Answers to choose from."),
    row("questionnaire.questions[].choices[]", T::text, kOptional, "An answer."),
    row("questionnaire.questions[].max_length", T::integer, kOptional, "Most characters of a text."),
    row("questionnaire.questions[].when", T::list, kSingle, "Conditions that must all hold."),
    row("questionnaire.questions[].when[]", T::text, kOptional, "A condition."),
    row("questionnaire.questions[].when_any", T::list, kSingle, "Conditions of which one is enough."),
    row("questionnaire.questions[].when_any[]", T::text, kOptional, "A condition."),
};

#undef ATZ_TABLE

}  // namespace

const Schema& data_tree() {
  static const Schema tree{std::span<const FieldRow>(kRows)};
  return tree;
}

const Schema* data_schema(std::string_view file_name) {
  constexpr std::string_view kEnd = ".yaml";
  if (file_name.size() <= kEnd.size() || file_name.substr(file_name.size() - kEnd.size()) != kEnd) return nullptr;
  file_name.remove_suffix(kEnd.size());
  constexpr std::string_view kQuestionnaire = "questionnaire-";
  if (file_name.substr(0, kQuestionnaire.size()) == kQuestionnaire && file_name.size() > kQuestionnaire.size()) {
    file_name = "questionnaire";
  } else if (file_name == "questionnaire") {
    return nullptr;
  }
  return data_tree().child(file_name);
}

}  // namespace atz::casefile
