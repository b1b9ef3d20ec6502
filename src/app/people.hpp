// Whose names are left out of a payer's words.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "atz/fhir/withhold.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// By home: a payer that mixes its people up most often takes one for another of the same house.
class People {
 public:
  explicit People(const ledger::Ledger& ledger) : ledger_(ledger) {}
  void add(const ledger::CaseRecord& record);  // what was sent with it is read when it is needed
  // Everybody whom the requests of that home name. Failure::state when what was
  // sent can't be read. Valid until the next `add`.
  Result<const fhir::Discretion*> of(const std::string& home_id);

 private:
  struct Home {
    std::vector<std::int64_t> unread;  // case rows
    fhir::Discretion known;
  };
  const ledger::Ledger& ledger_;
  std::map<std::string, Home> homes_;
};

}  // namespace atz::app
