// Medical Add-Ons: the example, and what its order, its days and its planning team may be.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

std::string add_on() {
  return example("maple-street-add-on.yaml");
}

Run on(const char* day, const char* config = "") {
  Run options;
  options.as_of = day;
  options.config = config;
  return options;
}

// The add-on with an order of that day, in the questionnaire as well.
std::string ordered_on(const std::string& day) {
  return edit_all(edit_all(add_on(), "8: 2026-12-15", "8: " + day), "signed_on: 2026-12-15", "signed_on: " + day);
}

TEST_CASE("MA: the example on the last day that is possible, and a day later") {
  CHECK(run(add_on(), on("2027-01-11")).rules() == "");
  const auto old_order = ordered_on("2026-10-12");
  CHECK(run(old_order, on("2027-01-11")).rules() == "MA006");
  CHECK(run(old_order, on("2027-01-12")).rules() == "MA005");
}

TEST_CASE("MA005 and MA006: the age of an order, with a short month in between") {
  const std::string text = ordered_on("2026-11-30");
  const std::string later = edit(text, "on: 2026-12-31}", "on: 2027-02-20}");
  const auto without_window = [&](const char* day) { return run(later, on(day)); };
  CHECK(without_window("2027-02-20").count("MA006") == 0);  // eight days are left
  CHECK(without_window("2027-02-21").count("MA006") == 1);
  CHECK(without_window("2027-02-27").count("MA005") == 0);
  CHECK(without_window("2027-02-28").count("MA005") == 1);
  CHECK(run(ordered_on("2027-01-12"), on("2027-01-11")).count("MA005") == 1);
  CHECK(run(ordered_on("2027-01-11"), on("2027-01-11")).rules() == "");
}

TEST_CASE("MA: what fails") {
  const auto base = add_on();
  const Run day = on("2027-01-11");
  check_rows({
      {"MA001", edit(base, "code: T2016SC", "code: T2016, modifiers: TG"), "TG", "", day},
      {"MA002", edit(base, "    case: 900000203", "    # case"), "T2016SC", "", day},
      {"MA003", edit(base, "type: physician-order", "type: clinical-documentation"), "order:", "", day},
      {"MA004", edit(base, "credential: MD", "credential: NP"), "credential: NP", "", day},
      {"MA004", edit(base, "credential: MD", "credential: RN"), "credential: RN", "", day},
      {"MA004", edit(base, "      credential: MD", "      # MD"), "order:", "", day},
      {"MA005", edit(base, "      signed_on: 2026-12-15", "      # signed"), "order:", "", day},
      {"MA007", edit(base, "condition: Dysphagia with suctioning need.", "condition:"), "order:", "", day},
      {"MA007", edit(base, "procedures: Oral suctioning.", "procedures:"), "order:", "", day},
      {"MA007", edit(base, "frequency: {times: 6, per: day}", "frequency: {times: 0, per: day}"), "order:", "", day},
      {"MA007", edit(base, "frequency: {times: 6, per: day}", "frequency: {times: 6}"), "order:", "", day},
      {"MA007", cut(base, "    order:", "    planning_team:"), "label: C", "", day},
      {"MA008", edit(base, "span: indefinite", "span: "), "span", "", day},
      {"MA008", edit(base, "span: indefinite", "span: as long as needed"), "as long as needed", "", day},
      {"MA009", edit(base, "met_on: 2026-12-15", "met_on: 2027-01-12", "planning_team"), "2027-01-12", "QN009", day},
      {"MA009", edit(base, "members: [member, guardian, case manager, provider]", "members: []"), "planning_team", "",
       day},
      {"MA010", edit(edit(base, "end: 2028-01-31}", "end: 2028-02-01}"), "units: 365", "units: 366"), "2028-02-01",
       "MA012", day},
      {"MA013", edit(base, "weekly_hours: 10.5", "weekly_hours: 168.25"), "168.25", "QN009", day},
      {"MA013", edit(base, ", weekly_hours: 10.5", ""), "T2016SC", "", day},
      {"MA013", edit(base, "weekly_hours: 10.5", "weekly_hours: 10.6"), "10.6", "QN009", day},
      {"MA018", cut(base, "    questionnaires:", "attest:"), "label: C", "", day},
  });
  check_passes({
      {"MA004", edit(base, "credential: MD", "credential: P.A.-C"), day},
      {"MA004", edit(base, "credential: MD", "credential: NP"),
       on("2027-01-11", "settings: {order-credentials: [NP]}\n")},
      {"MA013", edit(base, "weekly_hours: 10.5", "weekly_hours: 168"), day},
      {"MA010", base, day},
  });
}

