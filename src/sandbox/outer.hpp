// Many calls in one message: a transaction is accepted whole or not at all, a batch entry by entry.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/intake.hpp"

namespace atz::sandbox {

struct Answer {
  int http_status = 200;
  std::string body;
};

// Failures are the store's (a full disk, say): the caller answers 500.
Result<Answer> answer_submit(Store& store, Intake& intake, const std::string& client, std::string_view body);
Result<Answer> answer_inquiry(Store& store, Intake& intake, const std::string& client, std::string_view body);

Result<Answer> answer_attachments(Store& store, Intake& intake, const std::string& client, std::string_view body);

struct OuterOffer {
  bool transaction = true;
  bool batch = true;
};
Result<Answer> answer_outer(Store& store, Intake& intake, const Clock& clock, const OuterOffer& offer,
                            const std::string& client, std::string_view body);

}  // namespace atz::sandbox
