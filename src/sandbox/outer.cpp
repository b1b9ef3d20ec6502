#include "sandbox/outer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

constexpr std::string_view kSubmit = "Claim/$submit";
constexpr std::string_view kInquire = "Claim/$inquire";

Answer refused(const fhir::Fault& fault) {
  return {fault.http_status, fhir::write_outcome(fault.issues)};
}

// What an entry asks for that this payer doesn't do; nothing when it does.
std::optional<std::pair<int, fhir::Issue>> unsupported(const fhir::ReceivedOuter::Entry& entry) {
  if (entry.url != kSubmit && entry.url != kInquire) {
    return std::pair(404, issue("not-supported", "Only Claim/$submit and Claim/$inquire can be called in a bundle.",
                                "Bundle.entry.request.url"));
  }
  if (entry.method != "POST") {
    return std::pair(405, issue("not-supported", "Operations are called with POST.", "Bundle.entry.request.method"));
  }
  return std::nullopt;
}

class TransactionRun {
 public:
  TransactionRun(Store& store, Intake& intake, const Clock& clock, const std::string& client)
      : store_(store), intake_(intake), clock_(clock), client_(client) {}

  Result<Answer> run(const fhir::ReceivedOuter& outer, std::string_view body) {
    read(outer);
    check_programs();
    auto transaction = store_.write();
    if (!transaction) return tl::make_unexpected(transaction.error());

    const MessageKey key{client_, MessageKind::transaction, outer.identifier_system, outer.identifier};
    const std::string digest = store_.body_digest(body);
    if (!outer.identifier.empty()) {
      auto replies = store_.replies(key);
      if (!replies) return tl::make_unexpected(replies.error());
      for (StoredReply& reply : *replies) {
        if (reply.body_digest == digest) return Answer{reply.status, std::move(reply.body)};
      }
      if (!replies->empty() && !intake_.rules().tolerant) {
        return Answer{
            409, outcome("duplicate", "This Bundle.identifier was used for another transaction.", "Bundle.identifier")};
      }
    }

    // Every entry is tried even after a refusal, so that one answer names all faults.
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (auto done = call(i); !done) return tl::make_unexpected(done.error());
    }
    if (!issues_.empty()) {
      return Answer{issues_.size() == conflicts_ ? 409 : 422, fhir::write_outcome(issues_)};
    }
    Answer answer{200, fhir::write_outer_reply(true, answers_, clock_.now())};
    if (!outer.identifier.empty() && accepted_ > 0) {
      const StoredReply reply{digest, answer.http_status, answer.body, ""};
      if (auto kept = store_.remember(key, reply, clock_.now()); !kept) return tl::make_unexpected(kept.error());
    }
    if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
    return answer;
  }

 private:
  using Entry = std::variant<std::monostate, Incoming, fhir::ReceivedInquiry>;

  void add(std::size_t index, fhir::Issue issue) {
    if (issue.expressions.empty()) issue.expressions.emplace_back();
    for (std::string& expression : issue.expressions) expression = outer_path(index, expression);
    issues_.push_back(std::move(issue));
  }

  void read(const fhir::ReceivedOuter& outer) {
    for (std::size_t i = 0; i < outer.entries.size(); ++i) {
      const auto& entry = outer.entries[i];
      entries_.emplace_back();
      if (auto wrong = unsupported(entry)) {
        wrong->second.expressions = {fmt::format("Bundle.entry[{}].request", i)};
        issues_.push_back(std::move(wrong->second));
        continue;
      }
      fhir::Fault* fault = nullptr;
      if (entry.url == kSubmit) {
        auto incoming = read_incoming(entry.body, intake_.rules().tolerant);
        fault = std::get_if<fhir::Fault>(&incoming);
        if (fault == nullptr) entries_.back() = std::move(std::get<Incoming>(incoming));
        if (fault != nullptr) add_all(i, *fault);
      } else {
        auto inquiry = fhir::read_inquiry(entry.body);
        fault = std::get_if<fhir::Fault>(&inquiry);
        if (fault == nullptr) entries_.back() = std::move(std::get<fhir::ReceivedInquiry>(inquiry));
        if (fault != nullptr) add_all(i, *fault);
      }
    }
  }

  // Ending a service is another program with other reviewers (ST022).
  void check_programs() {
    const auto ends_service = [](const Entry& entry) {
      const auto* incoming = std::get_if<Incoming>(&entry);
      return incoming != nullptr && incoming->request.request_kind == "smi-termination";
    };
    const auto asks_for_service = [&](const Entry& entry) {
      return std::holds_alternative<Incoming>(entry) && !ends_service(entry);
    };
    if (!std::any_of(entries_.begin(), entries_.end(), asks_for_service)) return;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!ends_service(entries_[i])) continue;
      add(i,
          issue("business-rule", "A request to end a service is never sent in one bundle with requests for service."));
    }
  }

  void add_all(std::size_t index, const fhir::Fault& fault) {
    for (const fhir::Issue& issue : fault.issues) add(index, issue);
  }

  Result<void> call(std::size_t index) {
    fhir::AnsweredEntry& answer = answers_.emplace_back();
    if (const auto* inquiry = std::get_if<fhir::ReceivedInquiry>(&entries_[index])) {
      auto body = intake_.inquire(client_, *inquiry);
      if (!body) return tl::make_unexpected(body.error());
      answer.body = std::move(*body);
      return {};
    }
    const auto* incoming = std::get_if<Incoming>(&entries_[index]);
    if (incoming == nullptr) return {};  // its fault is in the list
    auto taken = intake_.take(client_, *incoming);
    if (!taken) return tl::make_unexpected(taken.error());
    for (const fhir::BusinessError& error : taken->errors) add(index, as_issue(error));
    if (taken->kind == Taken::Kind::conflict) {
      ++conflicts_;
      add(index, taken->issue);
    }
    if (taken->kind == Taken::Kind::accepted) ++accepted_;
    answer.http_status = taken->http_status;
    answer.body = std::move(taken->body);
    return {};
  }

  Store& store_;
  Intake& intake_;
  const Clock& clock_;
  const std::string& client_;
  std::vector<Entry> entries_;
  std::vector<fhir::AnsweredEntry> answers_;
  std::vector<fhir::Issue> issues_;
  std::size_t conflicts_ = 0;
  std::size_t accepted_ = 0;
};

