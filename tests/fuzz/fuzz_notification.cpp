// A notification that a payer sent by itself, as `atz receive` takes it in. The first line is not part of it.
#include "agency.hpp"
#include "atz/app/receive.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

Agency& agency() {
  static Agency instance;
  return instance;
}

Result<app::ReceiveResult> receive(std::string_view body) {
  app::ReceiveSettings settings;
  settings.text = std::string(body);
  return app::receive(agency().services(), settings);
}

void run(std::string_view input) {
  const auto [head, body] = split_head(input);
  const bool open = head != "unknown";
  agency().put_back(open ? Agency::Moment::open : Agency::Moment::unknown);
  const auto before = agency().cases();
  agency().close();
  const auto first = receive(body);
  agency().check_against(before);
  const std::string known = agency().known();
  agency().close();
  const auto again = receive(body);
  require(first.has_value() == again.has_value(), "the same twice");
  require(agency().known() == known, "the same notification again changes nothing");
  agency().close();
  if (again) require(again->cases.empty(), "the same notification again is no news");
}

std::vector<Seed> seeds() {
  std::vector<Seed> all;
  for (const char* head : {"open", "unknown"}) {
    for (std::size_t i = 0; i < agency().notifications.size(); ++i) {
      all.push_back(
          {std::string(head) + "-" + std::to_string(i), std::string(head) + "\n" + agency().notifications[i]});
    }
  }
  all.push_back({"answer", "open\n" + agency().transaction_reply});
  return all;
}

}  // namespace

Target notification_target() {
  return {"notification", Grammar::head_json, run, seeds};
}

}  // namespace atz::fuzz
