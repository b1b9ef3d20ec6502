// Readers survive whatever arrives: damaged bytes, and well-formed JSON with the wrong thing in any place.
#include <doctest/doctest.h>

#include <random>

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
}

void collect(Json& node, std::vector<Json*>& nodes) {
  nodes.push_back(&node);
  if (node.is_structured()) {
    for (auto& part : node) collect(part, nodes);
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
  const std::string sources[] = {fixture.bytes(),
                                 reply,
                                 build_inquiry(fixture.inquiry()),
                                 write_outer_reply(true, {{200, reply}}, fixture.created),
                                 write_capabilities("http://127.0.0.1", fixture.created),
                                 to_json(request)};
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
    for (int round = 0; round < 120; ++round) {
      Json json = *parse_json(source);
      std::vector<Json*> nodes;
      collect(json, nodes);
      *nodes[random() % nodes.size()] = junk[random() % std::size(junk)];
      CHECK_NOTHROW(read_as_everything(to_bytes(json), fixture.profile));
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
