// Ending a service of a member with serious mental illness.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

std::string termination() {
  return example("lantern-termination.yaml");
}

Run on(const char* day) {
  Run options;
  options.as_of = day;
  return options;
}

TEST_CASE("ST: the example has no finding on its day") {
  CHECK(run(termination(), on("2026-12-01")).rules() == "");
}

TEST_CASE("ST: what fails") {
  const auto base = termination();
  const Run day = on("2026-12-01");
  const char* line = "{code: H2015, units: 1, date: submission}";
  check_rows({
      {"ST002", edit(base, "service_type: 140", "service_type: 999"), "999", "", day},
      {"ST002", edit(base, "service_type: 140", "service_type: section-21"), "section-21", "", day},
      {"ST002", edit(base, "    service_type: 140", "    # 140"), "services:", "", day},
      {"ST003",
       edit(maple_street(), "    gender: male",
            "    gender: male\n    termination: {action: terminate, last_day: 2027-01-31, services_already_ended: no}"),
       "termination:"},
      {"ST004", edit(base, std::string("      - ") + line + "    # one unit, on the day of sending\n", ""),
       "services:", "", day},
      {"ST005", edit(base, "code: H2015", "code: H0004"), "H0004", "", day},
      {"ST006", edit(base, line, "{code: H2015, units: 1, period: {start: 2026-12-01, end: 2026-12-24}}"), "2026-12-24",
       "", day},
      {"ST006", edit(base, line, "{code: H2015, units: 1, period: {start: 2026-11-30, end: 2026-12-01}}"), "2026-11-30",
       "", day},
      {"ST007", edit(base, "units: 1,", "units: 30,"), "units: 30", "", day},
      {"ST008", edit(base, "    diagnoses: [F20.0]\n", ""), "label: J", "", day},
      {"ST009", edit(base, "[F20.0]", "[F84.0, F20.0]"), "F84.0", "", day},
      {"ST009", edit(base, "[F20.0]", "[F10.20]"), "F10.20", "ID014", day},
      {"ST010", edit(base, ", file: documents/notice-0001.pdf", ""), "notice:", "", day},
      {"ST011", edit(base, "given_on: 2026-11-24, ", ""), "notice:", "", day},
      {"ST012", edit_all(base, "2026-12-24", "2026-12-23"), "last_day: 2026-12-23", "", day},
      {"ST012", edit(base, "last_day: 2026-12-24", "last_day:"), "last_day:", "", day},
      {"ST013",
       edit(edit(base, "imminent_harm: no", "imminent_harm: yes"), "        7: No",
            "        7: Yes\n        7.1.1: Threats."),
       "imminent_harm: yes", "", day},
      {"ST014", cut(base, "    questionnaires:", "attest:"), "label: J", "", day},
      {"ST017", edit(base, "meets_smi: yes", "meets_smi: no"), "meets_smi: no", "", day},
      {"ST017", edit(base, "    meets_smi: yes", "    # yes"), "label: J", "", day},
      {"ST018", edit(base, "8: A list of three other agencies was sent.", "8: None."), "8: None.", "", day},
      {"ST019", edit(base, "services_already_ended: no", "services_already_ended: yes"), "ended: yes", "", day},
      {"ST020", edit(base, "    phone: 207-555-0177", "    # none"), "label: J", "", day},
      {"ST023", edit(base, "action: terminate", "action: interrupt"), "action: interrupt", "QN009", day},
      {"QN002", edit(base, "        2.2.1: Three letters and five calls without contact.\n", ""), "termination-request",
       "", day},
      {"GN005", edit(base, "request: smi-termination", "request: smi-termination\ntype: Inpatient"), "Inpatient", "",
       day},
  });
  check_passes({
      {"ST002", edit(base, "service_type: 140", "service_type: 140 - Section 17 Community Support Services"), day},
      {"ST009", edit(base, "[F20.0]", "[F20.0, F84.0]"), day},
      {"ST009", edit(base, "[F20.0]", "[F33.2]"), day},
      {"ST009", edit(base, "[F20.0]", "[F60.3]"), day},
      {"ST020",
       edit(edit(base, "    phone: 207-555-0177", "    # none"), "guardian: none",
            "guardian: {name: G. Guardian Example, phone: 207-555-0150}"),
       day},
  });
}

TEST_CASE("ST011, ST012 and ST013: notice and last day") {
  const auto noticed = [](const char* day) { return edit_all(termination(), "2026-11-24", day); };
  CHECK(run(edit_all(noticed("2026-12-01"), "2026-12-24", "2026-12-31"), on("2026-12-01")).rules() == "");
  CHECK(run(edit_all(noticed("2026-12-02"), "2026-12-24", "2027-01-01"), on("2026-12-01")).rules() == "ST011");
  const auto harm = edit(edit(edit_all(termination(), "2026-12-24", "2026-12-10"), "imminent_harm: no",
                              "imminent_harm: yes\n      imminent_harm_reason: Threats on 3 and 5 November."),
                         "        7: No", "        7: Yes\n        7.1.1: Threats on 3 and 5 November.");
  const auto result = run(harm, on("2026-12-01"));
  CHECK(result.rules() == "ST012");
  CHECK(result.of("ST012").severity == diag::Severity::warning);
}

TEST_CASE("ST016: eighteen on the day of sending") {
  const auto born = [](const char* day) { return run(edit(termination(), "1990-05-17", day), on("2026-12-01")); };
  CHECK(born("2008-12-01").rules() == "");
  CHECK(born("2008-12-02").rules() == "ST016");
  CHECK(run(edit(termination(), "born: 1990-05-17", "born: 2008-12-02\n    emancipated: yes"), on("2026-12-01"))
            .rules() == "");
}

TEST_CASE("ST022: terminations stay apart from Home Support") {
  const auto mixed = edit(maple_street(), "label: B", "label: B\n    request: smi-termination");
  CHECK(run(mixed).count("ST022") == 1);
}

TEST_CASE("ST024: one procedure") {
  const auto two = edit(termination(), "    notice:", "      - {code: H0040, units: 1, date: submission}\n    notice:");
  CHECK(run(two, on("2026-12-01")).rules() == "ST024");
}

}  // namespace
}  // namespace atz::rules::testing
