#pragma once

#include <string>

#include "atz/fhir/payer_side.hpp"
#include "fhir/json.hpp"
#include "fhir/quirks.hpp"

namespace atz::fhir {

enum class ReplyKind { submit, inquiry };

// The Bundle with the ClaimResponse and what it refers to. `identifier` is the Bundle's.
Json response_bundle(ReplyKind kind, const ReceivedRequest& request, const AnsweredCase& answer, const Json& identifier,
                     Instant written, const model::PayerProfile& profile);

// fullUrl of something that the payer adds; the same as long as the case is.
std::string response_url(const ReceivedRequest& request, const AnsweredCase& answer, const std::string& role);

Json response_item(const AnsweredCase& answer, const AnsweredLine& line, const std::vector<Note>& notes);
bool needs_add_item(const AnsweredLine& line);
// A6 says that something else was authorized; this says what.
Json response_add_item(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line);
// The ServiceRequest with the granted hours.
std::string granted_service_url(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line);
Json authorized_detail(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line);
Json granted_service(const ReceivedRequest& request, const AnsweredLine& line);

}  // namespace atz::fhir
