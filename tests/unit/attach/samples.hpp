// Small files of every kind, made in memory.
#pragma once

#include <string>
#include <vector>

namespace atz::attach::samples {

std::string plain_pdf();
std::string encrypted_pdf(const std::string& user_password, const std::string& owner_password);

// Stored entries with these names and no content.
std::string zip(const std::vector<std::string>& names);

// A compound file with one stream of 4096 bytes under this name, which begins with `start`.
std::string ole(const std::string& stream_name, const std::string& start);
// The same with a stream of at most 128 bytes, which lies in two small sectors that are out of order.
std::string small_ole(const std::string& stream_name, const std::string& content);

}  // namespace atz::attach::samples
