#include "life.hpp"

#include <doctest/doctest.h>

#include <map>

namespace atz::test {

using nlohmann::json;

namespace {

const std::map<std::string, std::string> kCaseIds{
    {"900000201", "900000101"}, {"900000202", "900000102"}, {"900000203", "900000103"}};

std::string example(const std::string& name) {
  return atz::test::read_source("examples/" + name);
}

std::string with_all(std::string text, const std::vector<std::pair<std::string, std::string>>& edits) {
  for (const auto& [from, to] : edits) text = replaced(std::move(text), from, to);
  return text;
}

}  // namespace

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

json case_of(const Outcome& status, const std::string& member) {
  const auto all = status.json();
  json found;
  for (const auto& one : all["cases"]) {
    if (one["member"] == member) found = one;
  }
  REQUIRE_FALSE(found.is_null());
  return found;
}

json status_on(const Program& atz, const std::string& day, const std::string& member, int code) {
  const auto status = atz.run({"status", "--as-of", day, "--format", "json"});
  if (code >= 0) CHECK_MESSAGE(status.code == code, status.out, status.err);
  return case_of(status, member);
}

std::string bytes_of_ledger(const Program& atz) {
  const auto status = atz.run({"status", "--offline", "--all", "--format", "json"}).json();
  return status["cases"].dump();
}

void approve_first_year(const Program& atz) {
  REQUIRE(atz.run({"new", "home", "--demo", "--as-of", "2026-01-04", "-o", atz.path("home.yaml")}).code == 0);
  const auto sent = atz.run({"submit", "--as-of", "2026-01-04", atz.path("home.yaml")});
  REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
  REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-01-08", kHome, "approve"}).code == 0);
  const auto status = atz.run({"status", "--as-of", "2026-01-08"});
  REQUIRE_MESSAGE(status.code == 0, status.out, status.err);
}

std::string write_example(const Program& atz, const std::string& name,
                          const std::vector<std::pair<std::string, std::string>>& edits) {
  std::string text = example(name);
  for (const auto& [from, to] : kCaseIds) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from)) text.replace(at, from.size(), to);
  }
  for (auto at = text.find("documents/"); at != std::string::npos; at = text.find("documents/", at + 200)) {
    text.replace(at, 10, std::string(ATZ_SOURCE_DIR) + "/examples/documents/");
  }
  atz.write(name, with_all(std::move(text), edits));
  return atz.path(name);
}

}  // namespace atz::test
