// One TCP connection of the server: reads and writes with deadlines, so that a slow or silent client can't hold a
// thread.
#pragma once

#include <array>
#include <chrono>
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
  // From now on reading fails when the request is not there in time.
  void set_deadline(std::chrono::milliseconds from_now);
  void close_after_reply() { closing_ = true; }
  // Nothing more is sent, not even what is being answered.
  void drop() { dropped_ = closing_ = true; }
  [[nodiscard]] bool closing() const { return closing_; }
  void interrupt();  // from any thread: ends waiting and reading
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
  using SteadyClock = std::chrono::steady_clock;
  [[nodiscard]] bool wait(short events, SteadyClock::time_point until) const;

  int fd_;
  bool closing_ = false;
  bool dropped_ = false;
  SteadyClock::time_point deadline_;
  std::array<char, 65536> buffer_;  // filled before it is read
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace atz::sandbox
