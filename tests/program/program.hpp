// Runs the real atz in a folder of its own, with its own state and configuration.
#pragma once

#include <sys/types.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace atz::test {

struct Outcome {
  int code = -1;  // 128 + signal when it was killed
  std::string out, err;
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

// A child that goes on while the test does something else.
class Background {
 public:
  Background(pid_t pid, int out) : pid_(pid), out_(out) {}
  Background(Background&& other) noexcept;
  Background& operator=(Background&&) = delete;
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();                                    // terminates it
  std::string read_until(const std::string& text);  // standard output up to and including `text`
  void kill(int signal) const;
  int wait();  // exit code, 128 + signal

 private:
  pid_t pid_;
  int out_;
  std::string seen_;
};

class Program {
 public:
  Program();  // an empty temporary folder
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  Outcome run(const std::vector<std::string>& arguments, const std::string& input = {}) const;
  [[nodiscard]] Background start(const std::vector<std::string>& arguments) const;
  // Any other program, with the same surroundings.
  [[nodiscard]] Outcome run_other(const std::vector<std::string>& words) const;

  [[nodiscard]] std::string path(const std::string& name) const;  // in the folder
  void write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  // The example home, with each `from` replaced by `to` (which must occur), written as home.yaml; returns its path.
  std::string home(const std::vector<std::pair<std::string, std::string>>& edits = {}) const;
  // A profile "local" that reaches a served embedded payer; `more` are further lines of the profile.
  void add_profile(const std::string& printed,
                   const std::vector<std::pair<std::string, std::string>>& edits = {}) const;

  void set(const std::string& name, const std::string& value) { environment_[name] = value; }

 private:
  std::string folder_;
  std::map<std::string, std::string> environment_;
};

std::string example_home();
// A file of the source tree: "examples/maple-street.yaml".
std::string read_source(const std::string& path);
// One-based line of the first line that holds `text`.
int line_of(const std::string& text, const std::string& part);
std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace atz::test
