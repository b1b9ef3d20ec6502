// What a request of ours says about people and places: for the next case file, and to show it whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"

namespace atz::fhir {

struct SentAddress {
  std::string line, line2, city, state, zip;
  [[nodiscard]] bool empty() const { return line.empty() && city.empty() && zip.empty(); }
};

struct SentContact {
  enum class Role { guardian, case_manager, other } role = Role::other;
  std::string name, phone;
  SentAddress address;
};

// Texts as they were sent; empty where nothing was.
struct SentPeople {
  struct Provider {
    std::string name, number, ein, phone, fax;  // number: the NPI, or the payer's own when `number_is_npi` is false
    bool number_is_npi = true;
    SentAddress address;
  } provider;
  struct Home {
    std::string name, location;  // location: NPI+3 in the payer's form
    SentAddress address;
  } home;
  struct Member {
    std::string id, last, first, middle, born, gender, phone;
    SentAddress address;
  } member;
  std::vector<SentContact> contacts;
};

// From the bytes of a PAS request bundle. Failure::state when they hold no such bundle.
Result<SentPeople> read_sent_people(std::string_view body);

}  // namespace atz::fhir
