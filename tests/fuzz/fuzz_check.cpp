// A case file, from its bytes to what is said about it in every format, its corrections, and, when nothing is wrong
// with it, the request that is made from it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "atz/app/check.hpp"
#include "atz/app/fix.hpp"
#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/request.hpp"
#include "atz/model/canonical.hpp"
#include "atz/rules/rule.hpp"
#include "target.hpp"
#include "workplace.hpp"

namespace atz::fuzz {
namespace {

Workplace& workplace() {
  static Workplace instance = [] {
    Workplace made;
    made.files.put("/homes/week.yaml", source_file("tests/golden/ok/staffing-alone.yaml"));
    made.files.put("/homes/plan.pdf", "%PDF-1.4 example");
    return made;
  }();
  return instance;
}

app::CheckSettings settings() {
  app::CheckSettings settings;
  settings.as_of = "2026-12-07";
  return settings;
}

// The requests of a file without errors are what the payer's side can read, every time the same bytes.
void check_requests(const app::CheckedFile& checked) {
  const auto& file = checked.file;
  const auto week = rules::week_of(file.home, file.workspace->settings);
  const auto profile = model::sandbox_profile();
  const std::vector<fhir::Attachment> attachments{{"staffing-pattern", "week.pdf", "application/pdf", "%PDF-1.4"}};
  for (std::size_t i = 0; i < file.home.members.size(); ++i) {
    const auto& member = file.home.members[i];
    if (member.receives_home_support && !*member.receives_home_support) continue;
    const fhir::PriorRequest prior{std::string(trim(member.case_id.value.value_or(""))), "", ""};
    const bool rides = model::rides_on_case(model::purpose_of(file.home, member));
    const fhir::SubmitInput input{file.home,
                                  i,
                                  file.workspace->tables,
                                  file.workspace->settings,
                                  profile,
                                  week ? &*week : nullptr,
                                  attachments,
                                  "home-20261207-k3m9q",
                                  workplace().clock.now(),
                                  1,
                                  rides ? &prior : nullptr};
    const auto request = fhir::build_submit(input);
    require(request.bytes == fhir::build_submit(input).bytes, "the same input gives the same request");
    require(model::canonical_request(file.home, i, {}) == model::canonical_request(file.home, i, {}),
            "the same content is the same text");
    const auto read = fhir::read_submit(request.bytes, false);
    if (const auto* fault = std::get_if<fhir::Fault>(&read)) {
      require(false, "a file without errors makes a request that meets the profiles: " +
                         (fault->issues.empty() ? std::string() : fault->issues.front().text));
    }
  }
}

// Corrections leave a file that has none left to make.
void check_fix(const std::string& name, const std::string& text) {
  const auto fixed = app::fix_text(workplace().services(), settings(), name, text);
  require(fixed.has_value(), "corrections can be worked out");
  for (const auto& changed : fixed->texts) {
    if (changed.path != name) continue;
    const auto again = app::fix_text(workplace().services(), settings(), name, changed.after);
    require(again && again->texts.empty(), "what was corrected needs no correction");
  }
}

void run(std::string_view input) {
  const std::string name = "/homes/home.yaml";
  const std::string text(input);
  const auto services = workplace().services();
  app::Checker checker(services, settings());
  const auto checked = checker.check_text(name, text);
  require(checked.has_value(), "any text can be checked");
  const auto report = checked->report();
  check_report(report);
  const auto again = checker.check_text(name, text);
  require(again && diag::render_json({again->report()}) == diag::render_json({report}),
          "the same text has the same findings");
  const bool fixable = std::any_of(report.findings.begin(), report.findings.end(),
                                   [](const auto& finding) { return !finding.fixes.empty(); });
  if (fixable) check_fix(name, text);
  if (checked->file.readable && !checked->file.staffing_only && !checked->has_errors()) check_requests(*checked);
}

std::vector<Seed> seeds() {
  std::vector<Seed> all = source_files("examples", ".yaml");
  for (const char* folder : {"tests/golden/ok", "tests/golden/err"}) {
    for (auto& seed : source_files(folder, ".yaml")) all.push_back(std::move(seed));
  }
  return all;
}

}  // namespace

Target check_target() {
  return {"check", Grammar::lines, run, seeds};
}

}  // namespace atz::fuzz
