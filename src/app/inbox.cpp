#include "app/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr std::uint64_t kMostBytes = 32ULL * 1024 * 1024;  // as much as an answer may have
constexpr int kMostNames = 10'000;                         // of one name with a number behind it

std::string numbered(const std::string& name, int number) {
  if (number == 1) return name;
  const auto dot = name.rfind('.');
  return fmt::format("{}-{}{}", name.substr(0, dot), number, dot == std::string::npos ? "" : name.substr(dot));
}

}  // namespace

Result<std::vector<std::string>> Inbox::names() const {
  if (files_.info(folder_).kind != FileInfo::Kind::directory) {
    return fail(Failure::input, fmt::format("There is no folder {}", printable(folder_)),
                "Name the folder in which the gateway leaves notifications.");
  }
  auto names = files_.list(folder_);
  if (!names) return names;
  const auto is_for_us = [&](const std::string& name) {
    return name.front() != '.' && path::extension(name) == "json" &&
           files_.info(path_of(name)).kind == FileInfo::Kind::regular;
  };
  names->erase(std::remove_if(names->begin(), names->end(), [&](const auto& name) { return !is_for_us(name); }),
               names->end());
  return names;
}

Result<std::string> Inbox::read(const std::string& name) const {
  return files_.read(path_of(name), kMostBytes);
}

// The same bytes under the same name need not be kept twice.
Result<std::string> Inbox::copy(const std::string& name, std::string_view bytes, std::string_view into) {
  const std::string folder = path::join(folder_, into);
  if (auto made = files_.make_private_directory(folder); !made) return tl::make_unexpected(made.error());
  for (int number = 1; number < kMostNames; ++number) {
    const std::string target = path::join(folder, numbered(name, number));
    const auto written = files_.write_new(target, bytes, 0600);
    if (!written) return tl::make_unexpected(written.error());
    if (*written) return target;
    const auto there = files_.read(target, kMostBytes);
    if (there && *there == bytes) return target;
  }
  return fail(Failure::io,
              fmt::format("{} holds too many files that are called {}", printable(folder), printable(name)),
              "Move them to another place.");
}

Result<void> Inbox::move(const std::string& name, std::string_view bytes, std::string_view into) {
  if (keep_) return {};
  if (auto copied = copy(name, bytes, into); !copied) return tl::make_unexpected(copied.error());
  // Somebody may have written to it since it was read: then it is another file, for the next run.
  const auto now = read(name);
  if (!now || *now != bytes) return {};
  return files_.remove(path_of(name));
}

Result<void> Inbox::refuse(const std::string& name, std::string_view bytes, const std::string& why) {
  if (keep_) return {};
  const auto copied = copy(name, bytes, "refused");
  if (!copied) return tl::make_unexpected(copied.error());
  if (auto told = files_.write_new(*copied + ".txt", why + "\n", 0600); !told) return tl::make_unexpected(told.error());
  return move(name, bytes, "refused");
}

}  // namespace atz::app
