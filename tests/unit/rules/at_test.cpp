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
