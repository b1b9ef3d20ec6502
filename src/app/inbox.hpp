// A folder in which another program leaves files for us: each is moved on when it has been dealt with, and none is ever
// lost or overwritten.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/file.hpp"

namespace atz::app {

class Inbox {
 public:
  Inbox(Files& files, std::string folder, bool keep) : files_(files), folder_(std::move(folder)), keep_(keep) {}

  // Names of the files that are for us: *.json, hidden ones left out unless an interrupted move left them.
  // Failure::input when there is no such folder.
  [[nodiscard]] Result<std::vector<std::string>> names() const;
  [[nodiscard]] Result<std::string> read(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] std::string path_of(const std::string& name) const { return path::join(folder_, name); }

  // Into "done" or "refused" below the folder, under a name that is free there. With `keep` it stays. `bytes` are what
  // was read of it: when somebody gave its name to other bytes meanwhile, those stay where they are.
  Result<void> move(const std::string& name, std::string_view bytes, std::string_view into);
  // The same with a text beside it that says why.
  Result<void> refuse(const std::string& name, std::string_view bytes, const std::string& why);

 private:
  Result<std::string> put(const std::string& name, std::string_view bytes, std::string_view into);
  Result<std::string> take_aside(const std::string& name);
  Result<std::string> put_taken(const std::string& taken, const std::string& name, std::string_view bytes,
                                std::string_view into);
  Result<std::string> copy(const std::string& name, std::string_view bytes, std::string_view into);

  Files& files_;
  std::string folder_;
  bool keep_;
};

}  // namespace atz::app
