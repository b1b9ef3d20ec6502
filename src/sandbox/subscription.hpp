// Who wants to be told of changes, and what still has to be told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace atz::sandbox {

struct Subscription {
  std::string id;
  std::string client;                // its own cases only; "": everybody's, which only the folder of this computer gets
  std::string status = "requested";  // FHIR: requested, active, error, off
  std::string error;                 // of the last delivery
  std::int64_t number = 0;           // of its last event
  std::int64_t failures = 0;         // deliveries in a row that failed
  std::int64_t held = 0;             // the newest notification when one failed: nothing is tried before a newer one
  std::string folder;                // where files go; else
  std::string endpoint;              // the hook, with
  std::vector<std::string> headers;  // "Name: value"
  std::vector<std::string> organizations;
  std::string resource;  // FHIR JSON without the headers
};

// Handshakes and events wait here until they are delivered.
struct Outgoing {
  std::int64_t id = 0;
  bool handshake = false;
  std::int64_t number = 0;
  std::string body;
};

}  // namespace atz::sandbox
