// atz, the real embedded payer, and somebody in between.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "middle.hpp"
#include "program.hpp"
#include "tally.hpp"

namespace atz::test {

// The replies of the members in what the payer answered to a submission: the PAS Bundle of each, in order.
void each_reply(nlohmann::json& body, const std::function<void(nlohmann::json&, std::size_t)>& change);
// The resources of a kind inside of a PAS Bundle.
void each_resource(nlohmann::json& bundle, const std::string& type, const std::function<void(nlohmann::json&)>& change);

// Nothing that steers a terminal: no control characters but line ends, no C1, no bidirectional overrides.
bool is_clean(const std::string& text);

// A line of the profile that ends_well() takes back.
inline constexpr const char* kShortPatience = "limits: {seconds: 2}";

struct Member {
  std::string label, case_id, delivery, status;
};

class World {
 public:
  // `lines`: more lines of the profile, each indented by two blanks and ending with a line feed.
  explicit World(Mode mode, const std::string& lines = {}, const std::vector<std::string>& serve = {});

  Outcome submit();  // --format json; both streams are checked to be clean
  Outcome recover(bool resend = false);
  Outcome run(std::vector<std::string> words);  // any command, with the profile
  // What `atz status --offline` knows, one for each request.
  [[nodiscard]] std::vector<Member> ledger();
  // The payer itself, without anybody in between: label and Case ID of every case.
  [[nodiscard]] std::vector<Member> payer();
  // The payer is healthy again: `recover`, with --resend if need be, and `submit` lead to one case for each member, and
  // ledger and payer agree about them.
  void ends_well();

  Program atz;
  std::string home;

 private:
  Background serve(const std::vector<std::string>& more);
  Background payer_;

 public:
  Middle middle;
};

}  // namespace atz::test
