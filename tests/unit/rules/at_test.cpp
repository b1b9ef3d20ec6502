// Documents: what was found in them is given to the rules, so made-up inspections do.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

using attach::Inspection;

Inspection pdf(std::uint64_t size = 1000) {
  Inspection file;
  file.path = "/homes/plan.pdf";
  file.name = "plan.pdf";
  file.extension = "pdf";
  file.presence = Inspection::Presence::ok;
  file.size = size;
  file.sha256 = std::string(64, 'a');
  file.detected = "pdf";
  file.mime = "application/pdf";
  file.matches_extension = true;
  return file;
}

std::string with(const std::string& documents) {
  return add(maple_street(), "documents:\n" + documents);
}
const char* const kPlan = "  - {file: plan.pdf, type: person-centered-plan, member: A}\n";

Run seen(std::vector<Inspection> files) {
  Run run;
  run.attachments = std::move(files);
  return run;
}

template <class Change>
Run changed(Change change) {
  auto file = pdf();
  change(file);
  return seen({file});
}

TEST_CASE("AT001: extensions") {
  for (const char* name : {"notice.PDF", "scan.tif", "a.doc", "a.docx", "a.txt", "a.rtf", "a.gif", "a.jpg", "a.jpeg"}) {
    CAPTURE(std::string(name));
    CHECK(run(with("  - {file: " + std::string(name) + ", type: person-centered-plan}")).rules() == "");
  }
  for (const char* name : {"pattern.csv", "photo.png", "file.tiff", "x.zip", "plan"}) {
    CAPTURE(std::string(name));
    CHECK(run(with("  - {file: " + std::string(name) + ", type: person-centered-plan}")).rules() == "AT001");
  }
  const auto sheet = run(with("  - {file: plan.xlsx, type: person-centered-plan}"));
  CHECK(sheet.of("AT001").severity == diag::Severity::warning);
}

TEST_CASE("AT: what fails") {
  using P = Inspection::Presence;
  check_rows({
      {"AT002", with(kPlan), "plan.pdf", "", changed([](auto& f) { f.size = 10'000'001; })},
      {"AT002", with(kPlan), "plan.pdf", "", changed([](auto& f) {
         f.size = 20'000'000;
         f.presence = P::too_large;
       })},
      {"AT003", with(kPlan), "plan.pdf", "", changed([](auto& f) { f.size = 4'000'001; })},
      {"AT004", with("  - {file: plan.pdf, member: A}"), "plan.pdf"},
      {"AT004", with("  - {file: plan.pdf, type: person-centred-plan}"), "person-centred-plan"},
      {"AT005", with(kPlan), "plan.pdf", "",
       changed([](auto& f) { f.protection = Inspection::Protection::needs_password; })},
      {"AT005", with(kPlan), "plan.pdf", "",
       changed([](auto& f) { f.protection = Inspection::Protection::encrypted_readable; })},
      {"AT006", with(kPlan), "plan.pdf", "", changed([](auto& f) {
         f.matches_extension = false;
         f.detected = "jpg";
       })},
      {"AT007", with(kPlan), "plan.pdf", "", changed([](auto& f) {
         f.presence = P::missing;
         f.size = 0;
       })},
      {"AT007", with(kPlan), "plan.pdf", "", changed([](auto& f) {
         f.presence = P::empty;
         f.size = 0;
       })},
      {"AT007", with(kPlan), "plan.pdf", "", changed([](auto& f) { f.presence = P::not_regular; })},
      {"AT007", with(kPlan), "plan.pdf", "", changed([](auto& f) { f.presence = P::unreadable; })},
      {"AT007", with(kPlan), "plan.pdf", "", changed([](auto& f) { f.presence = P::dangling; })},
      {"AT007", with(kPlan), "plan.pdf", "", changed([](auto& f) { f.presence = P::leads_out; })},
      {"AT007", with("  - {type: person-centered-plan, member: A}"), "type: person-centered-plan"},
      {"AT008", with(std::string(kPlan) + "  - {file: again.pdf, type: clinical-documentation}"), "again.pdf", "",
       seen({pdf(), pdf()})},
  });
}

TEST_CASE("AT: what passes at the boundary") {
  check_passes({
      {"AT002", with(kPlan), changed([](auto& f) { f.size = 10'000'000; })},
      {"AT003", with(kPlan), changed([](auto& f) { f.size = 4'000'000; })},
      {"AT003", with(kPlan), changed([](auto& f) { f.size = 10'000'001; })},
      {"AT008", with(std::string(kPlan) + "  - {file: plan.pdf, type: person-centered-plan, member: B}"),
       seen({pdf(), pdf()})},
  });
  CHECK(run(with(kPlan), seen({pdf()})).rules() == "");
}

TEST_CASE("AT007 says what to do about backslashes, and that absolute paths hold on one computer") {
  const auto windows = run(with("  - {file: 'documents\\plan.pdf', type: person-centered-plan, member: A}"),
                           changed([](auto& f) { f.presence = Inspection::Presence::missing; }));
  CHECK(windows.of("AT007").help.find("with /") != std::string::npos);
  const auto absolute = run(with("  - {file: /srv/plan.pdf, type: person-centered-plan, member: A}"), seen({pdf()}));
  CHECK(absolute.of("AT007").severity == diag::Severity::info);
  CHECK(run(with("  - {file: ../common/plan.pdf, type: person-centered-plan, member: A}"), seen({pdf()})).rules() ==
        "");
}

