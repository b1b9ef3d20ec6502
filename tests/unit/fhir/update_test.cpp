// Extensions and add-ons as updates of the Claim, and as new Claims that name the case.
#include <doctest/doctest.h>

#include "fhir/json.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;
using model::ExtensionReason;
using model::make_date;

namespace {

Json parsed(const std::string& bytes) {
  return *parse_json(bytes);
}

// The resource of the entry with that fullUrl, as bytes; "" when there is none.
std::string entry(const std::string& bundle, const std::string& url) {
  const Json json = parsed(bundle);
  for (const auto& one : json.at("entry")) {
    if (one.at("fullUrl") == url) return to_bytes(one.at("resource"));
  }
  return {};
}

std::vector<std::string> changes(const ReceivedRequest& request) {
  std::vector<std::string> out;
  for (const auto& line : request.lines) out.push_back(line.change);
  for (const auto& message : request.messages) out.push_back(message.change);
  for (const auto& document : request.documents) out.push_back(document.change);
  for (const auto& questionnaire : request.questionnaires) out.push_back(questionnaire.change);
  return out;
}

std::string all_messages(const ReceivedRequest& request, const std::string& change) {
  std::string out;
  for (const auto& message : request.messages) out += message.change == change ? message.text + "\n" : "";
  return out;
}

}  // namespace

TEST_CASE("a continuation adds a line and leaves all else as it was") {
  const Fixture first;
  const std::string before = first.bytes();
  const auto old = strictly(before);
  const Extension later;
  const auto request = later.sent(before);
  const auto got = strictly(request.bytes);

  CHECK(got.is_update);
  CHECK(got.prior_identifier == old.claim_identifier);
  CHECK(got.prior_system == old.claim_system);
  CHECK(got.related_case == "900000101");
  CHECK_FALSE(got.cancels_all);
  CHECK(got.claim_identifier == "maple-street-20271215-c0ffe-A");
  CHECK(got.request_kind == "service-notification-extension");
  CHECK(got.patient_url == old.patient_url);
  CHECK(got.insurer_url == old.insurer_url);
  CHECK(got.provider_url == old.provider_url);
  CHECK(got.member_id == old.member_id);
  CHECK(got.diagnoses == old.diagnoses);

  REQUIRE(got.lines.size() == 2);
  CHECK(got.lines[0].sequence == 1);
  CHECK(got.lines[0].trace == old.lines[0].trace);
  CHECK(got.lines[0].period == old.lines[0].period);
  CHECK(got.lines[0].weekly_hours == old.lines[0].weekly_hours);
  CHECK(got.lines[0].certification_type == "I");
  CHECK(got.lines[0].change.empty());
  CHECK(got.lines[0].administration_reference.empty());
  const auto& line = got.lines[1];
  CHECK(line.sequence == 2);
  CHECK(line.trace == "maple-street-20271215-c0ffe-A-L2");
  CHECK(line.certification_type == "4");
  CHECK(line.change == "added");
  CHECK(line.administration_reference == "900000101");
  CHECK(line.authorization_number == "PA7700451");
  CHECK(line.period == model::DateSpan{make_date(2028, 1, 4), make_date(2029, 1, 3)});
  CHECK(line.quantity == 366);
  CHECK(line.quantity_unit == "DY");
  CHECK(line.weekly_hours == old.lines[0].weekly_hours);
  CHECK_FALSE(line.cancelled);

  REQUIRE(request.lines.size() == 1);
  CHECK(request.lines[0].sequence == 2);
  CHECK(request.lines[0].trace == line.trace);
  CHECK(request.lines[0].code == "T2016");

  CHECK(all_messages(got, "added").find("Service Notification Extension, case 900000101, reason continue.") == 0);
  CHECK(all_messages(got, "") == all_messages(old, ""));
  REQUIRE(got.documents.size() == 3);
  CHECK(got.documents[0].change.empty());
  CHECK(got.documents[2].change == "added");
  CHECK(got.documents[2].title == "staffing-pattern-2.pdf");
  CHECK(got.questionnaires.size() == 6);

  // Everything that the first Claim refers to is there, byte for byte.
  const Json first_bundle = parsed(before);
  for (const auto& one : first_bundle.at("entry")) {
    const auto url = one.at("fullUrl").get<std::string>();
    CHECK(entry(request.bytes, url) == to_bytes(one.at("resource")));
  }
  const Json bundle = parsed(request.bytes);
  CHECK(bundle.at("entry").at(1).at("resource").at("resourceType") == "Patient");
  CHECK(bundle.at("entry").at(2).at("resource").at("resourceType") == "Coverage");
  const Json claim = bundle.at("entry").at(0).at("resource");
  CHECK(claim.at("related").at(0).at("claim").at("reference") == old.claim_url);
  CHECK(claim.at("related").at(0).at("relationship").at("coding").at(0).at("code") == "prior");
  const Json numbers = claim.at("item").at(1).at("informationSequence");
  for (const auto& number : numbers) {
    const Json info = claim.at("supportingInfo").at(number.get<std::size_t>() - 1);
    CHECK(to_bytes(info).find("\"added\"") != std::string::npos);
    CHECK(info.contains("valueReference"));
  }
  CHECK(numbers.size() == 4);  // the new pattern, its answers, the plan and the questionnaire
  CHECK(later.sent(before).bytes == request.bytes);
}

