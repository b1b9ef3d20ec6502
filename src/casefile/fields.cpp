#include "atz/casefile/fields.hpp"

#include <string>

#include "casefile/rows.hpp"
#include "casefile/schema_tree.hpp"

namespace atz::casefile {
namespace {

using T = FieldType;

constexpr std::string_view kKinds = "service-notification|service-notification-extension|smi-termination";
constexpr std::string_view kLabel = "^[A-Za-z0-9]{1,8}$";

// An address, its four parts required or not.
#define ATZ_ADDRESS(prefix, flags)                                                                      \
  row(prefix ".line", T::text, flags, "Street and number, or post-office box."),                        \
      row(prefix ".line2", T::text, (flags) & ~static_cast<unsigned>(kRequired), "Apartment or unit."), \
      row(prefix ".city", T::text, flags, "City or town."),                                             \
      row(prefix ".state", T::text, flags, "State, in two letters."), row(prefix ".zip", T::text, flags, "ZIP code.")

// Days and times of a block in the typical week.
#define ATZ_BLOCK(prefix)                                                                           \
  row(prefix ".days", T::weekdays, kRequired,                                                       \
      "Days on which it begins: daily, mon-fri, or a list such as [tue, thu]."),                    \
      row(prefix ".from", T::time, kRequired, "When it begins, as HH:MM on a quarter of an hour."), \
      row(prefix ".to", T::time, kRequired,                                                         \
          "When it ends; not later than `from` means the next day. 24:00 is midnight.")

// A staffing pattern, for the home or for one member.
#define ATZ_STAFFING(prefix)                                                                                           \
  row(prefix ".file", T::text, kOptional, "A file of its own with the staffing pattern, beside the case file."),       \
      row(prefix ".effective", T::date, kRequired, "Day from which the pattern holds.", {}, "file"),                   \
      row(prefix ".staff", T::list, kOptional, "Staff people; needed only for those who need more than a name."),      \
      row(prefix ".staff[].id", T::text, kRequired, "Short name, as used in `shifts`."),                               \
      row(prefix ".staff[].role", T::text, kOptional, "What the person does."),                                        \
      row(prefix ".staff[].counts", T::choice, kOptional,                                                              \
          "Whether the hours count as support: direct unless said otherwise.", "direct|admin"),                        \
      row(prefix ".shifts", T::list, kRequired, "Who works when.", {}, "file"),                                        \
      row(prefix ".shifts[].staff", T::text, kRequired, "Who works, or a name for the post."),                         \
      ATZ_BLOCK(prefix ".shifts[]"),                                                                                   \
      row(prefix ".shifts[].awake", T::boolean, kOptional, "No when the person sleeps; yes unless said otherwise."),   \
      row(prefix ".shifts[].one_to_one", T::label, kOptional, "The member who alone is supported in this shift."),     \
      row(prefix ".shifts[].on_behalf_of", T::text, kOptional, "The member for whom work is done elsewhere, or all."), \
      row(prefix ".shifts[].accompanying", T::list, kSingle, "Members with whom the staff is out of the home."),       \
      row(prefix ".shifts[].accompanying[]", T::label, kOptional, "Label of a member."),                               \
      row(prefix ".shifts[].line", T::choice, kOptional,                                                               \
          "Which line pays for the hours: T2016 unless said otherwise.", "T2016|T2016SC"),                             \
      row(prefix ".out", T::list, kOptional, "When members are out of the home without its staff."),                   \
      row(prefix ".out[].member", T::label, kRequired, "Label of the member."), ATZ_BLOCK(prefix ".out[]"),            \
      row(prefix ".out[].kind", T::text, kRequired,                                                                    \
          "Where the member is: community-support, work-support, employment, day-program, school, natural-support, "   \
          "hospital or other."),                                                                                       \
      row(prefix ".out[].code", T::identifier, kOptional, "Procedure code under which somebody else is paid."),        \
      row(prefix ".out[].provider", T::text, kOptional, "Who supports the member there."),                             \
      row(prefix ".out[].note", T::text, kOptional, "More about it; needed for the kind other.")

#define ATZ_DOCUMENTS(prefix)                                                                                    \
  row(prefix "documents", T::list, kOptional,                                                                    \
      "Files to attach. Without a staffing pattern among them atz draws one and attaches it."),                  \
      row(prefix "documents[].file", T::text, kRequired, "Path, counted from the case file's folder."),          \
      row(prefix "documents[].type", T::text, kRequired, "Kind of document, for example person-centered-plan."), \
      row(prefix "documents[].member", T::label, kOptional, "Label of the member whom it is about."),            \
      row(prefix "documents[].title", T::text, kOptional, "Title, when the file's name says too little.")

#define ATZ_IGNORE(prefix)                                                                   \
  row(prefix "ignore", T::list, kOptional, "Warnings that are known and accepted."),         \
      row(prefix "ignore[].rule", T::identifier, kRequired, "The rule, for example HS022."), \
      row(prefix "ignore[].reason", T::text, kRequired, "Why the warning is accepted.")

#define ATZ_PERIOD(prefix, help)                                                                                   \
  row(prefix "period", T::mapping, kOptional, help), row(prefix "period.start", T::date, kRequired, "First day."), \
      row(prefix "period.end", T::date, kRequired, "Last day; it is part of the period.")

constexpr FieldRow kRows[] = {
    row("atz", T::integer, kRequired, "Version of this file format: 1.", "^1$"),
    row("request", T::request_kind, kOptional,
        "What is asked for; a member may differ. service-notification is a first authorization.", kKinds),
    row("type", T::text, kOptional, "Request class; Outpatient unless said otherwise."),
    row("subcontract", T::text, kOptional, "Sub-contract; Maine ASO unless said otherwise."),

    row("priority", T::mapping, kOptional, "For a request that cannot wait."),
    row("priority.expedited", T::boolean, kOptional, "Yes asks for a faster review."),
    row("priority.reason", T::text, kRequired, "Why it cannot wait."),
    row("priority.called_on", T::date, kOptional, "Day on which somebody phoned the Clinical Review Team about it."),

    row("provider", T::mapping, kRequired | kShared, "The agency that asks. May stand in atz.yaml for all homes."),
    row("provider.name", T::text, kRequired | kShared, "Name of the agency."),
    row("provider.npi", T::identifier, kRequired | kShared, "National Provider Identifier, ten digits."),
    row("provider.type", T::text, kOptional, "Kind of provider."),
    row("provider.ein", T::identifier, kOptional, "Employer identification number."),
    row("provider.phone", T::text, kOptional, "Phone number, ten digits."),
    row("provider.fax", T::text, kRequired | kShared, "Fax number; determination letters go there."),
    row("provider.id_kind", T::choice, kOptional, "What `npi` is: npi unless the portal uses another number.",
        "npi|other"),
    row("provider.address", T::mapping, kRequired | kShared, "Postal address of the agency."),
    ATZ_ADDRESS("provider.address", kRequired),

    row("home", T::mapping, kRequired, "The house."),
    row("home.id", T::identifier, kRequired,
        "Name on the command line: 2 to 24 small letters, digits and hyphens; no personal data.", "^[a-z0-9-]{2,24}$"),
    row("home.name", T::text, kRequired, "Name of the house."),
    row("home.location", T::identifier, kRequired, "NPI and three more digits, for example 2000000002-001."),
    row("home.address", T::mapping, kRequired, "Where the house stands, as the members' plans have it."),
    ATZ_ADDRESS("home.address", kRequired),
    row("home.roster", T::list, kRequired, "Labels of everyone who lives in the house."),
    row("home.roster[]", T::label, kOptional, "Label of a member.", kLabel),

    ATZ_PERIOD("", "Days asked for, for every member who has none of their own."),

    row("members", T::list, kRequired, "The members for whom something is asked, at most 24."),
    row("members[].label", T::label, kRequired,
        "Short name for messages and staffing: up to 8 letters and digits, no personal data.", kLabel),
    row("members[].request", T::request_kind, kOptional, "What is asked for this member, when it is not the home's.",
        kKinds),
    row("members[].id", T::identifier, kRequired | kPersonal, "MaineCare ID: eight digits and the letter A.", {},
        "receives_home_support"),
    row("members[].name", T::mapping, kRequired | kPersonal, "Name as MaineCare has it.", {}, "receives_home_support"),
    row("members[].name.last", T::text, kRequired | kPersonal, "Last name."),
    row("members[].name.first", T::text, kRequired | kPersonal, "First name."),
    row("members[].name.middle", T::text, kPersonal, "Middle name or initial."),
    row("members[].born", T::date, kRequired | kPersonal, "Date of birth.", {}, "receives_home_support"),
    row("members[].gender", T::choice, kRequired | kPersonal, "Gender as MaineCare has it.",
        "male|female|other|unknown", "receives_home_support"),
    row("members[].waiver", T::list, kSingle, "Waiver program, for example section-21."),
    row("members[].waiver[]", T::text, kOptional, "Waiver program."),
    row("members[].phone", T::text, kPersonal, "Phone number of the member."),
    row("members[].address", T::mapping, kPersonal, "Postal address, when it is not the home's."),
    ATZ_ADDRESS("members[].address", kRequired | kPersonal),
    row("members[].guardian", T::mapping, kPersonal, "The guardian, or none. Letters go to this address."),
    row("members[].guardian.name", T::text, kRequired | kPersonal, "Name of the guardian."),
    row("members[].guardian.phone", T::text, kPersonal, "Phone number of the guardian."),
    row("members[].guardian.address", T::mapping, kPersonal, "Postal address of the guardian."),
    ATZ_ADDRESS("members[].guardian.address", kPersonal),
    row("members[].case_manager", T::mapping, kPersonal, "The case manager. Letters go to this address."),
    row("members[].case_manager.name", T::text, kRequired | kPersonal, "Name of the case manager."),
    row("members[].case_manager.phone", T::text, kPersonal, "Phone number of the case manager."),
    row("members[].case_manager.address", T::mapping, kPersonal, "Postal address of the case manager."),
    ATZ_ADDRESS("members[].case_manager.address", kPersonal),
    row("members[].receives_home_support", T::boolean, kOptional,
        "No for somebody who lives here and needs no request; say why in receives_home_support_reason."),
    row("members[].receives_home_support_reason", T::text, kOptional, "Why no home support is asked for."),
    row("members[].service_started_on", T::date, kOptional, "Day on which the service began, if it has."),
    row("members[].emancipated", T::boolean, kOptional, "Yes for a minor who counts as an adult by law."),
    row("members[].meets_smi", T::boolean, kOptional,
        "Yes when the member has a serious mental illness as Section 17 defines it; for a termination."),
    row("members[].case", T::identifier, kOptional, "Case ID of the authorization that is extended or added to."),
    row("members[].current_end", T::date, kOptional, "Last covered day of that authorization."),
    row("members[].reason", T::choice, kOptional,
        "Why it is extended: continue (as it was), change (other hours), or add-on (a Medical Add-On alone).",
        "continue|change|add-on"),
    row("members[].because", T::text, kOptional, "What changed, in a sentence or two."),
    row("members[].order", T::mapping, kOptional, "The written order for a Medical Add-On."),
    row("members[].order.signed_on", T::date, kRequired, "Day on which it was signed."),
    row("members[].order.by", T::text, kRequired, "Who signed it."),
    row("members[].order.credential", T::text, kRequired, "Credential of the signer: MD, DO, PA or PA-C."),
    row("members[].order.npi", T::identifier, kOptional, "National Provider Identifier of the signer."),
    row("members[].order.condition", T::text, kRequired | kPersonal, "The illness or condition."),
    row("members[].order.procedures", T::text, kRequired | kPersonal, "What is to be done."),
    row("members[].order.span", T::text, kRequired,
        "How long it will be needed: indefinite, a last day, or for example 6 months from the day of signing."),
    row("members[].order.frequency", T::mapping, kRequired, "How often."),
    row("members[].order.frequency.times", T::integer, kRequired, "Number of times."),
    row("members[].order.frequency.per", T::choice, kRequired, "Per day, week or month.", "day|week|month"),
    row("members[].running_add_on", T::mapping, kOptional,
        "The Medical Add-On that this one renews or changes, when there is one."),
    row("members[].running_add_on.end", T::date, kRequired, "Its last covered day."),
    row("members[].running_add_on.order_signed_on", T::date, kOptional, "Day on which its order was signed."),
    row("members[].planning_team", T::mapping, kOptional, "The planning team's decision for a Medical Add-On."),
    row("members[].planning_team.met_on", T::date, kRequired, "Day of the meeting."),
    row("members[].planning_team.members", T::list, kRequired | kSingle, "Who was there, by role."),
    row("members[].planning_team.members[]", T::text, kPersonal, "A role, for example guardian."),
    row("members[].service_type", T::identifier, kOptional,
        "Policy section of the service that ends, for example 140 or section-17."),
    row("members[].notice", T::mapping, kOptional, "The written notice that the member was given."),
    row("members[].notice.given_on", T::date, kRequired, "Day of the notice."),
    row("members[].notice.file", T::text, kRequired, "The notice itself, counted from the case file's folder."),
    row("members[].termination", T::mapping, kOptional, "What is to end."),
    row("members[].termination.action", T::choice, kRequired, "terminate, or interrupt for a while.",
        "terminate|interrupt"),
    row("members[].termination.last_day", T::date, kRequired, "Planned last day of the service."),
    row("members[].termination.return_on", T::date, kOptional, "Expected day of return, of an interruption."),
    row("members[].termination.imminent_harm", T::boolean, kOptional,
        "Yes when people at the agency are in danger; say what happened in imminent_harm_reason."),
    row("members[].termination.imminent_harm_reason", T::text, kOptional, "The events, with dates."),
    row("members[].termination.services_already_ended", T::boolean, kRequired,
        "Whether services have ended before this request."),
    ATZ_PERIOD("members[].", "Days asked for this member, when they are not the home's."),
    row("members[].diagnoses", T::list, kRequired, "ICD-10-CM codes; the first is primary.", {},
        "receives_home_support"),
    row("members[].diagnoses[]", T::identifier, kOptional, "ICD-10-CM code, for example F84.0."),
    row("members[].services", T::list, kRequired, "Lines of the request.", {}, "receives_home_support"),
    row("members[].services[].code", T::identifier, kRequired, "Procedure code: T2016 for home support."),
    row("members[].services[].modifiers", T::list, kSingle, "Modifiers of the code, at most four."),
    row("members[].services[].modifiers[]", T::identifier, kOptional, "A modifier, two characters."),
    row("members[].services[].units", T::integer, kRequired, "Number of units; for T2016 the days of the period."),
    row("members[].services[].weekly_hours", T::decimal, kOptional, "Support hours a week, in quarter hours."),
    ATZ_PERIOD("members[].services[].", "Days of this line, when they are not the member's."),
    row("members[].services[].date", T::choice, kOptional,
        "submission for a line that begins and ends on the day of sending, as a termination's does.", "submission"),
    row("members[].services[].frequency", T::text, kOptional, "Frequency, when the payer asks for it."),
    row("members[].services[].rate", T::text, kOptional, "Rate, when the payer asks for it."),
    row("members[].plan", T::mapping, kOptional, "What the Home Support section of the person-centered plan says."),
    row("members[].plan.system", T::text, kOptional, "System in which the plan is kept, for example EIS."),
    row("members[].plan.location", T::mapping, kRequired, "Address for which the plan approves the service."),
    ATZ_ADDRESS("members[].plan.location", kRequired),
    row("members[].plan.weekly_hours", T::decimal, kRequired, "Support hours a week by the plan."),
    row("members[].plan.checked_on", T::date, kRequired,
        "Day on which somebody made sure that the section is accurate."),
    row("members[].plan.reviewed_on", T::date, kOptional, "Day of the plan's last yearly review."),
    row("members[].plan.other_services", T::list, kOptional,
        "Hours a week that the plan authorizes of other services, for example Community Support."),
    row("members[].plan.other_services[].code", T::identifier, kRequired, "Procedure code, for example T2021."),
    row("members[].plan.other_services[].weekly_hours", T::decimal, kRequired, "Hours a week."),
    row("members[].questionnaires", T::mapping, kOptional, "Answers, by questionnaire and by number of the question."),
    row("members[].questionnaires.*", T::answers, kOptional,
        "Answers by number of the question; a list where several may be chosen."),
    row("members[].routinely_out", T::choice, kOptional, "none for a member who is not routinely out of the home.",
        "none"),
    row("members[].min_ratio", T::text, kOptional, "Least staff for members by the plan: 1:2 is one for two."),
    row("members[].may_be_alone", T::list, kOptional, "Times at which the plan lets the member be alone at home."),
    ATZ_BLOCK("members[].may_be_alone[]"),
    row("members[].staffing", T::mapping, kOptional, "The member's own staffing pattern, instead of one for the home."),
    ATZ_STAFFING("members[].staffing"),
    ATZ_DOCUMENTS("members[]."),
    ATZ_IGNORE("members[]."),

    row("staffing", T::mapping, kOptional, "The typical week of the house: who works when, and who is out."),
    ATZ_STAFFING("staffing"),
    ATZ_DOCUMENTS(""),

    row("attest", T::mapping, kRequired, "Who accepts the pre-certification statement."),
    row("attest.precertification", T::boolean, kRequired, "True when the statement is accepted."),
    row("attest.by", T::text, kRequired, "Name of the person who accepts it."),
    row("attest.on", T::date, kRequired, "Day on which it was accepted."),
    ATZ_IGNORE(""),
};

// What a staffing file has at its top, beside the pattern itself.
constexpr FieldRow kStaffingFileRows[] = {
    row("atz", T::integer, kOptional, "Version of this file format: 1.", "^1$"),
    row("roster", T::list, kOptional, "Labels of everyone who lives in the house, to check the file by itself."),
    row("roster[]", T::label, kOptional, "Label of a member.", kLabel),
};

#undef ATZ_ADDRESS
#undef ATZ_BLOCK
#undef ATZ_STAFFING
#undef ATZ_DOCUMENTS
#undef ATZ_IGNORE
#undef ATZ_PERIOD

}  // namespace

std::span<const FieldRow> field_table() {
  return kRows;
}

const FieldRow* find_field(std::string_view path) {
  const Schema* place = home_tree().locate(path);
  return place == nullptr ? nullptr : place->row;
}

const Schema& home_tree() {
  static const Schema tree(field_table());
  return tree;
}

const Schema& staffing_file_tree() {
  static const Schema tree = [] {
    Schema made(kStaffingFileRows);
    for (const Schema& child : home_tree().child("staffing")->children) {
      if (child.key != "file") made.children.push_back(child);
    }
    return made;
  }();
  return tree;
}

}  // namespace atz::casefile
