// A payer on the real loopback with its store in a folder of its own, and the requests of an example home.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/fhir/request.hpp"
#include "atz/sandbox/sandbox.hpp"
#include "sandbox/httplib.hpp"

namespace atz::sandbox::test {

// What a stolen store must not tell.
inline constexpr std::string_view kCanaries[] = {"99000001A",   "99000002A", "99000003A",  "Sampleton",
                                                 "Placeholder", "Mockley",   "1988-02-29", "F84.0"};

class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Instant at(std::string_view text);  // as in --as-of
seal::Vault vault(char key = 'k');
std::string read_bytes(const std::string& path);

struct World {
  Folder folder;
  std::unique_ptr<Files> files = real_files();
  FixedClock clock{at("2026-12-07T10:05:00")};
  SystemRandom random;
  seal::Vault keys = vault();

  [[nodiscard]] std::string state_dir() const { return folder.path() + "/state"; }
  Services services() { return {*files, clock, random, keys, state_dir()}; }
  std::unique_ptr<Server> serve(const ServerOptions& options = {});
  std::unique_ptr<Desk> desk();
};

// Decisions in one line.
Result<DeskCase> approve(Desk& desk, const std::string& case_id, const std::string& note);
Result<DeskCase> partially_approve(Desk& desk, const std::string& case_id, model::Hours hours, const std::string& note);
Result<DeskCase> deny(Desk& desk, const std::string& case_id, const std::string& note);
// What the notes say, letters left out.
std::vector<std::string> said(const fhir::CaseReply& reply);
// The notes that tell of letters.
std::vector<std::string> letters_in(const fhir::CaseReply& reply);

// The example home: members A, B, C, from 2027-01-04 for a year, 67.75 / 85.75 / 96.50 hours.
model::Home example_home();
using Change = std::function<void(model::Home&)>;
struct Batch {
  std::string id = "maple-street-20261207-k3m9q";
  int attempt = 1;
  bool with_pattern = true;
};
// One request per member, built by the same code as the product's.
std::vector<fhir::MemberRequest> requests(const Change& change = {}, const Batch& batch = {});
std::string outer(fhir::OuterKind kind, const std::vector<fhir::MemberRequest>& members, const std::string& id = "");
std::string inquiry(const std::string& member_id, const std::string& case_id, const std::string& authorization = "",
                    const std::string& code = "", std::optional<model::DateSpan> period = {});
std::string outer_inquiry(const std::vector<std::string>& inquiries);
// The request with one change made in its JSON.
std::string edited(const std::string& body, const std::function<void(nlohmann::ordered_json&)>& edit);

// A client of the server that has not signed in; patient, for sanitizers on a busy machine.
httplib::Client anonymous(const Server& server);

// A client of the server, signed in.
class Caller {
 public:
  explicit Caller(const Server& server);
  httplib::Result post(const std::string& path, const std::string& body,
                       const std::string& type = "application/fhir+json");
  httplib::Result get(const std::string& path);
  httplib::Result raw(const std::string& method, const std::string& path, const std::string& body,
                      httplib::Headers headers);  // nothing is added
  void sign_in();
  std::string token;

  // The same, taken apart by the product's reader; REQUIREs that it can be.
  fhir::EntryReply submit(const std::string& body);
  fhir::CaseReply open(const std::string& body);  // a submit that must be answered with a ClaimResponse
  std::vector<fhir::EntryReply> send_all(fhir::OuterKind kind, const std::vector<fhir::MemberRequest>& members);
  std::vector<fhir::CaseReply> ask(const std::string& body);

  httplib::Client http;

 private:
  const Server& server_;
};

nlohmann::json json_of(const httplib::Result& result);
std::vector<fhir::Issue> issues_of(const httplib::Result& result);
bool is_fhir(const httplib::Result& result);

}  // namespace atz::sandbox::test
