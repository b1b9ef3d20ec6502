#include "atz/app/show.hpp"
#include "app/words.hpp"

#include <fmt/format.h>

#include "app/next_steps.hpp"
#include "app/show_parts.hpp"
#include "atz/app/appeal.hpp"
#include "atz/app/open_ledger.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"

namespace atz::app {
namespace {

using ledger::CaseRecord;
using report::CasePrint;

class Gatherer {
 public:
  Gatherer(const ledger::Ledger& ledger, const std::vector<CaseRecord>& all, const casefile::Workspace& workspace,
           model::Date today, CasePrint& print)
      : ledger_(ledger), all_(all), workspace_(workspace), today_(today), print_(print) {}

  Result<void> add(const CaseRecord& record) {
    CasePrint::Request request;
    request.purpose = model::to_string(record.purpose);
    request.batch_id = record.batch_id;
    request.trace = record.claim_identifier;
    request.delivery = words(model::to_string(record.delivery));
    request.status = words(model::to_string(record.status));
    request.submitted_on = record.submitted_on;
    request.expected_by = record.expected_by;
    request.decided = model::is_decided(record.status);
    request.attempt = record.attempt;
    for (const auto& line : record.lines) request.lines.push_back(line_of(line));
    for (const auto& note : record.notes) (is_letter(note) ? request.letters : request.notes).push_back(note);
    for (const auto& question : record.requests) {
      const auto due =
          question.due ? *question.due
                       : model::maine_date(record.changed_at) + std::chrono::days(workspace_.settings.info_reply_days);
      if (record.status == model::CaseStatus::info_requested)
        request.questions.push_back({question.control_number, question.text, due});
    }
    const auto history = ledger_.history(record.id);
    if (!history) return tl::make_unexpected(history.error());
    for (const auto& entry : *history) request.events.push_back({entry.at, event_words(entry)});
    for (auto& step : next_steps(record, all_, today_, workspace_.settings))
      request.next.push_back({step.day, std::move(step.what)});
    if (auto added = add_body(record, request); !added) return added;
    print_.status = request.delivery == "accepted" ? request.status : request.delivery;
    print_.requests.push_back(std::move(request));
    return {};
  }

 private:
  Result<void> add_body(const CaseRecord& record, CasePrint::Request& request) {
    const auto body = ledger_.member_body(record.id);
    if (!body) return tl::make_unexpected(body.error());
    const auto people = fhir::read_sent_people(*body);
    if (!people) return tl::make_unexpected(people.error());
    describe(print_, *people);
    const auto sent = fhir::read_submit(*body, true);
    if (const auto* read = std::get_if<fhir::ReceivedRequest>(&sent)) {
      print_.diagnoses = read->diagnoses;
      add_sent(request, *read, workspace_.tables);
    }
    return {};
  }

  const ledger::Ledger& ledger_;
  const std::vector<CaseRecord>& all_;
  const casefile::Workspace& workspace_;
  model::Date today_;
  CasePrint& print_;
};

Error unknown_case(const std::string& case_id, const std::vector<CaseRecord>& all) {
  std::vector<std::string_view> known;
  for (const auto& record : all) {
    if (!record.case_id.empty()) known.push_back(record.case_id);
    if (record.home_id == case_id) {
      return {Failure::usage, fmt::format("'{}' is a home; `show` prints one case", printable(case_id)),
              fmt::format("`atz status --offline {}` lists its cases.", case_id)};
    }
  }
  const auto near = did_you_mean(case_id, known);
  return {Failure::usage, fmt::format("No case '{}' was sent from here", printable(case_id)),
          near ? fmt::format("Did you mean '{}'?", *near) : "`atz status --offline` lists what was sent."};
}

}  // namespace

Result<ShowResult> show(const Services& services, const ShowSettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of, Effect::keeps_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  std::vector<CaseRecord> all;
  if (opened->ledger != nullptr) {
    auto cases = opened->ledger->cases(profile.name);
    if (!cases) return tl::make_unexpected(cases.error());
    all = std::move(*cases);
  }
  ShowResult result;
  result.now = std::move(around->now);
  result.print.as_of = result.now.at;
  result.print.payer = profile.name;
  result.print.sandbox = !profile.live;
  result.print.case_id = settings.case_id;
  bool found = false;
  for (const auto& record : all) {
    if (record.case_id != settings.case_id) continue;
    found = true;
    result.print.home_id = record.home_id;
    result.print.label = record.label;
    Gatherer gatherer(*opened->ledger, all, *around->workspace, result.now.today, result.print);
    if (auto added = gatherer.add(record); !added) return tl::make_unexpected(added.error());
  }
  if (!found) return tl::make_unexpected(unknown_case(settings.case_id, all));
  return result;
}

}  // namespace atz::app
