// The address to which notifications are posted: on this computer only, since nothing of the embedded payer's may leave
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"

namespace atz::sandbox {

struct Hook {
  std::string host;  // 127.0.0.1 or ::1
  int port = 80;
  std::string path;  // with the query
};
// "http://127.0.0.1:8080/inbox?from=payer", localhost and [::1] likewise; nullopt for anything else.
std::optional<Hook> parse_hook(std::string_view url);

// Any 2xx counts. Redirects are not followed, proxies not asked. Failure::temporary with what went wrong.
Result<void> post_to_hook(const Hook& hook, const std::vector<std::string>& headers, const std::string& body);

}  // namespace atz::sandbox
