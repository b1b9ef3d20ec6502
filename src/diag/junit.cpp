// JUnit's XML, as CI servers show it: a suite for each file, a case for each finding.
#include <fmt/format.h>

#include <pugixml.hpp>

#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"
#include "diag/place.hpp"

namespace atz::diag {
namespace {

class StringWriter final : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override { text_.append(static_cast<const char*>(data), size); }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

// Printable text is XML but for two characters, U+FFFE and U+FFFF.
std::string xml_text(std::string text) {
  for (std::size_t at = text.find("\xEF\xBF"); at != std::string::npos; at = text.find("\xEF\xBF", at + 3)) {
    if (text[at + 2] == '\xBE' || text[at + 2] == '\xBF') {
      text[at + 2] = '\xBD';  // the replacement character
    }
  }
  return text;
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(xml_text(std::string(value)).c_str());
}

// Servers tell cases of a suite apart by their names, so the place is part of it.
std::string case_name(const Finding& finding) {
  const std::string rule = name_of_rule(finding);
  std::string name = printable(rule.empty() ? to_string(finding.severity) : rule);
  if (finding.span.known()) {
    name += fmt::format(" at {}:{}", finding.span.line, finding.span.column);
  }
  return name;
}

void add_case(pugi::xml_node suite, const FileReport& report, const Finding& finding) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", printable(report.file));
  set(test, "name", case_name(finding));
  set(test, "file", printable(file_of(report, finding.span)));
  if (finding.span.known()) {
    set(test, "line", std::to_string(finding.span.line));
  }
  const std::string text =
      xml_text(fmt::format("{}\n{}", place_of(report, finding.span), whole_text(report, finding, Places::all)));
  if (finding.severity == Severity::error) {
    pugi::xml_node failure = test.append_child("failure");
    set(failure, "type", printable(finding.rule));
    set(failure, "message", printable(finding.message));
    failure.text().set(text.c_str());
  } else {
    test.append_child("system-out").text().set(fmt::format("{}: {}", to_string(finding.severity), text).c_str());
  }
}

void set_counts(pugi::xml_node node, std::size_t tests, std::size_t failures) {
  set(node, "tests", std::to_string(tests));
  set(node, "failures", std::to_string(failures));
  set(node, "errors", "0");
  set(node, "skipped", "0");
}

// A file without findings is a test that passed. Returns the number of cases.
std::size_t add_suite(pugi::xml_node suites, const FileReport& report) {
  const std::size_t tests = report.findings.empty() ? 1 : report.findings.size();
  std::size_t failures = 0;
  for (const Finding& finding : report.findings) {
    failures += finding.severity == Severity::error ? 1 : 0;
  }
  pugi::xml_node suite = suites.append_child("testsuite");
  set(suite, "name", printable(report.file));
  set_counts(suite, tests, failures);
  if (report.findings.empty()) {
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "classname", printable(report.file));
    set(test, "name", "no findings");
    set(test, "file", printable(report.file));
  }
  for (const Finding& finding : report.findings) {
    add_case(suite, report, finding);
  }
  return tests;
}

}  // namespace

std::string render_junit(const std::vector<FileReport>& reports) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node suites = document.append_child("testsuites");
  set(suites, "name", "atz check");
  set_counts(suites, 0, count(reports).errors);
  std::size_t tests = 0;
  for (const FileReport& report : reports) {
    tests += add_suite(suites, report);
  }
  suites.attribute("tests").set_value(std::to_string(tests).c_str());
  StringWriter writer;
  document.save(writer, "  ", pugi::format_default, pugi::encoding_utf8);
  return std::move(writer).take();
}

}  // namespace atz::diag
