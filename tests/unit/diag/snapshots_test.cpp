// Each format of the same findings beside a file with what it printed when somebody last read it.
// ATZ_UPDATE_SNAPSHOTS=1 writes them anew; read the difference before it is committed.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "unit/diag/sample.hpp"

using namespace atz::diag;

namespace {

void matches(const std::string& name, const std::string& text) {
  const std::string path = std::string(ATZ_SOURCE_DIR) + "/tests/unit/diag/snapshots/" + name;
  if (std::getenv("ATZ_UPDATE_SNAPSHOTS") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream file(path, std::ios::binary);
  CHECK_MESSAGE(std::string(std::istreambuf_iterator<char>(file), {}) == text, name);
}

}  // namespace

TEST_CASE("every format of the same findings") {
  const auto reports = sample_reports();
  std::string human;
  for (const FileReport& report : reports) {
    human += render_human(report, {});
  }
  matches("human.txt", human);
  matches("concise.txt", render_concise(reports));
  matches("findings.json", render_json(reports));
  matches("findings.jsonl", render_jsonl(reports));
  matches("findings.sarif", render_sarif(reports, sample_rules(), {"atz", "1.2.3", "/somewhere"}));
  matches("junit.xml", render_junit(reports));
  matches("github.txt", render_github(reports));
}

TEST_CASE("one file after the other gives the same lines as all at once") {
  std::string concise;
  std::string lines;
  std::string github;
  for (const FileReport& report : sample_reports()) {
    concise += render_concise({report});
    lines += render_jsonl({report});
    github += render_github({report});
  }
  CHECK(concise == render_concise(sample_reports()));
  CHECK(lines == render_jsonl(sample_reports()));
  CHECK(github == render_github(sample_reports()));
}

TEST_CASE("nothing found") {
  CHECK(render_concise({}).empty());
  CHECK(render_jsonl({}).empty());
  CHECK(render_junit({}) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"atz check\" tests=\"0\" failures=\"0\" errors=\"0\" skipped=\"0\" />\n");
  CHECK(render_sarif({}, {}, {"atz", "1", ""}).find("\"results\": []") != std::string::npos);
}

TEST_CASE("names of files as URIs") {
  const auto uri = [](const std::string& file, const std::string& directory) {
    FileReport report;
    report.file = file;
    report.findings.resize(1);
    const std::string text = render_sarif({report}, {}, {"atz", "1", directory});
    const auto begin = text.find("\"uri\": \"") + 8;
    return text.substr(begin, text.find('"', begin) - begin);
  };
  CHECK(uri("homes/a b.yaml", "/w") == "homes/a%20b.yaml");
  CHECK(uri("./homes/a.yaml", "/w") == "homes/a.yaml");
  CHECK(uri("../a.yaml", "/w") == "../a.yaml");
  CHECK(uri("/w/homes/a.yaml", "/w") == "homes/a.yaml");
  CHECK(uri("/w/a.yaml", "/w/") == "a.yaml");
  CHECK(uri("/a.yaml", "/") == "a.yaml");
  CHECK(uri("/wide/a.yaml", "/w") == "file:///wide/a.yaml");
  CHECK(uri("/w/a.yaml", "") == "file:///w/a.yaml");
  CHECK(uri("a:b?c#d%\xE9.yaml", "/w") == "a%3Ab%3Fc%23d%25%E9.yaml");
  CHECK(uri("-", "/w") == "-");
}
