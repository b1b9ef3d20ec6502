// One TCP connection of the server: reads and writes with deadlines, so that a slow or silent client can't hold a
// thread.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "sandbox/httplib.hpp"

namespace atz::sandbox {

class Connection final : public httplib::Stream {
 public:
  explicit Connection(int fd);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override;

  // The connection that this thread is serving.
  static Connection& current();

  // Waits for the first byte of a request; false when none comes in time.
  bool await_request(std::chrono::milliseconds idle);
  // From now on reading fails when the head is not there in time, or has no end.
  void expect_head(std::chrono::milliseconds from_now);
  // The same for the body, whose size is looked after elsewhere.
  void expect_body(std::chrono::milliseconds from_now);
  [[nodiscard]] bool head_too_long() const { return head_left_ == 0; }
  void close_after_reply() { closing_ = true; }
  // Nothing more is sent, not even what is being answered.
  void drop() { dropped_ = closing_ = true; }
  [[nodiscard]] bool closing() const { return closing_; }
  void interrupt();  // from any thread: ends waiting and reading
  using SteadyClock = std::chrono::steady_clock;
  // From any thread: since when it has been waiting for a request; nullopt while it serves one.
  [[nodiscard]] std::optional<SteadyClock::time_point> idle_since() const;
  bool interrupt_if_idle();
  // After close_after_reply(): lets the client read the reply although its request was not read to the end.
  void finish();

  [[nodiscard]] bool is_readable() const override;
  [[nodiscard]] bool is_writable() const override;
  ssize_t read(char* data, std::size_t size) override;
  ssize_t write(const char* data, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return fd_; }

 private:
  [[nodiscard]] bool wait(short events, SteadyClock::time_point until) const;

  int fd_;
  bool closing_ = false;
  bool dropped_ = false;
  SteadyClock::time_point deadline_;
  std::optional<SteadyClock::time_point> write_deadline_;  // of the whole answer
  std::size_t head_left_ = 1;
  mutable std::mutex mutex_;
  std::optional<SteadyClock::time_point> idle_since_;
  std::array<char, 65536> buffer_;  // filled before it is read
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace atz::sandbox
