// Files as they would be with some texts changed.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atz/base/file.hpp"

namespace atz::app {

// Reading sees the changed texts; everything else goes to the files below.
class Overlay final : public Files {
 public:
  explicit Overlay(Files& below) : below_(below) {}
  void put(const std::string& path, std::string text) { texts_[below_.absolute(path)] = std::move(text); }

  [[nodiscard]] FileInfo info(const std::string& path) const override {
    FileInfo info = below_.info(path);
    if (const auto* text = find(path)) info.size = text->size();
    return info;
  }
  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    if (const auto* text = find(path)) return *text;
    return below_.read(path, max_bytes);
  }
  // What is read in parts are code tables, which nobody edits as text.
  [[nodiscard]] Result<std::unique_ptr<OpenFile>> open(const std::string& path) const override {
    return below_.open(path);
  }
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& directory) const override {
    return below_.list(directory);
  }
  Result<void> write_atomic(const std::string& path, std::string_view bytes, unsigned mode) override {
    return below_.write_atomic(path, bytes, mode);
  }
  Result<bool> write_new(const std::string& path, std::string_view bytes, unsigned mode) override {
    return below_.write_new(path, bytes, mode);
  }
  Result<void> rewrite(const std::string& path, std::string_view bytes) override { return below_.rewrite(path, bytes); }
  Result<void> make_private_directory(const std::string& path) override { return below_.make_private_directory(path); }
  Result<void> remove(const std::string& path) override { return below_.remove(path); }
  [[nodiscard]] std::string absolute(const std::string& path) const override { return below_.absolute(path); }
  [[nodiscard]] std::string resolved(const std::string& path) const override { return below_.resolved(path); }

 private:
  [[nodiscard]] const std::string* find(const std::string& path) const {
    if (texts_.empty()) return nullptr;
    const auto found = texts_.find(below_.absolute(path));
    return found == texts_.end() ? nullptr : &found->second;
  }

  Files& below_;
  std::map<std::string, std::string> texts_;
};

}  // namespace atz::app
