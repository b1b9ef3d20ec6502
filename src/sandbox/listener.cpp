#include "sandbox/listener.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "atz/base/text.hpp"
#include "sandbox/hook.hpp"
#include "sandbox/workers.hpp"

namespace atz::sandbox {
namespace {

constexpr int kRequestsPerConnection = 10'000;
constexpr int kBodyPatience = 6;  // times that of a head
constexpr int kIdlePatience = 3;
constexpr int kBacklog = 128;

void set_reply(httplib::Response& response, const Reply& reply) {
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  response.set_content(reply.body, reply.content_type);
}

void close_after(httplib::Response& response) {
  response.set_header("Connection", "close");
  Connection::current().close_after_reply();
}

bool has_body(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

std::size_t most_bytes(const Route& route) {
  return route.form ? kMostFormBytes : kMostBodyBytes;
}

Reply too_long(const Route& route) {
  return outcome_reply(413, "too-long",
                       route.form ? "The body is larger than 64 KiB." : "The body is larger than 32 MiB.");
}

std::string query_of(const httplib::Request& request) {
  const auto mark = request.target.find('?');
  return mark == std::string::npos ? std::string() : request.target.substr(mark + 1);
}

// Nobody else's page reaches this payer through a browser on this computer: neither under a name of its own that was
// made to lead here, nor from its own address.
std::optional<Reply> refuse_stranger(const httplib::Request& request) {
  if (request.get_header_value_count("Host") != 1) {
    return outcome_reply(400, "invalid", "The request must say once which host it is for.");
  }
  if (!parse_hook("http://" + to_lower(request.get_header_value("Host")))) {
    return outcome_reply(421, "forbidden",
                         "This payer answers under 127.0.0.1 and localhost only, not under another name.");
  }
  if (request.has_header("Origin") && !parse_hook(to_lower(request.get_header_value("Origin")))) {
    return outcome_reply(403, "forbidden", "This payer takes nothing from pages of other sites.");
  }
  return std::nullopt;
}

std::string http_date(Instant at) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(at.time_since_epoch().count()));
}

// An answer is whole, whatever part of it is asked for: the library would cut FHIR in its middle.
void ignore_ranges(httplib::Request& request) {
  request.ranges.clear();
}

// Headers as text that outlives the views of Head.
struct HeadText {
  explicit HeadText(const httplib::Request& request)
      : authorization(request.get_header_value("Authorization")),
        content_type(request.get_header_value("Content-Type")),
        content_encoding(request.get_header_value("Content-Encoding")),
        id(request.path.substr(request.path.rfind('/') + 1)) {}
  [[nodiscard]] Head head() const { return {authorization, content_type, content_encoding, id}; }
  std::string authorization, content_type, content_encoding, id;
};

}  // namespace

Listener::Listener(FaultPlan& faults, const Clock& clock, std::chrono::seconds patience)
    : faults_(faults), clock_(clock), patience_(patience) {
  set_up();
}

Listener::~Listener() {
  stop();
}

void Listener::set_up() {
  set_address_family(AF_INET);
  set_tcp_nodelay(true);
  // The library's own options would let a second server share the port.
  set_socket_options([](socket_t fd) {
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  new_task_queue = [] { return new Workers(kMostConnections); };
  set_payload_max_length(kMostBodyBytes);
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    return gate(request, response) ? HandlerResponse::Handled : HandlerResponse::Unhandled;
  });
  // Only paths that gate() knows get this far.
  const HandlerWithContentReader take = [this](const httplib::Request& request, httplib::Response& response,
                                               const httplib::ContentReader& read) { post(request, response, read); };
  Post("/fhir.*", take);
  Put("/fhir.*", take);
  set_error_handler([](const httplib::Request& request, httplib::Response& response) {
    // The library refuses a range that it can't read before ignore_ranges() has its turn, and cuts that answer, too.
    ignore_ranges(const_cast<httplib::Request&>(request));
    if (!response.body.empty() || response.content_provider_) return;
    const int status = Connection::current().head_too_long() ? 431 : response.status;
    set_reply(response, outcome_reply(status, status == 413 ? "too-long" : "invalid",
                                      fmt::format("The request can't be answered (HTTP {}).", status)));
    close_after(response);
  });
  set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
    set_reply(response, outcome_reply(500, "exception", "The payer could not process the request."));
  });
  set_post_routing_handler([this](const httplib::Request&, httplib::Response& response) {
    response.set_header("Date", http_date(clock_.now()));
  });
  set_expect_100_continue_handler([this](const httplib::Request& request, httplib::Response& response) {
    return gate(request, response) ? response.status : 100;
  });
}

Result<int> Listener::bind(int port) {
  int bound = port;
  if (port == 0) {
    bound = bind_to_any_port("127.0.0.1");
  } else if (!bind_to_port("127.0.0.1", port)) {
    bound = -1;
  }
  if (bound <= 0) {
    return fail(Failure::io, fmt::format("Port {} of 127.0.0.1 can't be used.", port),
                "Another program may be listening there: choose another port, or 0 for any free one.");
  }
  ::listen(svr_sock_, kBacklog);  // the library asks for a queue of five
  return bound;
}

void Listener::serve(Service& service) {
  service_ = &service;
  thread_ = std::thread([this] { listen_after_bind(); });
  while (!is_running()) std::this_thread::yield();  // stop() before that would be lost
}

void Listener::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Connection* connection : open_) connection->interrupt();
  }
  stopped_.notify_all();
  httplib::Server::stop();
  thread_.join();
}