TEST_CASE("AT008: a home's document counts for every member") {
  const auto text =
      edit(with("  - {file: home.pdf, type: clinical-documentation}"),
           "    diagnoses:", "    documents: [{file: b.pdf, type: person-centered-plan}]\n    diagnoses:", "label: B");
  const auto result = run(text, seen({pdf(), pdf()}));
  CHECK(result.of("AT008").member == "B");
  REQUIRE(result.of("AT008").related.size() == 1);
}

TEST_CASE("AT011: what a file name gives away") {
  const auto name = [](const std::string& file, const char* member = "A") {
    return run(with("  - {file: '" + file + "', type: person-centered-plan, member: " + member + "}"));
  };
  const std::pair<const char*, const char*> rows[] = {
      {"Sampleton_1988.pdf", "last name"},
      {"plan-SAMPLETON.pdf", "last name"},
      {"documents/plan Sampleton.pdf", "last name"},
      {"sampletonplan.pdf", "last name"},
      {"PlanSampleton2026.pdf", "last name"},
      {"Sampletons-plan.pdf", "last name"},
      {"S\xC3\xA0mpl\xC3\xA9ton.pdf", "last name"},
      {"testa.pdf", "first name"},
      {"TestaSampleton.pdf", "last name and first name"},
      {"99000001A.pdf", "MaineCare ID"},
      {"plan-99000001.pdf", "MaineCare ID"},
      {"id 9900-0001-a.pdf", "MaineCare ID"},
      {"1988-02-29.pdf", "birth date"},
      {"plan 2-29-1988.pdf", "birth date"},
      {"plan_02291988.pdf", "birth date"},
      {"dob19880229x.pdf", "birth date"},
      {"29.02.1988.pdf", "birth date"},
      {"2-29-88.pdf", "birth date"},
      {"022988.pdf", "birth date"},
      {"Feb 29 1988.pdf", "birth date"},
      {"29feb1988.pdf", "birth date"},
      {"1988-february-29.pdf", "birth date"},
  };
  for (const auto& [file, kinds] : rows) {
    CAPTURE(std::string(file));
    const auto result = name(file);
    CHECK(result.rules() == "AT011");
    const auto& finding = result.of("AT011");
    CHECK(finding.severity == diag::Severity::warning);
    CHECK(finding.message == "The file name holds the " + std::string(kinds) + " of member A");
    CHECK(finding.found.empty());
  }
  for (const char* file :
       {"plan-a.pdf", "pattern-home-01.xlsx", "Sampleton/plan.pdf", "test.pdf", "testament.pdf", "sample.pdf",
        "sampletonx.pdf", "1988.pdf", "1988-02.pdf", "2026-12-01.pdf", "9900.pdf", "1-88-29.pdf", "a"}) {
    CAPTURE(std::string(file));
    CHECK(name(file).count("AT011") == 0);
  }
  // Whoever's document it is: nobody's name belongs there.
  CHECK(name("Placeholder.pdf").of("AT011").message == "The file name holds the last name of member B");
  CHECK(name("Placeholder.pdf").of("AT011").member == "A");
}

TEST_CASE("AT011: names of several words, and short ones") {
  const auto named = [](const std::string& last, const std::string& first, const std::string& file) {
    auto text = edit(maple_street(), "last: Sampleton", "last: " + last);
    text = edit(text, "first: Testa", "first: " + first);
    return run(add(text, "documents:\n  - {file: '" + file + "', type: person-centered-plan, member: A}"))
        .count("AT011");
  };
  CHECK(named("Doe-Example", "Testa", "doe example.pdf") == 1);
  CHECK(named("Doe-Example", "Testa", "DoeExample.pdf") == 1);
  CHECK(named("Doe-Example", "Testa", "example.pdf") == 1);
  CHECK(named("Doe-Example", "Testa", "doe.pdf") == 0);
  CHECK(named("McSample", "Testa", "McSample.pdf") == 1);
  CHECK(named("McSample", "Testa", "plan-mcsample.pdf") == 1);
  CHECK(named("Li", "Bo", "li.pdf") == 1);
  CHECK(named("Li", "Bo", "list.pdf") == 0);
  CHECK(named("Li", "Bo", "bo.pdf") == 0);  // two letters are too often something else
  CHECK(named("Li", "Ann", "ann.pdf") == 1);
  CHECK(named("Patter", "Testa", "staffing-pattern.pdf") == 0);
}

TEST_CASE("documents keep their order: the home's, then each member's") {
  const auto text =
      edit(with("  - {file: home.pdf, type: clinical-documentation}"),
           "    diagnoses:", "    documents: [{file: b.pdf, type: person-centered-plan}]\n    diagnoses:", "label: B");
  MemoryFiles files;
  casefile::WorkspaceCache workspaces(files);
  const auto file = casefile::load_text(files, "homes/maple-street.yaml", text, workspaces);
  const auto order = document_order(file.home);
  REQUIRE(order.size() == 2);
  CHECK(order[0].member == nullptr);
  CHECK(document_path(file, *order[0].document) == "homes/home.pdf");
  REQUIRE(order[1].member != nullptr);
  CHECK(*order[1].member->label == "B");
}

}  // namespace
}  // namespace atz::rules::testing
