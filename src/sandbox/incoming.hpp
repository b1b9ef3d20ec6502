// One Claim/$submit as it came in: read, and with what the intake needs beside the request itself.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "atz/fhir/payer_side.hpp"

namespace atz::sandbox {

struct Incoming {
  fhir::ReceivedRequest request;
  std::string canonical;               // the bundle's JSON with sorted members: the same in every mode of sending
  std::vector<std::string> full_urls;  // of the entries, in order
  std::vector<int> item_sequences;     // of the Claim's items, in order
};
std::variant<Incoming, fhir::Fault> read_incoming(std::string_view body, bool tolerant);

// JSON with sorted members, so that the order in which a body names them makes no difference.
std::string canonical(std::string_view body);

// "Bundle.entry[1].resource"; "Bundle" when no entry has that URL.
std::string entry_path(const Incoming& incoming, std::string_view url);
// "Bundle.entry[0].resource.item[2]"
std::string item_path(const Incoming& incoming, int sequence);

}  // namespace atz::sandbox
