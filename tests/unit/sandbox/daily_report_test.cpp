#include "atz/base/text.hpp"
#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

constexpr const char* kPath = "/fhir/$daily-authorization-report";

std::vector<std::string> rows(Caller& caller, const std::string& day) {
  const auto result = caller.get(std::string(kPath) + "?date=" + day);
  REQUIRE(result);
  REQUIRE_MESSAGE(result->status == 200, result->body);
  CHECK(is_fhir(result));
  const auto csv = fhir::read_binary(result->body);
  REQUIRE(csv);
  auto lines = split(*csv, '\n');
  REQUIRE(lines.back().empty());
  lines.pop_back();
  for (auto& line : lines) {
    CHECK(line.back() == '\r');
    line.pop_back();
  }
  return lines;
}

}  // namespace

TEST_CASE("the report shows what changed on a day of Maine, in the columns that are agreed") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  world.clock.set(at("2026-12-07T23:59:59"));
  caller.sign_in();
  caller.send_all(fhir::OuterKind::transaction, requests());
  world.clock.set(at("2026-12-08T00:00:00"));
  caller.sign_in();
  REQUIRE(partially_approve(*world.desk(), "900000101", model::Hours{240}, "so, \"shared\"").has_value());
  const auto first = rows(caller, "2026-12-07");
  REQUIRE(first.size() == 4);
  CHECK(first[0] ==
        "report_date,case_id,reference_id,authorization_no,member_id,member_name,provider_npi3,location,service_type,"
        "request_type,code,modifiers,units_requested,units_approved,weekly_hours_requested,weekly_hours_approved,"
        "start_requested,end_requested,start_approved,end_approved,previous_status,status,status_changed_at,"
        "determination_reason,action_needed,action_due,submitted_at");
  CHECK(
      first[1].starts_with("2026-12-07,900000101,maple-street-20261207-k3m9q-A-L1,,99000001A,\"Sampleton, Testa\","
                           "2000000002001,"));
  CHECK(first[1].find(",T2016,,365,,67.75,,2027-01-04,2028-01-03,,,submitted,in_review,2026-12-07T23:59:59-05:00,") !=
        std::string::npos);
  const auto second = rows(caller, "2026-12-08");
  REQUIRE(second.size() == 2);
  CHECK(
      second[1].find(",365,365,67.75,60.00,2027-01-04,2028-01-03,2027-01-04,2028-01-03,in_review,partially_approved,"
                     "2026-12-08T00:00:00-05:00,\"60.00 instead of 67.75 hours a week. Rationale: so, \"\"shared\"\"\","
                     "Read the reason,,2026-12-07T23:59:59-05:00") != std::string::npos);
  CHECK(rows(caller, "2026-12-09").size() == 1);
}

TEST_CASE("the report is for users with the Reports right") {
  World world;
  ServerOptions options;
  options.reports = false;
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto refused = caller.get(std::string(kPath) + "?date=2026-12-07");
  REQUIRE(refused);
  CHECK(refused->status == 403);
  CHECK(issues_of(refused).front().code == "forbidden");
  CHECK(issues_of(refused).front().text.find("Reports right") != std::string::npos);
  options.requires_sign_in = false;
  const auto open = world.serve(options);
  CHECK(anonymous(*open).Get(std::string(kPath) + "?date=2026-12-07")->status == 403);
}

TEST_CASE("the report is asked for by one real day") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  for (const char* query : {"", "?date=", "?date=2026-13-01", "?date=2026-12-07&x=1", "?day=2026-12-07"}) {
    CHECK_MESSAGE(caller.get(kPath + std::string(query))->status == 400, query);
  }
  CHECK(anonymous(*server).Get(std::string(kPath) + "?date=2026-12-07")->status == 401);
}

}  // namespace atz::sandbox::test
