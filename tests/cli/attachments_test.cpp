// Documents on a real disk: links, special files, permissions, limits, names.
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "program.hpp"

using atz::test::Program;
namespace fs = std::filesystem;

namespace {

const std::string kPdf = "%PDF-1.4\n% a plan\n%%EOF\n";

std::string home_with(const Program& atz, const std::string& file, const std::string& more = "member: A") {
  return atz.home(
      {{"attest: {", "documents:\n  - {file: '" + file + "', type: person-centered-plan, " + more + "}\nattest: {"}});
}

struct Finding {
  std::string severity, message, found, help;
};

// The findings of a rule.
std::vector<Finding> findings(const nlohmann::json& checked, const std::string& rule) {
  std::vector<Finding> result;
  for (const auto& finding : checked["findings"]) {
    if (finding["rule"] != rule) continue;
    result.push_back({finding["severity"], finding["message"], finding.value("found", ""), finding.value("help", "")});
  }
  return result;
}

nlohmann::json check(const Program& atz, const std::string& home) {
  return atz.run({"check", "--as-of", "2026-12-07", "--format", "json", home}).json();
}

}  // namespace

TEST_SUITE("attachments") {
  TEST_CASE("what is no file is refused without touching it") {
    Program atz;
    REQUIRE(mkfifo(atz.path("pipe.pdf").c_str(), 0600) == 0);
    fs::create_directory(atz.path("folder.pdf"));
    const int server = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string socket_path = atz.path("socket.pdf");
    REQUIRE(socket_path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, socket_path.c_str(), socket_path.size() + 1);
    REQUIRE(bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    for (const char* file : {"pipe.pdf", "folder.pdf", "socket.pdf", "/dev/null"}) {
      CAPTURE(file);
      const auto found = findings(check(atz, home_with(atz, file)), "AT007");
      REQUIRE(found.size() == 1);
      CHECK(found[0].severity == "error");
      CHECK(found[0].message == "This is a folder or a device, not a file");
    }
    close(server);
  }

  TEST_CASE("links: inside is fine, nowhere and outside are errors") {
    Program atz;
    fs::create_directories(atz.path("homes/scans"));
    fs::create_directory(atz.path("shared"));
    atz.write("homes/scans/plan.pdf", kPdf);
    atz.write("common/plan.pdf", kPdf);
    fs::create_symlink("scans/plan.pdf", atz.path("homes/inside.pdf"));
    fs::create_symlink("../common/plan.pdf", atz.path("homes/outside.pdf"));
    fs::create_symlink("../common", atz.path("homes/way"));
    fs::create_symlink("scans/none.pdf", atz.path("homes/dangling.pdf"));
    fs::create_symlink("circle.pdf", atz.path("homes/circle.pdf"));
    const std::pair<const char*, const char*> rows[] = {
        {"inside.pdf", ""},
        {"scans/plan.pdf", ""},
        {"../common/plan.pdf", ""},
        {"outside.pdf", "A link on this path leads out of the case file's folder"},
        {"way/plan.pdf", "A link on this path leads out of the case file's folder"},
        {"dangling.pdf", "This is a link that leads to no file"},
        {"circle.pdf", "This is a link that leads to no file"},
        {"none.pdf", "There is no such file"},
        {"scans\\plan.pdf", "There is no such file; folders are separated by / here, not by \\"},
    };
    for (const auto& [file, message] : rows) {
      CAPTURE(file);
      fs::copy_file(home_with(atz, file), atz.path("homes/home.yaml"), fs::copy_options::overwrite_existing);
      const auto found = findings(check(atz, "homes/home.yaml"), "AT007");
      REQUIRE(found.size() == (*message == '\0' ? 0 : 1));
      if (found.empty()) continue;
      CHECK(found[0].severity == "error");
      CHECK(found[0].message == message);
    }
    // The folder of the case files may itself be reached through a link.
    fs::create_symlink("homes", atz.path("link"));
    fs::copy_file(home_with(atz, "inside.pdf"), atz.path("homes/home.yaml"), fs::copy_options::overwrite_existing);
    CHECK(findings(check(atz, "link/home.yaml"), "AT007").empty());
    const auto absolute = findings(check(atz, home_with(atz, atz.path("common/plan.pdf"))), "AT007");
    REQUIRE(absolute.size() == 1);
    CHECK(absolute[0].severity == "info");
  }

  TEST_CASE("without permission a file can't be read, and that is said") {
    Program atz;
    atz.write("plan.pdf", kPdf);
    fs::create_directory(atz.path("closed"));
    atz.write("closed/plan.pdf", kPdf);
    const auto hidden = home_with(atz, "closed/plan.pdf");
    fs::rename(hidden, atz.path("hidden.yaml"));
    const auto home = home_with(atz, "plan.pdf");
    fs::permissions(atz.path("plan.pdf"), fs::perms::none);
    fs::permissions(atz.path("closed"), fs::perms::none);
    // Root may read everything, unless it gives that up.
    std::vector<std::string> words;
    if (geteuid() == 0) words = {"setpriv", "--inh-caps=-all", "--bounding-set=-all"};
    for (const auto& file : {home, atz.path("hidden.yaml")}) {
      auto as_user = words;
      for (const std::string& word : {std::string(ATZ_BINARY), std::string("check"), std::string("--as-of"),
                                      std::string("2026-12-07"), std::string("--format"), std::string("json"), file})
        as_user.push_back(word);
      const auto outcome = atz.run_other(as_user);
      REQUIRE_MESSAGE(!outcome.out.empty(), outcome.err);
      const auto found = findings(outcome.json(), "AT007");
      REQUIRE(found.size() == 1);
      CHECK(found[0].message == "The file can't be read");
    }
    fs::permissions(atz.path("closed"), fs::perms::owner_all);
  }

  TEST_CASE("sizes count exactly, by default and as set") {
    Program atz;
    const auto of_size = [&](std::size_t bytes) { atz.write("plan.txt", std::string(bytes, 'x')); };
    const auto home = home_with(atz, "plan.txt");
    const auto rules = [&] {
      auto checked = check(atz, home);
      return std::pair(findings(checked, "AT002").size(), findings(checked, "AT003").size());
    };
    const std::pair<std::size_t, std::pair<std::size_t, std::size_t>> rows[] = {
        {4'000'000, {0, 0}}, {4'000'001, {0, 1}}, {10'000'000, {0, 1}}, {10'000'001, {1, 0}}};
    for (const auto& [bytes, expected] : rows) {
      CAPTURE(bytes);
      of_size(bytes);
      CHECK(rules() == expected);
    }
    atz.write("atz.yaml", "settings: {attachment: {max-bytes: 20, warn-bytes: 10, types: [pdf]}}\n");
    of_size(20);
    CHECK(rules() == std::pair<std::size_t, std::size_t>(0, 1));
    of_size(21);
    CHECK(rules() == std::pair<std::size_t, std::size_t>(1, 0));
    auto checked = check(atz, home);
    REQUIRE(findings(checked, "AT001").size() == 1);
    of_size(0);
    auto empty = check(atz, home);
    REQUIRE(findings(empty, "AT007").size() == 1);
    CHECK(findings(empty, "AT007")[0].message == "The file is empty");
  }

  TEST_CASE("a name that gives somebody away is not repeated anywhere") {
    Program atz;
    const auto home = home_with(atz, "Sampleton_99000001A.pdf");
    auto missing = check(atz, home);
    REQUIRE(findings(missing, "AT011").size() == 1);
    CHECK(findings(missing, "AT011")[0].message == "The file name holds the last name and MaineCare ID of member A");
    REQUIRE(findings(missing, "AT007").size() == 1);
    atz.write("Sampleton_99000001A.pdf", kPdf);
    std::string shown = missing.dump();
    for (const char* command : {"check", "plan"}) {
      for (const char* format : {"json"}) {
        const auto outcome = atz.run({command, "--as-of", "2026-12-07", "--format", format, home});
        shown += outcome.out;
      }
    }
    shown += atz.run({"plan", "--as-of", "2026-12-07", home}).out;
    shown += atz.run({"submit", "--as-of", "2026-12-07", home}).out;
    CHECK(shown.find("name withheld") != std::string::npos);
    for (const char* datum : {"Sampleton", "99000001"}) CHECK(shown.find(datum) == std::string::npos);
  }
}
