// The completions in the shells that they are for; the shipped files are what the program prints.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "program.hpp"

using atz::test::Program;

namespace {

std::string shipped(const std::string& name) {
  std::ifstream file(std::filesystem::path(ATZ_SOURCE_DIR) / "completions" / name);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_SUITE("completion") {
  TEST_CASE("the shipped files are current") {
    Program atz;
    CHECK(atz.run({"completion", "bash"}).out == shipped("atz.bash"));
    CHECK(atz.run({"completion", "zsh"}).out == shipped("_atz"));
    CHECK(atz.run({"completion", "fish"}).out == shipped("atz.fish"));
  }

  TEST_CASE("bash") {
    Program atz;
    atz.write("atz.bash", atz.run({"completion", "bash"}).out);
    const auto complete = [&](const std::string& words) {
      const std::string script =
          "source '" + atz.path("atz.bash") + "'; COMP_WORDS=(" + words +
          "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _atz 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
      return atz.run_other({"bash", "--norc", "-c", script}).out;
    };
    CHECK(complete("atz sta") == "status\nstaffing\n");
    CHECK(complete("atz sandbox re") == "review\nreset\n");
    CHECK(complete("atz sandbox clock a") == "advance\n");
    CHECK(complete("atz check --format g") == "github\n");
    CHECK(complete("atz status --ch") == "--changes\n");
    CHECK(complete("atz completion f") == "fish\n");
    atz.write("homes.yaml", "");
    CHECK(complete("atz check homes.y") == "homes.yaml\n");
  }

  TEST_CASE("fish") {
    Program atz;
    atz.write("atz.fish", atz.run({"completion", "fish"}).out);
    const auto complete = [&](const std::string& line) {
      auto result = atz.run_other(
          {"fish", "--no-config", "-c", "source '" + atz.path("atz.fish") + "'; complete -C '" + line + "'"});
      CHECK_MESSAGE(result.code == 0, result.err);
      return result.out;
    };
    CHECK(complete("atz sta").find("staffing\t") != std::string::npos);
    CHECK(complete("atz sandbox re").find("review\t") != std::string::npos);
    CHECK(complete("atz check --format g").find("github") != std::string::npos);
    CHECK(complete("atz status --ch").find("--changes") != std::string::npos);
    CHECK(complete("atz sandbox re").find("staffing") == std::string::npos);
  }

  TEST_CASE("zsh") {
    Program atz;
    atz.write("site/_atz", atz.run({"completion", "zsh"}).out);
    // A shell in a pseudo-terminal; reading blocks until what is expected has been written.
    const auto complete = [&](const std::string& typed, const std::string& expected) {
      const std::string script =
          "zmodload zsh/zpty\n"
          "zpty inner zsh -f -i\n"
          "zpty -w inner \"PS1=READY; fpath=(" +
          atz.path("site") + " \\$fpath); autoload -Uz compinit; compinit -u -d " + atz.path("dump") +
          "; print LOADED-\\$_comps[atz]\"\n"
          "zpty -r inner line '*LOADED-_atz*'\n"
          "zpty -n -w inner $'" +
          typed +
          "\\t'\n"
          "zpty -r inner line '*" +
          expected +
          "*'\n"
          "print FOUND\n";
      return atz.run_other({"zsh", "-f", "-c", script}).out;
    };
    CHECK(complete("atz recov", "recover").find("FOUND") != std::string::npos);
    CHECK(complete("atz sandbox rev", "review").find("FOUND") != std::string::npos);
    CHECK(complete("atz check --format g", "github").find("FOUND") != std::string::npos);
  }
}
