#include "agency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "atz/app/recover.hpp"
#include "atz/app/session.hpp"
#include "atz/app/status.hpp"
#include "atz/app/submit.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/reply.hpp"
#include "payer.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

constexpr const char* kDatabase = "state/ledger.db";
constexpr const char* kTold = "told";  // a mark: news before it are known at the beginning
constexpr const char* kProfiles = R"(payer:
  base_url: http://127.0.0.1:9/fhir
  auth: {mode: none}
)";

using Fate = payer::Exchange::Fate;

// Says the same to every POST; what the payer offers is known.
class ScriptedClient final : public payer::Client {
 public:
  explicit ScriptedClient(Agency& agency) : agency_(agency) {}
  Result<void> sign_in() override { return {}; }
  payer::Exchange get(const std::string& path) override {
    if (path != "metadata") return answered(404, "");
    std::string statement = fhir::write_capabilities("http://127.0.0.1:9/fhir", begin_of_time(), "2.2.1");
    if (agency_.takes_batches()) return answered(200, statement);
    constexpr std::string_view kBatch = R"({"code":"batch"})";
    const auto at = statement.find(kBatch);
    require(at != std::string::npos, "the statement says that batches are taken");
    return answered(200, statement.replace(at, kBatch.size(), R"({"code":"search-system"})"));
  }
  payer::Exchange post(const std::string& path, std::string_view body, std::size_t) override {
    return agency_.answer(path, body);
  }
  payer::Exchange post_form(const std::string&, const Fields&) override { return answered(404, ""); }
  void on_slow(std::function<void()>) override {}
  void on_cancelled(std::function<bool()>) override {}

 private:
  Agency& agency_;
};

template <class T>
T must(Result<T> result) {
  require(result.has_value(), result ? "" : result.error().message);
  return std::move(*result);
}

std::string words_of(const model::LineDecision& line) {
  std::string words = fmt::format("{} {} {} {}", line.sequence, line.action ? static_cast<int>(*line.action) : -1,
                                  line.action_code, line.authorization_number);
  if (line.weekly_hours) words += fmt::format(" hours {}", line.weekly_hours->quarters);
  words += " " + line.weekly_hours_text;
  if (line.units) words += fmt::format(" units {}", *line.units);
  if (line.period)
    words += fmt::format(" {}..{}", model::format_date(line.period->first), model::format_date(line.period->last));
  if (line.decided_on) words += " on " + model::format_date(*line.decided_on);
  for (const auto& reason : line.reasons) words += fmt::format(" [{} {}]", reason.code, reason.text);
  return words;
}

std::string words_of(const ledger::CaseRecord& record) {
  std::string words = fmt::format("{} {} {} {} {} {}\n", record.id, record.label, record.case_id,
                                  model::to_string(record.delivery), model::to_string(record.status), record.flag);
  for (const auto& note : record.notes) words += "  note " + note + "\n";
  for (const auto& line : record.lines) words += "  line " + words_of(line.decision) + "\n";
  for (const auto& request : record.requests) {
    words += fmt::format("  asks {} {} {} {} {}\n", request.control_number, request.kind_code, request.code,
                         request.text, request.due ? model::format_date(*request.due) : "");
  }
  return words;
}

}  // namespace

payer::Exchange answered(int status, std::string body) {
  payer::Exchange exchange;
  exchange.fate = Fate::answered;
  exchange.http_status = status;
  exchange.content_type = "application/fhir+json";
  exchange.body = std::move(body);
  return exchange;
}

Agency::Agency() : clock_(begin_of_time()) {
  write_file(file("config/profiles.yaml"), kProfiles);
  write_file(file("homes/atz.yaml"), fmt::format("profile: {}\n", kPayer));
  // With its staffing pattern, so that none is drawn: the drawing libraries' own leaks are not looked for here.
  write_file(file("homes/plan.pdf"), source_file("examples/documents/order-0001.pdf"));
  write_file(file("homes/maple-street.yaml"), source_file("examples/maple-street.yaml") +
                                                  "\ndocuments:\n  - {file: plan.pdf, type: staffing-pattern}\n");
  play();
}

app::Services Agency::services() {
  random_ = SeededRandom(1);
  return {*files_,
          clock_,
          random_,
          file("config"),
          file("state"),
          file("homes/atz.yaml"),
          [this](const model::PayerProfile&, payer::Credentials, Clock&, Random&) {
            return Result<std::unique_ptr<payer::Client>>(std::make_unique<ScriptedClient>(*this));
          },
          [](const std::string&) {},
          [] { return false; },
          {}};
}

