#include "ledger/codec.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace atz;
using namespace atz::ledger;

TEST_CASE("packed fields come back as they were, whatever is in them") {
  const std::string odd("a,b:3\0\n\"x", 9);
  const std::string packed =
      Packer().text(odd).number(-17).number(std::nullopt).list({"", "1:a,", odd}).text("").take();
  Unpacker from(packed);
  CHECK(from.text() == odd);
  CHECK(from.number() == -17);
  CHECK(from.number() == std::nullopt);
  CHECK(from.list() == std::vector<std::string>{"", "1:a,", odd});
  CHECK(from.text().empty());
  CHECK(from.at_end());
  CHECK(from.ok());
  CHECK(from.text().empty());  // a field that an older version did not write
  CHECK(from.ok());
}

TEST_CASE("malformed packed text is noticed and never read past its end") {
  for (const std::string_view packed :
       {"3:ab,", "3:abc", "3:abc;", "x", ":", "99999999999999999999999:a,", "-1:a,", "3", "3:"}) {
    CAPTURE(packed);
    Unpacker from(packed);
    CHECK(from.text().empty());
    CHECK_FALSE(from.ok());
  }
  Unpacker word("3:abc,");
  CHECK(word.number() == std::nullopt);
  CHECK_FALSE(word.ok());
  Unpacker list("2:3:,");
  CHECK(list.list().size() == 1);
  CHECK_FALSE(list.ok());
}

TEST_CASE("random bytes never crash the unpacker") {
  std::mt19937 generator(20261207);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes;
    const auto size = generator() % 24;
    for (unsigned i = 0; i < size; ++i) bytes += "0123456789:,a"[generator() % 13];
    model::LineDecision decision;
    LineIntent line;
    Remarks remarks;
    decode_decision(bytes, decision);
    decode_asked(bytes, line);
    decode_remarks(bytes, remarks);
  }
}

TEST_CASE("every action of a decision survives, and an unknown word does not pass") {
  using model::ReviewAction;
  for (const auto action : {ReviewAction::certified, ReviewAction::partly_certified, ReviewAction::denied,
                            ReviewAction::pended, ReviewAction::upheld, ReviewAction::modified, ReviewAction::cancelled,
                            ReviewAction::contact_payer, ReviewAction::no_action_required, ReviewAction::other}) {
    model::LineDecision decision;
    decision.action = action;
    model::LineDecision back;
    CHECK(decode_decision(encode_decision(decision), back));
    CHECK(back.action == action);
  }
  model::LineDecision back;
  CHECK_FALSE(decode_decision(Packer().text("cancelled_twice").take(), back));
}

TEST_CASE("a decision keeps everything but its sequence") {
  model::LineDecision decision;
  CHECK(says_nothing(decision));
  decision.sequence = 4;
  CHECK(says_nothing(decision));
  decision.weekly_hours_text = "67.8";
  CHECK_FALSE(says_nothing(decision));
  decision.weekly_hours = model::Hours{0};
  decision.units = 0;
  decision.period = model::DateSpan{model::make_date(1999, 12, 31), model::make_date(2000, 2, 29)};
  decision.reasons = {{"0X", "first"}, {"", "second"}};
  model::LineDecision back;
  REQUIRE(decode_decision(encode_decision(decision), back));
  CHECK(back.weekly_hours_text == "67.8");
  CHECK(back.weekly_hours == model::Hours{0});
  CHECK(back.units == 0);
  CHECK(back.period == decision.period);
  REQUIRE(back.reasons.size() == 2);
  CHECK(back.reasons[1].text == "second");
  CHECK(encode_decision(back) == encode_decision(decision));
}
