#include "sandbox/form.hpp"

#include <doctest/doctest.h>

#include "sandbox/members_file.hpp"

namespace atz::sandbox::test {

TEST_CASE("forms are decoded strictly") {
  const auto form = Form::parse("a=1&b=x+y%7Cz&&c&d=");
  REQUIRE(form);
  CHECK(form->get("a") == "1");
  CHECK(form->get("b") == "x y|z");
  CHECK(form->get("c") == "");
  CHECK(form->get("d") == "");
  CHECK_FALSE(form->get("e"));
  CHECK_FALSE(form->repeats_a_name());
  CHECK(Form::parse("a=1&%61=2")->repeats_a_name());
  for (const char* wrong : {"a=%", "a=%1", "a=%1g", "%zz=1", "a=%00", "a=%ff"})
    CHECK_MESSAGE(!Form::parse(wrong), wrong);
  CHECK(Form::parse("a=%41%2f")->get("a") == "A/");
  CHECK(Form::parse("")->fields().empty());
  std::string many;
  for (int i = 0; i < 64; ++i) many += "a=1&";
  CHECK(Form::parse(many));
  CHECK_FALSE(Form::parse(many + "a=1"));
}

TEST_CASE("members come from a CSV file") {
  const auto members = parse_members(
      "\xef\xbb\xbfID,Last,First,Born,Gender\r\n99000001a, Sampleton ,Testa,1988-02-29,female\r\n\r\n"
      "99000002A,\"Place, \"\"Holder\"\"\",,1979-06-01,\r\n",
      "members.csv");
  REQUIRE(members);
  REQUIRE(members->size() == 2);
  CHECK(members->at(0).id == "99000001A");
  CHECK(members->at(0).last == "Sampleton");
  CHECK(members->at(1).last == "Place, \"Holder\"");
  CHECK(members->at(1).listed);
  const auto fault = [](const char* csv) {
    const auto parsed = parse_members(csv, "m.csv");
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().failure == Failure::input);
    return parsed.error().message;
  };
  CHECK(fault("") == "m.csv:1: the file is empty.");
  CHECK(fault("id,last\n") == "m.csv:1: there is no column \"born\".");
  CHECK(fault("id,last,born\n9900001A,X,1988-02-29\n").starts_with("m.csv:2: the ID"));
  CHECK(fault("id,last,born\n99000001A,X,1987-02-29\n").starts_with("m.csv:2: the birth date"));
  CHECK(fault("id,last,born\n99000001A,,1988-02-29\n").starts_with("m.csv:2: the last name"));
  CHECK(fault("id,last,born\n99000001A,X\n").starts_with("m.csv:2: 2 fields"));
  CHECK(fault("id,last,born\n99000001A,\"X,1988-02-29\n").starts_with("m.csv:2: a quote"));
  CHECK(fault("id,last,born\n99000001A,X,1988-02-29\n99000001A,X,1988-02-29\n") == "m.csv:3: this ID is there twice.");
  CHECK(fault("id,last,born\n\xff\n").starts_with("m.csv:1: the file is not UTF-8"));
}

}  // namespace atz::sandbox::test
