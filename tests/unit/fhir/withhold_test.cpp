#include "atz/fhir/withhold.hpp"

#include <doctest/doctest.h>

#include <string>

using atz::fhir::Discretion;

namespace {

// Compact and with its type in front, as requests are written.
const std::string kPatient =
    R"({"resourceType":"Patient","id":"p","identifier":[{"system":"urn:x","value":"73918261A"}],)"
    R"("name":[{"family":"Doe-Lömberg","given":["Mo","Grant {\"X\"}"]}],)"
    R"("telecom":[{"system":"phone","value":"207-918-4716"}],"birthDate":"1931-05-07",)"
    R"("address":[{"line":["1 House Way"],"city":"Testville","postalCode":"00000"}],)"
    R"("contact":[{"name":{"text":"G. Wardson"},"telecom":[{"value":"(207) 918-5816"}],)"
    R"("address":{"line":["7 Other St"],"city":"Elsewhere","postalCode":"98171-4625"}}]})";
const std::string kHouse =
    R"({"resourceType":"Organization","address":[{"line":["1 House Way"],"city":"Testville","postalCode":"00000"}]})";

Discretion discretion() {
  Discretion made;
  made.add_request(R"({"resourceType":"Bundle","entry":[{"resource":)" + kPatient + R"(},{"resource":)" + kHouse +
                   "}]}");
  return made;
}

}  // namespace

TEST_CASE("names, numbers and dates are left out, however they are spelled") {
  const Discretion names = discretion();
  for (const char* text :
       {"Doe-Lömberg", "DOE LOMBERG", "doe-Lömberg", "Lömberg",      "Grant",        "GRANT",      "Mo",
        "73918261A",   "73918261a",   "73918261",    "207-918-4716", "207.918 4716", "2079184716", "918-4716",
        "1931-05-07",  "05/07/1931",  "5/7/1931",    "19310507",     "05071931",     "7 May 1931", "May 7, 1931",
        "07.05.1931",  "G. Wardson",  "Wardson",     "7 Other St",   "Elsewhere",    "98171-4625", "981714625"}) {
    CAPTURE(text);
    CHECK(names.clean(std::string("Is ") + text + ", they say.") == "Is [withheld], they say.");
    CHECK(names.clean(text) == "[withheld]");
  }
  CHECK(names.clean("(207) 918-4716") == "([withheld]");
  CHECK(names.clean("Doe-Lömberg, Mo (73918261A) of 1931-05-07") ==
        "[withheld], [withheld] ([withheld]) of [withheld]");
}

TEST_CASE("other words stay as they are") {
  const Discretion names = discretion();
  for (const char* text :
       {"", "We grant 60 hours.", "mo", "Moses", "Grants", "1931", "2026-05-07", "918", "4716",
        "1 House Way, Testville 00000", "173918261", "900000101", "May 7", "\xff\xfe not UTF-8 \xc3"}) {
    CAPTURE(text);
    CHECK(names.clean(text) == text);
  }
  CHECK(Discretion().clean("Doe-Lömberg") == "Doe-Lömberg");
  CHECK(Discretion().knows_nobody());
}

TEST_CASE("bytes that hold no whole Patient name nobody") {
  const std::string whole = R"({"resource":)" + kPatient + "}";
  for (std::size_t length = 0; length + 2 < whole.size(); ++length) {
    Discretion cut;
    cut.add_request(std::string_view(whole).substr(0, length));
    CHECK(cut.knows_nobody());
  }
  for (const char* body : {"", "{\"resourceType\":\"Patient\"", "{\"resourceType\":\"Patient\"}}}", "null",
                           R"({"resourceType":"Patient","name":"x","birthDate":7,"contact":[[]],"identifier":{}})",
                           R"({"resourceType":"Patient","birthDate":"1931-99-07"})"}) {
    Discretion odd;
    odd.add_request(body);
    CHECK(odd.clean("x") == "x");
  }
}

TEST_CASE("every text of a reply that is for people is cleaned, and no number of the case") {
  const Discretion names = discretion();
  atz::fhir::CaseReply reply;
  reply.case_id = "900000101";
  reply.patient_member_id = "73918261A";
  reply.disposition = reply.flag = "for Wardson";
  reply.notes.push_back({"Wardson called", {}});
  reply.errors.push_back({"91", "Wardson", "", "Wardson", "", "", std::nullopt, "Wardson"});
  reply.lines.emplace_back();
  reply.lines.back().reasons.push_back({"0Q", "Wardson"});
  reply.requests.emplace_back();
  reply.requests.back().text = reply.requests.back().kind_text = "Wardson";
  reply.warnings.push_back({"warning", "value", "Wardson", "Wardson", {}, {}});
  names.clean(reply);
  CHECK(reply.case_id == "900000101");
  CHECK(reply.patient_member_id == "73918261A");
  CHECK(reply.disposition == "for [withheld]");
  CHECK(reply.flag == "for [withheld]");
  CHECK(reply.notes[0].text == "[withheld] called");
  CHECK(reply.errors[0].text == "[withheld]");
  CHECK(reply.errors[0].reject_text == "[withheld]");
  CHECK(reply.errors[0].followup_text == "[withheld]");
  CHECK(reply.lines[0].reasons[0].text == "[withheld]");
  CHECK(reply.requests[0].text == "[withheld]");
  CHECK(reply.requests[0].kind_text == "[withheld]");
  CHECK(reply.warnings[0].diagnostics == "[withheld]");
}
