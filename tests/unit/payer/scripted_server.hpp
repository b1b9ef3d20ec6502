// An HTTP/1.1 server on a loopback port that says exactly what a test tells it to, byte for byte.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace atz::payer {

struct Received {
  std::string method;
  std::string target;
  std::string head;  // request line and headers as they came
  std::string body;
  int connection = 0;  // the first is 1

  // Value of a header, whatever its case; "" when missing.
  [[nodiscard]] std::string header(std::string_view name) const;
};

struct Answer {
  enum class Then {
    keep,    // wait for the next request
    close,   // close the connection
    reset,   // close it with a TCP reset
    hold,    // say nothing more until release(), then send `rest`
    drip,    // send `rest` byte by byte, slowly, as long as the client waits
    endless  // repeat `rest` until the client goes away
  };
  std::string bytes;
  Then then = Then::keep;
  std::string rest = {};
};

// A complete answer with Content-Length. `headers` are whole lines ending with \r\n.
std::string http(int status, std::string_view body, std::string_view headers = {},
                 std::string_view type = "application/fhir+json");

class ScriptedServer {
 public:
  using Handler = std::function<Answer(const Received&)>;
  // `greeting` is sent on every new connection before anything is read.
  explicit ScriptedServer(Handler handler, std::string greeting = {});
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const;  // http://127.0.0.1:port
  [[nodiscard]] std::vector<Received> received() const;
  [[nodiscard]] int connections() const;
  void release();
  void wait_until_closed(int connections);  // by the server

 private:
  void accept_loop();
  void serve(int socket, int number);
  bool obey(int socket, const Answer& answer);

  Handler handler_;
  std::string greeting_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Received> received_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  int accepted_ = 0;
  int closed_ = 0;
  bool released_ = false;
  bool stopping_ = false;
  std::thread acceptor_;
};

}  // namespace atz::payer
