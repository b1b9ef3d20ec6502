// Readers survive whatever arrives: damaged bytes, and well-formed JSON with the wrong thing in any place.
#include <doctest/doctest.h>

#include <random>
#include <stdexcept>

#include "fhir/json.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

void read_as_everything(const std::string& bytes, const model::PayerProfile& profile) {
  (void)read_submit(bytes, false);
  (void)read_submit(bytes, true);
  (void)read_inquiry(bytes);
  (void)read_inquiry(bytes, true);
  (void)read_outer(bytes);
  (void)read_submit_reply(200, bytes, profile);
  (void)read_outer_reply(bytes, 1, profile);
  (void)read_inquiry_reply(bytes, profile);
  (void)read_outer_inquiry_reply(bytes, 1, profile);
  (void)read_outcome(bytes);
  (void)read_capabilities(bytes);
  (void)received_request_from_json(bytes);
  (void)read_attachments(bytes);
  (void)read_binary(bytes);
  (void)read_patients(bytes, profile);
  if (const auto reply = read_submit_reply(200, bytes, profile); reply && reply->reply)
    (void)about_lines(*reply->reply, {1});
}

void collect(Json& node, std::vector<Json*>& nodes) {
  nodes.push_back(&node);
  if (node.is_structured()) {
    for (auto& part : node) collect(part, nodes);
  }
}

bool is_request(const Json& json) {
  return to_bytes(json).find("profile-pas-request-bundle") != std::string::npos;
}

// What was stored as sent last may be damaged: then it is as if it were not there, or the follow-up is refused.
void follow_up(const std::string& bytes) {
  static const Extension later;
  static const Extension in_place = [] {
    Extension out;
    out.profile.update_style = model::UpdateStyle::in_place;
    return out;
  }();
  (void)later.sent(bytes);
  (void)in_place.sent(bytes);
  const PriorRequest prior{"900000101", "", bytes};
  const AnswerInput answer{later.profile, later.tables, prior, nullptr,      later.attachments, {},
                           "Note.",       "a",          "b",   later.created};
  try {
    (void)build_cancel({later.profile, prior, {}, "Twice", "c", "d", later.created});
    (void)build_answer_update(answer);
    (void)build_attachments(answer);
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace

TEST_CASE("wrong values in any place") {
  Fixture fixture;
  fixture.attachments.resize(1);
  const auto request = fixture.received();
  auto answer = fixture.answer(request, "A6");
  answer.lines[0].granted_hours = model::Hours{10};
  answer.notes = {{"Note.", {}}};
  const std::string reply = write_submit_reply(request, answer, fixture.profile);
  auto pended = fixture.answer(request, "A4");
  pended.requests = {{"ACN-1", "08", "Plan", "18776-5", "Send it.", 1, model::make_date(2026, 12, 17), true, ""}};
  const std::string asked = write_submit_reply(request, pended, fixture.profile);
  const PriorRequest prior{"900000101", "", fixture.bytes()};
  const std::string attached = build_attachments({fixture.profile,
                                                  fixture.tables,
                                                  prior,
                                                  &pended.requests[0],
                                                  fixture.attachments,
                                                  {},
                                                  "Note.",
                                                  "a",
                                                  "b",
                                                  fixture.created});
  const std::string sources[] = {fixture.bytes(),
                                 reply,
                                 build_inquiry(fixture.inquiry()),
                                 write_outer_reply(true, {{200, reply}}, fixture.created),
                                 write_capabilities("http://127.0.0.1", fixture.created, "2.2.1"),
                                 to_json(request),
                                 Extension().sent(fixture.bytes()).bytes,
                                 asked,
                                 attached};
  const Json junk[] = {nullptr,
                       true,
                       0,
                       -1,
                       std::uint64_t{18446744073709551615ULL},
                       "",
                       "x",
                       "2027-01-04",
                       Json::array(),
                       Json::object(),
                       Json::array({nullptr}),
                       Json::array({Json::array()}),
                       decimal("1e400"),
                       decimal("-0.00000000000000000000001")};
  std::mt19937 random(20261207);
  for (const auto& source : sources) {
    for (int round = 0; round < 60; ++round) {
      Json json = *parse_json(source);
      std::vector<Json*> nodes;
      collect(json, nodes);
      *nodes[random() % nodes.size()] = junk[random() % std::size(junk)];
      CHECK_NOTHROW(read_as_everything(to_bytes(json), fixture.profile));
      if (round < 15 && is_request(json)) CHECK_NOTHROW(follow_up(to_bytes(json)));
    }
  }
}

TEST_CASE("damaged bytes") {
  Fixture fixture;
  fixture.attachments.resize(1);
  const auto request = fixture.received();
  const std::string sources[] = {fixture.bytes(),
                                 write_submit_reply(request, fixture.answer(request, "A1"), fixture.profile)};
  std::mt19937 random(42);
  for (const auto& source : sources) {
    for (int round = 0; round < 150; ++round) {
      std::string bytes = source;
      for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
      if (round % 3 == 0) bytes.resize(random() % bytes.size());
      CHECK_NOTHROW(read_as_everything(bytes, fixture.profile));
    }
  }
}
