// The embedded payer without sockets, with the cases of the example home: one that a question is open about, one that
// is decided, one in review.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/base/file.hpp"
#include "atz/base/random.hpp"
#include "atz/fhir/request.hpp"
#include "atz/model/home.hpp"
#include "atz/sandbox/sandbox.hpp"
#include "folder.hpp"
#include "sandbox/service.hpp"

namespace atz::fuzz {

Instant begin_of_time();  // 2026-12-07, ten o'clock in Maine

// The requests of an example, as they would be sent as `batch`.
std::vector<fhir::MemberRequest> example_requests(const std::string& example, const std::string& batch,
                                                  const fhir::PriorRequest* prior = nullptr);
std::string in_one(fhir::OuterKind kind, const std::string& url, const std::vector<std::string>& bodies);

class Payer {
 public:
  enum class Beginning { empty, with_cases };
  explicit Payer(Beginning beginning);
  // As it was in the beginning.
  void reset();
  sandbox::Reply call(std::string_view method, std::string_view path, std::string_view body);
  [[nodiscard]] std::unique_ptr<sandbox::Desk> desk();
  [[nodiscard]] std::size_t case_count();
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.path(name); }
  [[nodiscard]] const std::vector<fhir::MemberRequest>& requests() const { return requests_; }

 private:
  void open();
  void play();

  Folder folder_;
  std::unique_ptr<Files> files_ = real_files();
  FixedClock clock_{begin_of_time()};
  SeededRandom random_{1};
  seal::Vault vault_;
  DatabaseImage image_;
  std::vector<fhir::MemberRequest> requests_;
  std::unique_ptr<sandbox::Store> store_;
  std::unique_ptr<sandbox::SignIn> sign_in_;
  std::unique_ptr<sandbox::Service> service_;
};

}  // namespace atz::fuzz
