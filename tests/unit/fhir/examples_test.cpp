// The example messages of the published packages: FHIR_PACKAGES names a folder with davinci-pas-*.tgz.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string_view>

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

// What the answers among the examples say, by the decision codes in them (the guide's own words about them differ at
// times: the "ErrorResponseBundle" of 2.0.1 holds an approval).
struct Expected {
  const char* version;  // of the package
  const char* file;
  model::CaseStatus status;
  bool refused = false;
  bool inquiry = false;  // only read as an answer to an inquiry
};
using S = model::CaseStatus;
const Expected kAnswers[] = {
    {"2.2.1", "Bundle-ErrorResponseBundleExample.json", S::unsubmitted, true},
    {"2.2.1", "Bundle-PASClaimInquiryResponseBundleExample.json", S::approved},
    {"2.2.1", "Bundle-ReferralAuthorizationResponseBundleExample.json", S::approved},
    {"2.2.1", "Bundle-ReferralPendingAuthorizationResponseBundleExample.json", S::in_review},
    {"2.2.1", "Bundle-RejectionResponseBundleExample.json", S::denied},
    {"2.2.1", "ClaimResponse-ErrorResponseExample.json", S::unsubmitted, true},
    {"2.2.1", "ClaimResponse-PASClaimInquiryResponseExample.json", S::approved},
    {"2.2.1", "ClaimResponse-PractitionerRequestorAdditionalContentResponseExample.json", S::approved},
    {"2.2.1", "ClaimResponse-PractitionerRequestorPendingResponseExample.json", S::in_review},
    {"2.2.1", "ClaimResponse-PractitionerRequestorResponseExample.json", S::approved},
    {"2.2.1", "ClaimResponse-RejectionResponseExample.json", S::denied},
    {"2.2.1", "Parameters-PASClaimInquiryOperationResponseExample.json", S::approved, false, true},
    {"2.0.1", "Bundle-ErrorResponseBundleExample.json", S::approved},
    {"2.0.1", "Bundle-PASClaimInquiryResponseBundleExample.json", S::approved},
    {"2.0.1", "Bundle-ReferralAuthorizationResponseBundleExample.json", S::approved},
    {"2.0.1", "ClaimResponse-ErrorResponseExample.json", S::unsubmitted, true},
    {"2.0.1", "ClaimResponse-PASClaimInquiryResponseExample.json", S::approved},
    {"2.0.1", "ClaimResponse-PractitionerRequestorResponseExample.json", S::approved},
    {"2.0.1", "ClaimResponse-ReferralAuthorizationResponseExample.json", S::approved},
};

const Expected* expected_of(const std::string& version, const std::string& file) {
  for (const auto& row : kAnswers) {
    if (row.version == version && row.file == file) return &row;
  }
  return nullptr;
}

// Every reader survives every example, whatever it is.
void read_in_every_way(const std::string& text, const model::PayerProfile& profile) {
  (void)read_submit_reply(200, text, profile);
  (void)read_inquiry_reply(text, profile);
  (void)read_outer_reply(text, 1, profile);
  (void)read_outer_inquiry_reply(text, 1, profile);
  (void)read_patients(text, profile);
  (void)read_capabilities(text);
  (void)read_binary(text);
  (void)read_outcome(text);
  (void)read_inquiry(text);
  (void)read_attachments(text);
  (void)read_submit(text, false);
}

void check_answer(const Expected& expected, const std::string& text, const model::PayerProfile& profile) {
  const auto inquiry = read_inquiry_reply(text, profile);
  REQUIRE(inquiry.has_value());
  REQUIRE(inquiry->cases.size() == 1);
  CHECK(inquiry->cases[0].status == expected.status);
  CHECK(inquiry->cases[0].refused == expected.refused);
  if (expected.inquiry) return;
  const auto reply = read_submit_reply(200, text, profile);
  REQUIRE(reply.has_value());
  REQUIRE(reply->reply.has_value());
  CHECK(reply->reply->status == expected.status);
  CHECK(reply->reply->refused == expected.refused);
  CHECK(reply->reply->errors.empty() != expected.refused);
}

}  // namespace

TEST_CASE("published examples of both versions are read, and their answers mean what they say") {
  const char* packages = std::getenv("FHIR_PACKAGES");
  if (packages == nullptr) {
    std::cout << "SKIPPED: published examples (set FHIR_PACKAGES to the folder of the FHIR packages)\n";
    return;
  }
  const auto profile = model::sandbox_profile();
  std::map<std::string, std::size_t> answers;
  std::map<std::string, std::size_t> requests;
  for (const auto& package : std::filesystem::recursive_directory_iterator(packages)) {
    constexpr std::string_view kName = "davinci-pas-";
    const std::string stem = package.path().stem().string();
    if (stem.rfind(kName, 0) != 0 || package.path().extension() != ".tgz") continue;
    const std::string version = stem.substr(kName.size());
    const TemporaryFolder folder;
    REQUIRE(std::system(("tar -xzf '" + package.path().string() + "' -C '" + folder.path().string() + "'").c_str()) ==
            0);
    for (const auto& example : std::filesystem::directory_iterator(folder.path() / "package" / "example")) {
      const std::string text = slurp(example.path());
      const std::string file = example.path().filename().string();
      INFO(version, " ", file);
      read_in_every_way(text, profile);
      const bool request = file.rfind("Bundle-", 0) == 0 && file.find("Response") == std::string::npos &&
                           file.find("uthorization") != std::string::npos;
      if (request) {
        ++requests[version];
        const auto tolerant = read_submit(text, true);
        const auto* fault = std::get_if<Fault>(&tolerant);
        CHECK_MESSAGE(fault == nullptr, (fault == nullptr ? "" : write_outcome(fault->issues)));
      }
      const Expected* expected = expected_of(version, file);
      const bool holds_answer =
          text.find("\"ClaimResponse\"") != std::string::npos && file.find("Response") != std::string::npos &&
          (file.rfind("Bundle-", 0) == 0 || file.rfind("ClaimResponse-", 0) == 0 || file.rfind("Parameters-", 0) == 0);
      CHECK(holds_answer == (expected != nullptr));  // a new example needs a row
      if (expected == nullptr) continue;
      ++answers[version];
      check_answer(*expected, text, profile);
    }
  }
  REQUIRE_FALSE(answers.empty());
  for (const auto& [version, count] : answers) {
    const auto rows = std::count_if(std::begin(kAnswers), std::end(kAnswers),
                                    [&](const auto& row) { return row.version == version; });
    CHECK_MESSAGE(count == static_cast<std::size_t>(rows), version);
    CHECK(requests[version] > 0);
  }
}
