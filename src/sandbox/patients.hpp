// Patient search, US Core style: by identifier, or by last name and birth date together.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/http.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {

// Of members of the payer's own list, and of those for whom this client has sent a request; what another client wrote
// about them is not shown. `query` is form-encoded: a query string or a form body.
Result<Reply> search_patients(Store& store, const std::string& client, const std::string& base_url,
                              std::string_view query);

}  // namespace atz::sandbox
