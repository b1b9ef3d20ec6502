// The example messages of the published packages: FHIR_PACKAGES names a folder with davinci-pas-*.tgz.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;

namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

class TemporaryFolder {
 public:
  TemporaryFolder() : path_(std::filesystem::temp_directory_path() / "atz-fhir-XXXXXX") {
    std::string name = path_.string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("published examples are read without a crash") {
  const char* packages = std::getenv("FHIR_PACKAGES");
  if (packages == nullptr) {
    std::cout << "SKIPPED: published examples (set FHIR_PACKAGES to the folder of the FHIR packages)\n";
    return;
  }
  const auto profile = model::sandbox_profile();
  std::size_t answers = 0;
  std::size_t requests = 0;
  for (const auto& package : std::filesystem::recursive_directory_iterator(packages)) {
    const std::string name = package.path().filename().string();
    if (name.rfind("davinci-pas", 0) != 0 || package.path().extension() != ".tgz") continue;
    const TemporaryFolder folder;
    REQUIRE(std::system(("tar -xzf '" + package.path().string() + "' -C '" + folder.path().string() + "'").c_str()) ==
            0);
    for (const auto& example : std::filesystem::directory_iterator(folder.path() / "package" / "example")) {
      const std::string text = slurp(example.path());
      const std::string file = example.path().filename().string();
      const auto reply = read_submit_reply(200, text, profile);
      const auto inquiry = read_inquiry_reply(text, profile);
      (void)read_outer_reply(text, 1, profile);
      (void)read_capabilities(text);
      (void)read_outcome(text);
      (void)read_inquiry(text);
      (void)read_submit(text, false);
      const auto tolerant = read_submit(text, true);
      const bool request = file.rfind("Bundle-", 0) == 0 && file.find("Response") == std::string::npos &&
                           file.find("uthorization") != std::string::npos;
      if (request) {
        ++requests;
        const auto* fault = std::get_if<Fault>(&tolerant);
        CHECK_MESSAGE(fault == nullptr, file << ": " << (fault == nullptr ? "" : write_outcome(fault->issues)));
      }
      const bool response = file.find("Response") != std::string::npos &&
                            (file.rfind("Bundle-", 0) == 0 || file.rfind("ClaimResponse-", 0) == 0);
      if (!response) continue;
      ++answers;
      INFO(file);
      CHECK(reply.has_value());
      CHECK((inquiry.has_value() && !inquiry->cases.empty()));
    }
  }
  CHECK(answers > 0);
  CHECK(requests > 0);
}
