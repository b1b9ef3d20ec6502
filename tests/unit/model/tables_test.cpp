#include "atz/model/tables.hpp"

#include <doctest/doctest.h>

#include "atz/model/case.hpp"
#include "atz/model/home.hpp"
#include "atz/model/profile.hpp"
#include "maple_street.hpp"

using namespace atz::model;

TEST_CASE("rows are found by their keys") {
  Tables tables;
  tables.diagnoses = {
      {"F70", "mild", false}, {"F71", "moderate", false}, {"F84", "header", true}, {"F84.0", "autistic", false}};
  tables.out_kinds = {{"school", "School", false, true, {}}};
  tables.contacts = {{"crt", "CRT", "207", ""}};
  Questionnaire questionnaire;
  questionnaire.name = "home-support";
  tables.questionnaires = {questionnaire};
  tables.document_types = {{"staffing-pattern", "Staffing Pattern", "77", ""}};
  tables.request_types = {{"service-notification", "Service Notification"}};
  tables.waivers = {{"section-21", "Section 21", {"T2016"}, 18}};
  CHECK(tables.diagnosis("F84.0")->text == "autistic");
  CHECK(tables.diagnosis("F84")->header);
  CHECK(tables.diagnosis("F84.1") == nullptr);
  CHECK(tables.diagnosis("A00") == nullptr);
  CHECK(tables.diagnosis("Z99") == nullptr);
  CHECK(tables.out_kind("school") == &tables.out_kinds[0]);
  CHECK(tables.out_kind("School") == nullptr);
  CHECK(tables.contact("crt")->name == "CRT");
  CHECK(tables.questionnaire("home-support") != nullptr);
  CHECK(tables.questionnaire("termination-request") == nullptr);
  CHECK(tables.document_type("staffing-pattern")->x12_755 == "77");
  CHECK(tables.request_type("service-notification") != nullptr);
  CHECK(tables.waiver("section-21")->min_age == 18);
}

TEST_CASE("words for statuses and deliveries are read back") {
  for (const char* word :
       {"draft", "ready", "unsubmitted", "submitted", "in_review", "info_requested", "approved", "partially_approved",
        "denied", "voided", "reconsideration", "appealed", "expired", "unknown"}) {
    CAPTURE(word);
    REQUIRE(case_status(word));
    CHECK(to_string(*case_status(word)) == word);
  }
  CHECK_FALSE(case_status("Approved"));
  for (const char* word : {"sending", "unknown", "refused", "accepted"})
    CHECK(to_string(delivery(word).value()) == word);
  CHECK_FALSE(delivery(""));
}

TEST_CASE("which statuses are final, and which need a person") {
  CHECK(is_decided(CaseStatus::approved));
  CHECK(is_decided(CaseStatus::voided));
  CHECK(is_decided(CaseStatus::expired));
  CHECK_FALSE(is_decided(CaseStatus::reconsideration));
  CHECK_FALSE(is_decided(CaseStatus::unknown));
  CHECK(needs_person(CaseStatus::denied));
  CHECK(needs_person(CaseStatus::info_requested));
  CHECK_FALSE(needs_person(CaseStatus::approved));
}

TEST_CASE("GN015: the expected day") {
  CHECK(expected_by(make_date(2026, 12, 7), false) == make_date(2026, 12, 14));
  CHECK(expected_by(make_date(2026, 12, 7), true) == make_date(2026, 12, 10));
}

TEST_CASE("the nearest period counts, and the nearest request kind") {
  Home home;
  Member member;
  Service service;
  home.period.present = true;
  CHECK(&home.period_of(member, service) == &home.period);
  member.period.present = true;
  CHECK(&home.period_of(member, service) == &member.period);
  service.period.present = true;
  CHECK(&home.period_of(member, service) == &service.period);

  CHECK(home.kind_of(member) == RequestKind::service_notification);
  home.request = atz::test::field(RequestKind::smi_termination);
  CHECK(home.kind_of(member) == RequestKind::smi_termination);
  member.request = atz::test::field(RequestKind::service_notification_extension);
  CHECK(home.kind_of(member) == RequestKind::service_notification_extension);
}

TEST_CASE("the built-in payer") {
  const PayerProfile profile = sandbox_profile();
  CHECK(profile.name == "sandbox");
  CHECK(profile.embedded);
  CHECK_FALSE(profile.live);
  CHECK(profile.replay_safe);
  CHECK(profile.min_inquiry_interval_seconds == 0);
  CHECK(profile.auth.mode == AuthMode::client_secret_basic);
}