TEST_CASE("the grandparent stays out, and its update can still be updated") {
  const std::string first = Fixture().bytes();
  Extension second;
  const std::string middle = second.sent(first).bytes;
  Extension third(ExtensionReason::change);
  third.batch = "maple-street-20280301-d0d0d";
  third.home.period.start = field(make_date(2028, 3, 1));
  third.home.period.end = field(make_date(2029, 1, 3));
  third.home.members[0].services[0].units = field(std::int64_t{309});
  third.profile.update_relationship = "replaces";
  const auto request = third.sent(middle);
  const auto got = strictly(request.bytes);
  CHECK(entry(request.bytes, strictly(middle).claim_url) == entry(middle, strictly(middle).claim_url));
  CHECK(entry(request.bytes, strictly(first).claim_url).empty());
  CHECK(got.prior_identifier == "maple-street-20271215-c0ffe-A");
  REQUIRE(got.lines.size() == 3);
  CHECK(got.lines[1].change.empty());
  CHECK(got.lines[1].certification_type == "4");
  CHECK(got.lines[2].certification_type == "S");
  CHECK(got.lines[2].change == "added");
  CHECK(got.documents[2].change.empty());
  CHECK(got.documents[3].change == "added");
  CHECK(all_messages(got, "added").find("reason change. Why, new seizure risk.") != std::string::npos);
}

TEST_CASE("the running line is extended in place for payers that want it") {
  Extension later;
  later.profile.update_style = model::UpdateStyle::in_place;
  const auto request = later.sent(Fixture().bytes());
  const auto got = strictly(request.bytes);
  REQUIRE(got.lines.size() == 1);
  const auto& line = got.lines[0];
  CHECK(line.change == "changed");
  CHECK(line.certification_type == "4");
  CHECK(line.administration_reference == "900000101");
  CHECK(line.authorization_number == "PA7700451");
  CHECK(line.period == model::DateSpan{make_date(2027, 1, 4), make_date(2029, 1, 3)});
  CHECK(line.quantity == 731);
  REQUIRE(request.lines.size() == 1);
  CHECK(request.lines[0].sequence == 1);
  CHECK(request.lines[0].trace == line.trace);

  SUBCASE("an add-on is a line of its own all the same") {
    Extension add_on(ExtensionReason::add_on);
    add_on.profile.update_style = model::UpdateStyle::in_place;
    CHECK(strictly(add_on.sent(Fixture().bytes()).bytes).lines.size() == 2);
  }
  SUBCASE("without such a line one is added") {
    later.home.members[0].services[0].code = field("T2017");
    CHECK(strictly(later.sent(Fixture().bytes()).bytes).lines.size() == 2);
  }
}

TEST_CASE("an add-on is new, renewed or changed") {
  struct Row {
    std::optional<model::Date> running;
    const char* type;
  };
  for (const auto& row : {Row{std::nullopt, "I"}, Row{make_date(2028, 1, 3), "R"}, Row{make_date(2028, 1, 4), "S"},
                          Row{make_date(2028, 6, 30), "S"}}) {
    Extension later(ExtensionReason::add_on);
    auto& running = later.home.members[0].running_add_on;
    running.present = row.running.has_value();
    if (row.running) running.end = field(*row.running);
    for (const std::string& prior : {Fixture().bytes(), std::string()}) {
      const auto got = strictly(later.sent(prior).bytes);
      const auto& line = got.lines.back();
      CHECK(line.certification_type == row.type);
      CHECK(line.modifiers == std::vector<std::string>{"SC"});
      CHECK(line.weekly_hours == model::Hours{42});
      CHECK(line.administration_reference == "900000101");
    }
  }
  CHECK(all_messages(strictly(Extension(ExtensionReason::add_on).sent(Fixture().bytes()).bytes), "added")
            .find("reason medical add-on") != std::string::npos);
}

TEST_CASE("an add-on beside the regular hours has no number of theirs") {
  Extension later;
  auto add_on = later.home.members[0].services[0];
  add_on.modifiers = {field("SC")};
  later.home.members[0].services.push_back(add_on);
  const auto request = later.sent(Fixture().bytes());
  const auto got = strictly(request.bytes);
  REQUIRE(got.lines.size() == 3);
  CHECK(got.lines[1].certification_type == "4");
  CHECK(got.lines[1].authorization_number == "PA7700451");
  CHECK(got.lines[2].certification_type == "I");
  CHECK(got.lines[2].authorization_number.empty());
  CHECK(got.lines[2].administration_reference == "900000101");
  REQUIRE(request.lines.size() == 2);
  CHECK(request.lines[1].sequence == 3);
  CHECK(request.lines[1].code == "T2016 SC");
}

