// An agency that has sent the example home to a payer, and can be put back to that moment. The payer is a function.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/ledger/ledger.hpp"
#include "folder.hpp"

namespace atz::fuzz {

class Agency {
 public:
  enum class Moment {
    open,     // three cases: in review, partially approved, in review
    unknown,  // the home was sent, and no answer came
  };
  Agency();
  void put_back(Moment moment);

  [[nodiscard]] app::Services services();
  [[nodiscard]] const seal::Vault& vault() const { return *vault_; }
  [[nodiscard]] ledger::Ledger& ledger(ledger::Access access = ledger::Access::read);  // opened when it is not
  void close() { ledger_.reset(); }
  [[nodiscard]] std::vector<ledger::CaseRecord> cases();
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.path(name); }

  // What is known of every case, in words: equal when nothing has changed.
  [[nodiscard]] std::string known();
  // Ends the program when something is lost that was there before: a case that was accepted, or its number. Another
  // number has to be news.
  void check_against(const std::vector<ledger::CaseRecord>& before);

  // The payer's answer to a POST.
  std::function<payer::Exchange(const std::string& path, std::string_view body)> answer;
  // Whether the payer says that it takes batches.
  void set_batches(bool taken);
  [[nodiscard]] bool takes_batches() const { return takes_batches_; }
  // Messages that the payer of the beginning wrote: for seeds.
  std::vector<std::string> submit_replies, inquiry_replies, notifications;
  std::string transaction_reply, inquiries_reply, report;

 private:
  void play();
  [[nodiscard]] bool is_news(std::int64_t id);

  Folder folder_;
  std::unique_ptr<Files> files_ = real_files();
  FixedClock clock_;
  SeededRandom random_{1};
  std::unique_ptr<seal::Vault> vault_;
  bool takes_batches_ = false;
  DatabaseImage open_, unknown_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

// "payer": what the profile of that payer is called.
inline constexpr const char* kPayer = "payer";

payer::Exchange answered(int status, std::string body);

}  // namespace atz::fuzz
