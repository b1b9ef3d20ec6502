#include "middle.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace atz::test {
namespace {

using Then = Answer::Then;
using Reach = Play::Reach;

class Socket {
 public:
  explicit Socket(int port) : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("the payer behind the man in the middle is gone");
  }
  ~Socket() { ::close(number_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("the payer does not read");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // One reply with Content-Length, which is what the embedded payer sends.
  [[nodiscard]] std::string reply() const {
    std::string bytes;
    std::array<char, 65536> chunk{};
    for (;;) {
      if (const auto end = bytes.find("\r\n\r\n"); end != std::string::npos) {
        Received head;
        head.head = bytes.substr(0, end + 2);
        const std::string length = head.header("Content-Length");
        if (bytes.size() >= end + 4 + (length.empty() ? 0 : std::stoul(length))) return bytes;
      }
      const auto got = ::recv(number_, chunk.data(), chunk.size(), 0);
      if (got <= 0) throw std::runtime_error("the payer's answer ends too early: " + bytes);
      bytes.append(chunk.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int number_;
};

std::string ask_payer(int port, const Received& request) {
  const Socket socket(port);
  socket.send(request.head + "\r\n" + request.body);
  return socket.reply();
}

Received with_body(Received request, std::string body) {
  const std::string length = "Content-Length: ";
  const auto at = request.head.find(length) + length.size();
  request.head.replace(at, request.head.find('\r', at) - at, std::to_string(body.size()));
  request.body = std::move(body);
  return request;
}

bool is_inquiry(const Received& request) {
  return request.target.ends_with("$inquire") || request.body.find("Claim/$inquire") != std::string::npos;
}

bool is_submission(const Received& request) {
  return request.method == "POST" && !is_inquiry(request) &&
         (request.target.ends_with("/fhir") || request.target.ends_with("/fhir/") ||
          request.target.ends_with("Claim/$submit"));
}

Answer with(std::string bytes, Then then, std::string rest) {
  Answer answer;
  answer.bytes = std::move(bytes);
  answer.then = then;
  answer.rest = std::move(rest);
  return answer;
}

}  // namespace

Play pass() {
  return {};
}

Play instead(std::string bytes, Then then, std::string rest) {
  Play play = but(std::move(bytes), then, std::move(rest));
  play.reach = Reach::never;
  return play;
}

Play but(std::string bytes, Then then, std::string rest) {
  return {Reach::before, [=](const std::string&) { return with(bytes, then, rest); }, nullptr};
}

Play bytes_changed(std::function<std::string(const std::string&)> change, Then then) {
  return {Reach::before,
          [=, change = std::move(change)](const std::string& reply) { return with(change(reply), then, {}); }, nullptr};
}

Play body_changed(std::function<std::string(const std::string&)> change) {
  return bytes_changed(
      [change = std::move(change)](const std::string& reply) { return payer::http(200, change(body_of(reply))); });
}

Play json_changed(std::function<void(nlohmann::json&)> change) {
  return body_changed([change = std::move(change)](const std::string& body) {
    auto json = nlohmann::json::parse(body);
    change(json);
    return json.dump();
  });
}

std::string body_of(const std::string& reply) {
  return reply.substr(reply.find("\r\n\r\n") + 4);
}

Play first_answer_each_time() {
  return {Reach::before,
          [first = std::make_shared<std::string>()](const std::string& reply) {
            if (first->empty()) *first = reply;
            return Answer{*first};
          },
          nullptr};
}

std::string status_line_of(const std::string& reply) {
  return reply.substr(0, reply.find("\r\n"));
}

Middle::Middle(int payer_port)
    : payer_port_(payer_port),
      server_(std::make_unique<payer::ScriptedServer>([this](const Received& request) { return meet(request); })) {}

void Middle::set(Plays& plays, std::vector<Play> script) {
  const std::lock_guard lock(mutex_);
  plays.coming.assign(script.begin(), script.end());
}

void Middle::on_every_submit(Play play) {
  const std::lock_guard lock(mutex_);
  submissions_.every = std::move(play);
}

void Middle::on_every_inquiry(Play play) {
  const std::lock_guard lock(mutex_);
  inquiries_.every = std::move(play);
}

void Middle::heal() {
  const std::lock_guard lock(mutex_);
  submissions_ = inquiries_ = others_ = {};
  let_through_held(Reach::after);
  let_through_held(Reach::late);
}

std::vector<Received> Middle::submissions() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void Middle::let_through_held(Reach reach) {
  for (auto& [when, request] : held_) {
    if (when != reach) continue;
    ask_payer(payer_port_, request);
    when = Reach::never;
  }
}

Middle::Plays* Middle::plays_for(const Received& request) {
  if (is_submission(request)) return &submissions_;
  if (is_inquiry(request)) return &inquiries_;
  const bool other = request.target.ends_with("/metadata") || request.target.ends_with("$submit-attachment");
  return other ? &others_ : nullptr;  // signing in is left alone
}

Answer Middle::meet(const Received& request) {
  const std::lock_guard lock(mutex_);
  let_through_held(Reach::after);
  const bool submission = is_submission(request);
  if (submission) {
    let_through_held(Reach::late);
    seen_.push_back(request);
  }
  Play play = pass();
  if (Plays* plays = plays_for(request); plays != nullptr && !plays->coming.empty()) {
    play = std::move(plays->coming.front());
    plays->coming.pop_front();
  } else if (plays != nullptr && plays->every) {
    play = *plays->every;
  }
  std::string reply;
  if (play.reach == Reach::before) {
    reply = ask_payer(payer_port_, play.request ? with_body(request, play.request(request.body)) : request);
  } else if (play.reach != Reach::never) {
    held_.emplace_back(play.reach, request);
  }
  return play.say ? play.say(reply) : with(reply, Then::keep, {});
}

}  // namespace atz::test