TEST_CASE("a case that others made: a new Claim that names it") {
  for (const auto& [reason, type] :
       {std::pair(ExtensionReason::continuation, "4"), std::pair(ExtensionReason::change, "S")}) {
    const auto request = Extension(reason).sent("");
    const auto got = strictly(request.bytes);
    CHECK_FALSE(got.is_update);
    REQUIRE(got.lines.size() == 1);
    CHECK(got.lines[0].sequence == 1);
    CHECK(got.lines[0].certification_type == type);
    CHECK(got.lines[0].administration_reference == "900000101");
    CHECK(got.lines[0].authorization_number == "PA7700451");
    for (const auto& change : changes(got)) CHECK(change.empty());
    CHECK(request.lines.at(0).trace == "maple-street-20271215-c0ffe-A-L1");
  }
  Extension unknown;
  unknown.authorization_number.clear();
  CHECK(strictly(unknown.sent("").bytes).lines[0].authorization_number.empty());
}

TEST_CASE("fewer diagnoses than before: earlier lines keep theirs") {
  Fixture first;
  first.home.members[0].diagnoses.push_back(field("G40.909"));
  Extension later;
  later.home.members[0].diagnoses = {field("F84.0")};
  const auto got = strictly(later.sent(first.bytes()).bytes);
  CHECK(got.diagnoses == std::vector<std::string>{"F84.0", "F84.0", "G40.909"});
}

