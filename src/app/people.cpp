#include "app/people.hpp"

namespace atz::app {

void People::add(const ledger::CaseRecord& record) {
  homes_[record.home_id].unread.push_back(record.id);
}

Result<const fhir::Discretion*> People::of(const std::string& home_id) {
  Home& home = homes_[home_id];
  for (; !home.unread.empty(); home.unread.pop_back()) {
    const auto body = ledger_.member_body(home.unread.back());
    if (!body) return tl::make_unexpected(body.error());
    home.known.add_request(*body);
  }
  return &home.known;
}

}  // namespace atz::app