// The home is sent and the answer gets lost; it is found; one member is decided, and the decision is known. What
// happens at the payer after that is not known here: the messages about it are the seeds.
void Agency::play() {
  Payer payer(Payer::Beginning::empty);
  must(payer.desk()->notify(payer.file("notifications")).map([] { return true; }));
  std::vector<std::string> replies;
  bool lost = true;
  answer = [&](const std::string& path, std::string_view body) {
    const auto reply = payer.call("POST", path.empty() ? "/fhir" : "/fhir/" + path, body);
    replies.push_back(reply.body);
    if (!lost) return answered(reply.status, reply.body);
    payer::Exchange exchange;
    exchange.fate = Fate::unknown;
    exchange.error = {Failure::unknown_outcome, "The answer got lost", ""};
    return exchange;
  };
  const auto sent =
      must(app::submit(services(), {std::nullopt, std::nullopt, false, true, {}}, file("homes/maple-street.yaml")));
  require(sent.sent && replies.size() == 1, "the home is sent in one request");
  transaction_reply = replies.front();
  unknown_.take(file(kDatabase));
  vault_ = std::make_unique<seal::Vault>(must(app::open_vault(services(), false)));

  lost = false;
  const auto settled = must(app::recover(services(), {std::nullopt, std::nullopt, false}));
  require(settled.all_settled(), "the payer has it");
  const auto reviewer = payer.desk();
  must(reviewer->decide("900000102", {sandbox::Verdict::partial, model::Hours{240}, {}, "Evenings are shared."}));
  must(app::status(services(), {}));
  auto& known = ledger(ledger::Access::write);
  require(known.move_mark(kPayer, kTold, must(known.changes_since(kPayer, kTold)).back().sequence).has_value(),
          "what is known is told");
  close();
  open_.take(file(kDatabase));
  require(cases().size() == 3, "three cases are known");
  close();

  must(reviewer->ask("900000101", {"Please send the plan of care.", {}, "77", "Plan", "", 1, false}));
  must(reviewer->decide("900000103", {sandbox::Verdict::approve, {}, {}, "As requested."}));
  must(reviewer->deliver());
  replies.clear();
  must(app::status(services(), {}));
  inquiry_replies = replies;
  put_back(Moment::open);
  replies.clear();
  set_batches(true);
  must(app::status(services(), {}));
  if (!replies.empty()) inquiries_reply = replies.front();
  set_batches(false);
  for (const auto& entry : std::filesystem::directory_iterator(payer.file("notifications"))) {
    notifications.push_back(read_file(entry.path().string()));
  }
  const auto binary = payer.call("GET", "/fhir/$daily-authorization-report", "date=2026-12-07");
  report = must(fhir::read_binary(binary.body));
  for (const auto& request : example_requests("maple-street.yaml", "maple-street-20261207-other")) {
    submit_replies.push_back(payer.call("POST", "/fhir/Claim/$submit", request.bytes).body);
  }
  answer = nullptr;
}

// What the payer offers is kept for a day, and has to be asked for again.
void Agency::set_batches(bool taken) {
  if (taken == takes_batches_) return;
  takes_batches_ = taken;
  for (const auto& entry : std::filesystem::directory_iterator(file("state"))) {
    if (entry.path().filename().string().starts_with("capabilities-")) std::filesystem::remove(entry.path());
  }
}

void Agency::put_back(Moment moment) {
  close();
  (moment == Moment::open ? open_ : unknown_).put_back(file(kDatabase));
}

ledger::Ledger& Agency::ledger(ledger::Access access) {
  if (!ledger_) ledger_ = must(ledger::Ledger::open(*files_, file("state"), *vault_, random_, access));
  return *ledger_;
}

std::vector<ledger::CaseRecord> Agency::cases() {
  return must(ledger().cases(kPayer));
}

std::string Agency::known() {
  std::string words;
  for (const auto& record : cases()) words += words_of(record);
  return words;
}

bool Agency::is_news(std::int64_t id) {
  const auto changes = must(ledger().changes_since(kPayer, kTold));
  return std::any_of(changes.begin(), changes.end(), [&](const auto& change) { return change.now.id == id; });
}

void Agency::check_against(const std::vector<ledger::CaseRecord>& before) {
  const auto now = cases();
  require(now.size() >= before.size(), "no request is forgotten");
  for (const auto& old : before) {
    const auto same = std::find_if(now.begin(), now.end(), [&](const auto& one) { return one.id == old.id; });
    require(same != now.end(), "no request is forgotten");
    if (old.delivery != model::Delivery::accepted) continue;
    require(same->delivery == model::Delivery::accepted, "accepted is never taken back");
    // A payer may give a case another number; nobody may miss it.
    require(same->case_id == old.case_id || (!same->case_id.empty() && is_news(same->id)),
            "an accepted case keeps its number, or the new one is news");
  }
  require(must(ledger().verify()).empty(), "the ledger is sound");
}

}  // namespace atz::fuzz