Result<Answer> run_batch(Store& store, Intake& intake, const Clock& clock, const std::string& client,
                         const fhir::ReceivedOuter& outer) {
  std::vector<fhir::AnsweredEntry> answers;
  answers.reserve(outer.entries.size());
  for (const auto& entry : outer.entries) {
    if (auto wrong = unsupported(entry)) {
      answers.push_back({wrong->first, fhir::write_outcome({wrong->second})});
      continue;
    }
    auto answer = entry.url == kSubmit ? answer_submit(store, intake, client, entry.body)
                                       : answer_inquiry(store, intake, client, entry.body);
    // What was done for earlier entries stands, so a failing store is one entry's 500.
    if (!answer) {
      answers.push_back({500, outcome("exception", "The payer could not process this entry.")});
    } else {
      answers.push_back({answer->http_status, std::move(answer->body)});
    }
  }
  return Answer{200, fhir::write_outer_reply(false, answers, clock.now())};
}

}  // namespace

Result<Answer> answer_submit(Store& store, Intake& intake, const std::string& client, std::string_view body) {
  auto incoming = read_incoming(body, intake.rules().tolerant);
  if (const auto* fault = std::get_if<fhir::Fault>(&incoming)) return refused(*fault);
  auto transaction = store.write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  auto taken = intake.take(client, std::get<Incoming>(incoming));
  if (!taken) return tl::make_unexpected(taken.error());
  if (taken->kind == Taken::Kind::accepted) {
    if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  }
  return Answer{taken->http_status, std::move(taken->body)};
}

Result<Answer> answer_attachments(Store& store, Intake& intake, const std::string& client, std::string_view body) {
  const auto read = fhir::read_attachments(body);
  if (const auto* fault = std::get_if<fhir::Fault>(&read)) return refused(*fault);
  auto transaction = store.write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  auto taken = intake.take_attachments(client, std::get<fhir::ReceivedAttachments>(read), canonical(body));
  if (!taken) return tl::make_unexpected(taken.error());
  if (taken->kind == Taken::Kind::accepted) {
    if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  }
  return Answer{taken->http_status, std::move(taken->body)};
}

Result<Answer> answer_inquiry(Store& store, Intake& intake, const std::string& client, std::string_view body) {
  auto inquiry = fhir::read_inquiry(body);
  if (const auto* fault = std::get_if<fhir::Fault>(&inquiry)) return refused(*fault);
  auto transaction = store.read();
  if (!transaction) return tl::make_unexpected(transaction.error());
  auto reply = intake.inquire(client, std::get<fhir::ReceivedInquiry>(inquiry));
  if (!reply) return tl::make_unexpected(reply.error());
  return Answer{200, std::move(*reply)};
}

Result<Answer> answer_outer(Store& store, Intake& intake, const Clock& clock, const OuterOffer& offer,
                            const std::string& client, std::string_view body) {
  auto read = fhir::read_outer(body);
  if (const auto* fault = std::get_if<fhir::Fault>(&read)) return refused(*fault);
  const auto& outer = std::get<fhir::ReceivedOuter>(read);
  if (!(outer.transaction ? offer.transaction : offer.batch)) {
    return Answer{400, outcome("not-supported",
                               fmt::format("This payer takes no {}.", outer.transaction ? "transaction" : "batch"),
                               "Bundle.type")};
  }
  if (!outer.transaction) return run_batch(store, intake, clock, client, outer);
  return TransactionRun(store, intake, clock, client).run(outer, body);
}

}  // namespace atz::sandbox