TEST_CASE("MA011: an order's time span in words and as a day") {
  const auto spanning = [](const char* span) {
    return run(edit(ordered_on("2027-01-11"), "span: indefinite", std::string("span: ") + span), on("2027-01-11"));
  };
  CHECK(spanning("2028-01-31").count("MA011") == 0);
  CHECK(spanning("2028-01-30").count("MA011") == 1);
  CHECK(spanning("13 months").count("MA011") == 0);
  CHECK(spanning("1 year").count("MA011") == 1);  // ends on 2028-01-10
  CHECK(spanning("386 days").count("MA011") == 0);
  CHECK(spanning("385 days").count("MA011") == 1);
  CHECK(spanning("60 weeks").count("MA011") == 0);
}

TEST_CASE("MA012: both lines in one request") {
  std::string text = add_on();
  text = edit(text, "    services:\n",
              "    services:\n      - {code: T2016, units: 364, weekly_hours: 95.5, period: {start: 2027-02-02, end: "
              "2028-01-31}}\n");
  const auto result = run(text, on("2027-01-11"));
  REQUIRE(result.count("MA012") == 1);
  CHECK(result.line(result.of("MA012")).find("period: {start: 2027-02-01") != std::string::npos);
}

TEST_CASE("MA014, MA015 and MA016: renewal and change of a running add-on") {
  const auto running = [](const char* end, const char* former = "2026-01-05") {
    return edit(edit(ordered_on("2026-12-15"), "    planning_team:",
                     std::string("    running_add_on: {end: ") + end + ", order_signed_on: " + former +
                         "}\n    planning_team:"),
                "12: first", "12: renewal");
  };
  CHECK(run(running("2027-01-31"), on("2027-01-11")).rules() == "");
  CHECK(run(running("2027-01-31"), on("2027-01-01")).count("MA014") == 0);
  CHECK(run(running("2027-01-31"), on("2026-12-31")).count("MA014") == 1);
  CHECK(run(running("2027-01-31"), on("2027-01-26")).count("MA015") == 0);
  CHECK(run(running("2027-01-31"), on("2027-01-27")).count("MA015") == 1);
  const auto change = [&](const char* former) {
    return run(edit(running("2027-06-30", former), "12: renewal", "12: change\n        12.3.1: More often."),
               on("2027-01-11"));
  };
  CHECK(change("2026-12-14").rules() == "");
  CHECK(change("2026-12-15").rules() == "MA016");
  CHECK(change("").rules() == "MA016");
}

TEST_CASE("MA019 and MA020 act where their settings say so") {
  CHECK(run(ordered_on("2026-12-15"), on("2027-01-11", "settings: {mao-needs-whole-house: yes}\n")).rules() == "MA019");
  const auto both = edit(ordered_on("2026-12-15"), "    services:\n",
                         "    services:\n      - {code: T2016, units: 365, weekly_hours: 10.25}\n");
  CHECK(run(both, on("2027-01-11", "settings: {mao-hours-are: subset}\n")).count("MA020") == 1);
  CHECK(run(both, on("2027-01-11")).count("MA020") == 0);
}

}  // namespace
}  // namespace atz::rules::testing
