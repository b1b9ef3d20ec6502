#include "unit/rules/example_run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <set>
#include <sstream>

#include "atz/base/text.hpp"
#include "unit/rules/overlay.hpp"
#include "unit/rules/sample_folder.hpp"

namespace atz::rules::testing {
namespace {

std::string example_file(const std::string& name) {
  std::ifstream file(std::string(ATZ_SOURCE_DIR "/examples/") + name);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE_MESSAGE(!text.str().empty(), name);
  return text.str();
}

// The example home has a warning on purpose; here it needs to have none.
std::string first_home() {
  return laid_over(example_file("maple-street.yaml"),
                   "members:\n"
                   "  - label: C\n"
                   "    guardian:\n"
                   "      address: {line: 3 Example Way, city: Testville, state: ME, zip: 00000}\n");
}

struct BaseFile {
  std::string text;
  const char* day;
};

BaseFile base_file(Base base) {
  switch (base) {
    case Base::first:
      return {first_home(), "2026-12-07"};
    case Base::extension:
      return {example_file("maple-street-extension.yaml"), "2027-01-11"};
    case Base::add_on:
      return {example_file("maple-street-add-on.yaml"), "2027-01-11"};
    case Base::termination:
      return {example_file("lantern-termination.yaml"), "2026-12-01"};
    case Base::none:
    case Base::file:
      break;
  }
  return {{}, "2026-12-07"};
}

std::string whole_text(const Example& example) {
  if (example.base == Base::file) return std::string(example.text) + "\n";
  const std::string base = base_file(example.base).text;
  return example.text.empty() ? base : laid_over(base, example.text);
}

}  // namespace

ExampleRun run(const Example& example) {
  REQUIRE(example.base != Base::none);
  MemoryFiles files;
  if (!example.config.empty()) files.put("/homes/atz.yaml", std::string(example.config) + "\n");
  const auto day = model::parse_date(example.as_of.empty() ? base_file(example.base).day : example.as_of);
  REQUIRE(day);
  ExampleRun run;
  run.text = whole_text(example);
  put_samples(files, run.text);
  casefile::WorkspaceCache workspaces(files);
  auto file = casefile::load_text(files, "/homes/example.yaml", run.text, workspaces);
  model::settle_submission_dates(file.home, *day);
  std::vector<attach::Inspection> inspections;
  for (const auto& ref : document_order(file.home)) {
    inspections.push_back(attach::inspect(files, file.directory, document_path(file, *ref.document),
                                          file.workspace->settings.attachment_max_bytes));
  }
  const Input input{file, *day, false, inspections};
  run.findings = check(input, {});
  return run;
}

std::string ExampleRun::names() const {
  std::set<std::string> names;
  for (const auto& finding : findings) names.insert(finding.rule);
  return join(std::vector<std::string>(names.begin(), names.end()), " ");
}

std::string ExampleRun::listed() const {
  std::string lines;
  for (const auto& finding : findings) {
    lines += fmt::format("{} line {}: {} | found {} | expected {}\n", finding.rule, finding.span.line, finding.message,
                         finding.found, finding.expected);
  }
  return lines;
}

}  // namespace atz::rules::testing
