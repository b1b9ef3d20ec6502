// What a payer answers. First line: what was asked ("submit", "transaction", "recover", "status", "status-batch") and
// the HTTP status; then the body.
#include <algorithm>
#include <charconv>

#include "agency.hpp"
#include "atz/app/deliver.hpp"
#include "atz/app/profile.hpp"
#include "atz/app/recover.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/reply.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

using Moment = Agency::Moment;

Agency& agency() {
  static Agency instance;
  return instance;
}

// Reading alone, in every way: nothing is thrown, and the same bytes say the same.
void read_everything(int status, std::string_view body) {
  const auto profile = model::sandbox_profile();
  const auto one = fhir::read_submit_reply(status, body, profile);
  const auto again = fhir::read_submit_reply(status, body, profile);
  require(one.has_value() == again.has_value(), "reading is the same twice");
  if (one && one->reply) require(one->reply->status == again->reply->status, "reading is the same twice");
  (void)fhir::read_capabilities(body);
  (void)fhir::read_patients(body, profile);
  (void)fhir::read_binary(body);
  for (const std::size_t expected : {1U, 3U}) {
    const auto all = fhir::read_outer_reply(body, expected, profile);
    if (all) require(all->size() == expected, "as many answers as calls");
    const auto inquiries = fhir::read_outer_inquiry_reply(body, expected, profile);
    if (inquiries) require(inquiries->size() == expected, "as many answers as inquiries");
  }
}

void deliver_it(bool outer) {
  auto& ledger = agency().ledger(ledger::Access::write);
  const auto records = agency().cases();
  std::vector<app::Expected> members;
  for (const auto& record : records) {
    const auto identity = ledger.identity(record.id);
    require(identity.has_value(), "who was sent is known");
    members.push_back({record.label, record.claim_identifier, "", identity->member_id, app::sequences_of(record)});
  }
  if (!outer) members.resize(1);
  const auto services = agency().services();
  static const auto session = [&services] {
    auto opened =
        app::Session::open(services, *app::choose_profile(services, kPayer, nullptr), agency().vault(), services.clock);
    require(opened.has_value(), "the payer can be talked to");
    return std::move(*opened);
  }();
  const auto delivered = app::deliver(*session, services, "{}", outer, members, true);
  require(delivered.outcomes.size() == members.size(), "something becomes of every member");
  for (const auto& outcome : delivered.outcomes) {
    require(outcome.delivery != model::Delivery::sending, "what was answered is not being sent");
  }
  require(ledger.record_outcome(records.front().batch_id, delivered.outcomes, services.clock.now()).has_value(),
          "an outcome can be kept");
}

void run(std::string_view input) {
  const auto [head, body] = split_head(input);
  const auto blank = head.find(' ');
  if (blank == std::string_view::npos) return;
  const std::string_view word = head.substr(0, blank);
  int status = 0;
  std::from_chars(head.data() + blank + 1, head.data() + head.size(), status);
  read_everything(status, body);

  const bool submit = word == "submit" || word == "transaction";
  if (!submit && word != "recover" && word != "status" && word != "status-batch") return;
  agency().put_back(word.starts_with("status") ? Moment::open : Moment::unknown);
  agency().answer = [&, text = body](const std::string&, std::string_view) {
    return answered(status, std::string(text));
  };
  const auto once = [&] {
    if (submit) {
      deliver_it(word == "transaction");
    } else if (word == "recover") {
      (void)app::recover(agency().services(), {std::nullopt, std::nullopt, false});
    } else {
      app::StatusSettings settings;
      settings.force = true;
      agency().set_batches(word == "status-batch");
      (void)app::status(agency().services(), settings);
    }
  };
  const auto before = agency().cases();
  agency().close();
  once();
  agency().check_against(before);
  const std::string known = agency().known();
  agency().close();
  const auto between = agency().cases();
  agency().close();
  once();
  agency().check_against(between);
  require(agency().known() == known, "the same answer again changes nothing");
  agency().close();
}

std::vector<Seed> seeds() {
  std::vector<Seed> all;
  const auto& world = agency();
  const auto add = [&](const std::string& name, const std::string& head, const std::string& body) {
    all.push_back({name, head + "\n" + body});
  };
  add("transaction", "transaction 200", world.transaction_reply);
  for (std::size_t i = 0; i < world.submit_replies.size(); ++i) {
    add("submit-" + std::to_string(i), "submit 200", world.submit_replies[i]);
  }
  for (std::size_t i = 0; i < world.inquiry_replies.size(); ++i) {
    add("status-" + std::to_string(i), "status 200", world.inquiry_replies[i]);
    add("recover-" + std::to_string(i), "recover 200", world.inquiry_replies[i]);
  }
  add("status-batch", "status-batch 200", world.inquiries_reply);
  const std::string outcome = R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"duplicate",)"
                              R"("details":{"text":"known already"},"expression":["Bundle.entry[0]"]}]})";
  for (const char* head : {"submit 409", "submit 422", "transaction 400", "status 500", "recover 200"}) {
    add("outcome-" + std::string(head), head, outcome);
  }
  add("html", "transaction 200", "<html><body>503</body></html>");
  return all;
}

}  // namespace

Target reply_target() {
  return {"reply", Grammar::head_json, run, seeds};
}

}  // namespace atz::fuzz
