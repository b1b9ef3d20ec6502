#include "sandbox/connection.hpp"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace atz::sandbox {
namespace {

using namespace std::chrono_literals;

constexpr auto kWriteTime = 30s;
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
  return begin_ != end_ || wait(POLLIN, SteadyClock::now() + idle);
}

void Connection::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ = SteadyClock::now() + from_now;
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
  return !dropped_ && wait(POLLOUT, SteadyClock::now() + kWriteTime);
}

ssize_t Connection::read(char* data, std::size_t size) {
  if (begin_ == end_) {
    if (!wait(POLLIN, deadline_)) return -1;
    const ssize_t got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return got;
    begin_ = 0;
    end_ = static_cast<std::size_t>(got);
  }
  const std::size_t count = std::min(size, end_ - begin_);
  std::memcpy(data, buffer_.data() + begin_, count);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, std::size_t size) {
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
