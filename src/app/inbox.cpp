#include "app/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/app/receive.hpp"
#include "atz/base/rename.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr int kMostNames = 10'000;                   // of one name with a number behind it
constexpr std::string_view kTaken = ".atz-moving-";  // in front of a name while its file is moved

std::string numbered(const std::string& name, int number) {
  if (number == 1) return name;
  const auto dot = name.rfind('.');
  return fmt::format("{}-{}{}", name.substr(0, dot), number, dot == std::string::npos ? "" : name.substr(dot));
}

bool is_taken(const std::string& name) {
  return name.starts_with(kTaken);
}

Error too_many(const std::string& folder, const std::string& name) {
  return {Failure::io, fmt::format("{} holds too many files that are called {}", printable(folder), printable(name)),
          "Move them to another place."};
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
    return (name.front() != '.' || is_taken(name)) && path::extension(name) == "json" &&
           files_.info(path_of(name)).kind == FileInfo::Kind::regular;
  };
  names->erase(std::remove_if(names->begin(), names->end(), [&](const auto& name) { return !is_for_us(name); }),
               names->end());
  return names;
}

Result<std::string> Inbox::read(const std::string& name) const {
  return files_.read(path_of(name), kMostNotificationBytes);
}

bool Inbox::has(const std::string& name) const {
  return files_.info(path_of(name)).kind != FileInfo::Kind::missing;
}

// The same bytes under the same name need not be kept twice.
Result<std::string> Inbox::copy(const std::string& name, std::string_view bytes, std::string_view into) {
  const std::string folder = path::join(folder_, into);
  for (int number = 1; number < kMostNames; ++number) {
    const std::string target = path::join(folder, numbered(name, number));
    const auto written = files_.write_new(target, bytes, 0600);
    if (!written) return tl::make_unexpected(written.error());
    if (*written) return target;
    const auto there = files_.read(target, kMostNotificationBytes);
    if (there && *there == bytes) return target;
  }
  return tl::make_unexpected(too_many(folder, name));
}

// Under its own name somebody may replace it at any moment; under this one nobody does.
Result<std::string> Inbox::take_aside(const std::string& name) {
  if (is_taken(name)) return name;
  for (int number = 1; number < kMostNames; ++number) {
    std::string taken = std::string(kTaken) + numbered(name, number);
    const auto renamed = rename_new(path_of(name), path_of(taken));
    if (!renamed) return tl::make_unexpected(renamed.error());
    if (*renamed) return taken;
  }
  return tl::make_unexpected(too_many(folder_, name));
}

Result<std::string> Inbox::put_taken(const std::string& taken, const std::string& name, std::string_view bytes,
                                     std::string_view into) {
  const std::string folder = path::join(folder_, into);
  for (int number = 1; number < kMostNames; ++number) {
    std::string target = path::join(folder, numbered(name, number));
    const auto renamed = rename_new(path_of(taken), target);
    if (renamed && *renamed) return target;
    const auto there = files_.read(target, kMostNotificationBytes);
    if (renamed && !(there && *there == bytes)) continue;
    // The same bytes are there already, or it lies on another file system.
    auto copied = copy(name, bytes, into);
    if (!copied) return copied;
    if (auto removed = files_.remove(path_of(taken)); !removed) return tl::make_unexpected(removed.error());
    return copied;
  }
  return tl::make_unexpected(too_many(folder, name));
}

Result<std::string> Inbox::put(const std::string& name, std::string_view bytes, std::string_view into) {
  if (auto made = files_.make_private_directory(path::join(folder_, into)); !made)
    return tl::make_unexpected(made.error());
  const std::string plain = is_taken(name) ? name.substr(kTaken.size()) : name;
  if (!has(name)) return copy(plain, bytes, into);
  const auto taken = take_aside(name);
  if (!taken) return taken;
  const auto now = read(*taken);
  const bool same = now && *now == bytes;
  auto target = same ? put_taken(*taken, plain, bytes, into) : copy(plain, bytes, into);
  // What is another file than the one that was read is for the next run. When its name is in use again by then, that
  // run finds it where it is.
  if ((!same || !target) && *taken != name) {
    if (auto back = rename_new(path_of(*taken), path_of(name)); !back && target)
      return tl::make_unexpected(back.error());
  }
  return target;
}

Result<void> Inbox::move(const std::string& name, std::string_view bytes, std::string_view into) {
  if (keep_) return {};
  const auto target = put(name, bytes, into);
  return target ? Result<void>() : tl::make_unexpected(target.error());
}

Result<void> Inbox::refuse(const std::string& name, std::string_view bytes, const std::string& why) {
  if (keep_) return {};
  const auto target = put(name, bytes, "refused");
  if (!target) return tl::make_unexpected(target.error());
  const auto told = files_.write_new(*target + ".txt", why + "\n", 0600);
  return told ? Result<void>() : tl::make_unexpected(told.error());
}

}  // namespace atz::app