bool Listener::process_and_close_socket(socket_t fd) {
  if (Workers::overloaded()) {
    static constexpr std::string_view kBusy =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    ::send(fd, kBusy.data(), kBusy.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::close(fd);
    make_room();
    return false;
  }
  Connection connection(fd);
  {
    const std::lock_guard lock(mutex_);
    open_.insert(&connection);
  }
  for (int left = kRequestsPerConnection; left > 0 && !stopping_; --left) {
    if (!connection.await_request(kIdlePatience * patience_)) break;
    connection.expect_head(patience_);
    bool closed = false;
    if (!process_request(connection, left == 1, closed, ignore_ranges) || closed || connection.closing()) break;
  }
  {
    const std::lock_guard lock(mutex_);
    open_.erase(&connection);
  }
  connection.finish();
  return true;
}

// So that the next try of who was just turned away succeeds: the connection goes that has been unused the longest.
void Listener::make_room() {
  const std::lock_guard lock(mutex_);
  Connection* oldest = nullptr;
  std::optional<Connection::SteadyClock::time_point> since;
  for (Connection* connection : open_) {
    const auto idle = connection->idle_since();
    if (!idle || (since && *since <= *idle)) continue;
    since = idle;
    oldest = connection;
  }
  if (oldest != nullptr) oldest->interrupt_if_idle();
}

bool Listener::gate(const httplib::Request& request, httplib::Response& response) {
  const auto refuse = [&](Reply reply) {
    set_reply(response, reply);
    if (has_body(request)) close_after(response);
    return true;
  };
  if (auto refused = refuse_stranger(request)) return refuse(std::move(*refused));
  const Route* route = find_route(request.path, request.method == "HEAD" ? "GET" : request.method);
  if (route == nullptr) return refuse(outcome_reply(404, "not-found", "There is nothing at this address."));
  if (request.method != route->method && !(request.method == "HEAD" && route->method == "GET")) {
    Reply reply = outcome_reply(405, "not-supported", "This address does not take that method.");
    reply.headers.emplace_back("Allow", methods_at(request.path));
    return refuse(std::move(reply));
  }
  const HeadText text(request);
  if (auto refused = service_->refuse(*route, text.head())) return refuse(std::move(*refused));
  if (!route->has_body()) {
    set_reply(response, service_->answer(*route, text.head(), query_of(request)));
    if (has_body(request)) close_after(response);
    return true;
  }
  const bool chunked = request.has_header("Transfer-Encoding");
  if (chunked == request.has_header("Content-Length")) {
    return refuse(chunked ? outcome_reply(400, "invalid", "Two lengths are given for the body.")
                          : outcome_reply(411, "invalid", "The length of the body is missing."));
  }
  if (!chunked) {
    const std::string length = request.get_header_value("Content-Length");
    errno = 0;
    const unsigned long long bytes = std::strtoull(length.c_str(), nullptr, 10);
    if (errno != 0 || bytes > most_bytes(*route)) return refuse(too_long(*route));
  }
  Connection::current().expect_body(kBodyPatience * patience_);
  return false;
}

void Listener::post(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& read) {
  const Route& route = *find_route(request.path, request.method);
  std::string body;
  bool too_large = false;
  const bool complete = read([&](const char* data, std::size_t size) {
    too_large = body.size() + size > most_bytes(route);
    if (!too_large) body.append(data, size);
    return !too_large;
  });
  if (too_large) {
    set_reply(response, too_long(route));
    return close_after(response);
  }
  if (!complete) return Connection::current().drop();  // the client went away or is too slow

  const HeadText text(request);
  Fault fault;
  fault.kind = Fault::Kind::none;
  if (route.endpoint != Endpoint::token) fault = faults_.take(request.path);
  switch (fault.kind) {
    case Fault::Kind::drop_before:
      return Connection::current().drop();
    case Fault::Kind::error_before:
      return set_reply(response, outcome_reply(500, "exception", "The payer could not process the request."));
    case Fault::Kind::unavailable:
    case Fault::Kind::throttle: {
      const bool busy = fault.kind == Fault::Kind::throttle;
      Reply reply =
          outcome_reply(busy ? 429 : 503, busy ? "throttled" : "transient", "The payer is busy: try again later.");
      reply.headers.emplace_back("Retry-After", std::to_string(fault.seconds));
      return set_reply(response, reply);
    }
    default:
      break;
  }
  Reply reply = service_->answer(route, text.head(), body);
  misbehave(fault, reply, response);
}

void Listener::misbehave(const Fault& fault, Reply& reply, httplib::Response& response) {
  switch (fault.kind) {
    case Fault::Kind::drop_after:
      return Connection::current().drop();
    case Fault::Kind::error_after:
      return set_reply(response, outcome_reply(500, "exception", "The payer could not process the request."));
    case Fault::Kind::delay:
      pause(fault.seconds);
      break;
    case Fault::Kind::html:
      reply.status = 200;
      reply.content_type = "text/html; charset=utf-8";
      reply.body = html_reply();
      break;
    case Fault::Kind::foreign:
      reply.body = foreign_reply(reply.body);
      break;
    case Fault::Kind::truncate: {
      Connection::current().close_after_reply();
      response.status = reply.status;
      const std::size_t whole = reply.body.size();
      response.set_content_provider(
          whole, reply.content_type,
          [half = reply.body.substr(0, whole / 2)](std::size_t offset, std::size_t, httplib::DataSink& sink) {
            if (offset == 0) sink.write(half.data(), half.size());
            return false;
          });
      return;
    }
    default:
      break;
  }
  set_reply(response, reply);
}

void Listener::pause(int seconds) {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, std::chrono::seconds(seconds), [this] { return stopping_.load(); });
}

}  // namespace atz::sandbox
