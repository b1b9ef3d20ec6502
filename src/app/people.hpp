// Whose names are left out of a payer's words.
#pragma once

#include <map>
#include <string>

#include "atz/fhir/withhold.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// By home: a payer that mixes its people up most often takes one for another of the same house.
class People {
 public:
  explicit People(const ledger::Ledger& ledger) : ledger_(ledger) {}
  // Everybody whom this request and the others for its home name. Failure::state when what was sent can't be read.
  Result<const fhir::Discretion*> around(const ledger::CaseRecord& record);

 private:
  const ledger::Ledger& ledger_;
  std::map<std::string, fhir::Discretion> homes_;
};

}  // namespace atz::app
