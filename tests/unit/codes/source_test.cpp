// Reading the publishers' files: what is taken from which column, and what is refused.
#include "unit/codes/samples.hpp"

namespace atz::codes::testing {
namespace {

Error refused(const std::string& text, const std::string& name = kOrderName, SourceOptions options = {{}, true}) {
  auto table = read_source(text, name, options);
  REQUIRE_FALSE(table);
  return table.error();
}

const Row& row(const Table& table, const std::string& code) {
  for (const auto& each : table.rows) {
    if (each.code == code) return each;
  }
  FAIL("there is no ", code);
  return table.rows.front();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("the order file: codes get their dot, headings are marked, the long text counts") {
  const Table table = partial(sample(kOrderName));
  CHECK(table.edition.kind == Kind::diagnosis);
  CHECK(table.edition.name() == "ICD-10-CM 2027");
  CHECK(table.edition.rows == 25);
  CHECK(table.edition.headers == 9);
  CHECK(table.edition.partial);
  CHECK(row(table, "F84").header);
  CHECK_FALSE(row(table, "F84.0").header);
  CHECK(row(table, "F84.0").text == "Autistic disorder");
  CHECK(row(table, "G40.909").text == "Epilepsy, unspecified, not intractable, without status epilepticus");
  CHECK(row(table, "F78.A1").text == "SYNGAP1-related intellectual disability");
}

TEST_CASE("the HCPCS file: procedures, modifiers, texts over several lines, last days") {
  const Table table = partial(sample(kHcpcsName), kHcpcsName);
  CHECK(table.edition.name() == "HCPCS 2026");
  CHECK(table.edition.rows == 5);
  CHECK(row(table, "SC").modifier);
  CHECK(row(table, "T2016").text == "Habilitation, residential, waiver; per diem");
  CHECK(row(table, "T2016").ends.empty());
  CHECK(row(table, "T2018").text ==
        "Habilitation, supported employment, waiver; per diem, and a text that goes on the next record");
  CHECK(row(table, "T2018").ends == "2025-12-31");
}

TEST_CASE("a plain table: commas or tabs, quotes, headings worked out from the codes") {
  const Table csv = partial(
      "\xEF\xBB\xBF"
      "Description,Code\r\n\"Autism, all of it\",f84\r\n\"say \"\"so\"\"\",F84.0\r\n",
      "codes-2027.csv");
  CHECK(csv.edition.kind == Kind::diagnosis);
  CHECK(row(csv, "F84").header);
  CHECK(row(csv, "F84").text == "Autism, all of it");
  CHECK(row(csv, "F84.0").text == "say \"so\"");
  const Table tabs = partial("HCPC\tLONG DESCRIPTION\nT2016\tHabilitation\nSC\tMedically necessary\n", "x 2026.tsv");
  CHECK(tabs.edition.kind == Kind::procedure);
  CHECK(row(tabs, "SC").modifier);
  // E1065 may be a procedure or E10.65: the other codes of the file decide.
  CHECK(partial("code,description\nE1065,x\nT2016,y\n", "2026.csv").edition.kind == Kind::procedure);
  CHECK(row(partial("code,description\nE1065,x\nF84,y\n", "2026.csv"), "E10.65").text == "x");
  CHECK(has(refused("code,description\nF84.0,x\nT201X,y\nSC,z\n").message, ":4: SC is not a diagnosis"));
  CHECK(has(refused("code,description\nF84.0\n").message, ":2: this line has 1 cells"));
  CHECK(has(refused("code,description\nF84.0,\"x\n").message, ":2: a quotation mark"));
  CHECK(has(refused("code,description\nF84.0,\n").message, ":2: the description"));
  CHECK(has(refused("code,description\n??,x\n").message, ":2: \"??\" is not a code"));
}

TEST_CASE("faults of an order file name the line and what was expected") {
  const std::string good = order_line(1, "F84", 0, "Heading") + order_line(2, "F840", 1, "Code");
  CHECK(partial(good).rows.size() == 2);
  const std::pair<std::string, std::string> rows[] = {
      {good + order_line(2, "F841", 1, "Again"), ":3: the order numbers do not go up: 00002 after 00002"},
      {good + order_line(1, "F841", 1, "Back"), ":3: the order numbers do not go up"},
      {good + order_line(3, "F840", 1, "Twice"), ":3: F84.0 stands on line 2 already"},
      {good + order_line(3, "84X", 1, "Bad"), ":3: 84X is a code of ICD-10-PCS"},
      {good + order_line(3, "FX4", 1, "Bad"), ":3: \"FX4\" is not a diagnosis code"},
      {good + order_line(3, "F841", 2, "Bad"), ":3: column 15 is \"2\""},
      {good + order_line(3, "F841", 1, ""), ":3: the text is missing"},
      {good + "0000", ":3: \"0000\" is not an order number"},
      {good + "00003 F8", ":3: \"F8\" is not a diagnosis code"},
      {good + "\n" + "abcde F841    1 Text\n", ":4: \"abcde\" is not an order number"},
  };
  for (const auto& [text, part] : rows) {
    const Error error = refused(text);
    CAPTURE(error.message);
    CHECK(error.failure == Failure::input);
    CHECK(error.message.starts_with("icd10cm_order_2027.txt:"));
    CHECK(has(error.message, part));
    CHECK_FALSE(error.help.empty());
  }
}

TEST_CASE("faults of a HCPCS file name the line and what was expected") {
  const std::string good = hcpcs_line("T2016", 100, '3', "Habilitation");
  CHECK(partial(good, kHcpcsName).rows.size() == 1);
  const std::pair<std::string, std::string> rows[] = {
      {good + hcpcs_line("T2017", 200, '4', "goes on"), ":2: this line goes on with T2017"},
      {hcpcs_line("T2017", 200, '4', "goes on"), ":1: this line goes on with T2017"},
      {good + hcpcs_line("T2016", 100, '4', "not the next"), ":2: this line goes on with T2016"},
      {good + hcpcs_line("T2017", 100, '5', "x"), ":2: column 11 is \"5\""},
      {good + hcpcs_line("T20", 100, '3', "x"), ":2: \"T20\" is not a procedure code"},
      {good + hcpcs_line("T2017", 100, '7', "x"), ":2: \"T2017\" is not a modifier code"},
      {good + hcpcs_line("T2017", 100, '3', "x", "2026AB01"), ":2: columns 285 to 292"},
      {good + hcpcs_line("T2017", 100, '3', ""), ":2: the text is missing"},
      {good + hcpcs_line("T2016", 100, '3', "twice"), ":2: T2016 stands on line 1 already"},
      {good + "T2017", ":2: column 11 is \"\""},
  };
  for (const auto& [text, part] : rows) {
    const Error error = refused(text, kHcpcsName);
    CAPTURE(error.message);
    CHECK(has(error.message, part));
  }
}

TEST_CASE("other files are told what they are") {
  const std::pair<std::string, std::string> rows[] = {
      {"PK\x03\x04...", "Unpack it"},
      {"%PDF-1.4", "PDF"},
      {std::string("a\0b", 3), "not a text"},
      {"A000    Cholera due to Vibrio cholerae\n", "order file"},
      {"atz: 1\n", "does not look like an official code file"},
      {"", "does not look like an official code file"},
  };
  for (const auto& [text, part] : rows) {
    const Error error = refused(text, "file.txt");
    CAPTURE(error.message);
    CHECK(error.message.starts_with("file.txt:1: "));
    CHECK(has(error.message + error.help, part));
  }
}

TEST_CASE("a file that is cut is refused, unless a part is asked for") {
  const Error few = refused(sample(kOrderName), kOrderName, {});
  CHECK(few.failure == Failure::input);
  CHECK(has(few.message, "it has 25 rows"));
  CHECK(has(few.help, "--partial"));
  CHECK(has(refused(sample(kHcpcsName), kHcpcsName, {}).message, "it has 3 procedures"));

  std::string text;
  int number = 0;
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    for (int i = 0; i < 2500; ++i) text += order_line(++number, fmt::format("{}{:04}", letter, i), 1, "x");
  }
  const auto whole = read_source(text, kOrderName, {});
  REQUIRE(whole);
  CHECK_FALSE(whole->edition.partial);
  // The first letter is missing; the last letters are; the last heading has lost its codes.
  const auto line = text.find('\n') + 1;
  CHECK(has(refused(text.substr(2500 * line), kOrderName, {}).message, "it goes from B"));
  CHECK(has(refused(text.substr(0, text.size() - 2500 * line), kOrderName, {}).message, "to Y"));
  CHECK(has(refused(text + order_line(++number, "Z99", 0, "Heading"), kOrderName, {}).message,
            "the heading Z99 on line 65001 has no codes below it"));
}

TEST_CASE("the year comes from the name or is given") {
  CHECK(year_in_name("icd10cm_order_2027.txt") == 2027);
  CHECK(year_in_name("icd10cm-order-April-2024.txt") == 2024);
  CHECK(year_in_name("HCPC2026_JAN_ANWEB_01122026.txt") == 2026);
  CHECK_FALSE(year_in_name("HCPC_01122026.txt"));
  CHECK_FALSE(year_in_name("codes1999.txt"));
  CHECK_FALSE(year_in_name(""));
  CHECK(refused(sample(kOrderName), "2027/order.txt").failure == Failure::usage);
  CHECK(read_source(sample(kOrderName), "order.txt", {2031, true})->edition.year == 2031);
}

TEST_CASE("texts that are not UTF-8 are taken for Latin-1, and columns count characters") {
  const std::string latin = order_line(1, "H810", 1, "M\xE9ni\xE8re's disease");
  CHECK(partial(latin).rows[0].text == "M\xC3\xA9ni\xC3\xA8re's disease");
  std::string utf8 = order_line(1, "H810", 1, "M\xC3\xA9ni\xC3\xA8re's disease");
  utf8.insert(utf8.find("disease ") + 8, "  ");  // padded by characters, not by bytes
  CHECK(partial(utf8).rows[0].text == "M\xC3\xA9ni\xC3\xA8re's disease");
}

}  // namespace
}  // namespace atz::codes::testing
