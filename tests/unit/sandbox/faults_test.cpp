#include "sandbox/faults.hpp"

#include <thread>

#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {

using Kind = Fault::Kind;

TEST_CASE("faults are read from the command line") {
  const auto drop = parse_fault("drop-after");
  REQUIRE(drop);
  CHECK(drop->kind == Kind::drop_after);
  CHECK(drop->times == 1);
  CHECK(parse_fault("delay:3")->seconds == 3);
  const auto throttle = parse_fault("throttle:2*3");
  REQUIRE(throttle);
  CHECK(throttle->kind == Kind::throttle);
  CHECK(throttle->seconds == 2);
  CHECK(throttle->times == 3);
  CHECK(parse_fault("truncate*0@$submit")->path == "$submit");
  CHECK(parse_fault("unavailable")->seconds == 1);
  for (const auto name : fault_names()) CHECK(parse_fault(name).has_value());
  for (const char* wrong : {"", "none", "drop", "delay:", "delay:x", "delay:-1", "delay:3601", "drop-after:2", "html*",
                            "html*two", "html@", "Delay"}) {
    CHECK_MESSAGE(!parse_fault(wrong), wrong);
  }
}

TEST_CASE("a fault is due as often as it says, for the paths it says") {
  FaultPlan plan({*parse_fault("html*2@$submit"), *parse_fault("drop-before"), *parse_fault("truncate*0")});
  CHECK(plan.take("/fhir/Claim/$submit").kind == Kind::html);
  CHECK(plan.take("/fhir/Claim/$inquire").kind == Kind::drop_before);
  CHECK(plan.take("/fhir/Claim/$inquire").kind == Kind::truncate);
  CHECK(plan.take("/fhir/Claim/$submit").kind == Kind::html);
  CHECK(plan.take("/fhir/Claim/$submit").kind == Kind::truncate);
  CHECK(plan.take("/fhir/Claim/$submit").kind == Kind::truncate);
  CHECK(FaultPlan({}).take("/fhir").kind == Kind::none);
}

namespace {

ServerOptions with_fault(const char* text) {
  ServerOptions options;
  options.faults = {*parse_fault(text)};
  return options;
}

}  // namespace

TEST_CASE("drop-after: processed, but no byte of an answer; the same bytes again give it") {
  World world;
  const auto server = world.serve(with_fault("drop-after"));
  Caller caller(*server);
  const auto body = requests().front().bytes;
  CHECK_FALSE(caller.post("/fhir/Claim/$submit", body));
  CHECK(world.desk()->list()->size() == 1);
  const auto reply = caller.submit(body);
  CHECK(reply.reply->case_id == "900000101");
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("drop-before and error-before: nothing is processed") {
  World world;
  ServerOptions options;
  options.faults = {*parse_fault("drop-before"), *parse_fault("error-before")};
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto body = requests().front().bytes;
  CHECK_FALSE(caller.post("/fhir/Claim/$submit", body));
  const auto error = caller.post("/fhir/Claim/$submit", body);
  REQUIRE(error);
  CHECK(error->status == 500);
  CHECK(issues_of(error).front().code == "exception");
  CHECK(world.desk()->list()->empty());
}

TEST_CASE("error-after: 500 although a case was opened") {
  World world;
  const auto server = world.serve(with_fault("error-after"));
  Caller caller(*server);
  const auto error = caller.post("/fhir", outer(fhir::OuterKind::transaction, requests()));
  REQUIRE(error);
  CHECK(error->status == 500);
  CHECK(world.desk()->list()->size() == 3);
}

TEST_CASE("throttle and unavailable say when to come back") {
  World world;
  ServerOptions options;
  options.faults = {*parse_fault("throttle:7"), *parse_fault("unavailable:9")};
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto body = requests().front().bytes;
  const auto throttled = caller.post("/fhir/Claim/$submit", body);
  REQUIRE(throttled);
  CHECK(throttled->status == 429);
  CHECK(throttled->get_header_value("Retry-After") == "7");
  CHECK(is_fhir(throttled));
  const auto unavailable = caller.post("/fhir/Claim/$submit", body);
  REQUIRE(unavailable);
  CHECK(unavailable->status == 503);
  CHECK(unavailable->get_header_value("Retry-After") == "9");
  CHECK(world.desk()->list()->empty());
  CHECK(caller.open(body).case_id == "900000101");
}

TEST_CASE("truncate: the client sees that the answer is not whole") {
  World world;
  const auto server = world.serve(with_fault("truncate"));
  Caller caller(*server);
  const auto cut = caller.post("/fhir/Claim/$submit", requests().front().bytes);
  CHECK_FALSE(cut);
  CHECK(cut.error() == httplib::Error::Read);
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("foreign: a well-formed answer about somebody else") {
  World world;
  const auto server = world.serve(with_fault("foreign"));
  Caller caller(*server);
  const auto request = requests().front();
  const auto reply = caller.submit(request.bytes);
  REQUIRE(reply.reply);
  CHECK(reply.reply->claim_identifier != request.claim_identifier);
  CHECK(reply.reply->patient_member_id == "99999999A");
}

TEST_CASE("html: 200 with a page that is no FHIR") {
  World world;
  const auto server = world.serve(with_fault("html"));
  Caller caller(*server);
  const auto page = caller.post("/fhir/Claim/$submit", requests().front().bytes);
  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(page->get_header_value("Content-Type").starts_with("text/html"));
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("delay: stopping the server does not wait for it") {
  World world;
  const auto server = world.serve(with_fault("delay:3600*0"));
  Caller caller(*server);
  const auto body = requests().front().bytes;
  std::thread sender([&] { (void)caller.post("/fhir/Claim/$submit", body); });
  server->stop();
  sender.join();
}

TEST_CASE("signing in and reading are never disturbed") {
  World world;
  const auto server = world.serve(with_fault("drop-before*0"));
  Caller caller(*server);
  caller.sign_in();
  CHECK(caller.get("/fhir/metadata"));
  CHECK_FALSE(caller.post("/fhir", outer(fhir::OuterKind::transaction, requests())));
}

}  // namespace atz::sandbox::test
