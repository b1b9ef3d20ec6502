#include "unit/rules/fixture.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "atz/base/text.hpp"

namespace atz::rules::testing {
std::string example(const std::string& name) {
  std::ifstream file(ATZ_SOURCE_DIR "/examples/" + name);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

const std::string& maple_street() {
  static const std::string text = example("maple-street.yaml");
  return text;
}

std::string edit(std::string text, std::string_view from, std::string_view to, std::string_view after) {
  const auto start = text.find(after);
  REQUIRE_MESSAGE(start != std::string::npos, std::string(after));
  const auto at = text.find(from, start);
  REQUIRE_MESSAGE(at != std::string::npos, std::string(from));
  return text.replace(at, from.size(), to);
}

std::string edit_all(std::string text, std::string_view from, std::string_view to) {
  REQUIRE(text.find(from) != std::string::npos);
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string cut(std::string text, std::string_view from, std::string_view until) {
  const auto start = text.find(from);
  REQUIRE(start != std::string::npos);
  const auto end = text.find(until, start + from.size());
  REQUIRE(end != std::string::npos);
  return text.erase(start, end - start);
}

std::string add(std::string text, std::string_view more) {
  return text.append("\n").append(more).append("\n");
}

const diag::Finding& Result::of(std::string_view rule) const {
  const auto at =
      std::find_if(findings.begin(), findings.end(), [&](const auto& finding) { return finding.rule == rule; });
  REQUIRE_MESSAGE(at != findings.end(), std::string(rule));
  return *at;
}

std::size_t Result::count(std::string_view rule) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const auto& finding) { return finding.rule == rule; }));
}

std::string Result::line(const diag::Finding& finding) const {
  const auto lines = split(text, '\n');
  return finding.span.line == 0 || finding.span.line > lines.size() ? std::string() : lines[finding.span.line - 1];
}

std::string Result::rules() const {
  std::set<std::string> names;
  for (const auto& finding : findings) {
    const bool intended = finding.rule == "HS022" && finding.member == "C" &&
                          line(finding).find("H. Guardian Example}") != std::string::npos;
    if (!intended) names.insert(finding.rule);
  }
  return join(std::vector<std::string>(names.begin(), names.end()), " ");
}

Result run(const std::string& text, const Run& options) {
  MemoryFiles files;
  if (!options.config.empty()) files.put("/homes/atz.yaml", options.config);
  casefile::WorkspaceCache workspaces(files);
  auto file = casefile::load_text(files, "/homes/maple-street.yaml", text, workspaces);
  model::settle_submission_dates(file.home, *model::parse_date(options.as_of));
  const Input input{file,
                    *model::parse_date(options.as_of),
                    options.live,
                    options.attachments,
                    options.diagnoses ? &*options.diagnoses : nullptr,
                    options.known};
  Options how;
  how.strict = options.strict;
  how.notes = options.notes;
  return {text, check(input, how)};
}

void check_rows(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    CAPTURE(std::string(row.rule));
    CAPTURE(std::string(row.at));
    const auto result = run(row.text, row.options);
    std::set<std::string> expected{row.rule};
    for (const auto& also : split(row.also, ' ')) {
      if (!also.empty()) expected.insert(also);
    }
    CHECK(result.rules() == join(std::vector<std::string>(expected.begin(), expected.end()), " "));
    if (result.count(row.rule) == 0) continue;
    const auto& finding = result.of(row.rule);
    CAPTURE(result.line(finding));
    CAPTURE(finding.message);
    CHECK(result.line(finding).find(row.at) != std::string::npos);
    CHECK_FALSE(finding.message.empty());
    CHECK(finding.message.back() != '.');
    for (const char* personal :
         {"Sampleton", "Placeholder", "Mockley", "99000001", "99000002", "99000003", "1988-02"}) {
      CHECK(finding.message.find(personal) == std::string::npos);
      CHECK(finding.found.find(personal) == std::string::npos);
    }
  }
}

void check_passes(const std::vector<Pass>& rows) {
  for (const auto& row : rows) {
    CAPTURE(std::string(row.rule));
    CAPTURE(row.text);
    CHECK(run(row.text, row.options).count(row.rule) == 0);
  }
}

}  // namespace atz::rules::testing
