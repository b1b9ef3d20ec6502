// A case over its whole life, told to the intake as messages that were read: no wire, no sign-in.
#pragma once

#include <string>
#include <vector>

#include "sandbox/intake.hpp"
#include "sandbox/timers.hpp"
#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {

struct Life {
  explicit Life(const char* time = "2026-12-07T10:05:00");

  World world;
  std::unique_ptr<Store> store;
  std::unique_ptr<Intake> intake;
  std::unique_ptr<Desk> desk;

  void move_to(std::string_view time);  // and lets happen what is due
  std::vector<Happened> happened;       // on the last move

  Taken send(const Incoming& incoming);
  Taken attach(const fhir::ReceivedAttachments& attachments);
  // Member 0, 1 or 2 of the example home, sent and approved: 2027-01-04 for a year.
  Incoming approved(std::size_t member = 0);
  FullCase look(const std::string& case_id = "900000101");
  fhir::CaseReply reply(const Taken& taken);
};

// "57/C 1": codes, follow-up and line of the refusals; "" when there are none.
std::string faults(const Taken& taken);

Incoming first(std::size_t member = 0);
// Another message: new identifiers, new content.
Incoming renamed(Incoming incoming, const std::string& name);

// An update of `former` that adds a line and the papers that go with it.
struct More {
  std::string type = "4";
  model::DateSpan period{model::make_date(2028, 1, 4), model::make_date(2029, 1, 2)};
  std::int64_t quarters = 271;
  bool add_on = false;
  std::string name = "more";
};
Incoming update(const Incoming& former, const More& more);
// The same as a new Claim that names the case by its number.
Incoming claim_for_case(const Incoming& former, const std::string& case_id, const More& more);
// The running line `sequence`, changed in place.
Incoming in_place(const Incoming& former, int sequence, const std::string& type, const model::DateSpan& period,
                  std::int64_t quarters);
// Withdraws some lines; none: all of the request.
Incoming withdrawal(const Incoming& former, const std::vector<int>& lines, const std::string& reason = "not needed");
// Adds a paper and nothing else; `control_number` may be "".
Incoming answer(const Incoming& former, const std::string& control_number);

Incoming termination(const std::string& today = "2026-12-01");
fhir::ReceivedAttachments papers(const std::string& tracking_id, const std::string& case_id = "",
                                 const std::string& member_id = "99000001A");

}  // namespace atz::sandbox::test
