#include "unit/payer/scripted_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "atz/base/text.hpp"

namespace atz::payer {

namespace {

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Reads until `buffer` holds a whole request; nullopt when the client went away first.
std::optional<Received> read_request(int socket, std::string& buffer) {
  std::array<char, 65536> chunk{};
  for (;;) {
    if (const std::size_t end = buffer.find("\r\n\r\n"); end != std::string::npos) {
      Received request;
      request.head = buffer.substr(0, end + 2);
      const std::string length = request.header("Content-Length");
      const std::size_t size = length.empty() ? 0 : std::stoul(length);
      if (buffer.size() >= end + 4 + size) {
        request.method = request.head.substr(0, request.head.find(' '));
        const std::size_t target = request.method.size() + 1;
        request.target = request.head.substr(target, request.head.find(' ', target) - target);
        request.body = buffer.substr(end + 4, size);
        buffer.erase(0, end + 4 + size);
        return request;
      }
    }
    const ssize_t got = ::recv(socket, chunk.data(), chunk.size(), 0);
    if (got <= 0) return std::nullopt;
    buffer.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string Received::header(std::string_view name) const {
  const std::string wanted = to_lower(name) + ":";
  for (const std::string& line : split(head, '\n')) {
    if (to_lower(line).starts_with(wanted)) return std::string(trim(std::string_view(line).substr(wanted.size())));
  }
  return {};
}

std::string http(int status, std::string_view body, std::string_view headers, std::string_view type) {
  return fmt::format("HTTP/1.1 {} Scripted\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", status, type,
                     body.size(), headers, body);
}

ScriptedServer::ScriptedServer(Handler handler, std::string greeting)
    : handler_(std::move(handler)), greeting_(std::move(greeting)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, length) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, generic, &length) != 0) {
    throw std::runtime_error("no loopback port for the scripted server");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_loop(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  changed_.notify_all();
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  ::close(listener_);
}

std::string ScriptedServer::url() const {
  return fmt::format("http://127.0.0.1:{}", port_);
}

std::vector<Received> ScriptedServer::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

int ScriptedServer::connections() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

void ScriptedServer::release() {
  {
    const std::lock_guard lock(mutex_);
    released_ = true;
  }
  changed_.notify_all();
}

void ScriptedServer::wait_until_closed(int connections) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ >= connections; });
}

void ScriptedServer::accept_loop() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (socket < 0 || stopping_) {
      if (socket >= 0) ::close(socket);
      return;
    }
    open_.push_back(socket);
    threads_.emplace_back([this, socket, number = ++accepted_] { serve(socket, number); });
  }
}

void ScriptedServer::serve(int socket, int number) {
  std::string buffer;
  bool alive = greeting_.empty() || send_all(socket, greeting_);
  while (alive) {
    auto request = read_request(socket, buffer);
    if (!request) break;
    request->connection = number;
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      received_.push_back(*request);
      answer = handler_(*request);
    }
    alive = send_all(socket, answer.bytes) && obey(socket, answer);
  }
  const std::lock_guard lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), socket));
  ::close(socket);
  ++closed_;
  changed_.notify_all();
}

bool ScriptedServer::obey(int socket, const Answer& answer) {
  switch (answer.then) {
    case Answer::Then::keep:
      return true;
    case Answer::Then::close:
      return false;
    case Answer::Then::reset: {
      const linger now{1, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
      return false;
    }
    case Answer::Then::hold: {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return released_ || stopping_; });
      lock.unlock();
      return send_all(socket, answer.rest);
    }
    case Answer::Then::drip: {
      constexpr int kPause = 20;  // milliseconds, unless the client goes away first
      for (const char& byte : answer.rest) {
        pollfd client{socket, POLLIN, 0};
        if (::poll(&client, 1, kPause) != 0 || !send_all(socket, {&byte, 1})) return false;
      }
      return true;
    }
    case Answer::Then::endless:
      while (send_all(socket, answer.rest)) {
      }
      return false;
  }
  return false;
}

}  // namespace atz::payer