TEST_CASE("what an update must keep and mark is checked") {
  const std::string good = Extension().sent(Fixture().bytes()).bytes;
  const auto status = [](const std::string& bytes) {
    const auto result = read_submit(bytes, false);
    const auto* fault = std::get_if<Fault>(&result);
    return fault == nullptr ? 0 : fault->http_status;
  };
  REQUIRE(status(good) == 0);
  const auto changed = [&](const auto& change) {
    Json bundle = parsed(good);
    change(bundle, bundle["entry"][0]["resource"]);
    return to_bytes(bundle);
  };
  const auto broken = [&](const char* what, const auto& change) {
    CAPTURE(what);
    CHECK(status(changed(change)) == 422);
  };
  broken("no prior Claim", [](Json& bundle, Json&) {
    auto& entries = bundle["entry"];
    for (auto it = entries.begin() + 1; it != entries.end(); ++it) {
      if ((*it)["resource"]["resourceType"] != "Claim") continue;
      entries.erase(it);
      break;
    }
  });
  broken("no related", [](Json&, Json& claim) { claim.erase("related"); });
  broken("two related", [](Json&, Json& claim) { claim["related"].push_back(claim["related"][0]); });
  broken("relationship",
         [](Json&, Json& claim) { claim["related"][0]["relationship"]["coding"][0]["code"] = "associated"; });
  broken("profile of a new request", [](Json&, Json& claim) {
    claim["meta"]["profile"][0] = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claim";
  });
  broken("an item is gone", [](Json&, Json& claim) { claim["item"].erase(claim["item"].begin()); });
  broken("an info is gone", [](Json&, Json& claim) { claim["supportingInfo"].erase(claim["supportingInfo"].begin()); });
  broken("a number is used again", [](Json&, Json& claim) { claim["item"][1]["sequence"] = 1; });
  broken("an unmarked change", [](Json&, Json& claim) { claim["item"][0]["quantity"]["value"] = 364; });
  broken("a mark without a change", [](Json&, Json& claim) {
    Json mark = Json::object();
    mark["url"] = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-infoChanged";
    mark["valueCode"] = "changed";
    claim["item"][0]["extension"].push_back(mark);
  });
  broken("cancelled without type 3", [](Json&, Json& claim) {
    Json modifier = Json::object();
    modifier["url"] = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/modifierextension-infoCancelled";
    modifier["valueBoolean"] = true;
    claim["item"][1]["modifierExtension"] = Json::array({modifier});
  });
  broken("the whole withdrawn, but not its lines", [](Json&, Json& claim) {
    Json kind = Json::object();
    kind["url"] = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-certificationType";
    kind["valueCodeableConcept"]["coding"][0] = {{"system", "https://codesystem.x12.org/005010/1322"}, {"code", "3"}};
    claim["extension"].push_back(kind);
  });
  broken("no mark at all", [](Json&, Json& claim) {
    std::string text = to_bytes(claim);
    const std::string mark =
        R"({"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-infoChanged","valueCode":"added"})";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.replace(at, mark.size(), R"({"url":"https://x.example","valueCode":"none"})");
    claim = parsed(text);
  });
  broken("a mark on a first request", [](Json& bundle, Json& claim) {
    claim.erase("related");
    claim["meta"]["profile"][0] = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claim";
    auto& entries = bundle["entry"];
    for (auto it = entries.begin() + 1; it != entries.end(); ++it) {
      if ((*it)["resource"]["resourceType"] != "Claim") continue;
      entries.erase(it);
      break;
    }
  });
  const auto order = changed([](Json&, Json& claim) {
    Json item = Json::object();
    for (auto it = claim["item"][0].rbegin(); it != claim["item"][0].rend(); ++it) item[it.key()] = it.value();
    claim["item"][0] = item;
  });
  CHECK(status(order) == 0);  // the order of members means nothing
  for (const bool tolerant : {true, false}) {
    const auto lone = changed([](Json& bundle, Json&) { bundle["entry"].erase(bundle["entry"].end() - 1); });
    CHECK(std::holds_alternative<Fault>(read_submit(lone, tolerant)));
  }
}

TEST_CASE("leave to end a service is a new Claim that says so") {
  const Termination later;
  const auto request = build_submit(later.input());
  const auto got = strictly(request.bytes);
  CHECK_FALSE(got.is_update);
  CHECK(got.request_kind == "smi-termination");
  CHECK(got.location.empty());
  CHECK(got.home_name.empty());
  CHECK(got.phone == "207-555-0177");
  CHECK(got.discharge_on == make_date(2026, 12, 24));
  REQUIRE(got.messages.size() == 1);
  CHECK(got.messages[0].text.find("SMI TERMINATION REQUEST - asks leave to END a service; no service is requested. "
                                  "Service H2015, planned last day 2026-12-24, notice given 2026-11-24.") == 0);
  REQUIRE(got.lines.size() == 1);
  const auto& line = got.lines[0];
  CHECK(line.code == "H2015");
  CHECK(line.certification_type == "I");
  CHECK(line.quantity == 1);
  CHECK(line.quantity_unit == "FL");
  CHECK(line.program_code == "140");
  CHECK(line.period == model::DateSpan{make_date(2026, 12, 1), make_date(2026, 12, 1)});
  CHECK_FALSE(line.weekly_hours.has_value());
  CHECK(line.authorization_number.empty());
  REQUIRE(got.documents.size() == 1);
  CHECK(got.documents[0].title == "notice-0001.pdf");
  const Json claim = parsed(request.bytes).at("entry").at(0).at("resource");
  CHECK_FALSE(claim.contains("careTeam"));
  const Json item = claim.at("item").at(0);
  CHECK_FALSE(item.contains("careTeamSequence"));
  CHECK(item.at("category").at("coding").at(0).at("code") == "MH");
  CHECK(item.at("locationCodeableConcept").at("coding").at(0).at("code") == "12");
  CHECK(item.at("informationSequence") == Json::array({2, 3}));

  SUBCASE("the number of the running authorization goes with it, its case does not") {
    const PriorRequest running{"900000777", "PA-OLD", Fixture().bytes()};
    auto input = later.input();
    input.prior = &running;
    const auto named = strictly(build_submit(input).bytes);
    CHECK_FALSE(named.is_update);
    CHECK(named.lines[0].authorization_number == "PA-OLD");
    CHECK(named.lines[0].administration_reference.empty());
  }
  SUBCASE("service types by program or by words; without a number the program stands for it") {
    for (const char* text : {"section-17", "Community Support", "140 - Community support"}) {
      Termination named;
      named.home.members[0].service_type = field(text);
      CHECK(strictly(build_submit(named.input()).bytes).lines[0].program_code == "140");
    }
    Termination unnumbered;
    unnumbered.home.members[0].service_type = field("section-21");
    CHECK(strictly(build_submit(unnumbered.input()).bytes).lines[0].program_code == "section-21");
  }
  SUBCASE("an interruption, with a home and a guardian") {
    Termination interrupted;
    interrupted.home.house = Fixture().home.house;
    interrupted.home.members[0].phone = {};
    interrupted.home.members[0].guardian = Fixture().home.members[1].guardian;
    interrupted.home.members[0].guardian.phone = field("207-555-0199");
    interrupted.home.members[0].termination.action = field("interrupt");
    interrupted.home.members[0].termination.return_on = field(make_date(2027, 2, 1));
    const auto received = strictly(build_submit(interrupted.input()).bytes);
    CHECK(received.home_name == "Maple Street");
    CHECK(received.phone.empty());
    REQUIRE_FALSE(received.contacts.empty());
    CHECK(received.contacts[0].phone == "207-555-0199");
    CHECK(received.messages[0].text.find("to be taken up again on 2027-02-01") != std::string::npos);
  }
}
