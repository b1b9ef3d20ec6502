#include "sandbox/connection.hpp"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

namespace atz::sandbox {
namespace {

using namespace std::chrono_literals;

constexpr auto kWriteTime = 30s;
constexpr std::size_t kMostHead = std::size_t{64} * 1024;
constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();
constexpr auto kLingerTime = 2s;
constexpr std::size_t kMostLinger = std::size_t{64} * 1024 * 1024;

thread_local Connection* serving = nullptr;

}  // namespace

Connection::Connection(int fd) : fd_(fd) {
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  serving = this;
}

Connection::~Connection() {
  serving = nullptr;
  ::close(fd_);
}

Connection& Connection::current() {
  return *serving;
}

bool Connection::wait(short events, SteadyClock::time_point until) const {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - SteadyClock::now());
    if (left.count() <= 0) return false;
    pollfd entry{fd_, events, 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;  // also when the other side is gone: the next call says so
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool Connection::await_request(std::chrono::milliseconds idle) {
  write_deadline_.reset();
  if (begin_ != end_) return true;
  const auto set_idle = [this](std::optional<SteadyClock::time_point> since) {
    const std::lock_guard lock(mutex_);
    idle_since_ = since;
  };
  const auto now = SteadyClock::now();
  set_idle(now);
  const bool came = wait(POLLIN, now + idle);
  set_idle(std::nullopt);
  return came;
}

void Connection::expect_head(std::chrono::milliseconds from_now) {
  deadline_ = SteadyClock::now() + from_now;
  head_left_ = kMostHead;
}

void Connection::expect_body(std::chrono::milliseconds from_now) {
  deadline_ = SteadyClock::now() + from_now;
  head_left_ = kUnbounded;
}

std::optional<Connection::SteadyClock::time_point> Connection::idle_since() const {
  const std::lock_guard lock(mutex_);
  return idle_since_;
}

bool Connection::interrupt_if_idle() {
  const std::lock_guard lock(mutex_);
  if (!idle_since_) return false;
  interrupt();
  return true;
}

void Connection::interrupt() {
  ::shutdown(fd_, SHUT_RD);
}

void Connection::finish() {
  if (dropped_ || !closing_) return;
  ::shutdown(fd_, SHUT_WR);
  const auto until = SteadyClock::now() + kLingerTime;
  std::size_t read = 0;
  while (read < kMostLinger && wait(POLLIN, until)) {
    const ssize_t got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return;
    read += static_cast<std::size_t>(got);
  }
}

bool Connection::is_readable() const {
  return begin_ != end_ || wait(POLLIN, deadline_);
}

bool Connection::is_writable() const {
  return !dropped_ && wait(POLLOUT, write_deadline_.value_or(SteadyClock::now() + kWriteTime));
}

ssize_t Connection::read(char* data, std::size_t size) {
  if (head_too_long()) return -1;
  if (begin_ == end_) {
    if (!wait(POLLIN, deadline_)) return -1;
    const ssize_t got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return got;
    begin_ = 0;
    end_ = static_cast<std::size_t>(got);
  }
  const std::size_t count = std::min({size, end_ - begin_, head_left_});
  if (head_left_ != kUnbounded) head_left_ -= count;
  std::memcpy(data, buffer_.data() + begin_, count);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, std::size_t size) {
  // Of the whole answer: a client that reads a byte now and then does not get more time by it.
  if (!write_deadline_) write_deadline_ = SteadyClock::now() + kWriteTime;
  if (!is_writable()) return -1;
  return ::send(fd_, data, size, MSG_NOSIGNAL);
}

// Only loopback gets here, and nothing is logged: the port says nothing.
void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = 0;
}

}  // namespace atz::sandbox
